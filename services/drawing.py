"""The route of an item drawn as the state machine that it is, for officers to read: SVG and Mermaid (pure)."""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from services.definition import Definition
from services.route_chart import Chart, Placed, chart_of
from services.route_words import (
    ENDS,
    JOIN_WORDS,
    NO_FUNCTIONS,
    STATES,
    Line,
    footnotes,
    headline,
    lines_of,
)

MARGIN, PILL_WIDTH, PILL_HEIGHT, PILL_GAP, SIDE = 24, 128, 36, 84, 96
LIFE, ROUTE_TOP, FOOT_LINE = 84, 246, 22
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "text{font-family:'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif;fill:#1f2937}"
    ".title{font-size:20px;font-weight:700}.head{font-size:15px;font-weight:700}"
    ".strong{font-size:14px;font-weight:700}.plain{font-size:12px}.faint{font-size:12px;fill:#4b5563}"
    ".warn{font-size:12px;fill:#b91c1c}.pill{fill:#e0ecff;stroke:#1d4ed8}.end{fill:#f3f4f6;stroke:#6b7280}"
    ".frame{fill:#fbfdff;stroke:#1d4ed8;stroke-width:1.5}.step{fill:#fff;stroke:#374151}"
    ".step.maybe{stroke-dasharray:6 4}.step.approve{fill:#fff8e6;stroke:#b45309;stroke-width:1.5}"
    ".arrow{fill:none;stroke:#374151;stroke-width:1.3}"
)


def as_svg(definition: Definition, functions: Mapping[str, str] = NO_FUNCTIONS) -> str:
    """A picture that stands by itself: the life of a case above, its steps in parallel regions below.

    `functions` are the words of department functions. Well-formed XML without scripts or links.
    """
    chart = chart_of(definition, functions)
    notes = footnotes(definition)
    life = _life(bool(definition.stops))
    frame_width = max(chart.width + 2 * MARGIN, 5 * PILL_WIDTH + 4 * PILL_GAP)
    width = frame_width + 2 * MARGIN
    foot = ROUTE_TOP + chart.height + 88
    height = foot + FOOT_LINE * len(notes) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label={_attribute(definition.name + "办理流程图")}>',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0,0 L8,4 L0,8 z" fill="#374151"/></marker></defs>',
        f'<rect x="0" y="0" width="{width}" height="{height}" fill="#fff"/>',
        _text(MARGIN, 34, "title", definition.name),
        _text(MARGIN, 58, "faint", headline(definition)),
        *life,
        _rect(MARGIN, ROUTE_TOP, frame_width, chart.height + 58, "frame", 10),
        _text(MARGIN + 16, ROUTE_TOP + 24, "head", "审查：没有连线的环节同时办理"),
        *_route(chart, MARGIN + 24, ROUTE_TOP + 40),
        *(_text(MARGIN, foot + FOOT_LINE * n, "plain", note) for n, note in enumerate(notes)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _life(stops: bool) -> list[str]:
    """The states that every case has, with what moves it, and below them the side doors."""
    parts: list[str] = []
    for at, (name, moved) in enumerate(STATES):
        x = MARGIN + at * (PILL_WIDTH + PILL_GAP)
        parts.append(_pill(x, LIFE, name, "pill"))
        if moved:
            middle = LIFE + PILL_HEIGHT / 2
            start, end = x + PILL_WIDTH, x + PILL_WIDTH + PILL_GAP
            parts.append(_arrow(f"M{start},{middle} L{end},{middle}"))
            parts.append(_text((start + end) / 2, middle - 8, "plain", moved, "middle"))
    return parts + _doors(stops)


def _doors(stops: bool) -> list[str]:
    below, low = LIFE + PILL_HEIGHT, LIFE + SIDE

    def middle(at: float) -> float:
        return MARGIN + at * (PILL_WIDTH + PILL_GAP) + PILL_WIDTH / 2

    def pill(at: int, name: str, kind: str) -> str:
        return _pill(MARGIN + at * (PILL_WIDTH + PILL_GAP), low, name, kind)

    parts = [pill(0, ENDS[0], "end"), pill(1, "待补正", "pill"), pill(3, ENDS[1], "end")]
    parts.append(_arrow(f"M{middle(1) - 40},{below} L{middle(0) + 20},{low}"))
    parts.append(_arrow(f"M{middle(1)},{below} L{middle(1)},{low}", both=True))
    parts.append(_text(middle(1) - 6, (below + low) / 2 + 4, "faint", "告知、补正", "end"))
    parts.append(_arrow(f"M{middle(2) - 30},{below} L{middle(1) + 40},{low}", both=True))
    parts.append(_arrow(f"M{middle(2) + 30},{below} L{middle(3) - 30},{low}"))
    if stops:
        parts.append(pill(2, "中止计时", "pill"))
        parts.append(_text(middle(2) + 6, (below + low) / 2 + 14, "faint", "特别程序"))
        parts.append(_arrow(f"M{middle(2)},{below} L{middle(2)},{low}", both=True))
    return parts


def _route(chart: Chart, left: float, top: float) -> list[str]:
    parts = []
    for points in chart.edges:
        (x, y), *rest = [(left + x, top + y) for x, y in points]
        path = [f"M{x:g},{y:g}"]
        for at, (to_x, to_y) in enumerate(rest):
            if at % 2:  # across a column: straight
                path.append(f"L{to_x:g},{to_y:g}")
            else:  # through the space between two columns: a curve
                bend = (x + to_x) / 2
                path.append(f"C{bend:g},{y:g} {bend:g},{to_y:g} {to_x:g},{to_y:g}")
            x, y = to_x, to_y
        parts.append(_arrow(" ".join(path)))
    for placed in chart.boxes:
        parts += _box(placed, left, top)
    return parts


def _box(placed: Placed, left: float, top: float) -> list[str]:
    x, y = left + placed.x, top + placed.y
    kinds = f"step {'approve' if placed.step.decides else ''} {'maybe' if placed.step.when else ''}"
    parts = [_rect(x, y, placed.width, placed.height, " ".join(kinds.split()), 8)]
    for number, line in enumerate(placed.lines):
        parts.append(_text(x + 12, y + 23 + 18 * number, line.style, line.text))
    return parts


def _pill(x: float, y: float, name: str, kind: str) -> str:
    box = _rect(x, y, PILL_WIDTH, PILL_HEIGHT, kind, PILL_HEIGHT / 2)
    return box + _text(x + PILL_WIDTH / 2, y + 23, "plain", name, "middle")


def _rect(x: float, y: float, width: float, height: float, kind: str, round_: float) -> str:
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        f'rx="{round_:g}"/>'
    )


