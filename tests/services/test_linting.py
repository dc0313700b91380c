"""Each rule of the catalogue's quality finds what it is for, and nothing in an item that is in order."""

import json
from copy import deepcopy
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from people.viewer import Viewer
from services.commands import draft_item, publish_item, submit_draft
from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.guides.importing import read_guide
from services.guides.quality import TOLD, linted
from services.importing import load_definition
from services.lint_facts import Facts
from services.lint_words import WORDS, told
from services.linting import RULES, UNREADABLE, blocking, lint, lint_draft
from tests.services.conftest import definition_text
from tests.services.made_guides import LICENCE, item

SIGNBOARD = load_definition(definition_text("fixtures/services/signboard.yaml"))
FACTS = Facts(
    {"营业执照": "BUSINESS_LICENCE", "居住证": "RESIDENCE_PERMIT"}, {"就业登记": "EMPLOYMENT"}
)
UPLOAD = {
    "id": "paper",
    "name": "设计图",
    "mode": "upload",
    "basis": "《办法》第三条",
    "required": False,
    "source_channel": "applicant",
    "copies": 1,
}
CONTACTS = SIGNBOARD["guide"]["contacts"]
FEE = {"name": "工本费", "standard": "每本5元", "basis": "《办法》第九条"}
LIMITS = SIGNBOARD["limits"] | {
    name: {"days": 5, "kind": "working"} for name in ("notice", "delivery")
}
RESULT = SIGNBOARD["guide"]["outcomes"][0]


def changed(*changes: tuple[str, object]) -> dict:
    """The signboard with some places replaced, or taken away by None."""
    data = deepcopy(SIGNBOARD)
    for path, value in changes:
        *above, last = path.split(".")
        target = data
        for key in above:
            target = target[key]
        target[last] = value
        if value is None:
            del target[last]
    return data


def codes_of(*changes: tuple[str, object]) -> set[tuple[str, str]]:
    """(code, place) of what is found after some changes."""
    return {(found.code, found.place) for found in lint(read_definition(changed(*changes)), FACTS)}


def material(**keys: object) -> tuple[str, object]:
    """The signboard's materials with one more."""
    return ("materials", [*SIGNBOARD["materials"], UPLOAD | keys])


