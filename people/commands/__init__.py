"""Everything that writes in this room; other rooms call these and nothing below."""

from people.commands.auditing import audit
from people.commands.dividing import enter_division, enter_divisions
from people.commands.first_admin import create_first_admin
from people.commands.inviting import begin_sitting
from people.commands.mandating import grant_mandate, revoke_mandate
from people.commands.passwords import verified_account
from people.commands.receipts import once
from people.commands.registering import (
    enter_account,
    enter_department,
    enter_enterprise,
    enter_mandate,
    enter_officer,
    enter_person,
)
from people.commands.roles import add_role, change_role, enter_role
from people.commands.sessions import SignedIn, refresh_session, sign_in, sign_out
from people.commands.sittings import confirm_sitting, end_sitting, witness_sitting
from people.commands.tallies import count_try, take_back

__all__ = [
    "SignedIn",
    "add_role",
    "audit",
    "begin_sitting",
    "change_role",
    "confirm_sitting",
    "count_try",
    "create_first_admin",
    "end_sitting",
    "enter_account",
    "enter_department",
    "enter_division",
    "enter_divisions",
    "enter_enterprise",
    "enter_mandate",
    "enter_officer",
    "enter_person",
    "enter_role",
    "grant_mandate",
    "once",
    "refresh_session",
    "revoke_mandate",
    "sign_in",
    "sign_out",
    "take_back",
    "verified_account",
    "witness_sitting",
]
