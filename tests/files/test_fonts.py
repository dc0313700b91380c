"""The faces hold every Han character with outlines that every viewer draws."""

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from files import fonts


def han(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.file)
def test_a_face_has_truetype_outlines_our_name_and_its_licence(face, font_folder):
    font = TTFont(font_folder / face.file, lazy=True)
    assert "glyf" in font
    assert "CFF " not in font
    assert font["name"].getDebugName(1) == face.family
    assert "Open Font License" in font["name"].getDebugName(13)
    assert font["OS/2"].usWeightClass == face.weight


@pytest.mark.parametrize("face", [f for f in fonts.FACES if not f.rare], ids=lambda face: face.file)
def test_a_common_face_holds_gb2312_and_the_characters_of_names(face, font_folder):
    known = TTFont(font_folder / face.file, lazy=True).getBestCmap().keys()
    gb2312 = {
        ord(character)
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        for character in bytes((high, low)).decode("gb2312", "ignore")
    }
    assert len(gb2312) == 6763
    assert gb2312 <= known
    assert {ord(character) for character in fonts.NAME_CHARACTERS} <= known
    assert {ord(character) for character in "0123456789AZaz〔〕《》“”（）·—…①℃㎡√×"} <= known


def test_common_and_rare_faces_together_hold_gbk_and_extension_a(font_folder):
    known: set[int] = set()
    for face in fonts.FACES:
        if face.weight == 400:
            known |= TTFont(font_folder / face.file, lazy=True).getBestCmap().keys()
    assert han(0x4E00, 0x9FA5) <= known  # the 20,902 of GBK
    assert han(0x3400, 0x4DB5) <= known  # extension A
    assert len([code for code in known if code >= 0x20000]) > 2000


def test_bad84_what_no_face_holds_is_named(font_folder):
    assert fonts.missing_characters("王㐀𠮷喆，营业执照 ABC\n", settings.FONT_DIR) == ""
    assert fonts.missing_characters("甲\ue000乙🦄丙🦄", settings.FONT_DIR) == "\ue000🦄"
    assert fonts.missing_characters("零\u200b宽", settings.FONT_DIR) == "\u200b"


def test_faces_are_cut_once(font_folder):
    before = {path: path.stat().st_mtime_ns for path in font_folder.glob("*.ttf")}
    assert fonts.main([str(settings.FONT_DIR)]) == 0
    assert {path: path.stat().st_mtime_ns for path in font_folder.glob("*.ttf")} == before


def test_without_the_source_faces_one_line_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fonts, "SOURCE_FOLDERS", (tmp_path,))
    assert fonts.main(["--inside-lock", str(tmp_path / "cut")]) == 1
    assert "install the Debian package fonts-noto-cjk" in capsys.readouterr().err
