"""Forms with files go below /uploads/, to the process for files: same rights, same page, nothing left of rubbish."""

import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, override_settings

from config.uploads import application
from files.models import UploadTicket
from tests.supplies import PDF, draft, pdf, publish_signboard
from workflows.models import Case, CaseFile

pytestmark = pytest.mark.django_db
PLAIN = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=line"


@pytest.fixture
def case(city):
    publish_signboard()
    return draft(city)


def chosen(content=None, name="效果图.pdf"):
    return SimpleUploadedFile(name, content or pdf("图"), PDF)


def form_of(client, case):
    """The address that the page names for its files, and the hidden fields to send with them."""
    page = client.get(f"/cases/{case.pk}/form").content.decode()
    action = re.search(r'id="form"[^>]* action="([^"]+)"', page)
    assert action
    stamps = {n: re.search(rf'name="{n}" value="([^"]*)"', page)[1] for n in ("key", "revision")}
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    return action[1], {**stamps, "csrfmiddlewaretoken": token}


def nothing_came(settings):
    assert not CaseFile.objects.exists()
    assert not UploadTicket.objects.exists()
    assert not [p for p in Path(settings.INCOMING_DIR).rglob("*") if p.is_file()]


def test_the_page_names_an_address_below_uploads_which_takes_the_file_and_leads_back(case, owner):
    address, stamps = form_of(owner, case)
    assert address == f"/uploads/pages/cases/{case.pk}/form"
    sent = {**stamps, "act": "save", "signboard.text": "新招牌", "file:drawing": chosen()}
    answer = owner.post(address, sent)
    assert answer.url == f"/cases/{case.pk}/form?saved=1"
    assert CaseFile.objects.get(case=case).material == "drawing"
    assert Case.objects.get(pk=case.pk).answers["signboard"]["text"] == "新招牌"
    assert owner.get(address).url == f"/cases/{case.pk}/form"
    wrong = owner.post(address, {**form_of(owner, case)[1], "file:deed": chosen(b"x", "坏.pdf")})
    assert (wrong.status_code, "坏.pdf：" in wrong.content.decode()) == (422, True)
    assert f'action="{address}"' in wrong.content.decode()


def test_atk_68_nobody_stranger_or_forger_leaves_a_file_behind(case, owner, sits, settings):
    address, stamps = form_of(owner, case)
    sent = {**stamps, "act": "save", "file:drawing": chosen()}
    assert Client().post(address, sent).url == "/sign-in"
    sent["file:drawing"] = chosen()
    assert sits("hezhiyuan", "person").post(address, sent).status_code == HTTPStatus.NOT_FOUND
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = owner.cookies
    del sent["csrfmiddlewaretoken"]
    sent["file:drawing"] = chosen()
    assert forger.post(address, sent).status_code == HTTPStatus.FORBIDDEN
    nothing_came(settings)


def test_bad_69_more_than_a_form_may_bring_is_told_in_chinese_and_not_kept(case, owner, settings):
    address, stamps = form_of(owner, case)
    settings.UPLOAD_MOST_BYTES_A_FORM = 100_000
    large = owner.post(address, {**stamps, "file:drawing": chosen(b"%PDF-" * 50_000)})
    assert (large.status_code, "总量上限" in large.content.decode()) == (400, True)
    settings.UPLOAD_MOST_BYTES_A_FORM = 100_000_000
    many = {f"file:m{number}": chosen(b"x") for number in range(61)}
    told = owner.post(address, {**stamps, **many})
    assert (told.status_code, "上传的文件太多" in told.content.decode()) == (400, True)
    many = {f"file:m{number}": chosen(b"x") for number in range(61)}
    told = Client().post("/sign-in", many)
    assert (told.status_code, "每次最多 30 个文件" in told.content.decode()) == (400, True)
    nothing_came(settings)


class Gone:
    """A sender that breaks off after its first bytes."""

    def __init__(self, start: bytes) -> None:
        self.start = start

    def read(self, _size: int = -1) -> bytes:
        if not self.start:
            raise OSError("the sender has gone")
        start, self.start = self.start, b""
        return start

    readline = read


def environment(client, path, body, length):
    cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": MULTIPART,
        "CONTENT_LENGTH": str(length),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "HTTP_COOKIE": cookies,
        "HTTP_X_CSRFTOKEN": client.cookies["csrftoken"].value,
        "wsgi.input": body,
        "wsgi.url_scheme": "http",
    }


def status_of(serve, given):
    """Status and body, from a server that keeps the test's connection, as Django's test client does."""
    seen = []
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        answer = serve(given, lambda status, _headers: seen.append(int(status[:3])))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
    return seen[0], body.decode()


def test_bad_71_a_form_that_breaks_off_leaves_nothing(case, owner, settings):
    address, stamps = form_of(owner, case)
    start = "".join(
        f'--line\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'
        for n, v in stamps.items()
    )
    start += '--line\r\nContent-Disposition: form-data; name="file:drawing"; filename="a.pdf"\r\n'
    start += "Content-Type: application/pdf\r\n\r\n%PDF-1.7 half of it"
    given = environment(owner, address, Gone(start.encode()), 900_000)
    status, told = status_of(WSGIHandler(), given)
    assert (status, "没有传完" in told) == (400, True)
    nothing_came(settings)


def test_the_process_for_files_serves_their_addresses_alone_and_the_web_reads_none(case, owner):
    address, stamps = form_of(owner, case)
    for path in ("/", "/graphql", "/admin/", f"/cases/{case.pk}/form"):
        assert status_of(application, environment(owner, path, Gone(b""), 0))[0] == 404
    with override_settings(TAKES_UPLOADS=False):
        given = environment(owner, address, Gone(b""), 900_000)  # reading would fail
        status, told = status_of(WSGIHandler(), given)
        assert (status, "这个地址不接收文件" in told) == (415, True)
        typed = urlencode({**stamps, "act": "save", "signboard.text": "新招牌"})
        saved = owner.post(f"/cases/{case.pk}/form", typed, PLAIN)
        assert saved.url == f"/cases/{case.pk}/form?saved=1"