def _text(x: float, y: float, style: str, text: str, anchor: str = "") -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{style}" x="{x:g}" y="{y:g}"{where}>{escape(_valid(text))}</text>'


def _arrow(path: str, *, both: bool = False) -> str:
    start = ' marker-start="url(#tip)"' if both else ""
    return f'<path class="arrow" d="{path}"{start} marker-end="url(#tip)"/>'


def _attribute(text: str) -> str:
    return quoteattr(_valid(text))


def _valid(text: str) -> str:
    """Without what XML has no characters for."""
    return _INVALID.sub("", text)


def as_mermaid(definition: Definition, functions: Mapping[str, str] = NO_FUNCTIONS) -> str:
    """The same as a Mermaid state diagram (stateDiagram-v2); steps that hang together form one region."""
    lines = ["stateDiagram-v2", "    direction LR", f"    %% {_plain(definition.name)}"]
    names = ("draft", "submitted", "reviewing", "decided", "concluded")
    for (name, _), state in zip(STATES, names, strict=True):
        if state != "reviewing":
            lines.append(f"    {state}: {name}")
    lines.append('    state "审查" as reviewing {')
    for number, region in enumerate(_regions(definition)):
        if number:
            lines.append("        --")
        lines += _region(definition, region, functions)
    lines.append("    }")
    lines += [
        "    [*] --> draft",
        "    draft --> submitted: 提交",
        "    submitted --> reviewing: 受理",
        f"    reviewing --> decided: {_plain(JOIN_WORDS[definition.join])}",
        "    decided --> concluded: 送达",
        "    concluded --> [*]",
        *_mermaid_doors(bool(definition.stops)),
    ]
    return "\n".join(lines) + "\n"


def _mermaid_doors(stops: bool) -> list[str]:
    lines = [
        "    correcting: 待补正",
        "    submitted --> correcting: 一次性告知",
        "    correcting --> submitted: 补正",
        "    reviewing --> correcting: 一次性告知",
        "    correcting --> reviewing: 补正",
        f"    declined: {ENDS[0]}",
        "    submitted --> declined",
        f"    ended: {ENDS[1]}",
        "    reviewing --> ended",
    ]
    if stops:
        lines += [
            "    suspended: 中止计时",
            "    reviewing --> suspended",
            "    suspended --> reviewing",
        ]
    return lines


def _region(
    definition: Definition, region: Sequence[str], functions: Mapping[str, str]
) -> list[str]:
    route, lines = definition.route, []
    for name in region:
        told = "<br/>".join(_plain(line.text) for line in _unwrapped(definition, name, functions))
        lines.append(f'        state "{told}" as step_{name}')
    for name in region:
        known = [other for other in route.step(name).before if other in region]
        lines += [f"        step_{name} --> step_{other}" for other in known]
    return lines


def _unwrapped(definition: Definition, name: str, functions: Mapping[str, str]) -> list[Line]:
    return lines_of(definition, definition.route.step(name), functions)


def _regions(definition: Definition) -> list[list[str]]:
    """Steps that hang together by their order, in the order of the route."""
    route = definition.route
    names = [step.id for step in route.steps]
    linked = {
        step.id: {*step.before, *route.behind.get(step.id, ())} & {*names} for step in route.steps
    }
    regions: list[list[str]] = []
    for name in names:
        if any(name in region for region in regions):
            continue
        found, waiting = {name}, [name]
        while waiting:
            fresh = linked[waiting.pop()] - found
            found |= fresh
            waiting += fresh
        regions.append([other for other in names if other in found])
    return regions


def _plain(text: str) -> str:
    """Text without what Mermaid takes for its own signs."""
    signs = {
        "#": "#35;",
        '"': "#quot;",
        ";": "#59;",
        "<": "#lt;",
        ">": "#gt;",
        ":": "#58;",
        "%": "#37;",
    }
    return "".join(signs.get(character, character) for character in " ".join(_valid(text).split()))
