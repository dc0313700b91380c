"""Every anomaly of a published guide is told at its field; what is not said is not made up."""

import pytest

from services.guides.importing import read_guide
from services.guides.suggestions import SUGGESTIONS
from tests.services.made_guides import (
    LICENCE,
    MATERIAL,
    bundle,
    item,
    with_bundle_material,
    with_material,
    with_part,
    written,
)

FILE = "guide.json"
# What every guide of the platform shows: limits without a unit, parts without a code.
ALWAYS = {"LIMIT_WITHOUT_UNIT", "BUNDLE_LIMIT_WITHOUT_UNIT", "PART_ITEM_UNKNOWN"}


def read(guide, file=FILE):
    return read_guide(file, written(guide))


def rules(guide):
    return {finding.rule for finding in read(guide).findings} - ALWAYS


def test_a_clean_guide_is_told_for_the_units_of_its_limits_only():
    assert rules(item()) == set()
    assert rules(bundle()) == set()


def test_the_draft_of_an_item_says_what_the_guide_says():
    found = read(item()).definition
    assert found["code"] == "00019900100001"
    assert (found["type"], found["lead"], found["audience"]) == ("01", "transport", ["enterprise"])
    assert found["limits"]["promised"]["days"] == 5
    assert found["limits"]["statutory"]["kind"] == "working"
    assert found["limits"]["extension"]["days"] == 10
    assert [m["mode"] for m in found["materials"]] == ["upload", "cert_linked"]
    assert found["materials"][1]["certificate"] == "BUSINESS_LICENCE"
    assert found["route"][0]["department"] == "transport"
    assert found["imported"]["guide"] == item()


def test_the_promise_of_a_bundle_is_that_of_its_longest_part():
    found = read(bundle()).definition
    assert found["limits"]["promised"]["days"] == 10
    assert [part["name"] for part in found["parts"]] == ["渔船登记", "停靠许可"]
    assert found["materials"][0]["mode"] == "form_generated"


