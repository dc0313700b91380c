"""ClamAV at its socket: what it finds is refused, and while it is away a file waits in quarantine."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.db import transaction
from typing_extensions import override

from bus import chores
from bus.models import Chore
from config.letters import TABLE
from files.antivirus import scan
from files.commands import check_ticket
from files.errors import ScannerAway
from files.models import Blob, UploadTicket
from people.errors import Refusal
from tests.restaurant import reload
from tests.supplies import attached, draft, key, pdf, publish_signboard, sent
from workflows import commands
from workflows.filed import files_of
from workflows.models import CaseEvent

pytestmark = pytest.mark.django_db
SIGNATURE = b"a-virus-that-the-scanner-knows"


class Clamd(socketserver.BaseRequestHandler):
    """The INSTREAM command of clamd, which knows one virus and takes no large file."""

    found: ClassVar[bytes] = SIGNATURE
    most: ClassVar[int] = 10_000

    @override
    def handle(self) -> None:
        stream = self.request.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(length)
            if len(content) > self.most:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        answer = (
            b"stream: Eicar-Test-Signature FOUND\0" if self.found in content else b"stream: OK\0"
        )
        self.request.sendall(answer)


@pytest.fixture
def clamd(settings) -> Iterator[None]:
    """A scanner on the loopback, named in the settings."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        settings.CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def test_bad_76_what_the_scanner_finds_is_refused_and_not_kept(city, clamd):
    assert sent(city.owner, pdf("clean")).state == "checked"
    before = Blob.objects.count()
    with pytest.raises(Refusal) as refused:
        sent(city.owner, pdf(SIGNATURE.decode()))
    assert refused.value.code == "VIRUS_FOUND"
    assert Blob.objects.count() == before
    assert UploadTicket.objects.filter(state="refused", fault="VIRUS_FOUND", blob=None).exists()


def test_bad_76_a_file_waits_in_quarantine_while_the_scanner_is_away(city, settings, request):
    publish_signboard()
    settings.CLAMD = "tcp://127.0.0.1:1"
    case = attached(city.owner, draft(city), "drawing", pdf("clean"))
    case = attached(city.owner, case, "lease", pdf(SIGNATURE.decode()), "合同.pdf")
    drawing, lease = files_of(case)
    assert (drawing.ticket.state, lease.ticket.state) == ("received", "received")
    with pytest.raises(Refusal) as told:
        commands.submit_case(
            viewer=city.owner, key=key(), case_id=case.pk, revision=reload(case).revision
        )
    late = {problem.field for problem in told.value.problems if problem.code == "FILE_NOT_CHECKED"}
    assert late == {"materials.drawing", "materials.lease"}
    with pytest.raises(ScannerAway):
        check_ticket(drawing.ticket_id)
    chores.sweep(TABLE)
    waiting = Chore.objects.filter(kind="check_upload")
    assert set(waiting.values_list("state", "attempts")) == {("open", 0)}
    request.getfixturevalue("clamd")
    with transaction.atomic():
        waiting.update(due_at="2020-01-01T00:00:00Z")
    chores.sweep(TABLE)
    drawing, lease = files_of(case)
    assert (drawing.ticket.state, lease.ticket.state) == ("checked", "refused")
    assert lease.blob is None
    assert not Blob.objects.filter(name="合同.pdf").exists()
    assert CaseEvent.objects.filter(case_id=case.pk, kind="file_refused").count() == 1


def test_a_scanner_that_takes_less_than_we_do_is_told_to_the_operator(clamd, caplog):
    with pytest.raises(ScannerAway):
        scan([b"x" * 3_000_000])
    assert "StreamMaxLength" in caplog.text
