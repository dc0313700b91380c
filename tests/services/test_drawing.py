"""A drawing of a route is well-formed, says every step in words, and nothing lies on anything else."""

from dataclasses import replace
from io import StringIO
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from services.definition import read_definition
from services.drawing import as_mermaid, as_svg
from services.importing import load_definition
from services.route import Route
from services.route_chart import BOX_WIDTH, chart_of, width_of
from tests.services.random_routes import random_route
from tests.services.test_publishing import publish

ROOT = Path(__file__).parents[2]
FIXTURES = sorted([*ROOT.glob("fixtures/services/*.yaml"), *ROOT.glob("fixtures/onething/*.yaml")])
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script>&"\x00\x1f'


def drawn(path):
    return read_definition(load_definition(path.read_text(encoding="utf-8")))


def texts(svg):
    return "".join(node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_is_drawn_with_every_step_limit_and_result_in_words(path):
    definition = drawn(path)
    said, mermaid = texts(as_svg(definition, {"fire": "消防救援机构"})), as_mermaid(definition)
    for step in definition.route.steps:
        assert step.name in said
        assert f"step_{step.id}" in mermaid
        assert f"办理时限{step.within.days}个" in said
    for result in definition.results:
        assert result.name in said
    assert definition.name in said
    assert "answers." not in said + mermaid


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_no_box_of_a_fixture_lies_on_another_and_no_line_crosses_one(path):
    check_chart(drawn(path))


def test_no_box_of_a_random_route_lies_on_another_however_unsound_it_is():
    for number in range(150):
        definition = random_route(number)
        check_chart(definition)
        ElementTree.fromstring(as_svg(definition))


def check_chart(definition):
    chart = chart_of(definition, {})
    for one, other in combinations(chart.boxes, 2):
        apart = one.y + one.height < other.y or other.y + other.height < one.y
        assert one.x != other.x or apart
    for box in chart.boxes:
        assert box.y >= 0
        assert box.y + box.height <= chart.height + 0.01
        assert all(width_of(line.text, line.style) <= box.width for line in box.lines)
    for points in chart.edges:
        inner = points[1:-1]
        for (left, y), (right, _) in zip(inner[::2], inner[1::2], strict=True):
            column = [box for box in chart.boxes if box.x == left]
            assert right == left + BOX_WIDTH
            assert not any(box.y <= y <= box.y + box.height for box in column)


def test_a_long_way_round_has_a_line_past_the_steps_between():
    names = ("a", "b", "c", "d")
    base = random_route(1).route.steps[0]
    steps = [replace(base, id=n, name=n, when=None) for n in names]
    order = {"a": ("b", "d"), "b": ("c",), "c": ("d",)}
    steps = [replace(step, before=order.get(step.id, ())) for step in steps]
    definition = replace(random_route(1), route=Route(tuple(steps), "each", "fire"))
    check_chart(definition)
    assert max(len(points) for points in chart_of(definition, {}).edges) == 6


def test_hostile_names_are_text_and_nothing_else():
    definition = random_route(4)
    steps = tuple(replace(step, name=HOSTILE) for step in definition.route.steps)
    hostile = replace(definition, name=HOSTILE, route=replace(definition.route, steps=steps))
    svg, mermaid = as_svg(hostile), as_mermaid(hostile)
    assert {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(svg).iter()} == {
        *("svg", "style", "defs", "marker", "path", "rect", "text"),
    }
    assert "<script" not in svg + mermaid
    assert mermaid.count('"') == 2 + 2 * len(steps)


@pytest.mark.usefixtures("districts", "certificate_types")
def test_the_command_prints_what_is_published_or_one_version(restaurant_data):
    publish(restaurant_data)
    out = StringIO()
    call_command("draw_item", "99TCN0003", stdout=out)
    assert "消防救援机构" in texts(out.getvalue())
    call_command("draw_item", "99TCN0003", "--version", "1", "--format", "mermaid", stdout=out)
    assert "stateDiagram-v2" in out.getvalue()
    with pytest.raises(CommandError, match="ITEM_NOT_AVAILABLE"):
        call_command("draw_item", "99TCN0003", "--version", "2", stdout=out)
