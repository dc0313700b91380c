"""Takes files that a page's form brings to a folder of their own, and of all of them no more than may be kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest
from typing_extensions import override

from halls.bringing import FORMS
from halls.seat import is_signed_in

OPEN_PATH = f"{FORMS}verify"  # the one page that takes a file from whoever comes


class LimitedUpload(TemporaryFileUploadHandler):
    """Django's handler with our limits: of a file, of a whole form, and of those who have not signed in.

    Bytes beyond the limit of one file pass by; the file's size still tells of them. Whatever else is too much
    is not read, and `refused_upload` of the request has the code.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = self.total = 0
        self.may_send = request is not None and is_signed_in(request)
        self.most = settings.UPLOAD_MOST_FILES_A_FORM if self.may_send else 1

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begins a file, unless the sender may send none, or none more."""
        if not self.may_send and (self.request is None or self.request.path != OPEN_PATH):
            self._refuse("UNAUTHENTICATED")
            raise SkipFile
        self.files += 1
        if self.files > self.most:
            self._refuse("QUOTA_EXCEEDED")
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Writes a piece that begins within the limit."""
        self.total += len(raw_data)
        if self.total > settings.UPLOAD_MOST_BYTES_A_FORM:
            self._refuse("QUOTA_EXCEEDED")
            raise StopUpload(connection_reset=True)
        if start <= settings.UPLOAD_MOST_BYTES:
            self.file.write(raw_data)

    def _refuse(self, code: str) -> None:
        if self.request is not None:
            self.request.refused_upload = code  # type: ignore[attr-defined]
