"""The legal lifecycle of a case (办件) and of an approval: which state may follow which, the same for every item.

Sources: Administrative Licensing Law (行政许可法) 32 (acceptance, correction), 42-45 (decision, time that does not
count), 29 and general principle (withdrawal). 收件 (submitted) is not 受理 (reviewing).
"""

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

CASE_STATES = (
    "draft",
    "submitted",
    "correcting",
    "reviewing",
    "suspended",
    "decided",
    "concluded",
    "not_accepted",
    "withdrawn",
    "lapsed",
    "forwarded",
)
APPROVAL_STATES = ("waiting", "open", "decided", "void")


class CaseLifecycle(FSMModelMixin, models.Model):
    """The states of a case. Commands lock the row first; the transition then judges and moves."""

    state = FSMField(default="draft", protected=True, choices=[(s, s) for s in CASE_STATES])
    stage = models.CharField(max_length=12, blank=True)  # where `correcting` came from

    class Meta:
        abstract = True

    @transition(field=state, source="draft", target="submitted")
    def submit(self) -> None:
        """收件: the application is in, the receipt is due; only the notice clock runs."""

    @transition(field=state, source="submitted", target="reviewing")
    def accept(self) -> None:
        """受理: approvals open and their clocks start (licensing law 32)."""

    @transition(field=state, source="submitted", target="not_accepted")
    def decline(self) -> None:
        """不予受理: with its reason and whom to ask instead (32-1-1, 32-1-2)."""

    @transition(field=state, source=["submitted", "reviewing"], target="correcting")
    def request_corrections(self) -> None:
        """一次性告知: everything that is missing, told once (32-1-4)."""
        self.stage = self.state

    @transition(field=state, source="correcting", target=RETURN_VALUE("submitted", "reviewing"))
    def answer_corrections(self) -> str:
        """补正: back to where the notice came from."""
        return self.stage

    @transition(field=state, source="correcting", target="lapsed")
    def lapse(self) -> None:
        """补正逾期: the corrections did not come in time."""

    @transition(field=state, source=["reviewing", "suspended", "correcting"], target="lapsed")
    def end_owed(self) -> None:
        """补齐逾期: a material that was promised for later (容缺) did not come in time."""

    @transition(field=state, source="correcting", target="reviewing")
    def go_on_without_corrections(self) -> None:
        """补正逾期 after a licence was decided: what was open ended, what was decided stands."""

    @transition(field=state, source="reviewing", target="suspended")
    def suspend(self) -> None:
        """The clock of the whole case stops for a legal reason (45)."""

    @transition(field=state, source="suspended", target="reviewing")
    def resume(self) -> None:
        """The reason is over; the clock goes on."""

    @transition(
        field=state,
        source=["draft", "submitted", "correcting", "reviewing", "suspended"],
        target="withdrawn",
    )
    def withdraw(self) -> None:
        """申请人撤回: possible until the case is decided."""

    @transition(field=state, source=["submitted", "reviewing"], target="forwarded")
    def forward(self) -> None:
        """转报: handed to the authority above (43)."""

    @transition(field=state, source="reviewing", target="decided")
    def decide(self) -> None:
        """Every step that is needed has its decision."""

    @transition(field=state, source="decided", target="concluded")
    def conclude(self) -> None:
        """办结: every granted result is issued; the promise clock ends."""


class ApprovalLifecycle(FSMModelMixin, models.Model):
    """The states of one department's part in one step."""

    state = FSMField(default="waiting", protected=True, choices=[(s, s) for s in APPROVAL_STATES])

    class Meta:
        abstract = True

    @transition(field=state, source="waiting", target="open")
    def open(self) -> None:
        """What it waited for is there; the department may work from this commit on."""

    @transition(field=state, source="open", target="decided")
    def decide(self) -> None:
        """The one decision of this round is written."""

    @transition(field=state, source=["waiting", "open"], target="void")
    def cancel(self) -> None:
        """No longer needed: the case was withdrawn, or what it follows was denied."""

    @transition(field=state, source="open", target="waiting")
    def hold(self) -> None:
        """What it follows was reopened: it waits for it again."""

    @transition(field=state, source=["decided", "void"], target="waiting")
    def reopen(self) -> None:
        """A correction changed what this department read: a new round."""
