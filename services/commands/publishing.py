"""Publishing a version of an item, and withdrawing an item."""

from collections.abc import Mapping

from django.utils import timezone

from people.commands import audit, once
from people.errors import Refusal
from people.viewer import Viewer
from registers.queries import known_registers
from services.definition import Definition, digest_of, read_definition
from services.errors import FORBIDDEN, check, item_not_available
from services.models import ItemVersion, ItemWord, ServiceItem
from services.queries import certificate_facts, served_divisions
from services.soundness import Proof, prove


def publish_item(*, viewer: Viewer, key: str, definition: Mapping[str, object]) -> ItemVersion:
    """Publishes a definition as the next version of its item, once it is proven sound (BAD-66, BAD-67).

    The version before is retired; cases keep the one they started with. The same definition again is
    the version that stands. Refusals: FORBIDDEN unless a process of ours or a supervisor of the lead
    department asks; DefinitionInvalid with every fault, its place and the shortest counter-example.
    """
    read = read_definition(definition)

    def act() -> dict[str, object]:
        _judge(viewer, read.lead)
        item = locked_item(read)
        digest = digest_of(definition)
        current = item.versions.filter(state="published").first()
        if current is not None and current.digest == digest:
            return {"version": str(current.pk)}
        proof = prove(read, served_divisions(), certificate_facts(), known_registers())
        check(proof.failures)
        bring_up_to_date(item, read)
        version = _next_version(item, definition, digest, proof)
        audit(
            viewer,
            action="publish_item",
            subject_kind="item",
            subject_id=item.code,
            details={"version": version.number, "digest": digest},
        )
        return {"version": str(version.pk)}

    body = {"definition": definition}
    outcome = once(viewer, key=key, command="publish_item", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=str(outcome["version"]))


def retire_item(*, viewer: Viewer, key: str, item_code: str) -> ServiceItem:
    """Withdraws an item: nobody starts it any more, running cases go on (BAD-52).

    Refusals: ITEM_NOT_AVAILABLE when nothing is published; FORBIDDEN as for publishing.
    """

    def act() -> dict[str, object]:
        item = ServiceItem.objects.select_for_update().filter(code=item_code).first()
        if item is None:
            raise item_not_available(item_code)
        _judge(viewer, item.lead_function)
        if not item.versions.filter(state="published").update(state="retired"):
            raise item_not_available(item_code)
        audit(viewer, action="retire_item", subject_kind="item", subject_id=item_code)
        return {"item": str(item.pk)}

    body = {"item_code": item_code}
    outcome = once(viewer, key=key, command="retire_item", body=body, act=act)
    return ServiceItem.objects.get(pk=str(outcome["item"]))


def _judge(viewer: Viewer, lead: str) -> None:
    supervises = viewer.holds("supervisor") and viewer.department_function == lead
    if viewer.kind != "system" and not supervises:
        raise Refusal(FORBIDDEN, audited=True)


def locked_item(definition: Definition) -> ServiceItem:
    """The item of a definition, made when it is new, and locked."""
    values = _values(definition)
    item, _ = ServiceItem.objects.get_or_create(code=definition.code, defaults=values)
    return ServiceItem.objects.select_for_update().get(pk=item.pk)


def _values(definition: Definition) -> dict[str, object]:
    """What the catalogue lists of an item without reading its version."""
    return {
        "name": definition.name,
        "item_type": definition.item_type,
        "audience": list(definition.audience),
        "lead_function": definition.lead,
        "is_bundle": definition.is_bundle,
        "summary": definition.summary,
    }


def bring_up_to_date(item: ServiceItem, definition: Definition) -> None:
    """Writes what the catalogue lists of a locked item, and the words by which it is found."""
    for name, value in _values(definition).items():
        setattr(item, name, value)
    item.save()
    item.words.all().delete()
    ItemWord.objects.bulk_create(
        [ItemWord(item=item, word=word) for word in sorted(set(definition.words))]
    )


def _next_version(
    item: ServiceItem, definition: Mapping[str, object], digest: str, proof: Proof
) -> ItemVersion:
    item.versions.filter(state="published").update(state="retired")
    last = item.versions.order_by("-number").values_list("number", flat=True).first()
    return ItemVersion.objects.create(
        item=item,
        number=(last or 0) + 1,
        state="published",
        definition=dict(definition),
        digest=digest,
        proof=dict(proof.figures),
        published_at=timezone.now(),
    )
