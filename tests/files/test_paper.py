"""Certificates and documents: every word there, nothing over anything, one side for ordinary data."""

import dataclasses
import io
from datetime import date

import pytest
import segno
from PIL import Image

from files.composition import chinese_date, face_of
from files.paper import certificate_html, document_html
from files.sheets import SheetTable
from tests.files.sample_sheets import CERTIFICATES, DOCUMENTS, QR

A4 = {"landscape": (842, 595), "portrait": (595, 842)}  # points
MILLIMETRE = 72 / 25.4
LONG = (
    "许可项目："
    + "、".join(f"第{number}类食品的生产、加工、贮存、运输和销售" for number in range(40))
    + "。"
)


def bare(text: str) -> str:
    return "".join(text.split())


def assert_nothing_overlaps(paper) -> None:
    """Words of three and more characters: the turned letters of the seal stand alone."""
    words = [word for word in paper.words() if len(word.text) >= 3]
    over = [(a.text, b.text) for i, a in enumerate(words) for b in words[:i] if a.overlaps(b)]
    assert over == []


def red_share(paper, dots: int = 40) -> float:
    """The share of the first page that is as red as a seal."""
    target = paper.path.with_suffix("")
    paper.run("pdftoppm", "-r", str(dots), "-png", "-singlefile", str(paper.path), str(target))
    pixels = Image.open(target.with_suffix(".png")).convert("RGB")
    colours = pixels.getcolors(pixels.width * pixels.height)
    red = sum(n for n, (r, g, b) in colours if r > 180 and g < 120 and b < 120)
    return red / (pixels.width * pixels.height)


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_certificate_shows_every_word_on_one_side(name, print_page):
    sheet = CERTIFICATES[name]
    paper = print_page(certificate_html(sheet), title=sheet.title)
    assert paper.pages == 1
    text = paper.text
    words = [sheet.title, sheet.number, sheet.issuer, sheet.identifier, *(v for _, v in sheet.rows)]
    assert [word for word in words if bare(word)[:12] not in text] == []
    assert chinese_date(sheet.issued_on) in text
    if sheet.valid_until:
        assert f"至{chinese_date(sheet.valid_until)}" in text
    width, height = A4[sheet.orientation]
    assert all(
        w.left > 15 * MILLIMETRE and w.right < width - 15 * MILLIMETRE for w in paper.words()
    )
    assert all(w.bottom < height - 16 * MILLIMETRE for w in paper.words())
    assert_nothing_overlaps(paper)
    assert red_share(paper) > 0.002
    paper.run("qpdf", "--check", str(paper.path))
    assert paper.path.stat().st_size < 90_000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_shows_every_word_on_one_side(name, print_page):
    sheet = DOCUMENTS[name]
    paper = print_page(document_html(sheet), title=sheet.title)
    assert paper.pages == 1
    text = paper.text
    words = [sheet.authority, sheet.title, sheet.number, f"{sheet.addressee}：", sheet.identifier]
    words += [paragraph[:12] for paragraph in (*sheet.paragraphs, *sheet.closing, *sheet.remedies)]
    words += [value for _, value in (*sheet.rows, *sheet.contact)]
    assert [word for word in words if bare(word) not in text] == []
    assert chinese_date(sheet.issued_on) in text
    assert "第1页共1页" in text
    assert_nothing_overlaps(paper)
    assert red_share(paper) > 0.004
    paper.run("qpdf", "--check", str(paper.path))


def test_long_values_wrap_and_go_on_to_further_sides_without_touching_the_foot(print_page):
    sheet = dataclasses.replace(
        CERTIFICATES["business"], rows=(*CERTIFICATES["business"].rows, ("经营范围附页", LONG * 3))
    )
    paper = print_page(certificate_html(sheet))
    assert paper.pages > 1
    assert paper.text.count("第39类") == 3
    assert paper.text.count(sheet.identifier) == paper.pages
    assert_nothing_overlaps(paper)


def test_a_long_authority_stays_within_the_margins_of_head_seal_and_signature(print_page):
    name = "云溪市翠湖区政务服务管理局行政审批综合服务中心"
    document = dataclasses.replace(DOCUMENTS["declined"], authority=name)
    certificate = dataclasses.replace(CERTIFICATES["signboard"], issuer=name)
    for paper, right in (
        (print_page(document_html(document)), 210 - 26),
        (print_page(certificate_html(certificate)), 297 - 27),
    ):
        assert paper.pages == 1
        assert all(word.right <= right * MILLIMETRE + 2 for word in paper.words())


def test_a_value_without_spaces_breaks_inside_its_cell(print_page):
    sheet = dataclasses.replace(CERTIFICATES["signboard"], rows=(("设备编码", "X9" * 120),))
    paper = print_page(certificate_html(sheet))
    assert paper.text.count("X9") == 120
    assert all(word.right < A4["landscape"][0] - 15 * MILLIMETRE for word in paper.words())


