"""Whatever a file of guides holds, there is an answer: a draft that can be kept, or the rule that refuses it."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.definition import canonical
from services.guides.importing import read_guide
from services.guides.reading import LARGEST
from services.guides.report import IMPORTED, REFUSED, Report
from tests.services.made_guides import BUNDLE, ITEM, bundle, item, written

SHARED = Path(__file__).parents[3] / "shared" / "data"


def rules(content, file="g.json"):
    guide = read_guide(file, content)
    return guide.refused, {finding.rule for finding in guide.findings}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "EMPTY_FILE"),
        (b"\xef\xbb\xbf ", "EMPTY_FILE"),
        (b"<html><body>502 Bad Gateway</body></html>", "ERROR_PAGE"),
        (b'{"unifyName": "a", "rightsCode"', "NOT_JSON"),
        (b"\xff\xfe\x00", "NOT_TEXT"),
        (b"\x80\x81\xff\xff", "NOT_TEXT"),
        (b"[1, 2, 3]", "NOT_A_GUIDE"),
        (b"null", "NOT_A_GUIDE"),
        (b'{"code": 500, "msg": "busy"}', "NOT_A_GUIDE"),
        (b"[" * 100_000, "TOO_DEEP"),
        (b'{"unifyName": ' + b"[" * 40 + b"]" * 40 + b"}", "TOO_DEEP"),
        (b"1" * 100_000, "NOT_A_GUIDE"),
        (b" " * (LARGEST + 1), "TOO_LARGE"),
        (written(item(applicantPower="长" * 300_000)), "TOO_LARGE"),
        (written(item(rightsCode="abc", materialList=[])), "NO_CODE"),
        (written(bundle(themeCode="?", yjsSsqdbm=None)), "NO_CODE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_guide_is_refused_by_a_rule(content, rule):
    assert rules(content)[0] == rule


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\xef\xbb\xbf" + written(ITEM), "BYTE_ORDER_MARK"),
        (written(ITEM).decode().encode("utf-16"), "BYTE_ORDER_MARK"),
        (written(ITEM).decode().encode("gbk"), "ENCODING"),
        (b'{"code": 0, "data": ' + written(ITEM) + b"}", "WRAPPED"),
        (b"[" + written(ITEM) + b"]", "WRAPPED"),
        (written(ITEM).replace(b'"ywCode"', b'"unifyId": "2", "ywCode"'), "DUPLICATE_KEY"),
        (written(ITEM).replace(b'"20"', b"NaN"), "NOT_FINITE"),
        (written(ITEM).replace(b'"20"', b"1e999"), "NOT_FINITE"),
        (written(ITEM).replace(b'"20"', b"9" * 5000), "NOT_FINITE"),
        (written(ITEM).replace("全市".encode(), b"\\ud800"), "BROKEN_CHARACTER"),
        (written(ITEM).replace("全市".encode(), b"\\u0000"), "BROKEN_CHARACTER"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_odd_file_is_read_and_told(content, rule):
    refused, told = rules(content)
    assert refused == ""
    assert rule in told


def places(value, path=()):
    """Every place of a guide."""
    yield path
    members = value.items() if isinstance(value, dict) else ()
    members = enumerate(value) if isinstance(value, list) else members
    for key, member in members:
        yield from places(member, (*path, key))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        ["", "无", "1.0", "^", "a^b^", "T1000NaN", "-1", "&amp;lt;b&amp;gt;", "之一", "或"]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3), st.just({})), max_size=3),
    st.dictionaries(st.text(max_size=4), st.one_of(st.none(), st.text(max_size=3)), max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([ITEM, BUNDLE]),
    st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(["set", "drop", "twice"]), ODD), max_size=6
    ),
)
def test_a_guide_with_anything_in_any_place_is_read_without_a_crash(guide, changes):
    found = json.loads(json.dumps(guide))
    for number, act, value in changes:
        every = [path for path in places(found) if path]
        if not every:
            break
        *above, key = every[number % len(every)]
        holder = found
        for step in above:
            holder = holder[step]
        if act == "drop":
            del holder[key]
        elif act == "twice" and isinstance(holder, list):
            holder.append(holder[key])
        else:
            holder[key] = value
    guide = read_guide("g.json", json.dumps(found).encode("utf-8", "surrogatepass"))
    assert bool(guide.refused) != bool(guide.definition)
    canonical(guide.definition).encode()
    assert all(finding.suggestion for finding in guide.findings)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 2000))
def test_bytes_of_any_kind_are_read_or_refused(noise, start, end):
    whole = written(ITEM)
    guide = read_guide("g.json", whole[: min(start, end)] + noise + whole[max(start, end) :])
    assert bool(guide.refused) != bool(guide.definition)


def test_a_report_adds_up():
    report = Report(most=3)
    for content in (written(ITEM), written(BUNDLE), b"", b"<html>"):
        guide = read_guide("g.json", content)
        report.add(guide, REFUSED if guide.refused else IMPORTED, reason=guide.refused)
    totals = report.totals()
    assert totals["files"] == 4 == totals["imported"] + totals["refused"] + totals["skipped"]
    assert (totals["items"], totals["bundles"], totals["materials"]) == (1, 1, 3)
    told = report.as_json()
    assert len(told["findings"]) == 3
    assert totals["findings"] == 3 + told["findings_left_out"] == sum(told["rules"].values())


def test_the_published_guides_beside_the_repository_are_all_read():
    """They are not ours to copy: where they are not, the guides made above carry the proof."""
    found = Counter()
    for path in sorted(SHARED.glob("*/*.json")):
        guide = read_guide(path.name, path.read_bytes())
        assert guide.refused == "", path.name
        found.update(finding.rule for finding in guide.findings)
    limits = ("LIMIT_WITHOUT_UNIT", "LIMIT_UNIT_BY_LAW", "LIMIT_UNIT_UNKNOWN")
    counted = {
        "limits": sum(found[rule] for rule in limits),
        "carets": found["JOINED_BY_CARET"],
        "visits": found["VISITS_ZERO_WITH_REASON"],
        "results": found["PART_RESULT_EMPTY"],
        "files": found["ATTACHMENT_WITHOUT_FILE"],
        "later": found["LATER_WITHOUT_DEADLINE"],
    }
    known = {"limits": 28, "carets": 9, "visits": 4, "results": 21, "files": 48, "later": 4}
    assert counted in (known, dict.fromkeys(known, 0))
