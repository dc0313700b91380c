"""What every command of the catalogue does: judge who asks, lock the item, keep what was found, note who did what."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from people.commands import audit
from people.errors import NotFound, Problem, Refusal
from people.models import Account
from people.viewer import Viewer
from services.definition import Definition
from services.errors import FORBIDDEN
from services.models import ItemVersion, ItemWord, ServiceItem, VersionAct
from services.proving import Examination


def judge(viewer: Viewer, *leads: str) -> None:
    """A process of ours, a catalogue editor (the administration lets them in), or the lead's supervisor.

    `leads` are the functions that lead the item, as it stands and as it is to be. Refusal: FORBIDDEN.
    """
    supervises = viewer.holds("supervisor") and {viewer.department_function} == set(leads)
    if viewer.kind != "system" and not supervises:
        raise Refusal(FORBIDDEN, audited=True)


def locked_version(version_id: UUID) -> tuple[ServiceItem, ItemVersion]:
    """A version and its item, the item locked first. Refusal: NOT_FOUND."""
    versions = ItemVersion.objects.filter(pk=version_id)
    item = ServiceItem.objects.select_for_update().filter(versions__in=versions).first()
    version = versions.select_for_update().first()
    if item is None or version is None:
        raise NotFound("version_id")
    version.item = item
    return item, version


def next_number(item: ServiceItem) -> int:
    """The number of the next version of a locked item; standard and regional ones count together."""
    last = item.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def proof_of(found: Examination) -> dict[str, object]:
    """What is kept of an examination: the figures, and of a draft what is wrong."""
    wrong = [{"code": p.code, "field": p.field, "params": dict(p.params)} for p in found.problems]
    kept: dict[str, object] = json.loads(json.dumps({"problems": wrong}, default=str))
    return {**found.figures, **(kept if wrong else {})}


def note_acts(
    viewer: Viewer, act: str, versions: Sequence[ItemVersion], *, note: str = "", action: str = ""
) -> None:
    """A row for each version, and one audit record each when `action` is named."""
    moment = timezone.now()
    VersionAct.objects.bulk_create(
        [
            VersionAct(
                version=version,
                act=act,
                account_id=viewer.account_id,
                at=moment,
                note=note,
                digest=version.digest,
            )
            for version in versions
        ]
    )
    for version in versions if action else ():
        audit(
            viewer,
            action=action,
            subject_kind="item",
            subject_id=version.item.code,
            details={
                "version": version.number,
                "digest": version.digest,
                **({"division": version.division_id} if version.division_id else {}),
            },
        )


def end_versions(
    viewer: Viewer,
    versions: Iterable[ItemVersion],
    ended_as: str,
    *,
    note: str = "",
    action: str = "",
) -> None:
    """Retires published versions of a locked item: replaced, or withdrawn."""
    ending = list(versions)
    ItemVersion.objects.filter(pk__in=[version.pk for version in ending]).update(
        state="retired", ended_as=ended_as, ended_at=timezone.now()
    )
    note_acts(viewer, ended_as, ending, note=note, action=action)


def has_touched(viewer: Viewer, version: ItemVersion) -> bool:
    """Whether the viewer, by this or another account of the same person, had a hand in a draft."""
    rows = version.acts.exclude(act="returned").values_list("account", flat=True)
    hands = {pk for pk in (*rows, version.drafted_by_id) if pk is not None}
    if viewer.account_id in hands:
        return True
    mine = Account.objects.filter(pk__in=[viewer.account_id], person__isnull=False)
    return Account.objects.filter(pk__in=hands, person__in=mine.values("person")).exists()


def listed_values(definition: Definition) -> dict[str, object]:
    """What the catalogue lists of an item without reading its version."""
    return {
        "name": definition.name,
        "item_type": definition.item_type,
        "audience": list(definition.audience),
        "lead_function": definition.lead,
        "is_bundle": definition.is_bundle,
        "summary": definition.summary,
    }


def locked_item(code: str, values: Mapping[str, object]) -> ServiceItem:
    """The item of that code, made with these values when it is new, and locked."""
    item, _ = ServiceItem.objects.get_or_create(code=code, defaults=values)
    return ServiceItem.objects.select_for_update().get(pk=item.pk)


def bring_up_to_date(item: ServiceItem, definition: Definition) -> None:
    """Writes what the catalogue lists of a locked item, and the words by which it is found."""
    for name, value in listed_values(definition).items():
        setattr(item, name, value)
    item.save()
    item.words.all().delete()
    ItemWord.objects.bulk_create(
        [ItemWord(item=item, word=word) for word in sorted(set(definition.words))]
    )


def judge_days(valid_from: date | None, valid_until: date | None, today: date) -> date:
    """The day from which a version is to be in force: today unless a later one is named.

    Refusals: VALIDITY_INVALID with reason `past` or `order`.
    """
    opens = valid_from or today
    if opens < today:
        raise Refusal("VALIDITY_INVALID", field="valid_from", reason="past")
    if valid_until is not None and valid_until < opens:
        raise Refusal("VALIDITY_INVALID", field="valid_until", reason="order")
    return opens


def problem_of(row: Mapping[str, object]) -> Problem:
    """A problem as it was kept with a draft."""
    params = row.get("params")
    return Problem(
        str(row["code"]), str(row["field"]), dict(params) if isinstance(params, dict) else {}
    )
