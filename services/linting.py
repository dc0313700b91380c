"""Which rules of quality a definition breaks: one table, to which every lane adds its rules (pure)."""

from collections.abc import Iterable

from people.errors import Problem
from services import lint_elements, lint_materials, lint_parts, lint_quality
from services.definition import Definition
from services.errors import broken
from services.findings import ERROR, WARNING, Finding
from services.lint_facts import Facts, Rule
from services.lint_words import shown

UNREADABLE = "UNREADABLE"  # of a draft whose definition cannot be read yet
RULES: tuple[Rule, ...] = (
    Rule("NO_GUIDE", ERROR, lint_elements.no_guide),
    Rule("ELEMENT_MISSING", ERROR, lint_elements.missing_elements),
    Rule("ELEMENT_WANTED", WARNING, lint_elements.wanted_elements),
    Rule("TYPE_OF_CODE", ERROR, lint_elements.type_of_code),
    Rule("LEVEL_OF_CODE", ERROR, lint_elements.level_of_code),
    Rule("STEP_ITEM_CODE", ERROR, lint_elements.codes_of_steps),
    Rule("SCOPE_NEEDS_A_WAY", WARNING, lint_elements.scope_and_channels),
    Rule("CASE_KIND", ERROR, lint_quality.case_kind),
    Rule("RESULT_KIND", ERROR, lint_quality.result_kinds),
    Rule("RESULT_SAMPLE", ERROR, lint_quality.samples),
    Rule("SEVERAL_RESULTS", WARNING, lint_quality.several_results),
    Rule("RESULT_NOT_NAMED", ERROR, lint_quality.outcomes_of_results),
    Rule("VISITS_REASON", ERROR, lint_quality.visits),
    Rule("VISITS_NO_WAY", ERROR, lint_quality.way_without_visit),
    Rule("DEPTH_VISITS", ERROR, lint_quality.depth_and_visits),
    Rule("DEPTH_CHANNELS", ERROR, lint_quality.depth_and_channels),
    Rule("FEE_INCOMPLETE", ERROR, lint_quality.fees),
    Rule("FEE_OF_FREE", ERROR, lint_quality.free_of_charge),
    Rule("COMPLAINT_PHONE", ERROR, lint_quality.telephones),
    Rule("PHONE_AREA_CODE", WARNING, lint_quality.area_codes),
    Rule("TOPICS_OF_SERVED", ERROR, lint_quality.topics),
    Rule("SERVED_OF_AUDIENCE", ERROR, lint_quality.served_and_audience),
    Rule("LICENCE_QUESTION", ERROR, lint_quality.question_of_a_licence),
    Rule("LICENCE_STAGES", WARNING, lint_quality.stages_of_a_licence),
    Rule("PROMISE_OVER_LAW", ERROR, lint_quality.promise_over_law),
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
)


def lint(definition: Definition, facts: Facts | None = None) -> tuple[Finding, ...]:
    """Every finding, in the order of the table; `facts` are what the city has (certificates, registers)."""
    known = facts or Facts()
    return tuple(
        Finding(rule.code, place, params, rule.severity)
        for rule in RULES
        for place, params in rule.find(definition, known)
    )


def blocking(findings: Iterable[Finding]) -> list[Problem]:
    """The errors among findings, as what `errors.check` refuses a definition with."""
    return [
        broken(finding.place, finding.code, **finding.params, **shown(finding))
        for finding in findings
        if finding.is_error
    ]
