"""Which rules of the catalogue's quality a guide breaks that was read, beside its own anomalies (pure)."""

from dataclasses import replace

from services.guides.findings import Finding, shown
from services.guides.importing import Guide
from services.lint_facts import Facts
from services.linting import lint_draft

# What the rules of reading tell of the guide's own words, nearer to where they stand; and what no guide has.
TOLD = frozenset(
    {"ELEMENT_WANTED", "TYPE_OF_CODE", "RESULT_SAMPLE", "SEVERAL_RESULTS", "RESULT_NOT_NAMED"}
    | {"VISITS_REASON", "DEPTH_VISITS", "FEE_INCOMPLETE", "FEE_OF_FREE", "PROMISE_OVER_LAW"}
    | {
        "MATERIAL_SOURCE",
        "MATERIAL_COUNT",
        "NO_BASIS",
        "EMPTY_CONDITION",
        "SEVERAL_MATERIALS",
        "MATERIAL_BASIS",
    }
    | {"WRONG_PROMISE", "BUNDLE_WITHOUT_PARTS", "SAME_QUESTION"}
)


def linted(guide: Guide, facts: Facts) -> Guide:
    """The guide with what the rules of quality find in its draft; places are those of the draft."""
    if guide.refused or guide.skipped or not guide.definition:
        return guide
    found = [
        Finding(guide.code, one.place, one.code, shown(one.params.get("name", "")))
        for one in lint_draft(guide.definition, facts)
        if one.code not in TOLD
    ]
    return replace(guide, findings=[*guide.findings, *found])
