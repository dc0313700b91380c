"""Many drafts at once, as an import brings them: a fixed number of statements, the same rows as one by one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from people.viewer import Viewer
from services.commands.drafting import first_values
from services.commands.records import note_acts, proof_of
from services.definition import digest_of
from services.models import ItemVersion, ServiceItem
from services.proving import Examination, Examiner

Definition = Mapping[str, object]


def keep_drafts(
    viewer: Viewer, definitions: Sequence[Definition], examiner: Examiner
) -> list[ItemVersion | None]:
    """Each definition as the next draft of its item, in the caller's transaction; who asks is judged there.

    None for one that says again what its item's last standard version says.
    """
    examined = [examiner.examine(definition) for definition in definitions]
    items = _locked_items(definitions, examined)
    standing = _last_versions([item.pk for item in items.values()])
    drafts: list[ItemVersion | None] = []
    for definition, found in zip(definitions, examined, strict=True):
        item, own = items[str(definition["code"])], digest_of(definition)
        number, digest = standing.get(item.pk, (0, ""))
        if own == digest:
            drafts.append(None)
            continue
        standing[item.pk] = (number + 1, own)
        drafts.append(
            ItemVersion(
                item=item,
                number=number + 1,
                definition=dict(definition),
                digest=own,
                proof=proof_of(found),
                drafted_by_id=viewer.account_id,
            )
        )
    made = [draft for draft in drafts if draft is not None]
    ItemVersion.objects.bulk_create(made)
    note_acts(viewer, "drafted", made)
    return drafts


def _locked_items(
    definitions: Sequence[Definition], examined: Sequence[Examination]
) -> dict[str, ServiceItem]:
    """The items by code, new ones made, locked in the order of their codes."""
    values: dict[str, dict[str, object]] = {}
    for definition, found in zip(definitions, examined, strict=True):
        values.setdefault(str(definition["code"]), first_values(definition, found))
    known = set(ServiceItem.objects.filter(code__in=values).values_list("code", flat=True))
    ServiceItem.objects.bulk_create(
        [ServiceItem(code=code, **values[code]) for code in sorted(values) if code not in known],
        ignore_conflicts=True,  # somebody else may have made one meanwhile
    )
    rows = ServiceItem.objects.select_for_update().filter(code__in=values).order_by("code")
    return {item.code: item for item in rows}


def _last_versions(items: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    """The number of each item's last version, and its digest unless it is a region's."""
    found: dict[UUID, tuple[int, str]] = {}
    rows = ItemVersion.objects.filter(item__in=items).order_by("item", "number")
    for item, number, digest, division in rows.values_list(
        "item_id", "number", "digest", "division_id"
    ):
        found[item] = (number, "" if division else digest)
    return found