def test_bad84_rare_names_stand_on_certificates_and_seals(print_page):
    sheet = dataclasses.replace(
        CERTIFICATES["health"],
        rows=(("姓名", "𠮷㐀·𬱖"),),
        issuer="㐀山县卫生健康局",
        watermark="仅供𠮷某办理",
    )
    paper = print_page(certificate_html(sheet))
    assert "𠮷㐀·𬱖" in paper.text


@pytest.mark.parametrize("make", [certificate_html, document_html])
def test_atk68_what_people_typed_is_text_and_nothing_else(make, print_page):
    hostile = "<img src=file:///etc/hostname><script>x</script>{{ 7|add:7 }}</td><!-- '\"&"
    if make is certificate_html:
        sheet = dataclasses.replace(
            CERTIFICATES["food"], title=hostile, number=hostile, issuer=hostile, statement=hostile,
            rows=((hostile, hostile),), identifier=hostile, qr_caption=hostile, notes=(hostile,),
            seal_caption=hostile, watermark=hostile, issuer_label=hostile, number_label=hostile,
        )  # fmt: skip
    else:
        sheet = dataclasses.replace(
            DOCUMENTS["granted"], authority=hostile, title=hostile, number=hostile,
            addressee=hostile, paragraphs=(hostile,), rows=((hostile, hostile),),
            tables=(SheetTable((hostile,), ((hostile,),), hostile),), closing=(hostile,),
            remedies=(hostile,), contact=((hostile, hostile),), signature=hostile,
            seal_caption=hostile, qr_caption=hostile, identifier=hostile, watermark=hostile,
        )  # fmt: skip
    html = make(sheet)
    assert "<img src=file" not in html
    assert "<script" not in html
    assert "<!--" not in html
    assert "imgsrc=file:///etc/hostname" in print_page(html).text


def test_the_qr_code_holds_the_given_text_dot_for_dot(print_page):
    paper = print_page(certificate_html(CERTIFICATES["food"]))
    image = paper.image(dots=200)
    matrix = segno.make(QR, error="m", micro=False).matrix
    dot = 200 / 25.4
    left, top, side = 27 * dot, (210 - 64 + 8) * dot, 31 * dot / len(matrix)
    seen = [
        [image.getpixel((int(left + (x + 0.5) * side), int(top + (y + 0.5) * side))) < 128 for x in range(len(matrix))]
        for y in range(len(matrix))
    ]  # fmt: skip
    assert seen == [[bool(module) for module in row] for row in matrix]


def test_a_photo_stands_beside_the_rows(print_page):
    content = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((260, 340)).save(content, "jpeg")
    sheet = dataclasses.replace(CERTIFICATES["health"], photo=content.getvalue())
    paper = print_page(certificate_html(sheet))
    assert paper.pages == 1
    assert paper.run("pdfimages", "-list", str(paper.path)).count("jpeg") == 1
    assert all(
        word.right < (297 - 27 - 26) * MILLIMETRE or word.top > 100 * MILLIMETRE or word.bottom < 55 * MILLIMETRE
        for word in paper.words()
    )  # fmt: skip


def test_an_annotated_copy_tells_its_purpose_across_the_page(print_page):
    sheet = dataclasses.replace(
        CERTIFICATES["food"], watermark="仅供云溪银行开户使用 2026年4月1日前有效"
    )
    plain = print_page(certificate_html(CERTIFICATES["food"]))
    marked = print_page(certificate_html(sheet))
    assert set("仅供云溪银行开户使用") <= set(marked.text)
    assert marked.image().tobytes() != plain.image().tobytes()
    assert marked.pages == 1


def test_a_long_table_goes_on_under_its_head_on_the_next_side(print_page):
    table = SheetTable(
        ("序号", "材料名称"),
        tuple((str(n), f"第{n}份材料") for n in range(1, 81)),
        "材料清单",
        (15, 85),
    )
    paper = print_page(document_html(dataclasses.replace(DOCUMENTS["receipt"], tables=(table,))))
    assert paper.pages > 1
    assert paper.text.count("材料名称") in {paper.pages, paper.pages - 1}
    assert "第80份材料" in paper.text
    assert f"第{paper.pages}页共{paper.pages}页" in paper.text


def test_few_values_stand_one_below_the_other_and_many_share_lines():
    few = face_of(CERTIFICATES["signboard"], 243)
    many = face_of(CERTIFICATES["food"], 243)
    assert {len(line) for line in few.lines} == {1}
    assert {len(line) for line in many.lines} == {1, 2}
    assert few.points > many.points
    order = [cell.label for line in many.lines for cell in line]
    assert order == [*(label for label, _ in CERTIFICATES["food"].rows), "有效期限"]


def test_short_labels_are_spread_over_four_characters():
    cells = {
        c.label: c.spacing for line in face_of(CERTIFICATES["property"], 243).lines for c in line
    }
    assert (cells["坐落"], cells["权利人"], cells["共有情况"]) == ("2.000em", "0.500em", "0")


def test_dates_are_written_as_gb_t_9704_writes_them():
    assert chinese_date(date(2026, 3, 1)) == "2026年3月1日"
