"""Keeps bytes: first the file, durable and in place, then the row; never a row without its file."""

import hashlib
import unicodedata
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from files.errors import StorageAway
from files.models import Blob

NAME_LENGTH = 120
UNSAFE = frozenset('<>:"/\\|?*%;')


def safe_name(name: str) -> str:
    """A download name without folders, control and direction marks; "file" when nothing is left."""
    leaf = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        "_" if character in UNSAFE else character
        for character in leaf
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot or not ending.isascii() or len(ending) > 10:
        stem, dot, ending = kept.strip(" ."), "", ""
    return (stem[: NAME_LENGTH - len(ending) - 1].strip(" .") or "file") + dot + ending


def keep(content: bytes, *, media_type: str, name: str) -> Blob:
    """Keeps the content and returns its row; the same content, type and name give the same row.

    The file is in the storage before the row is written: a crash between the two leaves an unnamed
    file that the next attempt finds in place (FLT-58, FLT-61). StorageAway when the storage refuses.
    Rows of the same content are locked meanwhile, so that nobody lets go of it (`let_go`).
    """
    digest = hashlib.sha256(content).hexdigest()
    blob = Blob(digest=digest, size=len(content), media_type=media_type, name=safe_name(name))
    with transaction.atomic():
        list(Blob.objects.select_for_update().filter(digest=digest).values_list("pk", flat=True))
        if not _holds(blob):
            _save(blob.path, content)
        return Blob.objects.get_or_create(
            digest=digest,
            media_type=media_type,
            name=blob.name,
            defaults={"size": blob.size},
        )[0]


def let_go(blob_id: UUID) -> bool:
    """Takes a file away that nothing refers to any more, with its bytes when no other row has them.

    Returns whether it went. Nobody can take the bytes up meanwhile: `keep` waits for the row.
    """
    with transaction.atomic():
        blob = Blob.objects.select_for_update().filter(pk=blob_id).first()
        if blob is None:
            return False
        try:
            with transaction.atomic():
                blob.delete()
        except (ProtectedError, IntegrityError):
            return False
        if not Blob.objects.filter(digest=blob.digest).exists():
            default_storage.delete(blob.path)
    return True


def _save(path: str, content: bytes) -> None:
    try:
        default_storage.save(path, ContentFile(content))
    except StorageAway:
        raise
    except OSError as fault:  # a full disk
        raise StorageAway(str(fault)) from fault


def _holds(blob: Blob) -> bool:
    try:
        with default_storage.open(blob.path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == blob.digest
    except FileNotFoundError:
        return False
