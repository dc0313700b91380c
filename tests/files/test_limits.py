"""BAD-83: what is too large or too deep is refused before it is laid out."""

import pytest

from files.errors import RenderLimit
from files.limits import PageLimits, text_within


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td>1</td></tr>" * 20_000 + "</table>",
        "<table>" + "<tr><td>1" * 20_000,
        "<div>" * 3_000 + "x" + "</div>" * 3_000,
        "<div></span>" * 3_000,
        "<div/>" * 3_000,
        "<svg>" + "<path d='M0 0'/>" * 20_000 + "</svg>",
        "<p>" + "字" * 1_000_001,
    ],
    ids=["rows", "open rows", "nesting", "stray ends", "false ends", "paths", "text"],
)
def test_bad83_a_page_beyond_the_limits_is_refused(html):
    with pytest.raises(RenderLimit) as refused:
        text_within(html)
    assert refused.value.code == "RENDER_LIMIT"


def test_a_page_of_many_closed_elements_is_within_the_limits():
    html = "<div>" + "<p>一<br>二<img alt=''></p>" * 500 + "<svg><g><path/></g></svg></div>"
    assert text_within(html) == "一二" * 500


def test_only_what_is_seen_counts_as_text():
    html = "<title>标题</title><style>p { color: red }</style><p>&lt;王&#x20BB7;&gt;</p>"
    assert text_within(html) == "<王𠮷>"


def test_limits_may_be_set_closer():
    with pytest.raises(RenderLimit):
        text_within("<p><p><p>", PageLimits(elements=2))
