"""Where each step of a route stands in its drawing, and how the lines between them run (pure).

Columns from left to right in the order of work. A line that passes a column has a place of its own there, so
that no line crosses a box and no box another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from services.definition import Definition
from services.route import Step
from services.route_words import Line, lines_of

BOX_WIDTH, GUTTER, ROW_GAP, LINE_HEIGHT, PASSING = 244, 72, 20, 18, 12
Point = tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """A step's box with its wrapped lines; x and y of its upper left corner."""

    step: Step
    lines: tuple[Line, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """Boxes, and lines as points: out of a box, in and out of each column that it passes, into a box."""

    boxes: tuple[Placed, ...]
    edges: tuple[tuple[Point, ...], ...]
    width: float
    height: float


@dataclass
class _Node:
    """A step, or the place where a line passes a column."""

    name: str
    height: float
    y: float = 0


def chart_of(definition: Definition, functions: Mapping[str, str]) -> Chart:
    """The chart of a definition's route, sound or not: an edge that closes a circle is left out."""
    steps = definition.route.steps
    wrapped = {s.id: _wrapped(lines_of(definition, s, functions)) for s in steps}
    heights = {name: LINE_HEIGHT * len(lines) + 20.0 for name, lines in wrapped.items()}
    edges = _forward_edges(steps)
    ranks = _ranks(steps, edges)
    columns, chains = _columns(steps, edges, ranks, heights)
    _order(columns, chains)
    height = _stack(columns)
    nodes = {node.name: node for column in columns for node in column}
    boxes = tuple(
        Placed(s, wrapped[s.id], _left(ranks[s.id]), nodes[s.id].y, BOX_WIDTH, heights[s.id])
        for s in steps
    )
    lines = tuple(_points(chain, nodes, ranks[chain[0]]) for chain in chains)
    width = max(len(columns), 1) * (BOX_WIDTH + GUTTER) - GUTTER
    return Chart(boxes, lines, width, height)


def _left(rank: int) -> float:
    return rank * (BOX_WIDTH + GUTTER)


def _forward_edges(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    """The edges in reading order, without those that would close a circle."""
    names = {step.id for step in steps}
    edges: list[tuple[str, str]] = []
    after: dict[str, set[str]] = {name: set() for name in names}
    for step in steps:
        for name in step.before:
            if name not in names or step.id in after[name] | {name}:
                continue
            edges.append((step.id, name))
            for behind in [n for n in names if n == step.id or step.id in after[n]]:
                after[behind] |= {name, *after[name]}
    return edges


def _ranks(steps: tuple[Step, ...], edges: list[tuple[str, str]]) -> dict[str, int]:
    ranks = {step.id: 0 for step in steps}
    for _ in steps:
        for first, then in edges:
            ranks[then] = max(ranks[then], ranks[first] + 1)
    return ranks


def _columns(
    steps: tuple[Step, ...],
    edges: list[tuple[str, str]],
    ranks: Mapping[str, int],
    heights: Mapping[str, float],
) -> tuple[list[list[_Node]], list[list[str]]]:
    """The nodes of each column; and each edge as the names of the nodes that it passes."""
    columns: list[list[_Node]] = [[] for _ in range(max(ranks.values(), default=0) + 1)]
    for step in steps:
        columns[ranks[step.id]].append(_Node(step.id, heights[step.id]))
    chains = []
    for first, then in edges:
        passed = []
        for rank in range(ranks[first] + 1, ranks[then]):
            passed.append(f"{first}>{then}>{rank}")
            columns[rank].append(_Node(passed[-1], PASSING))
        chains.append([first, *passed, then])
    return columns, chains


def _order(columns: list[list[_Node]], chains: list[list[str]]) -> None:
    """Puts the nodes of each column near what they hang on (barycentre), to and fro."""
    before: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for chain in chains:
        for first, then in pairwise(chain):
            before.setdefault(then, []).append(first)
            behind.setdefault(first, []).append(then)
    for linked, order in ((before, columns), (behind, columns[::-1])) * 3:
        at: dict[str, float] = {}
        for column in order:
            own = {node.name: float(n) for n, node in enumerate(column)}
            middle = {
                name: sum(at[o] for o in found) / len(found)
                for name in own
                if (found := [o for o in linked.get(name, ()) if o in at])
            }
            column.sort(key=lambda node: middle.get(node.name, own[node.name]))
            at |= {node.name: float(n) for n, node in enumerate(column)}


def _stack(columns: list[list[_Node]]) -> float:
    """Stacks each column, all of them around one middle; returns the height of the highest."""
    heights = [sum(n.height for n in c) + ROW_GAP * max(len(c) - 1, 0) for c in columns]
    highest = max(heights, default=0)
    for column, height in zip(columns, heights, strict=True):
        y = (highest - height) / 2
        for node in column:
            node.y = y
            y += node.height + ROW_GAP
    return highest


def _points(chain: list[str], nodes: Mapping[str, _Node], rank: int) -> tuple[Point, ...]:
    points: list[Point] = []
    for number, name in enumerate(chain):
        middle = nodes[name].y + nodes[name].height / 2
        left = _left(rank + number)
        if number:
            points.append((left, middle))
        if number < len(chain) - 1:
            points.append((left + BOX_WIDTH, middle))
    return tuple(points)


def _wrapped(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(
        Line(part, line.style) for line in lines for part in wrapped(line.text, line.style)
    )


def wrapped(text: str, style: str) -> list[str]:
    """A text in lines that fit into a box."""
    room, found, used = BOX_WIDTH - 24, [""], 0.0
    for character in text:
        wide = width_of(character, style)
        if used + wide > room and found[-1]:
            found.append("")
            used = 0.0
        found[-1] += character
        used += wide
    return found


def width_of(text: str, style: str) -> float:
    """How wide a text is at the most: a Chinese character is a square, a Latin letter narrower."""
    size = 14 if style == "strong" else 12
    return sum(size if ord(character) > 0x2E7F else size * 0.62 for character in text)