FEE = {"feename": "停靠费", "feestand": "20元", "chargeBylaw": "云发改〔2020〕1号"}
LAW = "《云澜市船舶停靠管理办法》第二条"
ITEM_CASES = [
    (item(approveLimitExplain=""), "LIMIT_UNEXPLAINED"),
    (item(approveLimitExplain="", commitmentLimitExplain="无"), "LIMIT_UNIT_BY_LAW"),
    (item(typeName="公共服务", commitmentLimitExplain="无"), "LIMIT_UNIT_UNKNOWN"),
    (item(commitmentLimitExplain="大船10个工作日、小船5个工作日"), "LIMIT_SEVERAL_NUMBERS"),
    (item(commitmentLimitExplain="3个工作日"), "LIMIT_NOT_IN_TEXT"),
    (item(approveLimitExplain="法律法规没有规定办结时限"), "LIMIT_NOT_SET_BY_LAW"),
    (item(commitmentLimit="30", commitmentLimitExplain="30个工作日"), "PROMISE_LONGER_THAN_LAW"),
    (item(commitmentLimit=None), "LIMIT_MISSING"),
    (item(commitmentLimit="五天左右"), "NUMBER_UNREADABLE"),
    (item(transactionFrom="窗口办理^网上办理"), "JOINED_BY_CARET"),
    (
        item(isSpecialProcedure="是", specialProcedureType="听证", specialProcedureTimelimit="30"),
        "SPECIAL_LONGER_THAN_LIMIT",
    ),
    (
        item(
            isSpecialProcedure="是", specialProcedureType="听证^公示", specialProcedureTimelimit=5
        ),
        "SPECIAL_ONE_LIMIT_FOR_SEVERAL",
    ),
    (item(isSpecialProcedure="是"), "SPECIAL_WITHOUT_DETAILS"),
    (item(processDescript="受理、现场核查、决定"), "SPECIAL_IN_TEXT_ONLY"),
    (item(limitsceneexplain="须核对原件"), "VISITS_ZERO_WITH_REASON"),
    (item(minSeq="1", transactLevel="三级标准"), "VISITS_WITHOUT_REASON"),
    (item(minSeq="1", limitsceneexplain="核对原件"), "VISITS_AGAINST_DEPTH"),
    (item(transactionFrom="网上办理"), "ONLINE_ONLY_PAPER_MATERIALS"),
    (item(isCharge="是"), "FEE_WITHOUT_ITEMS"),
    (item(chargeList=[FEE]), "FEE_ITEMS_BUT_FREE"),
    (item(isCharge="是", chargeList=[FEE | {"chargeBylaw": ""}]), "FEE_WITHOUT_BASIS"),
    (item(isCharge="是", chargeList=[FEE | {"feename": "快递费"}]), "FEE_TO_THIRD_PARTY"),
    (
        item(isCharge="是", chargeList=[FEE | {"feestand": "大船20元，小船10元"}]),
        "FEE_SEVERAL_PRICES",
    ),
    (item(isIntermediaryServices="有"), "AGENCY_WITHOUT_ITEMS"),
    (
        item(isIntermediaryServices="有", zjfwList=[{"serviceOrgproperty": "经营性收费"}]),
        "AGENCY_FIELD_MISPLACED",
    ),
    (
        item(isIntermediaryServices="有", zjfwList=[{"serviceTimelimit": 60.0}]),
        "AGENCY_LIMIT_WITHOUT_UNIT",
    ),
    (item(resultSampleName="无"), "RESULT_NONE"),
    (item(resultSampleName="《停靠许可证》，《停靠标识》"), "RESULT_SEVERAL"),
    (item(resultSampleName="准予停靠决定书；不予停靠决定书"), "RESULT_REFUSAL"),
    (item(resultList=[]), "RESULT_WITHOUT_SAMPLE"),
    (item(according="真实有效"), "BASIS_SAYS_NOTHING"),
    (item(according="《养老机构条例》全文"), "BASIS_OF_OTHER_MATTER"),
    (
        item(unifyName="货运船舶停靠", acceptanceCondition="客运经营者已经登记"),
        "CONDITION_OF_OTHER_MATTER",
    ),
    (item(acceptanceCondition=""), "CONDITION_MISSING"),
    (item(lctList=[{"attachName": "孤儿资金给付.jpg"}]), "FLOW_CHART_OF_OTHER_MATTER"),
    (item(processDescript="详见流程图"), "FLOW_SAYS_NOTHING"),
    (
        item(quantitativeRestriction="船舶应当登记并且停靠在划定水域内，" * 4),
        "QUANTITY_HOLDS_CONDITIONS",
    ),
    (item(acceptanceCondition='"船舶已经登记'), "DAMAGED_TEXT"),
    (item(acceptanceCondition="第十二条？申请人已经登记"), "DAMAGED_TEXT"),
    (item(acceptanceCondition="3.停靠水域已经由主管部门划定"), "TEXT_BEGINS_MID"),
    (item(processDescript="受理主要设各清单"), "MISPRINT"),
    (item(deptName="水上部门", orgName="", blbm=""), "DEPARTMENT_UNKNOWN"),
    (item(typeName="行政认可"), "UNKNOWN_WORD"),
    (item(typeName="行政确认"), "TYPE_DIFFERS_FROM_CODE"),
    (item(unifyName=None), "NAME_MISSING"),
    (item(unifyName="船舶&amp;amp;停靠"), "HTML_ENTITY"),
    (item(unifyName="<p>船舶停靠</p>"), "HTML_TAG"),
    (item(unifyName="船舶\x07停靠"), "CONTROL_CHARACTER"),
    (item(according=[LAW, LAW]), "TEXT_EXPECTED"),
    (item(resultList="样本.png"), "LIST_EXPECTED"),
    (item(materialList=[]), "MATERIALS_NONE"),
    (item(rightsCode=None), "CODE_FROM_MATERIALS"),
    (item(colour="red"), "UNKNOWN_KEY"),
]
MATERIAL_CASES = [
    ({"materialTitle": None}, "MATERIAL_NAME_MISSING"),
    ({"materialTitle": "身份证或者护照"}, "ALTERNATIVES_IN_MATERIAL"),
    ({"sourceexplain": "提供下列证件之一"}, "ALTERNATIVES_IN_MATERIAL"),
    ({"materialTitle": "检验报告（夜间停靠的提交）"}, "CONDITIONAL_MARKED_REQUIRED"),
    ({"materialTitle": "航行日志证明、船舶照片"}, "SEVERAL_DOCUMENTS_IN_ONE"),
    ({"isMust": "容缺后补"}, "LATER_WITHOUT_DEADLINE"),
    ({"bylaw": "真实、完整、有效"}, "MATERIAL_BASIS_SAYS_NOTHING"),
    ({"sourceChannel": "其他"}, "SOURCE_CONTRADICTS"),
    ({"sourceChannel": "政府部门核发"}, "SOURCE_CONTRADICTS"),
    ({"materialCode": "M0001990010000202"}, "MATERIAL_CODE_MISMATCH"),
    ({"materialCode": "M000199001000NaN"}, "CODE_BROKEN"),
    ({"copiesNum": 1.0}, "COPIES_AS_DECIMAL"),
    ({"copiesNum": 6}, "COPIES_SEVERAL"),
    ({"copiesNum": "若干"}, "NUMBER_UNREADABLE"),
    ({"pageformat": "真实合法"}, "PAPER_NONSENSE"),
    ({"pageformat": "a4纸"}, "PAPER_VARIANT"),
    ({"attachList": [{}]}, "ATTACHMENT_WITHOUT_FILE"),
    ({"attachList": [{"attachName": "1$$2.jpg"}]}, "FILE_NAME_ODD"),
    ({"freeSubmission": "电子证照代替"}, "CERTIFICATE_MISSING"),
    (
        {"freeSubmission": "电子证照代替", "standardMaterialsName": "船舶国籍证"},
        "CERTIFICATE_UNKNOWN",
    ),
    (
        {"materialTitle": "消防制度文本", "materialExplain": "符合食品安全要求"},
        "MATERIAL_OF_OTHER_MATTER",
    ),
    ({"materialTitle": "营业执照"}, "MATERIAL_REPEATED"),
    ({"standardMaterialsCode": "L1"}, "CERTIFICATE_FOR_TWO_ROLES"),
    ({"isMust": "可能"}, "UNKNOWN_WORD"),
    ({"isMust": None}, "KEY_MISSING"),
]
BUNDLE_CASES = [
    (with_part(cnsxsx=30.0), "BUNDLE_SHORTER_THAN_PART"),
    (with_part(cnsxsx=None), "PART_LIMIT_MISSING"),
    (with_part(lbsxfwmc="渔船登记"), "PART_NAME_REPEATED"),
    (with_part(tyywblxName="停靠备案"), "PART_NAMES_DIFFER"),
    (with_part(resultSampleName="审核通过"), "PART_RESULT_EMPTY"),
    (with_part(tyywblxName="停靠许可（告知承诺制流程）"), "PART_CHOICE_IN_NAME"),
    (bundle(approveList=[]), "PARTS_NONE"),
    (bundle(onethingCatalogStandServiceGuide={"cnbjsx": "7"}), "BUNDLE_PROMISES_DIFFER"),
    (bundle(guideCondition=[{"bltj": "符合申请要求", "pxh": 1}]), "CONDITION_SAYS_NOTHING"),
    (
        bundle(guideCondition=[{"bltj": "停靠许可", "smmc": "停靠水域已经划定", "pxh": 1}]),
        "CONDITION_OF_PART",
    ),
    (
        bundle(
            guideCondition=[
                {"bltj": "渔船登记", "smmc": "状态不为正常时，不能办理", "pxh": 1},
                {"bltj": "停靠许可", "smmc": "状态不为暂停时，不能办理", "pxh": 2},
            ]
        ),
        "CONDITIONS_EXCLUDE",
    ),
    (
        bundle(guideCondition=[{"bltj": "船东是同一籍贯", "pxh": 1}])
        | {"materialList": with_bundle_material(tbxz="不同籍贯时提供")["materialList"]},
        "CONDITION_AGAINST_MATERIAL",
    ),
    (with_bundle_material(clxz="2"), "CERTIFICATE_SELF_PROVIDED"),
    (with_bundle_material(materialCode="T1000NaN"), "CODE_BROKEN"),
    (
        with_bundle_material(
            attachList=[{"fjmc": "a", "fjlx": "docx"}, {"fjmc": "b", "fjlx": ".docx"}]
        ),
        "FILE_TYPE_VARIANT",
    ),
    (
        bundle(questionInfo=[{"problem": "武汉能办吗？", "answer": "能。", "pxh": 1}]),
        "FAQ_OF_OTHER_PLACE",
    ),
    (
        bundle(questionInfo=[{"problem": "甲", "answer": "乙", "pxh": n} for n in (1, 3)]),
        "ORDER_GAPS",
    ),
    (bundle(guidePoint=None), "POINT_MISSING"),
    (bundle(sxmc=""), "NAME_MISSING"),
    (bundle(themeCode=None, yjsSsqdbm="99TCN9001A"), ""),
]


