"""Takes files that a page's form brings to a folder of their own, and of each no more bytes than may be kept."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from typing_extensions import override


class LimitedUpload(TemporaryFileUploadHandler):
    """Django's handler, which lets the bytes beyond our limit pass by; the file's size still tells of them."""

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Writes a piece that begins within the limit."""
        if start <= settings.UPLOAD_MOST_BYTES:
            self.file.write(raw_data)
