"""How a file comes in: a ticket, its bytes once and soon, quarantine, and nothing left of what came to nothing."""

import contextlib
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from files import antivirus
from files.errors import FileRefused, ScannerAway, UploadBroken, UploadGone
from files.examination import examine
from files.identity import new_blob_id
from files.models import UploadTicket
from files.storage import keep, let_go, safe_name
from files.tickets import ticket_id_of

OPEN_FOR = timedelta(minutes=15)
SENDING = timedelta(minutes=5)  # how long one sender keeps others away, should its process die
KEPT_FOR = timedelta(days=1)  # a file that came in and was not used
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
WRITTEN_SO = {".pdf": ".pdf", ".jpg": ".jpg", ".jpeg": ".jpg", ".jpe": ".jpg", ".png": ".png"}
PATH_MARKS = ("/", "\\", "%2e", "%2f", "%5c")
MOST_NAME = 200


def open_ticket(
    *, owner: UUID, purpose: str, name: str, size: int, media_type: str
) -> UploadTicket:
    """The right of an account to send one file of `size` bytes at the most, in the caller's transaction.

    The caller has locked the account, so that its quota of a day is counted once. FileRefused:
    INVALID_FILENAME (BAD-27), EMPTY_FILE, FILE_TOO_LARGE, FILE_TYPE_NOT_ALLOWED, QUOTA_EXCEEDED (BAD-69).
    """
    lowered = name.lower()
    if not name.strip(" .") or len(name) > MOST_NAME or any(mark in lowered for mark in PATH_MARKS):
        raise FileRefused("INVALID_FILENAME")
    if size < 1:
        raise FileRefused("EMPTY_FILE")
    if size > settings.UPLOAD_MOST_BYTES:
        raise FileRefused("FILE_TOO_LARGE", most=settings.UPLOAD_MOST_BYTES // 1_000_000)
    if media_type not in ENDINGS:
        raise FileRefused("FILE_TYPE_NOT_ALLOWED")
    since = timezone.now() - timedelta(days=1)
    today = UploadTicket.objects.filter(owner=owner, expires_at__gt=since + OPEN_FOR)
    used = today.aggregate(files=Count("id"), size=Sum("size"))
    too_many = used["files"] >= settings.UPLOAD_MOST_FILES_A_DAY
    if too_many or (used["size"] or 0) + size > settings.UPLOAD_MOST_BYTES_A_DAY:
        raise FileRefused("QUOTA_EXCEEDED", most=settings.UPLOAD_MOST_BYTES_A_DAY // 1_000_000)
    return UploadTicket.objects.create(
        owner=owner,
        purpose=purpose,
        name=safe_name(name),
        size=size,
        expires_at=timezone.now() + OPEN_FOR,
    )


def receive(token: str, chunks: Iterable[bytes], announced: int) -> UploadTicket:
    """Takes the bytes of a ticket: a file that is `checked`, or `received` when ClamAV cannot say now.

    `announced` is how many bytes the sender says will come. UploadGone for a token that is wrong, expired
    or used, or while somebody else sends by it: one ticket is one inspection at a time. FileRefused with its reason,
    which spends the ticket; UploadBroken when fewer bytes came, after which it stands at once.
    """
    ticket = _begun(ticket_id_of(token) or new_blob_id())
    try:
        return _taken(ticket, chunks, announced)
    finally:  # whatever became of it, nobody is sending now
        UploadTicket.objects.filter(
            pk=ticket.pk, state="open", sending_until=ticket.sending_until
        ).update(sending_until=None)


def _begun(ticket_id: UUID) -> UploadTicket:
    """An open ticket that nobody else sends by from now on; UploadGone."""
    now = timezone.now()
    free = Q(sending_until=None) | Q(sending_until__lt=now)
    rows = UploadTicket.objects.filter(free, pk=ticket_id, state="open", expires_at__gt=now)
    if not rows.update(sending_until=now + SENDING):
        raise UploadGone
    return UploadTicket.objects.get(pk=ticket_id)


def _taken(ticket: UploadTicket, chunks: Iterable[bytes], announced: int) -> UploadTicket:
    """The bytes written, judged and kept."""
    folder = Path(settings.INCOMING_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f"{ticket.pk.hex}-") as file:
        path = Path(file.name)
        try:
            if announced > ticket.size:
                raise FileRefused("FILE_TOO_LARGE", most=settings.UPLOAD_MOST_BYTES // 1_000_000)
            _write(path, chunks, ticket.size, announced)
            media_type = examine(path)
            is_clean = _scanned(path)
        except FileRefused as refused:
            _refuse(ticket, refused)
            raise
        return _kept(ticket, path.read_bytes(), media_type, is_clean)


def check_ticket(ticket_id: UUID) -> UploadTicket:
    """Has a file in quarantine scanned again; ScannerAway when ClamAV still cannot say."""
    ticket = UploadTicket.objects.select_related("blob").get(pk=ticket_id)
    if ticket.state != "received" or ticket.blob is None:
        return ticket
    blob = ticket.blob
    try:
        with default_storage.open(blob.path) as file:
            antivirus.scan(file.chunks())
    except FileRefused as refused:
        _refuse(ticket, refused)
    else:
        UploadTicket.objects.filter(pk=ticket_id, state="received").update(state="checked")
    return UploadTicket.objects.get(pk=ticket_id)


def sweep_uploads() -> int:
    """Takes away tickets that came to nothing, with their bytes, and what a broken process left.

    A ticket that was never used goes when it has expired, a file that nobody took up after a day. Returns how
    many tickets went.
    """
    now = timezone.now()
    rows = UploadTicket.objects.filter(used_at=None, expires_at__lt=now)
    rows = rows.filter(Q(state="open") | Q(expires_at__lt=now - KEPT_FOR))
    gone = sum(_take_away(pk) for pk in list(rows.values_list("pk", flat=True)))
    for path in Path(settings.INCOMING_DIR).glob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < (now - OPEN_FOR).timestamp():
                path.unlink()
    return gone


def in_quarantine() -> list[UUID]:
    """Ids of tickets whose file waits for ClamAV."""
    return list(UploadTicket.objects.filter(state="received").values_list("pk", flat=True))


def _write(path: Path, chunks: Iterable[bytes], most: int, announced: int) -> None:
    """Writes what comes, and stops at the first byte too many."""
    written = 0
    with path.open("wb") as file:
        for chunk in chunks:
            written += len(chunk)
            if written > most:
                raise FileRefused("FILE_TOO_LARGE", most=settings.UPLOAD_MOST_BYTES // 1_000_000)
            file.write(chunk)
    if written < announced:
        raise UploadBroken


def _scanned(path: Path) -> bool:
    """Whether ClamAV has found nothing; False when it cannot say, True when there is none."""
    if not antivirus.is_configured():
        return True
    with path.open("rb") as file:
        try:
            antivirus.scan(iter(lambda: file.read(antivirus.CHUNK), b""))
        except ScannerAway:
            return False
    return True


def _refuse(ticket: UploadTicket, refused: FileRefused) -> None:
    """Spends the ticket and lets go of its bytes."""
    with transaction.atomic():
        UploadTicket.objects.filter(pk=ticket.pk).update(
            state="refused", fault=refused.code, ended_at=timezone.now(), blob=None
        )
        if ticket.blob_id is not None:
            let_go(ticket.blob_id)


def _kept(ticket: UploadTicket, content: bytes, media_type: str, is_clean: bool) -> UploadTicket:
    """The bytes and their ticket; of two that send at once the second finds it used."""
    blob = keep(content, media_type=media_type, name=named(ticket.name, media_type))
    with transaction.atomic():
        done = UploadTicket.objects.filter(pk=ticket.pk, state="open").update(
            state="checked" if is_clean else "received",
            ended_at=timezone.now(),
            blob=blob,
            name=blob.name,
        )
    if not done:
        let_go(blob.pk)
        raise UploadGone
    return UploadTicket.objects.get(pk=ticket.pk)


def named(name: str, media_type: str) -> str:
    """The name with the ending that its content has: 扫描.exe that is a PDF is 扫描.pdf."""
    stem, dot, ending = name.rpartition(".")
    right = ENDINGS[media_type]
    if WRITTEN_SO.get(f".{ending.lower()}") == right and dot:
        return name
    return f"{stem if dot and ending.isascii() and len(ending) < 6 else name}{right}"


def _take_away(ticket_id: UUID) -> bool:
    """One ticket and its bytes; False when it was taken up meanwhile."""
    with transaction.atomic():
        ticket = UploadTicket.objects.select_for_update().filter(pk=ticket_id).first()
        if ticket is None or ticket.used_at is not None:
            return False
        ticket.delete()
        if ticket.blob_id is not None:
            let_go(ticket.blob_id)
    return True
