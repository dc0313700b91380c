"""Keeps files in a bucket of an S3 service, and tells its absence from a file's: the other storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage
from typing_extensions import override

from files.errors import StorageAway

# Together below the 30 s after which PostgreSQL ends a transaction that waits for us.
CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 10, 2


class BucketStorage(S3Storage):  # type: ignore[misc]
    """django-storages' S3 storage that waits for seconds only, and raises StorageAway when it cannot say."""

    def __init__(self, **settings: Any) -> None:
        """Checksums only where S3 wants them: other services refuse boto's, and our names are digests."""
        super().__init__(**settings)
        self.client_config: Config = self.client_config.merge(
            Config(
                signature_version="s3v4",
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )
        )

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """The file with its bytes, all fetched; FileNotFoundError when the bucket is there and it is not."""
        with _reached():
            file: File[bytes] = super()._open(name, mode)
            assert file.file is not None
        return file

    def _save(self, name: str, content: "File[bytes]") -> str:
        with _reached():
            return str(super()._save(name, content))

    @override
    def delete(self, name: str) -> None:
        """Takes the file away; one that is not there is no fault."""
        with _reached():
            super().delete(name)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as fault:
        raise StorageAway(type(fault).__name__) from fault
