"""The papers about a case's time (文书): that it is extended, that a clock stands still, and why.

Sources: Administrative Licensing Law 42 (the reason of an extension is told), 45 (the time that a hearing, test
or review needs is told in writing).
"""

from datetime import timedelta

from services.definition import Definition
from workflows.documents import day, facts, issue, letter_of, sentence, you
from workflows.models import Case, ClockStop, Document
from workflows.queries import step_of


def issue_extension(case: Case, definition: Definition, reason: str) -> Document:
    """延长办理期限告知书: by how much, why, and the new last days."""
    extension = definition.limits.extension
    assert extension is not None
    kind = "个工作日" if extension.kind == "working" else "日"
    basis = f"依据{extension.basis}，" if extension.basis else ""
    return issue(
        case,
        "extension",
        f"{definition.name}延长办理期限告知书",
        f"{letter_of(definition)}延",
        seal="行政审批专用章",
        paragraphs=[
            f"{you(case)}提出的“{definition.name}”申请，在规定期限内不能作出决定。{basis}"
            f"经本机关负责人批准，办理期限延长{extension.days}{kind}。",
            f"理由：{sentence(reason)}",
        ],
        rows=[
            *facts(case, definition),
            ("延长期限", f"{extension.days}{kind}"),
            ("承诺办结日期", f"延长至{day(case.promised_on)}"),
            *([("法定办结日期", f"延长至{day(case.statutory_on)}")] if case.statutory_on else []),
        ],
    )


def issue_stop(case: Case, definition: Definition, stop: ClockStop) -> Document:
    """特别程序时间告知书: what the time is needed for, on which basis, and until when."""
    step = step_of(definition, stop.approval).name if stop.approval else ""
    part = f"“{step}”环节" if step else ""
    scope = (
        f"其间{part}的办理期限中止计算，其他部门照常办理。"
        if step
        else "其间本件的办理期限中止计算。"
    )
    return issue(
        case,
        "stop",
        f"{stop.reason}所需时间告知书（{step or definition.name}）",
        f"{letter_of(definition)}告",
        seal="行政审批专用章",
        paragraphs=[
            f"{you(case)}提出的“{definition.name}”申请，{part}依法需要进行{stop.reason}。"
            f"依据{stop.basis}，所需时间不计算在办理期限之内。",
            f"预计需要至{day(stop.expected_until)}。{scope}届时未另行告知的，自次日起恢复计算。",
        ],
        rows=[
            *facts(case, definition),
            ("事由", stop.reason),
            ("中止计算", f"自{day(stop.started_on)}起"),
            ("恢复计算", f"预计自{day(stop.expected_until + timedelta(days=1))}起"),
        ],
        department=stop.approval.department if stop.approval else None,
        approval=stop.approval,
    )
