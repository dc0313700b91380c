"""What is written down about an act: who, for whom, on what, with which outcome; never values."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from people.errors import Refusal
from people.models import AuditRecord
from people.viewer import Viewer


def audit(
    viewer: Viewer,
    *,
    action: str,
    subject_kind: str,
    subject_id: object,
    outcome: str = "done",
    details: Mapping[str, object] | None = None,
) -> None:
    """Notes one act in the caller's transaction.

    `subject_id` is a database id or a code; `details` holds JSON of field names, codes and keyed
    digests, never a personal value (INV-31).
    """
    AuditRecord.objects.create(
        at=timezone.now(),
        actor=viewer.actor,
        acting_for=viewer.acting_for,
        action=action,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        outcome=outcome,
        details=dict(details or {}),
        request_id=viewer.request_id,
    )


def audit_refusal(
    viewer: Viewer, *, command: str, body: Mapping[str, object], refusal: Refusal
) -> None:
    """Notes a refused attempt in a transaction of its own, after the command's rollback."""
    named = next((name for name in body if name.endswith("_id")), "")
    with transaction.atomic():
        audit(
            viewer,
            action=command,
            subject_kind=named.removesuffix("_id") or "command",
            subject_id=str(body.get(named, command))[:60],
            outcome=refusal.code,
            details={"fields": [problem.field for problem in refusal.problems if problem.field]},
        )
