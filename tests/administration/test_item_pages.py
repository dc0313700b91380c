"""Items edited by people who do not program: pages of forms, nothing lost, nothing changed by what is refused."""

import re
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from config.env import ROOT
from people.models import AuditRecord
from services import editing
from services.admin.faults import told_all
from services.admin.pickers import Pickers
from services.admin.sheets import is_list, sheet_at
from services.importing import load_definition
from services.models import ItemVersion
from services.proving import Examiner
from tests.city import LAKE, PASSWORD
from tests.services.editors import SIGNBOARD as SIGNBOARD_ITEM
from tests.services.editors import act as command
from tests.services.editors import editor as somebody

pytestmark = pytest.mark.django_db
SIGNBOARD = (ROOT / "fixtures" / "services" / "signboard.yaml").read_bytes()
EDITOR, SECOND = "zhengshu.bianji", "zhengshu.fabu"
PAGE = "admin:services_itemversion_"


def enter(client, name):
    client.post(reverse("admin:login"), {"username": name, "password": PASSWORD, "next": "/admin/"})
    return client


def draft(client, content=SIGNBOARD):
    file = SimpleUploadedFile("signboard.yaml", content)
    return client.post(reverse(f"{PAGE}add"), {"file": file}, follow=True)


def act(client, version, name, **given):
    answer = client.post(
        reverse(f"{PAGE}act", args=[version.pk]), {"act": name, **given}, follow=True
    )
    version.refresh_from_db()
    return answer.content.decode()


@pytest.fixture
def editor(city, client):
    return enter(client, EDITOR)


@pytest.fixture
def version(editor):
    draft(editor)
    return ItemVersion.objects.get(state="draft")


