"""The refusals of this room (pure): every code that a command about a case may answer with."""

from people.errors import NotFound, Refusal

__all__ = [
    "NotFound",
    "Refusal",
    "already_checked",
    "already_decided",
    "illegal",
    "not_your_task",
    "stale",
]


def illegal(act: str, state: str) -> Refusal:
    """The act is not possible in the case's state (BAD-59)."""
    return Refusal("ILLEGAL_TRANSITION", act=act, state=state)


def stale(field: str) -> Refusal:
    """What was shown has changed since; it must be read again (BAD-64)."""
    return Refusal("STALE_VERSION", field=field)


def already_decided(outcome: str, officer: str, at: str) -> Refusal:
    """Another officer, or the same one, was first (FLT-49); told to the department that decided."""
    return Refusal("ALREADY_DECIDED", outcome=outcome, officer=officer, at=at)


def already_checked(at: str) -> Refusal:
    """The register answered before the officer did; told apart, because no colleague can be asked."""
    return Refusal("ALREADY_DECIDED", reason="register", at=at)


def not_your_task() -> Refusal:
    """Another department's approval: the same answer as one that does not exist, and audited (ATK-36)."""
    return NotFound("approvalId", audited=True)


def missing(chosen: str) -> dict[str, str]:
    """Facts of an INVALID_CHOICE: `reason` says when nothing was chosen at all."""
    return {} if chosen else {"reason": "missing"}
