"""Papers have ink, carry their data, and are printed apart from everything that is ours."""

import base64
import contextlib
import io
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageDraw, ImageFont

from files import fonts
from files.errors import CharacterMissing, RenderLimit
from files.frames import frame, read_frame, whole_frame
from files.press_control import PressControl
from files.rendering import ATTACHED_BYTES, Attachment, render_pdf, warm_up
from tests.files.conftest import MADE_AT, page

DATA = Attachment("data.json", "application/json", '{"持证主体": "李喆"}'.encode())
BIG = "font-size: 60pt"


def shape(image: Image.Image) -> Image.Image:
    """The ink of an image, cut out and brought to one size."""
    ink = image.point(lambda grey: 255 if grey < 128 else 0)
    box = ink.getbbox()
    assert box, "no ink at all"
    return ink.crop(box).resize((48, 48))


def likeness(one: Image.Image, other: Image.Image) -> float:
    """The common share of two shapes, 0 to 1."""
    both = ImageChops.multiply(one, other).histogram()
    either = ImageChops.lighter(one, other).histogram()
    return sum(both[128:]) / sum(either[128:])


def drawn_by_hand(character: str, face: str) -> Image.Image:
    """A character drawn straight from a face, without WeasyPrint and poppler."""
    image = Image.new("L", (200, 200), 255)
    font = ImageFont.truetype(str(fonts.ensure_fonts(settings.FONT_DIR).parent / face), 100)
    ImageDraw.Draw(image).text((40, 20), character, font=font, fill=0)
    return shape(image)


@pytest.mark.parametrize(
    ("character", "face"),
    [("营", "serif-regular.ttf"), ("喆", "serif-regular.ttf"), ("㐀", "serif-rare.ttf"), ("𠮷", "serif-rare.ttf"),
     ("龘", "serif-rare.ttf"), ("𬱖", "serif-rare.ttf")],
)  # fmt: skip
def test_bad84_characters_common_and_rare_are_drawn_and_are_not_boxes(character, face, print_page):
    paper = print_page(page(f'<p style="{BIG}">{character}</p>'))
    seen = shape(paper.image(dots=120))
    assert likeness(seen, drawn_by_hand(character, face)) > 0.7
    assert likeness(seen, drawn_by_hand("\ue000", face)) < 0.4  # the box of what is missing
    assert paper.text == character
    assert "TrueType" in paper.run("pdffonts", str(paper.path))


def test_bad84_a_character_that_no_face_holds_is_refused_by_name(font_folder):
    with pytest.raises(CharacterMissing) as refused:
        render_pdf(page("<p>王🦄\ue000</p>"), title="x", created=MADE_AT)
    assert refused.value.code == "CHARACTER_MISSING"
    assert refused.value.characters == "\ue000🦄"


def test_bold_and_regular_are_two_faces(print_page):
    regular = print_page(page(f'<p style="{BIG}">许可证</p>')).image().histogram()
    bold = print_page(page(f'<p style="{BIG}"><b>许可证</b></p>')).image().histogram()
    assert sum(bold[:100]) > 1.3 * sum(regular[:100])


def test_a_paper_is_pdf_a_3b_with_its_data_inside(print_page):
    paper = print_page(page("<p>证照</p>"), title="食品经营许可证", attachments=(DATA,))
    paper.run("qpdf", "--check", str(paper.path))
    with pikepdf.open(paper.path) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
            assert metadata["dc:title"] == "食品经营许可证"
            assert metadata["xmp:CreateDate"] == "2026-03-01T02:30:00+00:00"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260301023000+00'00"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.AF[0].AFRelationship == "/Data"
        assert pdf.Root.AF[0].EF.F.Subtype == "/application/json"
        assert json.loads(pdf.attachments["data.json"].get_file().read_bytes()) == {
            "持证主体": "李喆"
        }


def test_the_same_page_printed_again_has_the_same_bytes(font_folder):
    printed = [
        render_pdf(page("<p>决定</p>"), title="x", created=MADE_AT, attachments=(DATA,))
        for _ in range(2)
    ]
    assert printed[0] == printed[1]


def test_bad83_a_page_that_takes_too_long_is_stopped_and_the_next_one_is_printed(font_folder):
    slow = page("<table>" + ("<tr>" + "<td>字</td>" * 9 + "</tr>") * 1_000 + "</table>")
    warm_up()
    with pytest.raises(RenderLimit, match="seconds"):
        render_pdf(slow, title="x", created=MADE_AT, seconds=0.05)
    assert render_pdf(page("<p>好</p>"), title="x", created=MADE_AT).startswith(b"%PDF-1.7")


