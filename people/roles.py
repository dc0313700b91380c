"""What a staff role may be given in the administration, and who holds it; reads only."""

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone

from people.models import Officer, StaffRole

# Who has one of these could give more to others, or to themselves.
ADMINISTRATORS_ONLY = frozenset(
    f"people.{verb}_{kind}"
    for verb in ("add", "change")
    for kind in ("account", "officer", "staffrole")
)


def grantable_permissions() -> set[str]:
    """The rights that a role may give: none that gives rights to others, none that deletes."""
    rows = Permission.objects.exclude(codename__startswith="delete_")
    names = rows.values_list("content_type__app_label", "codename")
    return {f"{room}.{name}" for room, name in names} - ADMINISTRATORS_ONLY


def role_holders(role: StaffRole) -> int:
    """How many accounts hold the role today or from a later day."""
    ahead = Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())
    return Officer.objects.filter(ahead, role=role).values("account").distinct().count()
