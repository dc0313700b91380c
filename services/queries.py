"""Which items and versions stand in the catalogue, and what a version says."""

from django.db.models import QuerySet

from ecert.models import CertificateType
from people.models import Division
from people.queries import staffed_functions
from people.viewer import Viewer
from services.definition import Definition, read_definition
from services.errors import item_not_available
from services.faces import CertificateFacts
from services.models import ItemVersion, ServiceItem

# By digest of the definition, not by row: equal texts mean the same, whichever row states them.
_definitions: dict[str, Definition] = {}


def visible_items(viewer: Viewer) -> QuerySet[ServiceItem]:
    """The catalogue is public: every viewer sees the items that have a published version, by code."""
    items = ServiceItem.objects.order_by("code")
    if viewer.kind == "system":
        return items
    return items.filter(versions__state="published")


def current_version(item_code: str) -> ItemVersion:
    """The published version of an item, with its item. Refusal: ITEM_NOT_AVAILABLE (BAD-52)."""
    version = (
        ItemVersion.objects.select_related("item")
        .filter(item__code=item_code, state="published")
        .first()
    )
    if version is None:
        raise item_not_available(item_code)
    return version


def definition_of(version: ItemVersion) -> Definition:
    """What a version says. A version never changes, so each is read once a process."""
    definition = _definitions.get(version.digest)
    if definition is None:
        definition = _definitions[version.digest] = read_definition(version.definition)
    return definition


def served_divisions() -> dict[str, set[str]]:
    """Division code -> functions with somebody who may decide, for the divisions that have none below.

    What a case is about lies in one of these; the divisions above only lend their departments.
    """
    parents = set(Division.objects.exclude(parent=None).values_list("parent_id", flat=True))
    return {code: there for code, there in staffed_functions().items() if code not in parents}


def certificate_facts() -> dict[str, CertificateFacts]:
    """What the proof of a definition needs to know of each certificate type, by type code."""
    return {
        kind.code: CertificateFacts(
            kind.face_schema, kind.issuer_function, kind.holder_kind, kind.validity_months
        )
        for kind in CertificateType.objects.all()
    }
