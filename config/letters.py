"""The one table of what happens in the house: which letter goes to which function, and every chore."""

from datetime import date

from bus.envelope import BadLetter, parse
from bus.parcel import Delivery
from bus.table import DESK, Route, Table, Work
from bus.topology import Queue
from bus.topology import queues as queues_of
from ecert import tasks as ecert_tasks
from notifications.handlers import tell
from people.commands import audit
from people.models import Department
from people.viewer import Viewer
from workflows import handlers as cases
from workflows import tasks as case_tasks
from workflows.commands import sweep_silence

# topic: what receives it. The group names the queue; `desk` is the queues of departments without a
# system of their own. Every topic that is posted stands here, or its letters stay unsent.
LETTERS: dict[str, tuple[Route, ...]] = {
    "case.submitted": (Route("telling", tell),),
    "case.accepted": (Route("telling", tell),),
    "case.declined": (Route("telling", tell),),
    "corrections.requested": (Route("telling", tell),),
    "approval.requested": (Route(DESK, cases.receive_approval),),
    "approval.decided": (Route("telling", tell),),
    "case.decided": (Route("telling", tell),),
    "certificate.issued": (Route("case", cases.certificate_issued), Route("telling", tell)),
    "case.concluded": (Route("telling", tell),),
    "case.withdrawn": (Route("telling", tell),),
    "case.lapsed": (Route("telling", tell),),
}


def act_on_silence(day: str) -> None:
    """The chore of each day: what passed in silence before it (`day` is ISO 8601)."""
    sweep_silence(date.fromisoformat(day))


# kind: the function of a subject that does it; it bears being called twice for the same subject.
CHORES: dict[str, Work] = {
    "finish_document": case_tasks.finish_document,
    "finish_certificate": ecert_tasks.finish_certificate,
    "act_on_silence": act_on_silence,
}
DAILY = ("act_on_silence",)  # asked for once a day, with the day as subject


def note_forgery(cause: str, delivery: Delivery) -> None:
    """A forged or tampered letter goes to the audit (FLT-33, FLT-36), without any of its values."""
    try:
        letter = parse(delivery.body)
        subject, claimed = str(letter.id), {"topic": letter.topic, "source": letter.source}
    except BadLetter:
        subject, claimed = "unreadable", {}
    audit(
        Viewer.system("consume"),
        action="receive_letter",
        subject_kind="letter",
        subject_id=subject,
        outcome=cause.split(":")[0],
        details={"group": delivery.group, "cause": cause, **claimed},
    )


TABLE = Table(LETTERS, CHORES, daily=DAILY, refused=note_forgery)


def queues() -> list[Queue]:
    """Every queue of the moment, with those of the departments there are."""
    return queues_of(TABLE, Department.objects.order_by("code").values_list("code", "channel"))