def test_an_item_in_order_breaks_no_rule():
    assert lint(read_definition(SIGNBOARD), FACTS) == ()


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ([("guide", None)], "NO_GUIDE", "guide"),
        ([("guide.levels", None)], "ELEMENT_MISSING", "guide.levels"),
        ([("guide.power_source", None)], "ELEMENT_MISSING", "guide.power_source"),
        ([("guide.contacts", {"enquiry": "0366-8112300"})], "ELEMENT_MISSING", "guide.contacts.hours"),
        ([("conditions", None)], "ELEMENT_MISSING", "conditions"),
        ([("guide.task_code", None)], "ELEMENT_WANTED", "guide.task_code"),
        ([("words", None)], "ELEMENT_WANTED", "words"),
        ([("type", "07"), ("limits", LIMITS)], "TYPE_OF_CODE", "type"),
        ([("guide.levels", ["county"])], "LEVEL_OF_CODE", "guide.levels"),
        ([("guide.case_kind", "instant")], "CASE_KIND", "guide.case_kind"),
        ([("guide.review_kind", "at_once")], "CASE_KIND", "guide.review_kind"),
        ([("limits.promised", {"days": 0, "kind": "working"})], "CASE_KIND", "guide.case_kind"),
        ([("guide.outcomes", [RESULT | {"kind": "document"}])], "RESULT_KIND", "guide.outcomes.SIGNBOARD_PERMIT.kind"),
        ([("guide.outcomes", [RESULT | {"samples": []}])], "RESULT_SAMPLE", "guide.outcomes.SIGNBOARD_PERMIT.samples"),
        (
            [("guide.outcomes", [RESULT | {"name": "准予决定；不予决定"}])],
            "SEVERAL_RESULTS",
            "guide.outcomes.SIGNBOARD_PERMIT.name",
        ),
        ([("guide.outcomes", [RESULT | {"code": "OTHER_PERMIT"}])], "RESULT_NOT_NAMED", "guide.outcomes"),
        ([("guide.visits", 1)], "VISITS_REASON", "guide.visits_reason"),
        ([("guide.visits_reason", "核对原件")], "VISITS_REASON", "guide.visits_reason"),
        ([("guide.channels", ["counter"])], "VISITS_NO_WAY", "guide.channels"),
        ([("guide.channels", ["counter", "post"])], "DEPTH_CHANNELS", "guide.online_depth"),
        ([("guide.channels", ["counter"]), ("guide.scope", "cities")], "SCOPE_NEEDS_A_WAY", "guide.scope"),
        ([("guide.visits", 2)], "DEPTH_VISITS", "guide.online_depth"),
        ([("guide.charged", True)], "FEE_INCOMPLETE", "guide.fee_basis"),
        ([("guide.charged", True)], "FEE_INCOMPLETE", "guide.pay_online"),
        ([("guide.fees", [FEE])], "FEE_OF_FREE", "guide.fees"),
        ([("guide.pay_online", True)], "FEE_OF_FREE", "guide.pay_online"),
        ([("guide.contacts", CONTACTS | {"window": "12345"})], "COMPLAINT_PHONE", "guide.contacts.window"),
        ([("guide.contacts", CONTACTS | {"enquiry": "12345"})], "COMPLAINT_PHONE", "guide.contacts.enquiry"),
        ([("guide.contacts", CONTACTS | {"window": "13800138000"})], "PHONE_AREA_CODE", "guide.contacts.window"),
        ([("guide.topics", {"person": ["户籍"]})], "TOPICS_OF_SERVED", "guide.topics.enterprise"),
        ([("guide.topics", {"person": ["户籍"]})], "TOPICS_OF_SERVED", "guide.topics.person"),
        ([("guide.served", ["person"])], "SERVED_OF_AUDIENCE", "guide.served"),
        ([("guide.questions", None)], "LICENCE_QUESTION", "guide.questions"),
        ([("guide.flow", "受理后审核。")], "LICENCE_STAGES", "guide.flow"),
        ([("limits.statutory", {"days": 2, "kind": "working"})], "PROMISE_OVER_LAW", "limits.promised"),
        ([("limits.statutory", {"days": 3, "kind": "calendar"})], "PROMISE_OVER_LAW", "limits.promised"),
        ([("basis", [])], "NO_BASIS", "basis"),
        ([("basis", ["真实、完整、有效"])], "NO_BASIS", "basis"),
        ([("basis", ["/"])], "NO_BASIS", "basis"),
        ([("basis", ["第十一条：设置招牌应当符合要求。", "《条例》第十一条"])], "NO_BASIS", "basis"),
        ([("basis", ["《条例》第十一条", "无"])], "NO_BASIS", "basis"),
        ([("conditions", ["符合申请要求。"])], "EMPTY_CONDITION", "conditions"),
        ([material(name="营业执照复印件")], "UPLOAD_OF_CERTIFICATE", "materials.paper"),
        ([material(name="就业登记证明")], "UPLOAD_OF_CHECKED", "materials.paper"),
        ([material(source_channel=None)], "MATERIAL_SOURCE", "materials.paper.source_channel"),
        ([material(source_channel="intermediary")], "MATERIAL_SOURCE", "materials.paper.issuer"),
        ([material(copies=0)], "MATERIAL_COUNT", "materials.paper.originals"),
        ([material(source_channel="government", issuer="测绘机构")], "OFFICIAL_NO_REPLACEMENT", "materials.paper"),
        ([material(name="房产证")], "OFFICIAL_NO_REPLACEMENT", "materials.paper"),
        ([material(name="其他相关材料")], "CATCH_ALL_MATERIAL", "materials.paper.name"),
        ([material(name="合同等有关材料")], "CATCH_ALL_MATERIAL", "materials.paper.name"),
        ([material(name="申请书，包括身份证明、设备清单等")], "SEVERAL_MATERIALS", "materials.paper.name"),
        ([material(name="身份证明；设计图")], "SEVERAL_MATERIALS", "materials.paper.name"),
        ([material(basis="申请人自备")], "MATERIAL_BASIS", "materials.paper.basis"),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for(changes, code, place):
    assert (code, place) in codes_of(*changes)


@pytest.mark.parametrize(
    "name",
    [
        "居住证明材料",
        "设计图",
        "营业执照号说明",
        "食品安全自查、从业人员健康管理等规章制度目录清单",
        "设备布局、操作流程等文件（仅从事销售的，可以不提供有关材料）",
        "主体资格证明或者其他合法登记证明",
    ],
)
def test_a_title_that_only_looks_like_what_a_rule_finds_is_left_alone(name):
    assert codes_of(material(name=name)) == set()


def test_the_words_of_an_act_may_follow_its_name():
    assert codes_of(("basis", ["《条例》：", "第十一条 设置招牌应当符合要求。"])) == set()


def test_of_a_draft_only_what_could_be_read_is_told():
    draft = changed(("limits.promised", {"days": "三"}), ("guide.levels", ["月"]), ("form", None))
    draft |= {"audience": "people", "results": None, "basis": ["/"]}
    found = {(one.code, one.place) for one in lint_draft(draft, FACTS)}
    assert found == {("NO_BASIS", "basis")}
    draft["guide"] |= {"case_kind": "instant", "visits_reason": "核对原件"}
    found = {one.code for one in lint_draft(draft, FACTS)}
    assert found == {"NO_BASIS", "VISITS_REASON"}


