"""The papers about a case's time (文书): that it is extended, that a clock stands still, and why.

Sources: Administrative Licensing Law 42 (the reason of an extension is told), 45 (the time that a hearing, test
or review needs is told in writing).
"""

from services.definition import Definition
from workflows.documents import day, facts, issue
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
        "延",
        paragraphs=[
            f"你（单位）提出的“{definition.name}”申请，在规定期限内不能作出决定。{basis}"
            f"经本机关负责人批准，办理期限延长{extension.days}{kind}。",
            f"理由：{reason}",
        ],
        rows=[
            *facts(case, definition),
            ("延长后的承诺办结日期", day(case.promised_on)),
            *([("延长后的法定办结日期", day(case.statutory_on))] if case.statutory_on else []),
        ],
    )


def issue_stop(case: Case, definition: Definition, stop: ClockStop) -> Document:
    """特别程序时间告知书: what the time is needed for, on which basis, and until when."""
    subject = step_of(definition, stop.approval).name if stop.approval else definition.name
    scope = (
        f"其间“{subject}”的办理期限中止计算，其他部门照常办理。"
        if stop.approval
        else "其间本件的办理期限中止计算。"
    )
    return issue(
        case,
        "stop",
        f"{subject}{stop.reason}所需时间告知书",
        "告",
        paragraphs=[
            f"你（单位）提出的“{subject}”申请，依法需要进行{stop.reason}。"
            f"依据{stop.basis}，所需时间不计算在办理期限之内。",
            f"预计需要至{day(stop.expected_until)}。{scope}届时未另行告知的，自次日起恢复计算。",
        ],
        rows=[
            *facts(case, definition),
            ("事由", stop.reason),
            ("中止计算", f"自{day(stop.started_on)}起"),
            ("预计恢复", f"{day(stop.expected_until)}的次日"),
        ],
        department=stop.approval.department if stop.approval else None,
        approval=stop.approval,
    )
