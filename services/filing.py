"""Whether an application that was begun earlier may still be filed with the version it began with (BAD-51).

A case keeps the version it started with; that holds for a draft too: a version that was only replaced may
still be filed, so that nobody types a form twice because a text was corrected. It may not when its rules
have ended: the version expired or was withdrawn by name, or the item was. Then the version in force is told,
with what differs. And it may not for a place that has rules of its own, unless these came after the draft.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.timezone import localdate

from ecert.models import CertificateType
from people.divisions import lineage
from people.errors import Refusal
from people.models import Division
from services.diff import differences
from services.diff_words import told
from services.models import ItemVersion
from services.queries import current_version
from services.versions import has_ended

# What an applicant reads of the differences; the rest is between departments.
CONCERNS = ("form", "materials", "material_groups", "limits", "conditions", "eligibility", "guide")
FEW = 3


def judge_filing(version: ItemVersion, place: str, begun: Callable[[], datetime], on: date) -> None:
    """Whether a draft begun on a version may be filed on a day for a division (empty: not yet known).

    `begun` is asked for only when it matters. Refusals: ITEM_NOT_AVAILABLE when nobody may file any more;
    ITEM_VERSION_OUTDATED with the `version` in force and what differs; REGION_DIFFERS with the `name` of the
    region whose rules the place has, empty for the standard. Two queries, a few more where versions differ.
    """
    current = current_version(version.item.code, place or version.division_id or "", on)
    if current.pk == version.pk:
        return
    if version.ended_as == "withdrawn" or has_ended(version, on):
        raise _outdated(version, current)
    if not place:  # what is missing is told with the rest of the form
        return
    if version.division_id is not None and version.division_id not in lineage(place):
        raise _elsewhere(current)
    if current.division_id != version.division_id and _was_there(current, begun()):
        raise _elsewhere(current)


def _was_there(current: ItemVersion, begun: datetime) -> bool:
    """Whether a region had rules of its own when the draft was begun."""
    own = ItemVersion.objects.filter(item=current.item_id, division=current.division_id)
    return own.filter(published_at__lte=begun, valid_from__lte=localdate(begun)).exists()


def _outdated(version: ItemVersion, current: ItemVersion) -> Refusal:
    """The new version, how much of it concerns the applicant, and the first of that in words."""
    names = dict(CertificateType.objects.values_list("code", "name"))
    old, new = version.definition, current.definition
    found = [d for d in differences(old, new) if d.place.split(".")[0] in CONCERNS]
    return Refusal(
        "ITEM_VERSION_OUTDATED",
        version=current.number,
        count=len(found),
        changes="；".join(told(one, old, new, names) for one in found[:FEW]),
        reason="" if found else "same",
    )


def _elsewhere(current: ItemVersion) -> Refusal:
    regions = Division.objects.filter(pk=current.division_id).values_list("name", flat=True)
    name = regions.first() or ""
    return Refusal(
        "REGION_DIFFERS",
        version=current.number,
        name=name,
        reason="" if name else "standard",
    )
