"""Publishing: only sound definitions, once a digest, never a change of what was published."""

from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command

from people.errors import Refusal
from people.models import AuditRecord, Officer
from people.viewer import Viewer
from services.commands import publish_item, retire_item
from services.errors import DefinitionInvalid
from services.models import ItemVersion, ServiceItem
from services.queries import current_version, definition_of, visible_items
from tests.services.conftest import LAKE, SYSTEM

pytestmark = pytest.mark.usefixtures("districts", "certificate_types")


def publish(data, key="k1", viewer=SYSTEM):
    return publish_item(viewer=viewer, key=key, definition=data)


def test_publish_item_makes_the_first_version_with_its_proof(restaurant_data):
    version = publish(restaurant_data)
    assert (version.item.code, version.number, version.state) == ("99TCN0003", 1, "published")
    assert version.proof["regions"] == 20
    assert definition_of(version).name == "开办餐饮店一件事"
    record = AuditRecord.objects.get(action="publish_item")
    assert record.subject_id == "99TCN0003"


def test_publishing_the_same_definition_again_is_the_version_that_stands(restaurant_data):
    first = publish(restaurant_data)
    again = publish(deepcopy(restaurant_data), key="k2")
    assert again.pk == first.pk
    assert ItemVersion.objects.count() == 1


def test_bad_67_a_changed_definition_is_a_new_version_and_the_old_one_stays_as_it_was(
    restaurant_data,
):
    old = publish(restaurant_data)
    before = deepcopy(old.definition)
    changed = deepcopy(restaurant_data)
    changed["limits"]["promised"]["days"] = 12
    new = publish(changed, key="k2")
    old.refresh_from_db()
    assert (old.state, old.definition) == ("retired", before)
    assert definition_of(old).limits.promised.days == 10
    assert current_version("99TCN0003") == new
    assert new.number == 2


def test_an_unsound_definition_changes_nothing(restaurant_data):
    restaurant_data["limits"]["promised"]["days"] = 9
    with pytest.raises(DefinitionInvalid):
        publish(restaurant_data)
    assert not ServiceItem.objects.exists()
    assert not AuditRecord.objects.filter(action="publish_item").exists()


def test_a_function_that_nobody_holds_in_one_district_is_told_with_the_district(restaurant_data):
    Officer.objects.filter(department__code=f"fire.{LAKE}").delete()
    with pytest.raises(DefinitionInvalid) as refused:
        publish(restaurant_data)
    told = {p.field: p.params for p in refused.value.problems}
    steps = ("survey", "fire", "fire_promise")
    assert set(told) == {f"route.{step}.department" for step in steps}
    fire = told["route.fire.department"]
    assert (fire["rule"], fire["function"]) == ("DEPARTMENT_NOT_STAFFED", "fire")
    assert fire["divisions"] == [LAKE]


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer.anonymous(),
        Viewer(kind="enterprise"),
        Viewer(
            kind="officer", department_function="market_regulation", roles=frozenset({"officer"})
        ),
        Viewer(kind="officer", department_function="fire", roles=frozenset({"supervisor"})),
    ],
)
def test_only_the_lead_departments_supervisor_publishes(restaurant_data, viewer):
    with pytest.raises(Refusal, match="FORBIDDEN"):
        publish(restaurant_data, viewer=viewer)
    assert not ServiceItem.objects.exists()
    assert AuditRecord.objects.get(action="publish_item").outcome == "FORBIDDEN"


def test_the_supervisor_of_the_lead_department_may_publish(restaurant_data):
    supervisor = Viewer(
        kind="officer", department_function="market_regulation", roles=frozenset({"supervisor"})
    )
    assert publish(restaurant_data, viewer=supervisor).number == 1


def test_bad_52_a_withdrawn_item_is_not_available_and_leaves_the_catalogue(restaurant_data):
    publish(restaurant_data)
    assert [item.code for item in visible_items(Viewer.anonymous())] == ["99TCN0003"]
    retire_item(viewer=SYSTEM, key="r1", item_code="99TCN0003")
    assert not visible_items(Viewer.anonymous()).exists()
    for code in ("99TCN0003", "UNKNOWN"):
        with pytest.raises(Refusal, match="ITEM_NOT_AVAILABLE"):
            current_version(code)
    with pytest.raises(Refusal, match="ITEM_NOT_AVAILABLE"):
        retire_item(viewer=SYSTEM, key="r2", item_code="99TCN0003")


def test_load_items_names_the_file_and_the_place_of_a_fault(tmp_path):
    (tmp_path / "broken.yaml").write_text("code: 99TCN0003\nname: 名\nname: 名\n")
    with pytest.raises(CommandError, match=r"broken\.yaml[\s\S]*YAML_TWICE"):
        call_command("load_items", tmp_path)
