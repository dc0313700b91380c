"""Everything that writes in the certificate library; other rooms call these and nothing below."""

from ecert.commands.ending import (
    cancel_certificate,
    restore_certificate,
    revoke_certificate,
    suspend_certificate,
)
from ecert.commands.expiring import tell_expiring
from ecert.commands.finishing import complete_certificate
from ecert.commands.granting import record_basis, record_grant, withdraw_grant
from ecert.commands.issuing import enter_certificate, issue_certificate
from ecert.commands.types import add_certificate_type, change_certificate_type, load_types
from ecert.commands.using import use_certificates

__all__ = [
    "add_certificate_type",
    "cancel_certificate",
    "change_certificate_type",
    "complete_certificate",
    "enter_certificate",
    "issue_certificate",
    "load_types",
    "record_basis",
    "record_grant",
    "restore_certificate",
    "revoke_certificate",
    "suspend_certificate",
    "tell_expiring",
    "use_certificates",
    "withdraw_grant",
]
