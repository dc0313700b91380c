"""The one table of what happens in the house: which letter goes to which function, and every chore."""

from bus.envelope import BadLetter, parse
from bus.parcel import Delivery
from bus.table import DESK, Route, Table, Work
from bus.topology import Queue
from bus.topology import queues as queues_of
from ecert import tasks as certificates
from notifications import handlers as notifications
from notifications import sms
from notifications import tasks as telling
from people.commands import audit
from people.models import Department
from people.viewer import Viewer
from services import tasks as catalogue
from workflows import handlers as workflows
from workflows import tasks as documents

# topic: what receives it. The group names the queue; `desk` is the queues of departments without a
# system of their own. Every topic that is posted stands here, or its letters stay unsent.
_TOLD = Route("telling", notifications.tell)
LETTERS: dict[str, tuple[Route, ...]] = {
    "approval.decided": (_TOLD,),
    "approval.escalated": (_TOLD,),
    "approval.requested": (Route(DESK, workflows.receive_approval),),
    "approval.voided": (Route(DESK, workflows.drop_approval),),
    "case.accepted": (_TOLD,),
    "case.concluded": (_TOLD,),
    "case.decided": (_TOLD,),
    "case.declined": (_TOLD,),
    "case.lapsed": (_TOLD,),
    "case.shaken": (_TOLD,),
    "case.extended": (_TOLD,),
    "case.moved": (_TOLD,),
    "case.submitted": (_TOLD,),
    "case.withdrawn": (_TOLD,),
    "certificate.expiring": (_TOLD,),
    "certificate.issued": (Route("case", workflows.certificate_issued), _TOLD),
    "certificate.restored": (Route("case", workflows.certificate_changed), _TOLD),
    "certificate.revoked": (Route("case", workflows.certificate_changed), _TOLD),
    "check.objected": (_TOLD,),
    "check.mismatched": (_TOLD,),
    "clock.resumed": (_TOLD,),
    "clock.stopped": (_TOLD,),
    "corrections.requested": (_TOLD,),
    "file.refused": (_TOLD,),
    "mandate.granted": (_TOLD,),
    "mandate.revoked": (_TOLD,),
    "material.due": (_TOLD,),
    "document.voided": (_TOLD,),
}

# kind: the function of a subject that does it; it bears being called twice for the same subject.
CHORES: dict[str, Work] = {
    "check_register": documents.check_register,
    "confirm_answers": documents.confirm_answers,
    "check_upload": documents.check_upload,
    "finish_certificate": certificates.finish_certificate,
    "finish_document": documents.finish_document,
    "open_versions": catalogue.open_versions_day,
    "send_email": telling.send_email,
    "send_email_code": telling.send_email_code,
    "sweep_files": documents.sweep_files,
    "send_code": sms.send_code,
    "sweep_silence": documents.sweep_day,
    "tell_expiring": certificates.tell_expiring_day,
}
DAILY = (
    "open_versions",
    "sweep_files",
    "sweep_silence",
    "tell_expiring",
)  # asked for once a day by whoever sweeps, with the day as subject


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
