"""What is kept as bytes: one row per kept file, its content found by its digest."""

from django.db import models

from files.identity import new_blob_id


class Blob(models.Model):
    """A kept file (电子文件). Its bytes never change: another content is another row.

    The same content under another name is another row over the same bytes, so that nobody learns
    from a name that somebody else keeps the same file.
    """

    id = models.UUIDField(primary_key=True, default=new_blob_id, editable=False)
    digest = models.CharField(max_length=64)  # SHA-256, hexadecimal
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=120)  # safe to offer as a download name
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "media_type", "name"], name="blob_content_and_name_once"
            ),
        ]

    @property
    def path(self) -> str:
        """Where the bytes lie below settings.FILES_DIR."""
        return f"{self.digest[:2]}/{self.digest[2:4]}/{self.digest}"