def test_too_much_attached_data_is_refused(font_folder):
    heavy = Attachment("data.json", "application/json", b"1" * (ATTACHED_BYTES + 1))
    with pytest.raises(RenderLimit):
        render_pdf(page("<p>x</p>"), title="x", created=MADE_AT, attachments=(heavy,))


def test_flt59_a_picture_that_eats_memory_does_not_take_the_press_with_it(print_page):
    bomb = Image.new("1", (13_000, 13_000))
    path = settings.FILES_DIR / "bomb.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    bomb.save(path)
    url = "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()
    with contextlib.suppress(RenderLimit):
        render_pdf(page(f'<img src="{url}"><p>x</p>'), title="x", created=MADE_AT)
    assert print_page(page("<p>后来</p>")).text == "后来"


@pytest.fixture
def outside():
    """A server that should never be asked: its address and what was asked of it."""
    asked: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_atk68_no_page_reaches_outside_or_into_our_files(outside, print_page, tmp_path):
    address, asked = outside
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    hostile = "".join(
        f'<img src="{url}"><link rel="stylesheet" href="{url}"><link rel="attachment" href="{url}">'
        f'<object data="{url}"></object><embed src="{url}"><a rel="attachment" href="{url}">a</a>'
        f'<svg width="9" height="9"><image href="{url}"/><use href="{url}#a"/></svg>'
        f"<p style=\"background: url('{url}'); list-style: url('{url}')\">p</p>"
        f"<style>@import '{url}'; @font-face {{ font-family: X; src: url('{url}') }}"
        f" .x {{ content: url('{url}'); font-family: X }}</style><p class='x'>p</p>"
        for url in (f"{address}/a", secret.as_uri(), str(secret), "ftp://127.0.0.1/x", "gopher://x")
    )
    paper = print_page(page(f'<base href="{address}/b/"><img src="c.png">{hostile}'))
    assert asked == []
    with pikepdf.open(paper.path) as pdf:
        assert len(pdf.attachments) == 0
    assert paper.run("pdfimages", "-list", str(paper.path)).count("\n") == 2  # only its head
    assert "机密" not in paper.text


def test_a_small_picture_written_in_the_page_is_shown_and_a_huge_or_other_one_is_not(print_page):
    pixel = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 0, 0)).save(pixel, "png")
    small = "data:image/png;base64," + base64.b64encode(pixel.getvalue()).decode()
    drawing = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"
    huge = small + "A" * 400_000
    for url, shown in ((small, True), (drawing, False), (huge, False)):
        paper = print_page(page(f'<img src="{url}" style="width: 9mm; height: 9mm"><p>x</p>'))
        assert (paper.run("pdfimages", "-list", str(paper.path)).count("\n") == 3) is shown


def test_the_press_knows_none_of_our_secrets(font_folder):
    control = PressControl()
    control.start(settings.FONT_DIR)
    environment = Path(f"/proc/{control.press.pid}/environ").read_text()
    control.stop()
    assert "TONGBAN" not in environment
    assert "DATABASE" not in environment


def test_a_press_that_was_killed_is_replaced(font_folder):
    control = PressControl()
    request = frame(
        {"title": "x", "created": MADE_AT.isoformat(), "attachments": [], "identifier": "00" * 16},
        page("<p>好</p>").encode(),
    )
    control.start(settings.FONT_DIR)
    control.press.kill()
    control.press.wait()
    assert control.print(settings.FONT_DIR, request, 30).startswith(b"%PDF")
    control.stop()


def test_threads_share_the_press_in_turn(font_folder):
    def one(number: int) -> bytes:
        return render_pdf(page(f"<p>第{number}号</p>"), title="x", created=MADE_AT)

    with ThreadPoolExecutor(4) as pool:
        papers = list(pool.map(one, range(8)))
    assert papers == [one(number) for number in range(8)]


def test_a_forked_worker_prints_with_a_press_of_its_own(font_folder):
    ours = render_pdf(page("<p>父子</p>"), title="x", created=MADE_AT)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        theirs = render_pdf(page("<p>父子</p>"), title="x", created=MADE_AT)
        os.write(write, b"same" if theirs == ours else b"different")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 20) == b"same"
    os.close(read)
    os.close(write)
    assert render_pdf(page("<p>父子</p>"), title="x", created=MADE_AT) == ours


def test_frames_come_back_as_they_went_and_only_when_whole():
    sent = frame({"title": "证"}, b"one", b"", b"three")
    head, bodies = read_frame(io.BytesIO(sent))
    assert (head["title"], bodies) == ("证", [b"one", b"", b"three"])
    assert whole_frame(sent) == (head, bodies)
    assert all(whole_frame(sent[:length]) is None for length in range(len(sent)))
    assert read_frame(io.BytesIO(b"")) is None
