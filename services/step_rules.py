"""What the law and the form demand of each step by itself, whatever the answers are (pure)."""

from people.errors import Problem
from services.definition import Definition
from services.errors import broken
from services.route import Step


def step_problems(definition: Definition) -> list[Problem]:
    """Broken rules of steps, joins and results, each with its place."""
    names = [step.id for step in definition.route.steps]
    results = {result.code for result in definition.results}
    failures = [] if names else [broken("route", "ROUTE_EMPTY")]
    for step in definition.route.steps:
        place = f"route.{step.id}"
        failures += [
            broken(f"{place}.before", "UNKNOWN_STEP", step=name)
            for name in step.before
            if name not in names
        ]
        failures += _reads_problems(definition, step, place)
        failures += _deciding_problems(step, place)
        failures += _stop_problems(definition, step, place)
        if step.result and step.result not in results:
            failures.append(broken(f"{place}.result", "UNKNOWN_RESULT", result=step.result))
    return failures + _join_problems(definition) + _result_problems(definition)


def _reads_problems(definition: Definition, step: Step, place: str) -> list[Problem]:
    """A department sees what its step reads: real fields and materials, and at least one."""
    materials = {f"materials.{material.id}" for material in definition.materials}
    unknown = [s for s in step.reads if s not in materials and not definition.form.covers(s)]
    failures = [broken(f"{place}.reads", "UNKNOWN_PATH", path=scope) for scope in unknown]
    if not step.reads:
        failures.append(broken(f"{place}.reads", "READS_NOTHING"))
    return failures


def _deciding_problems(step: Step, place: str) -> list[Problem]:
    """Only the one competent authority decides, on a named item and basis; silence grants no licence."""
    failures = []
    if step.decides:
        failures += [
            broken(f"{place}.{name}", "APPROVE_INCOMPLETE")
            for name in ("item", "basis", "result")
            if not getattr(step, name)
        ]
    elif step.result:
        failures.append(broken(f"{place}.result", "ONLY_APPROVE_GRANTS", kind=step.kind))
    if step.kind != "inspect" and len(step.departments) != 1:
        failures.append(broken(f"{place}.department", "ONE_DEPARTMENT", kind=step.kind))
    if not step.departments:
        failures.append(broken(f"{place}.department", "UNKNOWN_DEPARTMENT"))
    if step.on_silence == "consent" and step.kind != "advise":
        failures.append(broken(f"{place}.on_silence", "SILENCE_GRANTS_NOTHING", kind=step.kind))
    return failures


def _stop_problems(definition: Definition, step: Step, place: str) -> list[Problem]:
    """Only an evaluation stops the clock by opening, and only as a stop of the item allows (许可法 45)."""
    if not step.stop:
        return []
    if step.kind != "evaluate":
        return [broken(f"{place}.stop", "STOP_OF_EVALUATION", kind=step.kind)]
    if definition.stop(step.stop) is None:
        return [broken(f"{place}.stop", "UNKNOWN_STOP", stop=step.stop)]
    return []


def _join_problems(definition: Definition) -> list[Problem]:
    route = definition.route
    if (route.join == "quorum") != bool(route.quorum):
        return [broken("quorum", "QUORUM_OF_JOIN", join=route.join, quorum=route.quorum)]
    return []


def _result_problems(definition: Definition) -> list[Problem]:
    """Every result has its deciding step, and stands once."""
    granted = {step.result for step in definition.route.steps if step.decides}
    codes = [result.code for result in definition.results]
    failures = [
        broken(f"results.{code}", "RESULT_WITHOUT_STEP") for code in codes if code not in granted
    ]
    return failures + [
        broken(f"results.{code}", "TWICE") for code in set(codes) if codes.count(code) > 1
    ]
