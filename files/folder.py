"""Keeps files below settings.FILES_DIR so that a crash leaves the whole file or none: the default storage."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from typing_extensions import override


class FolderStorage(FileSystemStorage):
    """Django's file system storage with names that are digests, and with durable writes."""

    @property
    @override
    def base_location(self) -> str:
        """The folder of the moment: a test has its own."""
        return str(settings.FILES_DIR)

    @property
    @override
    def location(self) -> str:
        """The same, absolute."""
        return os.path.abspath(settings.FILES_DIR)

    @override
    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: the same name is the same content."""
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Writes beside its place, waits for the disk, and moves it there; OSError when the disk refuses."""
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        descriptor, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(place)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise
        for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
            _sync_folder(folder)
        return name


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
