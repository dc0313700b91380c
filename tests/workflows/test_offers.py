"""What is known is offered with where it comes from: records, earlier applications, copies; registers confirm."""

import pytest

from config.embedded import drain
from ecert.models import CertificateUse
from people.viewer import Viewer
from services.commands import publish_item
from services.importing import load_definition
from tests import freight, residence
from tests.residence import RENTS, TYPED, WORKS, newcomer
from tests.restaurant import key, reload
from tests.services.conftest import definition_text
from tests.unchanged import refused
from tests.walking import draft, submitted
from workflows import commands
from workflows.models import Case
from workflows.sources import kind_of

pytestmark = pytest.mark.django_db
PHONE = "applicant.phone"


def started(viewer, item=residence.ITEM):
    """A new draft, without any consent."""
    return commands.start_case(viewer=viewer, key=key(), item_code=item)


def saved(case, answers, viewer=None):
    """The case with more answers."""
    return commands.save_answers(
        viewer=viewer or newcomer(),
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers=answers,
    )


def kinds(case):
    """{path: kind of its source}."""
    return {path: kind_of(source) for path, source in case.provenance.items()}


def test_the_record_offers_a_telephone_number_that_may_be_changed(city):
    case = started(newcomer())
    assert kinds(case) == {PHONE: "person"}
    source = case.provenance[PHONE]
    assert (source["grade"], source["authoritative"]) == ("D", False)
    assert case.answers["applicant"]["phone"] not in str(case.provenance)
    case = saved(case, {PHONE: "13900000999"})
    assert (case.answers["applicant"]["phone"], case.provenance) == ("13900000999", {})
    case = saved(case, {PHONE: None, "residence.address": "明湖区采菱街21号"})
    assert "applicant" not in case.answers


def test_an_earlier_application_is_drawn_on_by_its_applicant_alone(city):
    first = submitted(newcomer(), residence.ITEM, TYPED | WORKS | {PHONE: "13900000777"})
    case = started(newcomer())
    source = case.provenance[PHONE]
    assert case.answers["applicant"]["phone"] == "13900000777"
    assert (source["kind"], source["number"]) == ("case", first.number)
    assert source["on"] == first.applied_at.date().isoformat() or source["on"]
    stranger = started(newcomer("陈默"))
    assert kinds(stranger).get(PHONE) != "case"
    assert stranger.answers.get("applicant", {}).get("phone") != "13900000777"
    commands.withdraw_case(viewer=newcomer(), key=key(), case_id=first.pk, reason="不办了")
    assert kinds(started(newcomer())) == {PHONE: "person"}


def test_a_copy_follows_its_field_until_the_applicant_writes_another(city):
    path = "promises.post_address"
    case = saved(
        started(newcomer()), {"residence.address": "采菱街21号", "promises.delivery": "post"}
    )
    assert case.answers["promises"]["post_address"] == "采菱街21号"
    assert kinds(case)[path] == "answers"
    case = saved(case, {"residence.address": "采菱街22号"})
    assert case.answers["promises"]["post_address"] == "采菱街22号"
    case = saved(case, {path: "别处1号"})
    case = saved(case, {"residence.address": "采菱街23号"})
    assert (case.answers["promises"]["post_address"], path in case.provenance) == ("别处1号", False)


@pytest.mark.parametrize(
    ("employer", "kind"), [(WORKS["employment.employer"], "register"), ("云澜市拾光书店", None)]
)
def test_a_register_confirms_what_it_knows_and_never_says_what_it_knows(city, employer, kind):
    path = "employment.employer"
    case = draft(newcomer(), residence.ITEM, TYPED | WORKS | {path: employer})
    assert path not in case.provenance
    drain()
    case = reload(case)
    assert kinds(case).get(path) == kind
    assert case.answers["employment"]["employer"] == employer
    case = saved(case, {path: "另一家单位"})
    assert path not in case.provenance


def test_who_somebody_is_stands_in_their_record_and_cannot_be_written_otherwise(city):
    text = definition_text("fixtures/services/residence_permit.yaml")
    for name in ("name", "id_number", "birth_date"):
        text = text.replace(
            f"sources: [{{type: RESIDENT_ID_CARD, field: {name}, holder: applicant}}]",
            f"sources: [person.{name}]",
        )
    publish_item(viewer=Viewer.system("tests"), key=key(), definition=load_definition(text))
    case = started(newcomer())
    assert case.answers["applicant"]["name"] == "叶知秋"
    assert case.provenance["applicant.id_number"]["authoritative"]
    with refused("READ_ONLY_FIELD", "applicant.name") as caught:
        saved(case, {"applicant.name": "叶落"})
    assert caught[0].problems[0].params == {"reason": "record"}
    granted = commands.grant_use(viewer=newcomer(), key=key(), case_id=case.pk)
    assert kinds(granted)["applicant.name"] == "person"
    assert kinds(granted)["applicant.nation"] == "certificate"


def test_a_field_asked_only_later_is_filled_from_what_was_granted_before_and_the_use_is_logged(
    city,
):
    case = commands.start_case(viewer=freight.carrier(), key=key(), item_code=freight.ITEM)
    case = commands.grant_use(viewer=freight.carrier(), key=key(), case_id=case.pk)
    assert "plate" not in case.answers["vehicles"]
    uses = CertificateUse.objects.filter(case_id=case.pk).count()
    case = saved(case, {"vehicles.owned": True}, freight.carrier())
    assert kinds(case)["vehicles.plate"] == "certificate"
    assert CertificateUse.objects.filter(case_id=case.pk).count() == uses + 1
    case = saved(case, {"vehicles.owned": False}, freight.carrier())
    assert "plate" not in case.answers["vehicles"]
    assert "vehicles.plate" not in case.provenance


def test_a_draft_of_rented_rooms_asks_no_register_about_an_employer(city):
    case = draft(newcomer(), residence.ITEM, TYPED | RENTS)
    drain()
    assert "register" not in kinds(reload(case)).values()
    assert Case.objects.get(pk=case.pk).revision == case.revision
