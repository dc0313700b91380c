"""Which files a case has for its materials, which count, and what it still owes (容缺)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from services.definition import Definition
from workflows.models import Case, CaseFile, MaterialPromise

UNDER_WAY = {"reviewing", "suspended", "correcting"}


def files_of(case: Case) -> list[CaseFile]:
    """The files of a case in the order in which they came, whatever became of them."""
    rows = CaseFile.objects.filter(case=case).select_related("ticket", "blob")
    return list(rows.order_by("id"))


def is_checked(file: CaseFile) -> bool:
    """Whether a file has passed and counts."""
    return file.ticket.state == "checked" and file.blob_id is not None


def checked(files: Iterable[CaseFile]) -> set[str]:
    """Ids of the materials that have a file which counts."""
    return {file.material for file in files if is_checked(file)}


def waiting(files: Iterable[CaseFile]) -> set[str]:
    """Ids of the materials that have a file in quarantine."""
    return {file.material for file in files if file.ticket.state == "received"}


def promised(case: Case) -> set[str]:
    """Ids of the materials that the applicant committed to supply."""
    return set(MaterialPromise.objects.filter(case=case).values_list("material", flat=True))


def owed(case: Case) -> list[MaterialPromise]:
    """What an accepted case still owes, the earliest due first."""
    rows = MaterialPromise.objects.filter(case=case, supplied_at=None, missed_at=None)
    return list(rows.exclude(due_on=None).order_by("due_on", "id"))


def is_owing(case: Case, definition: Definition) -> bool:
    """Whether a case that is under way still owes a material."""
    if case.accepted_at is None or case.state not in UNDER_WAY or not has_files(definition):
        return False
    return bool(owed(case))


def mark_of(files: Iterable[CaseFile], material: str) -> str:
    """A digest that tells whether the files of a material have changed."""
    digests = sorted(f.blob.digest for f in files if f.material == material and f.blob is not None)
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()[:16]


def shown(files: Iterable[CaseFile], material: str) -> list[Mapping[str, object]]:
    """The files of a material as a reading has them: only those that count."""
    return [
        {
            "id": str(file.pk),
            "name": file.name,
            "media_type": file.blob.media_type,
            "size": file.blob.size,
            "digest": file.blob.digest,
        }
        for file in files
        if file.material == material and is_checked(file) and file.blob is not None
    ]


def names_of(definition: Definition, materials: Sequence[str]) -> str:
    """The names of materials as a Chinese list."""
    found = (definition.material(one) for one in materials)
    return "、".join(material.title for material in found if material is not None)


def has_files(definition: Definition) -> bool:
    """Whether any material of an item is had as files."""
    return any(material.is_filed for material in definition.materials)
