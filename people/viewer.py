"""The viewer (查看者): who is asking, in which role, for whom (pure)."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Viewer:
    """Who asks. `kind` is anonymous, person, enterprise, officer or system.

    A person acting for an enterprise has kind `enterprise` and keeps `person_id`; `mandate_id` is
    set when the right comes from a mandate and not from being the legal representative. An officer
    has `department_id`, `department_function` and the roles held at this instant
    (counter, officer, approver, supervisor). Who is served at a counter (窗口代办) is a person or an
    enterprise whose `assisted_by` is the clerk's officer row; the account is then the clerk's.
    """

    kind: str
    account_id: UUID | None = None
    session_id: UUID | None = None
    person_id: UUID | None = None
    enterprise_id: UUID | None = None
    mandate_id: UUID | None = None
    officer_id: UUID | None = None
    department_id: UUID | None = None
    department_function: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    reason: str = ""
    request_id: str = ""
    # only in a counter sitting (people.CounterSitting)
    assisted_by: UUID | None = None
    sitting_id: UUID | None = None
    counter_id: UUID | None = None  # the hall, and its code for events
    counter_code: str = ""
    item_code: str = ""  # what the person consented to: nothing else may be begun

    @staticmethod
    def anonymous(request_id: str = "") -> "Viewer":
        """Nobody has signed in."""
        return Viewer(kind="anonymous", request_id=request_id)

    @staticmethod
    def system(reason: str) -> "Viewer":
        """A process of ours; `reason` says which and goes into the audit."""
        return Viewer(kind="system", reason=reason)

    @property
    def actor(self) -> str:
        """A stable name for receipts and audit, never a personal value."""
        if self.account_id is None:
            return f"{self.kind}:{self.reason}"
        return f"account:{self.account_id}"

    @property
    def acting_for(self) -> str:
        """On whose behalf the actor acts, for receipts and audit; empty for themselves."""
        if self.kind == "enterprise":
            return f"enterprise:{self.enterprise_id}"
        if self.kind == "officer":
            return f"department:{self.department_id}"
        if self.assisted_by is not None:
            return f"person:{self.person_id}"
        return ""

    @property
    def is_applicant(self) -> bool:
        """Asks for something for themselves or for their enterprise."""
        return self.kind in {"person", "enterprise"}

    def holds(self, *roles: str) -> bool:
        """An officer who holds one of the roles now."""
        return self.kind == "officer" and not self.roles.isdisjoint(roles)
