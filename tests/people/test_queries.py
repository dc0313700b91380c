"""Who is competent where, who may act for whom, and what a viewer sees of this room."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from people import commands, queries
from people.errors import Refusal
from people.models import Account, Enterprise, Mandate, Officer
from people.viewer import Viewer
from tests.people.conftest import PASSWORD

SYSTEM = Viewer.system("tests")
TODAY = timezone.localdate


def code_of(act, *arguments):
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    return refused.value.code


def applicant(person, enterprise=None, mandate=None):
    return Viewer(
        kind="person" if enterprise is None else "enterprise",
        account_id=uuid4(),
        person_id=person.pk,
        enterprise_id=enterprise and enterprise.pk,
        mandate_id=mandate and mandate.pk,
    )


def test_the_nearest_department_going_up_is_competent(department_in):
    city, lake = department_in("fire", "city"), department_in("fire", "lake")
    assert queries.competent_department("fire", "990102000000") == lake
    assert queries.competent_department("fire", "990103000000") == city
    assert queries.competent_department("fire", "990100000000") == city


@pytest.mark.parametrize("division", ["990103000000", "990100000000", "110101000000", "", "\x00"])
def test_a_districts_department_serves_neither_its_neighbour_nor_those_above(
    department_in, division
):
    department_in("fire", "lake")
    assert code_of(queries.competent_department, "fire", division) == "NO_COMPETENT_DEPARTMENT"


def test_a_function_counts_as_staffed_where_somebody_may_decide_today(
    account, department_in, officer_in
):
    fire, ecology = department_in("fire", "city"), department_in("ecology", "lake")
    officer_in(account, fire, "approver")
    officer_in(account, ecology, "officer")
    officer_in(account, department_in("health", "city"), "counter")
    officer_in(account, department_in("taxes", "city"), "officer", until=-1)
    assert queries.staffed_functions() == {
        "990100000000": {"fire": 1},
        "990102000000": {"fire": 1, "ecology": 1},
        "990103000000": {"fire": 1},
    }
    Account.objects.update(is_active=False)
    assert queries.staffed_functions()["990102000000"] == {}


def test_an_empty_department_nearby_hides_the_staffed_one_above(account, department_in, officer_in):
    officer_in(account, department_in("fire", "city"))
    department_in("fire", "lake")
    staffed = queries.staffed_functions()
    assert staffed["990102000000"] == {}
    assert staffed["990103000000"] == {"fire": 1}


def test_an_office_is_held_from_day_to_day(account, department_in, officer_in):
    fire = department_in("fire", "lake")
    row = officer_in(account, fire, until=0)
    viewer = Viewer(kind="officer", account_id=account.pk, officer_id=row.pk)
    assert queries.office_of(viewer).department == fire
    Officer.objects.update(valid_until=TODAY() - timedelta(days=1))
    assert code_of(queries.office_of, viewer) == "FORBIDDEN"
    assert code_of(queries.office_of, Viewer.anonymous()) == "FORBIDDEN"


def test_a_person_asks_for_themselves(person):
    assert queries.may_act_for(applicant(person), "99TCN0003", TODAY()) == person


def test_the_representative_of_today_asks_for_the_enterprise(person, other_person, enterprise):
    assert queries.may_act_for(applicant(person, enterprise), "any", TODAY()) == enterprise
    Enterprise.objects.update(legal_representative=other_person)
    viewer = applicant(person, enterprise)
    assert code_of(queries.may_act_for, viewer, "any", TODAY()) == "NOT_AUTHORIZED_AGENT"


def test_bad_36_nobody_asks_for_a_closed_enterprise(person, enterprise):
    Enterprise.objects.update(is_active=False)
    viewer = applicant(person, enterprise)
    assert code_of(queries.may_act_for, viewer, "any", TODAY()) == "ENTITY_NOT_ACTIVE"


def test_bad_38_an_agent_asks_for_the_items_and_days_of_the_mandate(
    other_person, enterprise, mandate_for
):
    mandate = mandate_for(other_person, until=5, items=["99TCN0003"])
    viewer = applicant(other_person, enterprise, mandate)
    assert queries.may_act_for(viewer, "99TCN0003", TODAY() + timedelta(days=5)) == enterprise
    for item, day in [("99TCN0001", TODAY()), ("99TCN0003", TODAY() + timedelta(days=6))]:
        assert code_of(queries.may_act_for, viewer, item, day) == "MANDATE_INVALID"
    Mandate.objects.update(revoked_at=timezone.now())
    assert code_of(queries.may_act_for, viewer, "99TCN0003", TODAY()) == "MANDATE_INVALID"


def test_officers_and_strangers_are_no_applicants(person):
    for viewer in (
        Viewer.anonymous(),
        Viewer.system("x"),
        Viewer(kind="officer", person_id=person.pk),
    ):
        assert code_of(queries.may_act_for, viewer, "any", TODAY()) == "FORBIDDEN"
        assert code_of(queries.person_of, viewer) == "FORBIDDEN"
        assert code_of(queries.enterprise_of, viewer) == "FORBIDDEN"


def test_everybody_sees_only_the_enterprises_that_they_may_act_for(
    person, other_person, enterprise, mandate_for
):
    assert list(queries.visible_enterprises(applicant(person))) == [enterprise]
    assert list(queries.visible_enterprises(applicant(other_person))) == []
    mandate_for(other_person)
    assert list(queries.visible_enterprises(applicant(other_person))) == [enterprise]
    assert list(queries.visible_enterprises(applicant(person, enterprise))) == [enterprise]
    assert list(queries.visible_enterprises(Viewer.anonymous())) == []
    assert list(queries.visible_enterprises(Viewer(kind="officer"))) == []


def test_capacities_are_what_sign_in_takes(account, enterprise, department_in, officer_in):
    officer_in(account, department_in("fire", "lake"))
    viewer = Viewer(kind="person", account_id=account.pk, person_id=account.person_id)
    assert [(c.acting_for, c.name) for c in queries.capacities_of(viewer)] == [
        ("", "林小满"),
        ("91350100M000100Y43", "云澜市明湖区小满餐饮有限公司"),
        ("office:fire.990102000000", "明湖区某局"),
    ]


def test_inv_03_an_unknown_outcome_can_be_asked_by_its_key(person):
    viewer = applicant(person)
    assert queries.outcome_of(viewer, "k-1") is None
    commands.once(viewer, key="k-1", command="found", body={}, act=lambda: {"case": "1"})
    assert queries.outcome_of(viewer, "k-1") == {"case": "1"}
    assert queries.outcome_of(applicant(person), "k-1") is None


def test_only_a_role_at_a_desk_signs_in_at_the_halls(account, department_in, officer_in):
    Account.objects.update(person=None)
    officer_in(account, department_in("fire", "city"), "auditor")
    with pytest.raises(Refusal, match="NOT_AUTHORIZED_AGENT"):
        commands.sign_in(sign_in_name="linxiaoman", password=PASSWORD)
    officer_in(account, department_in("fire", "city"), "supervisor")
    viewer = commands.sign_in(sign_in_name="linxiaoman", password=PASSWORD).viewer
    assert viewer.roles == {"supervisor"}


def test_an_officer_in_a_role_that_nobody_defined_is_refused(account, department_in, officer_in):
    with pytest.raises(Refusal, match="INVALID_CHOICE"):
        officer_in(account, department_in("fire", "city"), "emperor")
    assert not Officer.objects.exists()
