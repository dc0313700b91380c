"""Which items and versions stand in the catalogue, and what a version says."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from ecert.models import CertificateType
from files.leaflets import paper_names
from people.divisions import division_tree, lineage
from people.models import Division
from people.queries import staffed_functions
from people.viewer import Viewer
from registers.queries import register_names
from services.codes import BY_OFFICE
from services.definition import Definition, read_definition
from services.errors import item_not_available, not_on_application
from services.faces import CertificateFacts
from services.form import Form
from services.lint_facts import Facts
from services.models import GuideFile, ItemVersion, ServiceItem
from services.search import ranked
from services.validation import AnswerCheck
from services.versions import absence, in_force

# By digest of the definition, not by row: equal texts mean the same, whichever row states them.
_definitions: dict[str, Definition] = {}
_answer_checks: dict[str, AnswerCheck] = {}


def visible_items(viewer: Viewer) -> QuerySet[ServiceItem]:
    """The catalogue is public: every viewer sees the items with a version in force today, by code.

    What authorities do by office (依职权) is no offer: it is there for who knows its code, not in the list.
    """
    items = ServiceItem.objects.order_by("code")
    if viewer.kind == "system":
        return items
    offered = items.exclude(item_type__in=BY_OFFICE)
    return offered.filter(Exists(_open_versions(timezone.localdate())))


def _open_versions(on: date) -> QuerySet[ItemVersion]:
    """Standard versions in force on a day, of the item of an outer query (services.versions.in_force)."""
    standard = ItemVersion.objects.filter(
        item=OuterRef("pk"), division=None, state="published", valid_from__lte=on
    )
    overtaken = ItemVersion.objects.filter(
        item=OuterRef("item"),
        division=None,
        state="published",
        valid_from__lte=on,
        valid_from__gt=OuterRef("valid_from"),
    )
    ended = Q(valid_until=None) | Q(valid_until__gte=on)
    return standard.filter(ended).exclude(Exists(overtaken))


def found_items(
    viewer: Viewer, *, search: str = "", audience: str = ""
) -> tuple[QuerySet[ServiceItem], ...]:
    """The visible items that `search` finds, in ranks (services.search); all of them without one.

    `audience` (person, enterprise) keeps what these may apply for; empty: everybody.
    """
    items = visible_items(viewer)
    if audience:
        items = items.annotate(who=Cast("audience", TextField())).filter(
            who__contains=f'"{audience}"'
        )
    return ranked(items, search) if search else (items.annotate(rank=Value(0)),)


def current_version(item_code: str, division: str = "", on: date | None = None) -> ItemVersion:
    """The version of an item that is in force, with its item: that of the nearest region, else the standard.

    `division` is where the case will lie, empty for the standard; `on` a day, today when None. A region
    whose own version has ended has the standard. Refusal: ITEM_NOT_AVAILABLE with the reason (BAD-52).
    """
    day = on or timezone.localdate()
    regions = lineage(division) if division else ()
    rows = ItemVersion.objects.select_related("item").filter(
        Q(division=None) | Q(division__in=regions), item__code=item_code, state="published"
    )
    known: dict[str | None, list[ItemVersion]] = {}
    for row in rows:
        known.setdefault(row.division_id, []).append(row)
    standard = in_force(known.get(None, []), day)
    if standard is None:
        raise item_not_available(item_code, absence(known.get(None, []), day))
    regional = (in_force(known.get(code, []), day) for code in regions)
    return next((version for version in regional if version is not None), standard)


def version_numbered(item_code: str, number: int) -> ItemVersion:
    """The version of that number, in whatever state. Refusal: ITEM_NOT_AVAILABLE."""
    rows = ItemVersion.objects.select_related("item").filter(item__code=item_code)
    version = rows.filter(number=number).first()
    if version is None:
        raise item_not_available(item_code)
    return version


def regions_of(item_code: str) -> list[Division]:
    """The divisions that have a version of their own of an item today, by their codes; one query."""
    rows = ItemVersion.objects.select_related("division").defer("definition", "patch", "proof")
    known: dict[str, list[ItemVersion]] = {}
    for row in rows.filter(item__code=item_code, state="published", division__isnull=False):
        known.setdefault(str(row.division_id), []).append(row)
    today = timezone.localdate()
    standing = (in_force(known[code], today) for code in sorted(known))
    return [row.division for row in standing if row is not None and row.division is not None]


def startable_version(item_code: str, division: str = "") -> ItemVersion:
    """The version of an item that is in force for a division and that people may apply for.

    Refusals: ITEM_NOT_AVAILABLE; NOT_ON_APPLICATION for what authorities do by office (依职权).
    """
    version = current_version(item_code, division)
    if not definition_of(version).is_on_application:
        raise not_on_application(item_code)
    return version


def definition_of(version: ItemVersion) -> Definition:
    """What a version says. A version never changes, so each is read once a process."""
    definition = _definitions.get(version.digest)
    if definition is None:
        definition = _definitions[version.digest] = read_definition(version.definition)
    return definition


def published_forms(codes: Collection[str]) -> dict[str, Form]:
    """{item code: form} of those that have a published standard version, the newest of each."""
    if not codes:
        return {}
    rows = ItemVersion.objects.filter(item__code__in=codes, division=None, state="published")
    found = rows.select_related("item").order_by("number")
    return {version.item.code: definition_of(version).form for version in found}


def answer_check_of(version: ItemVersion) -> AnswerCheck:
    """The form of a version compiled for checking whole answers, once a process."""
    check = _answer_checks.get(version.digest)
    if check is None:
        check = _answer_checks[version.digest] = AnswerCheck(definition_of(version).form)
    return check


def served_divisions() -> dict[str, dict[str, int]]:
    """{division code: {function: people who may decide}}, for the divisions that cases lie in.

    The divisions above them only lend their departments; towns and villages (GB/T 10114) have counters
    but no authority of their own.
    """
    lie_in = division_tree(timezone.localdate()).with_cases()
    return {code: there for code, there in staffed_functions().items() if code in lie_in}


def certificate_facts() -> dict[str, CertificateFacts]:
    """What the proof of a definition needs to know of each certificate type, by type code."""
    return {
        kind.code: CertificateFacts(
            kind.face_schema,
            kind.issuer_function,
            kind.holder_kind,
            kind.validity_months,
            kind.name,
        )
        for kind in CertificateType.objects.all()
    }


def lint_facts() -> Facts:
    """What the rules of linting need to know of the city: names of certificates and registers (two queries)."""
    certificates = dict(CertificateType.objects.values_list("name", "code"))
    registers = {name: code for code, name in register_names().items()}
    return Facts(certificates, registers, paper_names())


@dataclass(frozen=True)
class Ledger:
    """What is known of some files of guides: entries by name, and by digest the first file that has it."""

    by_name: Mapping[str, GuideFile]
    by_digest: Mapping[str, str]


def guide_files(names: Iterable[str], digests: Iterable[str]) -> Ledger:
    """The entries of files by these names, and the imported files of these digests."""
    entries = {row.name: row for row in GuideFile.objects.filter(name__in=list(names))}
    same = GuideFile.objects.filter(digest__in=list(digests), state="imported").order_by("-name")
    return Ledger(entries, dict(same.values_list("digest", "name")))