@pytest.mark.parametrize(("guide", "rule"), ITEM_CASES, ids=[rule for _, rule in ITEM_CASES])
def test_an_anomaly_of_an_item_is_told(guide, rule):
    assert rule in rules(guide)


@pytest.mark.parametrize(("change", "rule"), MATERIAL_CASES, ids=[r for _, r in MATERIAL_CASES])
def test_an_anomaly_of_a_material_is_told(change, rule):
    found = [f for f in read(with_material(**change)).findings if f.rule == rule]
    assert found
    assert all(f.item == "00019900100001" and f.suggestion for f in found)


@pytest.mark.parametrize(("guide", "rule"), BUNDLE_CASES, ids=[rule for _, rule in BUNDLE_CASES])
def test_an_anomaly_of_a_bundle_is_told(guide, rule):
    assert rule in rules(guide) | {""}


def test_alternatives_that_are_each_called_necessary_are_proposed_as_a_group():
    proofs = [MATERIAL | {"materialTitle": f"{kind}证明材料"} for kind in ("泊位", "就业", "就读")]
    condition = "船员符合就业、泊位、就读条件之一"
    guide = item(materialList=[*proofs, LICENCE], acceptanceCondition=condition)
    found = [f for f in read(guide).findings if f.rule == "ALTERNATIVES_ALL_REQUIRED"]
    assert "泊位证明材料、就业证明材料、就读证明材料" in found[0].value
    assert "group" not in str(read(guide).definition["materials"])


def test_every_rule_that_reading_may_tell_has_a_suggestion_in_chinese():
    assert all(any("\u4e00" <= c <= "\u9fff" for c in text) for text in SUGGESTIONS.values())
