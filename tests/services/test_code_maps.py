"""Values of other platforms become ours by table; what no table knows is kept as it was written."""

import pytest

from services.code_maps import Mapped, code_maps, findings_of, mapped
from services.materials import MODES

# Every value of the published guides at hand, by code set: what is met in the wild.
MET = {
    "hunan.item_type": ["行政许可", "行政给付", "行政确认", "公共服务"],
    "hunan.served": ["法人", "个人/法人", "个人"],
    "hunan.level": ["省、市、县", "市、县", "县", "市", "省、市、县、镇"],
    "hunan.scope": ["全省", "不可通办", "全市", "全国", "全县"],
    "hunan.channel": ["网上办理", "窗口办理^网上办理", "窗口办理^网上办理^快递申请"],
    "hunan.online_depth": ["二级标准", "四级标准"],
    "hunan.special_procedure": ["专家评审^公示", "现场勘查", "听证"],
    "hunan.necessity": ["非必要", "必要", "容缺后补"],
    "hunan.material_kind": ["原件", "原件和复印件", "复印件"],
    "hunan.material_form": ["纸质和电子", "电子", "纸质"],
    "hunan.source_channel": ["申请人自备", "政府部门核发", "其他"],
    "hunan.free_submission": ["无", "电子证照代替"],
    "hunan.answer": ["是", "否", "有", "无"],
    "hunan_bundle.necessity": ["1", "2", "3"],
    "hunan_bundle.source_channel": ["10", "20", "99"],
    "hunan_bundle.fulfilment": ["1", "2", "3", "4"],
}


def test_every_row_leads_to_a_word_that_its_table_has():
    assert len(code_maps()) > 20
    assert code_maps()["hunan_bundle.fulfilment"].words == set(MODES)


@pytest.mark.parametrize("name", MET)
def test_every_value_of_the_published_guides_is_known(name):
    assert [mapped(name, text).unknown for text in MET[name]] == [()] * len(MET[name])


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("hunan.online_depth", "四级标准", ("IV",)),
        ("hunan.served", "个人/法人", ("person", "enterprise", "institution", "society")),
        ("hunan.level", "省、市、县、镇", ("province", "city", "county", "town")),
        ("hunan.channel", "窗口办理^网上办理", ("counter", "online")),
        ("hunan.special_procedure", "专家评审^公示", ("other",)),
        ("hunan.free_submission", "无", ()),
        ("guangdong.material_kind", "原件和复印件", ("both",)),
        ("zhejiang.id_type", "31", ("111",)),
        ("zhejiang.online_depth", "Ⅳ", ("IV",)),
        ("hunan.scope", None, ()),
        ("hunan.scope", " ", ()),
    ],
)
def test_a_foreign_value_says_our_words(name, text, words):
    assert mapped(name, text) == Mapped(words)


@pytest.mark.parametrize(
    ("name", "text", "words", "unknown"),
    [
        ("hunan.online_depth", "五级标准", (), ("五级标准",)),
        ("hunan.channel", "窗口办理^代办 ^网上办理", ("counter", "online"), ("代办 ",)),
        ("hunan.channel", "窗口办理、网上办理", (), ("窗口办理、网上办理",)),
        ("zhejiang.id_type", "33", (), ("33",)),
        ("zhejiang.id_type", "59", (), ("59",)),
        ("hunan_bundle.necessity", 1.0, (), ("1.0",)),
    ],
)
def test_an_unknown_value_is_kept_verbatim_and_found_never_guessed(name, text, words, unknown):
    found = mapped(name, text)
    assert (found.words, found.unknown) == (words, unknown)
    assert found.word == ""
    findings = findings_of(name, "guide.x", text)
    assert [(f.code, f.place, f.params["value"]) for f in findings] == [
        ("UNKNOWN_FOREIGN_VALUE", "guide.x", value) for value in unknown
    ]
    assert not any(finding.is_error for finding in findings)
