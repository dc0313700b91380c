"""Gives back what was kept, or says that it was altered; never other bytes than those kept."""

import hashlib
from collections.abc import Iterable, Iterator

from django.core.files.storage import default_storage

from files.errors import FileAltered
from files.models import Blob


def read(blob: Blob) -> bytes:
    """The bytes of a kept file, checked against its digest; raises FileAltered (FLT-62) or StorageAway."""
    try:
        with default_storage.open(blob.path) as file:
            content: bytes = file.read()
    except FileNotFoundError as fault:
        raise FileAltered(f"{blob.digest} is gone") from fault
    if hashlib.sha256(content).hexdigest() != blob.digest:
        raise FileAltered(f"{blob.digest} was altered")
    return content


def altered(blobs: Iterable[Blob]) -> Iterator[Blob]:
    """Those of the files that can no longer be read as they were kept: the nightly scan."""
    for blob in blobs:
        try:
            read(blob)
        except FileAltered:
            yield blob
