"""Two catalogue editors in browsers change an item; new cases follow it, an old one keeps its version."""

import pytest

from services.models import ItemVersion
from tests.browser.visitor import Visitor
from tests.city import PASSWORD
from tests.supplies import attached, pdf
from tests.unchanged import refused
from tests.walking import draft, key, submitted
from workflows import commands
from workflows.models import Approval

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIGNBOARD = "990117001000"
TYPED = {
    "enterprise.phone": "13800000000",
    "signboard.division": "990102000000",
    "signboard.address": "明湖区云水大道1号",
    "signboard.text": "小满餐厅",
    "signboard.size": "长6米，高1.2米",
    "signboard.position": "一楼门头",
    "signboard.lit": True,
    "signboard.truthful": True,
}


class Editor(Visitor):
    """A visitor of the administration."""

    def enter(self, account: str) -> "Editor":
        self.go("/admin/")
        self.page.fill("#id_username", account)
        self.page.fill("#id_password", PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("[type=submit]").click()
        return self

    def tab(self, words: str) -> None:
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(".editor-tabs a", has_text=words).click()

    def open(self, words: str) -> None:
        """Opens an entry of a list."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(".lines a", has_text=words).first.click()

    def only_if(self, condition: str, path: str) -> None:
        """Picks a yes-or-no field in the first row of a condition; the page then offers what fits it."""
        self.settle()
        self.page.select_option(f"[name={condition}-0-path]", path)
        offered = f"[name={condition}-0-operator] option"
        self.page.wait_for_selector(f"{offered}[value=among]", state="detached")
        self.settle()
        self.page.select_option(f"[name={condition}-0-operator]", "yes")
        self.settle()

    def settle(self) -> None:
        """Waits for the part of the sheet that was asked for, as one who sees the form greyed does."""
        for state in ("request", "swapping", "settling"):
            self.page.wait_for_selector(f".htmx-{state}", state="detached")

    def text(self) -> str:
        return self.page.locator("#content").inner_text()


def edited(visitor, account: str) -> Editor:
    visited = visitor()
    return Editor(visited.page, visited.address).enter(account)


def test_an_editor_mends_a_refused_route_a_second_person_publishes_and_new_cases_follow(
    visitor, city
):
    before = submitted(city.owner, SIGNBOARD, TYPED)
    editor = edited(visitor, "zhengshu.bianji")
    editor.go(f"/admin/services/itemversion/?state=published&q={SIGNBOARD}")
    editor.press(SIGNBOARD)
    editor.press("以本版为底稿另起草稿")

    editor.tab("办理流程")
    editor.open("户外招牌设置许可")
    editor.only_if("when", "signboard.lit")
    editor.press("保存")
    editor.tab("概览")
    editor.press("提交审核")
    told = editor.text()
    assert "有的办件到结束也没有任何部门作出决定" in told
    assert "申请人填写：是否夜间照明为“否”" in told

    editor.page.locator(".faults a").first.click()
    editor.open("户外招牌设置许可")
    editor.page.select_option("[name=when-0-path]", "")
    editor.press("保存")
    editor.press("添加环节")
    editor.page.fill("[name=name]", "夜间照明现场核查")
    editor.page.select_option("[name=kind]", "inspect")
    editor.settle()
    editor.page.wait_for_selector("[name=item]", state="detached")
    editor.page.check("[name=department][value=urban_management]")
    editor.page.fill("[name=within-0-days]", "2")
    editor.only_if("when", "signboard.lit")
    editor.page.check("[name=before][value=signage]")
    editor.page.check("[name=reads][value=signboard]")
    editor.press("保存")
    editor.tab("时限")
    days = int(editor.page.input_value("[name=promised-0-days]"))
    editor.page.fill("[name=promised-0-days]", str(max(days, 5)))
    editor.press("保存")

    editor.tab("申请材料")
    editor.press("添加材料")
    editor.page.fill("[name=name]", "夜景照明设计图")
    editor.page.select_option("[name=mode]", "upload")
    editor.settle()
    editor.page.wait_for_selector("[name=accept] >> nth=0")
    editor.page.fill("[name=basis]", "《城市夜景照明管理规定》第八条")
    editor.only_if("required_when", "signboard.lit")
    editor.press("保存")

    editor.tab("试运行")
    editor.press("用示例值填满再试")
    editor.page.wait_for_selector("#outcome")
    assert "夜间照明现场核查" in editor.text()
    assert "夜景照明设计图" in editor.text()
    editor.tab("概览")
    assert "增加环节“夜间照明现场核查”" in editor.text()
    editor.press("提交审核")
    assert "审核中" in editor.text()

    second = edited(visitor, "zhengshu.fabu")
    second.page.goto(editor.page.url)
    second.page.fill("[name=note]", "增加夜间照明核查，已会商")
    second.press("发布")
    assert "已发布" in second.text()
    version = ItemVersion.objects.get(item__code=SIGNBOARD, state="published")
    assert (version.number, version.note) == (2, "增加夜间照明核查，已会商")

    later = draft(city.owner, SIGNBOARD, TYPED)
    asked = {"viewer": city.owner, "case_id": later.pk, "revision": later.revision}
    with refused("MATERIAL_MISSING", "materials.material1"):
        commands.submit_case(**asked, key=key())
    later = attached(city.owner, later, "material1", pdf("图"))
    later = commands.submit_case(
        viewer=city.owner, key=key(), case_id=later.pk, revision=later.revision
    )
    steps = Approval.objects.filter(state="open").values_list("case", "step")
    assert set(steps) == {(before.pk, "signage"), (later.pk, "step1")}
    assert [*editor.complaints, *second.complaints] == []
