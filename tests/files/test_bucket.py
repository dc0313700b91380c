"""A bucket that cannot be reached: the sender is told to come again, and nothing stands without its bytes."""

import pytest
from django.test import Client

from files.models import Blob, UploadTicket
from files.tickets import token_of
from tests.restaurant import key
from tests.supplies import PDF, pdf
from workflows import commands

pytestmark = pytest.mark.django_db
NOBODY = "http://127.0.0.1:1"
OPTIONS = {
    "bucket_name": "files",
    "endpoint_url": NOBODY,
    "region_name": "cn-east-1",
    "access_key": "of-no-value",
    "secret_key": "of-no-value",
}


def test_flt_61_without_its_bucket_an_upload_is_told_to_come_again_and_leaves_no_row(
    city, settings
):
    folder = settings.STORAGES
    bucket = {"BACKEND": "files.bucket.BucketStorage", "OPTIONS": OPTIONS}

    content = pdf("1")
    ticket = commands.request_upload(
        viewer=city.owner,
        key=key(),
        purpose="material",
        name="图.pdf",
        size=len(content),
        media_type=PDF,
    )
    before = Blob.objects.count()

    def put():
        address = f"/uploads/{token_of(ticket.pk)}"
        return Client().put(address, content, content_type="application/octet-stream")

    settings.STORAGES = folder | {"default": bucket}
    answer = put()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert Blob.objects.count() == before
    assert UploadTicket.objects.get(pk=ticket.pk).state == "open"
    settings.STORAGES = folder
    assert put().status_code == 200
