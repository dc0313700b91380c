"""The published guide reaches everybody through the door, in two languages; what is no application is refused."""

import json

import pytest
from django.test import Client

from gateway.guide_words import LABELS
from people.viewer import Viewer
from services.codes import Coded, ItemType
from services.commands import publish_item
from services.models import ItemVersion
from tests.city import City
from tests.graphql.asking import Caller, key, told
from workflows.models import Case

SIGNBOARD = "990117001000"


def test_every_label_of_the_code_tables_has_its_english():
    shown = [table for table in Coded.__subclasses__() if table is not ItemType]
    materials = {"Necessity", "MaterialKind", "MaterialForm", "ItemState"}
    labels = {m.label for table in shown if table.__name__ not in materials for m in table}
    assert labels == set(LABELS)


@pytest.mark.django_db
def test_anybody_reads_the_guide_of_an_item_at_the_door_and_on_its_page(city: City):
    nobody = Caller(Client(headers={"Accept-Language": "en"}))
    item = nobody.ask("serviceItem", code=SIGNBOARD)["data"]["serviceItem"]
    guide = item["guide"]
    assert item["onApplication"] is True
    assert guide["caseKind"] == {"name": "promise", "label": "Handled within a promised time"}
    assert [one["label"] for one in guide["levels"]] == ["Municipal", "County"]
    assert guide["body"]["name"] == "云澜市城市管理局"
    assert (guide["charged"], guide["visits"], guide["handledBy"]) == (False, 0, None)
    page = Client().get(f"/items/{SIGNBOARD}").content.decode()
    for told_there in (guide["taskCode"][:18], "承诺件", "不收费", guide["flow"], "跨县通办"):
        assert told_there in page
    assert all(one["question"] in page and one["answer"] in page for one in guide["questions"])


@pytest.mark.django_db
def test_nobody_starts_a_case_of_what_authorities_do_by_office(city: City, caller_of):
    published = ItemVersion.objects.get(item__code=SIGNBOARD, state="published")
    text = json.dumps(published.definition).replace(SIGNBOARD, "990617001000")
    inspection = json.loads(text) | {"type": "06", "name": "招牌检查"}
    inspection["limits"] |= {
        name: {"days": 5, "kind": "working"} for name in ("notice", "delivery")
    }
    publish_item(viewer=Viewer.system("tests"), key=key(), definition=inspection)

    owner = caller_of(city.owner)
    item = owner.ask("serviceItem", code="990617001000")["data"]["serviceItem"]
    assert (item["onApplication"], item["itemTypeName"]) == (False, "行政检查")
    listed = owner.ask("catalogue", search="招牌")["data"]["catalogue"]["nodes"]
    assert [one["code"] for one in listed if "招牌" in one["name"]] == [SIGNBOARD]
    answer = owner.ask("startCase", itemCode="990617001000", idempotencyKey=key())
    assert told(answer, "startCase") == {"itemCode": "NOT_ON_APPLICATION"}
    assert "依职权" in answer["data"]["startCase"]["errors"][0]["message"]
    assert not Case.objects.exists()
    page = Client().get("/items/990617001000").content.decode()
    assert "依职权" in page
    assert "登录后办理" not in page
