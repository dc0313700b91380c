"""What is kept as bytes: one row per kept file, found by its digest, and the tickets to send files with."""

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
        """Where the bytes lie in the storage."""
        return f"{self.digest[:2]}/{self.digest[2:4]}/{self.digest}"


UPLOAD_STATES = ("open", "received", "checked", "refused")


class UploadTicket(models.Model):
    """The right of one account to send one file, once and soon (上传凭据), and what became of the file.

    `received` is quarantine: the bytes are kept, but nobody gets them before they are `checked`. What is
    `refused` keeps no bytes. `owner` is the id of an account or of a sitting at a counter; the room below people
    knows no more of it.
    """

    id = models.UUIDField(primary_key=True, default=new_blob_id, editable=False)
    owner = models.UUIDField()
    purpose = models.CharField(max_length=20)  # material
    name = models.CharField(max_length=120)  # as declared, safe to offer
    size = models.PositiveBigIntegerField()  # bytes at the most: as declared
    state = models.CharField(max_length=10, default="open")  # open | received | checked | refused
    fault = models.CharField(max_length=40, blank=True)  # the code of a refusal
    expires_at = models.DateTimeField()  # until when the file may be sent
    sending_until = models.DateTimeField(null=True)  # somebody is sending; then another may
    ended_at = models.DateTimeField(null=True)  # when it was received or refused
    used_at = models.DateTimeField(null=True)  # when it was taken up, such as by a case
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=UPLOAD_STATES), name="upload_ticket_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "refused"], blob=None)
                | models.Q(state__in=["received", "checked"], blob__isnull=False),
                name="upload_ticket_bytes",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "expires_at"], name="upload_ticket_of_owner"),
            models.Index(
                fields=["expires_at"], condition=models.Q(used_at=None), name="upload_ticket_unused"
            ),
            models.Index(
                fields=["id"], condition=models.Q(state="received"), name="upload_ticket_quarantine"
            ),
        ]
