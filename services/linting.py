"""Which rules of quality a definition breaks: one table, to which every lane adds its rules (pure)."""

import re
from collections.abc import Iterable, Mapping

from people.errors import Problem
from services import lint_elements, lint_materials, lint_parts, lint_quality
from services.definition import Definition, peek_definition
from services.errors import broken
from services.findings import ERROR, WARNING, Finding
from services.lint_facts import Facts, Rule
from services.lint_words import shown

MATERIAL = re.compile(r"materials\.[^.]+")
UNREADABLE = "UNREADABLE"  # of a draft whose definition cannot be read yet
RULES: tuple[Rule, ...] = (
    Rule("NO_GUIDE", ERROR, lint_elements.no_guide),
    Rule("ELEMENT_MISSING", ERROR, lint_elements.missing_elements),
    Rule("ELEMENT_WANTED", WARNING, lint_elements.wanted_elements),
    Rule("TYPE_OF_CODE", ERROR, lint_elements.type_of_code, ("type", "code")),
    Rule("LEVEL_OF_CODE", ERROR, lint_elements.level_of_code, ("guide.task_code",)),
    Rule("STEP_ITEM_CODE", ERROR, lint_elements.codes_of_steps),
    Rule("SCOPE_NEEDS_A_WAY", WARNING, lint_elements.scope_and_channels, ("guide.channels",)),
    Rule("CASE_KIND", ERROR, lint_quality.case_kind, ("limits.promised",)),
    Rule("RESULT_KIND", ERROR, lint_quality.result_kinds),
    Rule("RESULT_SAMPLE", ERROR, lint_quality.samples),
    Rule("SEVERAL_RESULTS", WARNING, lint_quality.several_results),
    Rule(
        "RESULT_NOT_NAMED",
        ERROR,
        lint_quality.outcomes_of_results,
        ("results", "route", "guide.outcomes"),
    ),
    Rule("VISITS_REASON", ERROR, lint_quality.visits, ("guide.visits",)),
    Rule("VISITS_NO_WAY", ERROR, lint_quality.way_without_visit, ("guide.visits",)),
    Rule("DEPTH_VISITS", ERROR, lint_quality.depth_and_visits, ("guide.visits",)),
    Rule("DEPTH_CHANNELS", ERROR, lint_quality.depth_and_channels, ("guide.channels",)),
    Rule("FEE_INCOMPLETE", ERROR, lint_quality.fees, ("guide.charged",)),
    Rule("FEE_OF_FREE", ERROR, lint_quality.free_of_charge, ("guide.charged",)),
    Rule("COMPLAINT_PHONE", ERROR, lint_quality.telephones, ("guide.contacts.complaint",)),
    Rule("PHONE_AREA_CODE", WARNING, lint_quality.area_codes),
    Rule("TOPICS_OF_SERVED", ERROR, lint_quality.topics, ("guide.served",)),
    Rule("SERVED_OF_AUDIENCE", ERROR, lint_quality.served_and_audience, ("audience",)),
    Rule("LICENCE_QUESTION", ERROR, lint_quality.question_of_a_licence, ("type",)),
    Rule("LICENCE_STAGES", WARNING, lint_quality.stages_of_a_licence, ("type",)),
    Rule("PROMISE_OVER_LAW", ERROR, lint_quality.promise_over_law, ("limits.statutory",)),
    Rule("WRONG_PROMISE", ERROR, lint_parts.wrong_promise),
    Rule("BUNDLE_WITHOUT_PARTS", WARNING, lint_parts.bundle_without_parts),
    Rule("SAME_QUESTION", WARNING, lint_parts.same_question),
    Rule("NO_BASIS", ERROR, lint_quality.no_basis),
    Rule("EMPTY_CONDITION", WARNING, lint_quality.empty_conditions),
    Rule("UPLOAD_OF_CERTIFICATE", ERROR, lint_materials.upload_of_certificate),
    Rule("UPLOAD_OF_CHECKED", ERROR, lint_materials.upload_of_checked),
    Rule("OFFICIAL_NO_REPLACEMENT", WARNING, lint_materials.official_without_note),
    Rule("CATCH_ALL_MATERIAL", ERROR, lint_materials.catch_all),
    Rule("SEVERAL_MATERIALS", WARNING, lint_materials.several_in_one),
    Rule("MATERIAL_BASIS", WARNING, lint_materials.basis_of_material),
    Rule("MATERIAL_SOURCE", WARNING, lint_materials.source_of_material),
    Rule("MATERIAL_COUNT", WARNING, lint_materials.count_of_material),
    Rule("PAPER_MISSING", WARNING, lint_materials.missing_papers),
)


def lint(definition: Definition, facts: Facts | None = None) -> tuple[Finding, ...]:
    """Every finding, in the order of the table; `facts` are what the city has (certificates, registers)."""
    known = facts or Facts()
    return tuple(
        Finding(rule.code, place, params, rule.severity)
        for rule in RULES
        for place, params in rule.find(definition, known)
    )


def lint_draft(data: Mapping[str, object], facts: Facts | None = None) -> tuple[Finding, ...]:
    """What is found of a mapping that may be incomplete: only what rests on what could be read."""
    return lint_read(*peek_definition(data), facts)


def lint_read(
    definition: Definition, problems: Iterable[Problem], facts: Facts | None = None
) -> tuple[Finding, ...]:
    """What is found of what `peek_definition` could read, beside the problems of the rest."""
    unread = {p.field for p in problems if p.params.get("rule") != "UNKNOWN_KEY"}
    reads = {rule.code: rule.reads for rule in RULES}
    return tuple(
        finding
        for finding in lint(definition, facts)
        if not any(
            _touches(place, read)
            for place in unread
            for read in (*_read_at(finding.place), *reads[finding.code])
        )
    )


def _read_at(place: str) -> tuple[str, ...]:
    """What a finding at a place rests on: of a whole material its name and how it is had."""
    if MATERIAL.fullmatch(place):
        return f"{place}.name", f"{place}.mode"
    return (place,)


def _touches(place: str, other: str) -> bool:
    """Whether two places are the same, or one is inside the other."""
    return f"{place}.".startswith(f"{other}.") or f"{other}.".startswith(f"{place}.")


def blocking(findings: Iterable[Finding]) -> list[Problem]:
    """The errors among findings, as what `errors.check` refuses a definition with."""
    return [
        broken(finding.place, finding.code, **finding.params, **shown(finding))
        for finding in findings
        if finding.is_error
    ]