def test_a_document_of_government_may_be_asked_for_when_the_help_says_why_nothing_replaces_it():
    assert codes_of(material(name="房产证", help="尚未归集为电子证照，请上传。")) == set()


def test_an_upload_beside_a_data_check_in_one_group_only_stands_in_for_it():
    data = deepcopy(SIGNBOARD)
    data["materials"][1]["group"] = "proof"
    data["materials"].append(UPLOAD | {"name": "营业执照复印件", "group": "proof"})
    data["material_groups"] = [{"id": "proof", "name": "营业执照"}]
    assert lint(read_definition(data), FACTS) == ()


def test_a_certificate_of_somebody_else_may_be_sent_since_nothing_of_theirs_may_be_read():
    given = {"name": "营业执照", "help": "出租人的电子证照不能由申请人调取，请上传。"}
    assert ("UPLOAD_OF_CERTIFICATE", "materials.paper") in codes_of(material(**given))
    assert codes_of(material(**given, role="出租人")) == set()


def test_a_bundle_needs_no_power_and_no_task_code(restaurant_data):
    restaurant_data["guide"] = {"flow": "受理"}
    found = {finding.place for finding in lint(read_definition(restaurant_data))}
    assert "guide.levels" in found
    assert not {"guide.power_source", "guide.task_code"} & found


def test_an_imported_guide_is_linted_beside_its_own_anomalies():
    asked = item(materialList=[LICENCE | {"freeSubmission": "无"}])
    guide = read_guide("a.json", json.dumps(asked).encode())
    told = {(one.rule, one.field): one for one in linted(guide, FACTS).findings}
    assert len(told) > len(guide.findings) > 0
    upload = told["UPLOAD_OF_CERTIFICATE", "materials.m01"]
    assert (upload.value, upload.suggestion[:9]) == ("营业执照", "请改为关联电子证照")
    assert (
        told["ELEMENT_MISSING", "guide.contacts.complaint"].suggestion[:9] == "请填写监督投诉电话"
    )
    assert not {rule for rule, _ in told} & TOLD


def test_every_rule_is_worded_with_a_suggestion_and_none_twice():
    codes = {rule.code for rule in RULES}
    assert codes <= WORDS.keys()
    assert WORDS.keys() - codes == {UNREADABLE, "UNKNOWN_FOREIGN_VALUE"}
    data = changed(("guide.charged", True))
    data["materials"].append(UPLOAD | {"name": "营业执照；其他材料", "basis": "无"})
    findings = lint(read_definition(data), FACTS)
    words = [told(finding) for finding in findings]
    assert "材料“营业执照；其他材料”要求上传，但证照库中有“营业执照”" in {
        one.message for one in words
    }
    assert "收费事项缺少收费依据" in {one.message for one in words}
    assert all(one.suggestion for one in words)
    blocks = {(p.field, p.params["rule"]) for p in blocking(findings)}
    assert ("guide.fees", "FEE_INCOMPLETE") in blocks
    assert "MATERIAL_BASIS" not in {rule for _, rule in blocks}


def test_lint_items_checks_what_is_published_and_fails_where_a_rule_blocks(city):
    out = StringIO()
    call_command("lint_items", format="json", stdout=out)
    rows = json.loads(out.getvalue())
    assert len(rows) >= 7
    found = [found for row in rows for found in row["findings"]]
    assert [one for one in found if one["severity"] == "error"] == []
    out = StringIO()
    call_command("lint_items", SIGNBOARD["code"], format="json", stdout=out)
    [row] = json.loads(out.getvalue())
    assert (row["item"], row["state"], row["findings"]) == (SIGNBOARD["code"], "已发布", [])
    poor = changed(("guide.levels", None), ("words", None)) | {"name": "招牌"}
    publish_item(viewer=Viewer.system("tests"), key="k", definition=poor)
    out = StringIO()
    with pytest.raises(CommandError, match="1 errors"):
        call_command("lint_items", SIGNBOARD["code"], stdout=out)
    assert "错误 ELEMENT_MISSING guide.levels：缺少行使层级。请填写行使层级" in out.getvalue()
    assert "提示 ELEMENT_WANTED words" in out.getvalue()
    with pytest.raises(CommandError, match="no such item: 000000000000"):
        call_command("lint_items", SIGNBOARD["code"], "000000000000")


def test_a_draft_below_the_catalogues_quality_is_not_put_up_for_review(city):
    poor = changed(("guide.levels", None)) | {"name": "招牌"}
    system = Viewer.system("tests")
    draft = draft_item(viewer=system, key="k", definition=poor)
    with pytest.raises(DefinitionInvalid) as invalid:
        submit_draft(viewer=system, key="s", version_id=draft.pk)
    [problem] = invalid.value.problems
    assert (problem.field, problem.params["rule"]) == ("guide.levels", "ELEMENT_MISSING")
    draft.refresh_from_db()
    assert draft.state == "draft"