class Controls(HTMLParser):
    """What a browser would send of a rendered form."""

    def __init__(self, html):
        super().__init__()
        self.sent = QueryDict(mutable=True)
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.sent):
            self.sent[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.sent[name] = ""
        elif tag == "input" and given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                self.sent.appendlist(name, given.get("value", "on"))
        elif tag == "input":
            self.sent[name] = given.get("value", "")

    def handle_data(self, data):
        if self._area:
            self.sent[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""


def places(definition):
    """Every place of a definition that has a sheet."""
    yield from ("basics", "guide", "guide.contacts", "limits", "remedies", "joining")
    lists = ("form", "materials", "material_groups", "route", "groups", "results", "stops")
    for above in (*lists, "eligibility", "checks", "parts"):
        yield from (f"{above}.{name}" for name, _ in editing.entries_at(definition, above))
    for section, _ in editing.entries_at(definition, "form"):
        for name, field in editing.entries_at(definition, f"form.{section}.fields"):
            place = f"form.{section}.fields.{name}"
            yield place
            yield from (f"{place}.columns.{c['id']}" for c in field.get("columns", ()))


def test_every_sheet_saved_as_it_is_shown_leaves_every_item_as_it_was(city):
    seen = set()
    for version in ItemVersion.objects.all():
        pickers = Pickers(version.definition)
        for place in places(version.definition):
            sheet = sheet_at(place)
            at = place if sheet.at is None else sheet.at
            entry = editing.entry_at(version.definition, at) or {}
            news = novelties(sheet, entry) - seen
            if not news:
                continue
            seen |= news
            shown = sheet.form(pickers, entry)
            sent = Controls("".join(str(field) for field in shown)).sent
            bound = sheet.form(pickers, entry, sent)
            assert bound.is_valid(), (version.item.code, place, bound.errors)
            assert bound.written() == entry, (version.item.code, place)
    assert len(seen) > 200


def novelties(sheet, entry):
    """What a sheet may show that another does not: its kinds, and which keys have which sort of value."""
    kinds = {f"{key} {entry.get(key)}" for key in ("type", "mode", "kind")}
    keys = {f"{key} {type(value).__name__}" for key, value in entry.items()}
    return {(sheet.form, one) for one in kinds | keys}


def saved(client, version, place, **changes):
    """Saves a sheet as a browser does, with some controls changed; the answer."""
    address = reverse(f"{PAGE}sheet", args=[version.pk, place])
    html = client.get(address).content.decode()
    sent = Controls(html[html.index('id="sheet"') : html.index("_save")]).sent
    for name, value in changes.items():
        sent.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    answer = client.post(
        address, sent.urlencode(), content_type="application/x-www-form-urlencoded"
    )
    version.refresh_from_db()
    return answer


def test_one_person_drafts_an_item_and_another_publishes_it(version, client):
    own = act(client, version, "submit")
    assert version.state == "review"
    own = act(client, version, "publish", note="我自己发布")
    assert "起草人以外的人" in own
    assert AuditRecord.objects.filter(action="publish_draft", outcome="FOUR_EYES").count() == 1
    enter(client, SECOND)
    assert "请写明理由" in act(client, version, "return", note=" ")
    act(client, version, "return", note="请补充<b>依据</b>")
    assert version.state == "draft"
    enter(client, EDITOR)
    act(client, version, "submit")
    enter(client, SECOND)
    assert "不能早于今天" in act(client, version, "publish", note="好", valid_from="2020-01-01")
    shown = act(client, version, "publish", note="核对无误")
    assert (version.state, version.number, version.note) == ("published", 2, "核对无误")
    assert "请补充&lt;b&gt;依据&lt;/b&gt;" in shown
    assert "只有提交审核的草稿可以发布" in act(client, version, "publish", note="再来")


@pytest.mark.parametrize("content", [b"\xff", b"a: [", b"code: abc"])
def test_a_file_that_is_no_definition_is_refused_and_nothing_is_kept(editor, content):
    assert "没有建立" not in draft(editor, SIGNBOARD[:0] + content).content.decode()
    assert not ItemVersion.objects.filter(state__in=["draft", "review"]).exists()


def test_an_unsound_file_is_a_draft_with_what_is_wrong_and_where_it_is_mended(editor):
    shown = draft(editor, SIGNBOARD.replace(b"department: urban_management", b"department: nobody"))
    version = ItemVersion.objects.get(state="draft")
    text = shown.content.decode()
    assert "没有这个职能的部门" in text
    address = re.search(r'href="([^"]+)">办理流程 › [^<]+ › 办理部门<', text)[1]
    assert editor.get(address).status_code == 200
    assert "没有这个职能的部门" in act(editor, version, "submit")
    assert version.state == "draft"


def test_what_is_filled_in_is_kept_and_what_is_wrong_is_told_at_its_field(version, client):
    before = version.definition
    refused = saved(client, version, "route.signage", name="", within__0__days="三天")
    assert refused.status_code == 200
    assert {"name", "within"} == set(refused.context["form"].errors)
    assert version.definition == before
    assert saved(client, version, "route.signage", name="招牌许可").status_code == 302
    assert version.definition == editing.with_entry(
        before, "route.signage", editing.entry_at(before, "route.signage") | {"name": "招牌许可"}
    )


def test_what_the_guide_tells_of_a_material_is_filled_in_too(version, client):
    told = {"role": "房主", "originals": 1, "copies": 2, "paper": "A4", "issuer": "不动产登记机构"}
    told |= {"source_channel": "government", "standard": "地址一致", "sample": "样本.pdf"}
    assert saved(client, version, "materials.application", **told).status_code == 302
    kept = editing.entry_at(version.definition, "materials.application")
    assert {name: kept[name] for name in told} == told
    refused = saved(client, version, "materials.application", copies="两份", source_channel="猫")
    assert {"copies", "source_channel"} == set(refused.context["form"].errors)
    assert editing.entry_at(version.definition, "materials.application") == kept


def test_stale_version_nothing_is_written_over_what_somebody_else_saved_meanwhile(version, client):
    address = reverse(f"{PAGE}sheet", args=[version.pk, "remedies"])
    sent = {"digest": version.digest, "review_days": 60, "suit_months": 6, "basis": "某法"}
    saved(client, version, "remedies", review_days="30")
    kept = version.definition
    assert "别人已经保存过" in client.post(address, sent).content.decode()
    moved = {"digest": sent["digest"], "act": "up:materials.promise"}
    order = reverse(f"{PAGE}order", args=[version.pk])
    assert "别人已经保存过" in client.post(order, moved, follow=True).content.decode()
    version.refresh_from_db()
    assert version.definition == kept


def test_atk_texts_of_an_item_are_shown_as_texts_on_every_page(version, client):
    evil = "\"><script>alert(1)</script>'{{ 1 }}"
    for place, name in (
        ("basics", "name"),
        ("form.signboard", "label"),
        ("route.signage", "name"),
        ("results.SIGNBOARD_PERMIT", "name"),
    ):
        assert saved(client, version, place, **{name: evil}).status_code == 302
    for page in (
        "basics",
        "form",
        "materials",
        "route",
        "results",
        "route.signage",
        "form.signboard",
    ):
        shown = client.get(reverse(f"{PAGE}sheet", args=[version.pk, page])).content.decode()
        assert "<script>alert" not in shown
    for name in ("change", "trial"):
        shown = client.get(reverse(f"{PAGE}{name}", args=[version.pk])).content.decode()
        assert "<script>alert" not in shown
    assert client.get(reverse(f"{PAGE}sheet", args=[version.pk, "route.<x>"])).status_code == 404


def test_atk_only_editors_change_and_only_with_a_token_of_the_page(version, client):
    address = reverse(f"{PAGE}sheet", args=[version.pk, "remedies"])
    acts = reverse(f"{PAGE}act", args=[version.pk])
    guarded = enter(Client(enforce_csrf_checks=True), EDITOR)
    assert guarded.post(acts, {"act": "discard"}).status_code in {302, 403}
    enter(client, "zhengshu.shenji")
    before = version.digest
    for answer in (
        client.get(address),
        client.post(address, {"digest": before}),
        client.post(acts, {"act": "discard"}),
        client.get(reverse(f"{PAGE}add")),
        client.get(reverse(f"{PAGE}text", args=[version.pk])),
    ):
        assert answer.status_code == 403
    version.refresh_from_db()
    assert (version.digest, version.state) == (before, "draft")


def test_a_published_version_is_read_and_drafted_anew_but_never_changed(version, client):
    act(client, version, "submit")
    before = version.digest
    address = reverse(f"{PAGE}sheet", args=[version.pk, "route.signage"])
    shown = client.get(address).content.decode()
    assert "_save" not in shown
    client.post(address, {"digest": before, "name": "x"})
    order = reverse(f"{PAGE}order", args=[version.pk])
    told = client.post(order, {"act": "remove:route.signage", "digest": before}, follow=True)
    version.refresh_from_db()
    assert version.digest == before
    assert told.status_code == 200


def test_a_new_item_grows_from_nothing_to_a_draft_that_may_be_submitted(editor):
    begun = {"code": "990199900000", "name": "样例事项", "type": "20", "lead": "urban_management"}
    assert (
        "只用数字" in editor.post(reverse(f"{PAGE}add"), begun | {"code": "９9"}).content.decode()
    )
    editor.post(reverse(f"{PAGE}add"), begun)
    version = ItemVersion.objects.get(item__code="990199900000")
    saved(editor, version, "basics", basis="《某办法》第一条")
    saved(editor, version, "form.applicant.fields.+", label="店名", type="text", max_length="100")
    assert "field1" in str(version.definition["form"])
    saved(
        editor,
        version,
        "route.+",
        name="确认",
        kind="advise",
        department=["urban_management"],
        reads=["applicant"],
        within__0__days="5",
        **{"when-0-path": "applicant.field1", "when-0-operator": "filled"},
    )
    step = editing.entry_at(version.definition, "route.step1")
    assert step["when"] == "has(answers.applicant.field1)"
    assert step["within"] == {"days": 5, "kind": "working"}
    told = act(editor, version, "submit")
    assert "没有任何部门作出决定" in told
    assert "反例" in told
    assert version.state == "draft"


def test_a_trial_run_tells_steps_materials_and_days_and_keeps_nothing(version, client):
    address = reverse(f"{PAGE}trial", args=[version.pk])
    counted = AuditRecord.objects.count()
    shown = client.post(address, {"_sample": "1"})
    assert [one["name"] for wave in shown.context["waves"] for one in wave]
    assert shown.context["materials"]
    assert all(one["due_on"] for wave in shown.context["waves"] for one in wave)
    gaps = client.post(address, {"_try": "1"}).context["wrong"]
    assert any("必填" in line for line in gaps)
    assert client.post(address, {"accepted_on": "9999-12-31"}).context["form"].errors
    assert AuditRecord.objects.count() == counted


def test_what_a_standard_does_to_a_region_and_what_a_region_changed_is_told(version, client):
    ops = [{"op": "set", "at": "limits.promised.days", "value": 2}]
    ops += [{"op": "set", "at": "route.signage.within.days", "value": 2}]
    patch = {"reason": "本区承诺提速", "ops": ops}
    region = command(
        "draft_override", somebody("anna"), item_code=SIGNBOARD_ITEM, division=LAKE, patch=patch
    )
    command("submit_draft", somebody("carl"), version_id=region.pk)
    command("publish_draft", somebody("bert"), version_id=region.pk, note="提速")
    shown = client.get(reverse(f"{PAGE}change", args=[region.pk])).content.decode()
    assert "承诺时限由 3 改为 2 个工作日" in shown
    assert "本区承诺提速" in shown
    assert 'value="redraft"' not in shown
    saved(client, version, "basics", summary="招牌许可，随到随办。")
    told = client.get(reverse(f"{PAGE}change", args=[version.pk])).content.decode()
    assert "对有地区差异的地方的影响" in told
    assert "明湖区" in told
    assert told.count("简介由") == 2


def test_every_fault_leads_to_a_page_that_is_there(editor):
    for cut in (b"code:", b"form:", b"limits:", b"results:", b"guide:", b"remedies:"):
        version = ItemVersion(definition=load_definition(SIGNBOARD.decode()))
        version.definition.pop(cut.decode()[:-1])
        for one in told_all(version.definition, Examiner.of_today().examine(version.definition)):
            assert is_list(one.sheet) or sheet_at(one.sheet or "basics"), one
