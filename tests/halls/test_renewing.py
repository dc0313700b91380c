"""The applicant chooses where, and brings a draft up to date, without typing anything twice."""

from django.test import Client

from tests.city import LAKE, ROCK, City
from tests.restaurant import SIGNBOARD_ITEM, key
from tests.services.editors import act, editor, publish
from tests.workflows.test_counter import TYPED
from tests.workflows.test_renewing import FASTER
from workflows.commands import grant_use
from workflows.models import Case


def region() -> None:
    anna, bert = editor("anna"), editor("bert")
    draft = act("draft_override", anna, item_code=SIGNBOARD_ITEM, division=LAKE, patch=FASTER)
    act("submit_draft", anna, version_id=draft.pk)
    publish(bert, draft)


def posted(**more: object) -> dict[str, object]:
    texts = {path: str(value).lower() for path, value in TYPED.items()}
    return {**texts, **more, "key": key()}


def test_the_page_of_an_item_shows_each_regions_rules_and_starts_there(owner: Client):
    address = f"/items/{SIGNBOARD_ITEM}"
    assert "其他区划" not in owner.get(address).content.decode()
    region()
    standard = owner.get(address).content.decode()
    assert "明湖区" in standard
    assert "3个工作日" in standard.replace(" ", "")
    own = owner.get(address, {"at": LAKE}).content.decode()
    assert "2个工作日" in own.replace(" ", "")
    assert owner.post(f"{address}/start", {"at": LAKE, "key": key()}).status_code == 302
    case = Case.objects.get()
    assert case.item_version.division_id == LAKE
    assert case.answers["signboard"] == {"division": LAKE}


def test_a_draft_for_another_place_is_brought_up_to_date_by_one_button_and_then_submitted(
    owner: Client, city: City
):
    region()
    owner.post(f"/items/{SIGNBOARD_ITEM}/start", {"at": LAKE, "key": key()})
    late = Case.objects.get()
    grant_use(viewer=city.owner, key=key(), case_id=late.pk)
    form = f"/cases/{late.pk}/form"
    typed = posted(**{"signboard.division": ROCK})
    refused = owner.post(form, {**typed, "act": "submit", "revision": revision(late)})
    page = refused.content.decode()
    assert "按全市统一的规定办理" in page
    assert 'value="renew"' in page
    assert TYPED["signboard.text"] in page
    typed["key"] = key()
    renewed = owner.post(form, {**typed, "act": "renew", "revision": revision(late)})
    assert 'role="alert"' not in renewed.content.decode()
    typed["key"] = key()
    filed = owner.post(form, {**typed, "act": "submit", "revision": revision(late)})
    assert filed.status_code == 302
    late.refresh_from_db()
    assert (late.division_id, late.item_version.division_id) == (ROCK, None)


def revision(case: Case) -> int:
    return Case.objects.get(pk=case.pk).revision
