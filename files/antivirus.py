"""Asks ClamAV whether bytes are harmful, when one is configured (settings.CLAMD), by its INSTREAM command."""

import contextlib
import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from files.errors import FileRefused, ScannerAway

log = logging.getLogger(__name__)
SECONDS = 20.0
CHUNK = 65_536
MOST_ANSWER = 4_096


def is_configured() -> bool:
    """Whether files are scanned at all."""
    return not settings.CLAMD.startswith("none:")


def scan(chunks: Iterable[bytes]) -> None:
    """Returns when ClamAV finds nothing; FileRefused VIRUS_FOUND, or ScannerAway when it cannot say."""
    try:
        with _connected(settings.CLAMD) as link:
            answer = _ask(link, chunks)
    except OSError as fault:
        raise ScannerAway(str(fault)) from fault
    if answer.endswith(b"FOUND"):
        raise FileRefused("VIRUS_FOUND")
    if b"size limit" in answer:
        log.error(
            "clamd.limit StreamMaxLength is below UPLOAD_MOST_BYTES: a file stays in quarantine"
        )
    if not answer.endswith(b"OK"):
        raise ScannerAway(answer.decode("ascii", "replace")[:200])


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(SECONDS)
        link.connect(parts.path)
        return link
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=SECONDS)


def _ask(link: socket.socket, chunks: Iterable[bytes]) -> bytes:
    """The answer to the zINSTREAM command: pieces with their length in four bytes, then a zero."""
    with contextlib.suppress(ConnectionError):  # it answered in the midst of it and hung up
        link.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            for start in range(0, len(chunk), CHUNK):
                piece = chunk[start : start + CHUNK]
                link.sendall(struct.pack("!I", len(piece)) + piece)
        link.sendall(struct.pack("!I", 0))
    answer = b""
    while len(answer) < MOST_ANSWER and (part := link.recv(MOST_ANSWER)):
        answer += part
        if answer.endswith(b"\0"):
            break
    return answer.strip(b"\0\n ")
