"""Serving a person at a counter: consent by code or on paper, for one item, for an hour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import DemoText
from notifications.sms import send_code
from people import commands
from people.commands.sittings import code_digest
from people.errors import Refusal
from people.models import Account, AuditRecord, CounterSitting, Officer, Person, Session, Tally
from people.tokens import viewer_of
from people.viewer import Viewer
from tests.city import City, officer_viewer

TOWN = "990102101000"
NEIGHBOUR = ("110101190311210062", "陈默")
ELDER = ("990102194602140023", "沈秋水")
ITEM = "990117001000"


@pytest.fixture(autouse=True)
def telephones(settings):
    """Messages go to the demo's outbox."""
    settings.SMS_CHANNEL = "notifications.sms.DemoOutbox"


def clerk(name: str = "liuxi.chuangkou.yi") -> Viewer:
    office = Officer.objects.select_related("department").get(account__sign_in_name=name)
    return officer_viewer(office, office.department)


def begin(viewer, who=NEIGHBOUR, key="k-begin", **given) -> CounterSitting:
    asked = {"id_number": who[0], "name": who[1], "item_code": ITEM, "purpose": "户外招牌设置许可"}
    return commands.begin_sitting(viewer=viewer, key=key, **(asked | given))


def code_of(sitting: CounterSitting) -> str:
    """What the person reads on their telephone."""
    send_code(str(sitting.pk))
    return DemoText.objects.get(pk=str(sitting.pk)).text.split("验证码")[1][:6]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refused(act, code: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def test_begin_sitting_confirm_sitting_speaks_for_the_person_and_end_sitting_stops_it(city: City):
    sitting = begin(clerk())
    assert begin(clerk()).pk == sitting.pk  # the same key: no second message
    code = code_of(sitting)
    sitting.refresh_from_db()
    assert sitting.code_sealed is None
    assert code not in sitting.code_digest
    opened, tokens = commands.confirm_sitting(
        viewer=clerk(), key="k-c", sitting_id=sitting.pk, code=code
    )
    viewer = viewer_of(tokens.access_token)
    assert (viewer.kind, viewer.person_id) == ("person", city.neighbour.person_id)
    assert (viewer.assisted_by, viewer.account_id) == (clerk().officer_id, clerk().account_id)
    assert (viewer.counter_code, viewer.item_code) == (f"service_hall.{TOWN}", ITEM)
    assert opened.closes_at - opened.opened_at == timedelta(minutes=60)
    assert Session.objects.get(sitting=sitting).expires_at == opened.closes_at
    _, again = commands.confirm_sitting(viewer=clerk(), key="k-c", sitting_id=sitting.pk, code=code)
    assert again.refresh_token == tokens.refresh_token
    assert commands.refresh_session(refresh_token=tokens.refresh_token).viewer == viewer
    commands.end_sitting(viewer=viewer, key="k-e", sitting_id=sitting.pk)
    refused(lambda: viewer_of(tokens.access_token), "UNAUTHENTICATED")
    refused(
        lambda: commands.confirm_sitting(
            viewer=clerk(), key="k-d", sitting_id=sitting.pk, code=code
        ),
        "SITTING_OVER",
    )
    acts = AuditRecord.objects.filter(subject_kind="sitting", subject_id=sitting.pk)
    assert [row.action for row in acts.order_by("id")][:3] == [
        "begin_sitting",
        "confirm_sitting",
        "end_sitting",
    ]
    assert {row.actor for row in acts} == {clerk().actor}
    assert acts.get(action="end_sitting").acting_for == f"person:{city.neighbour.person_id}"


def test_a_sitting_ends_with_its_hour_with_the_clerks_office_and_with_the_next_one(city: City):
    def opened(key: str, who=NEIGHBOUR) -> tuple[CounterSitting, str]:
        Tally.objects.all().delete()
        sitting = begin(clerk(), who, key=key)
        code = code_of(sitting)
        _, tokens = commands.confirm_sitting(
            viewer=clerk(), key=f"{key}-c", sitting_id=sitting.pk, code=code
        )
        return sitting, tokens.access_token

    first, token = opened("k-1")
    CounterSitting.objects.filter(pk=first.pk).update(closes_at=timezone.now())
    refused(lambda: viewer_of(token), "UNAUTHENTICATED")
    second, token = opened("k-2")
    _, newest = opened("k-3", ("110101190109120039", "周望舒"))
    refused(lambda: viewer_of(token), "UNAUTHENTICATED")
    assert CounterSitting.objects.get(pk=second.pk).ended_at
    Officer.objects.filter(pk=clerk().officer_id).update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )
    refused(lambda: viewer_of(newest), "UNAUTHENTICATED")


def test_atk_63_who_cannot_be_asked_is_refused_alike_whatever_the_reason(city: City):
    refusals = [
        refused(lambda who=who, n=n: begin(clerk(), who, key=f"k-{n}"), "CONSENT_NOT_POSSIBLE")
        for n, who in enumerate(
            [
                ("990102194609030062", "陈默"),  # nobody's number
                (NEIGHBOUR[0], "陈墨"),  # another name
                ELDER,  # no telephone
            ]
        )
    ]
    assert len({(r.problems[0].field, tuple(r.problems[0].params)) for r in refusals}) == 1
    assert not CounterSitting.objects.exists()
    assert AuditRecord.objects.filter(outcome="CONSENT_NOT_POSSIBLE").count() == 3
    Tally.objects.all().delete()
    restaurant = "91990102MA9TB00184"  # not this person's
    refused(lambda: begin(clerk(), key="k-9", acting_for=restaurant), "CONSENT_NOT_POSSIBLE")


def test_atk_64_five_wrong_codes_spend_a_sitting_and_another_sittings_code_is_wrong(city: City):
    sitting, other = begin(clerk()), begin(clerk(), ("110101190109120039", "周望舒"), "k-2")
    foreign = code_of(other)

    def confirm(typed: str, n: int):
        return commands.confirm_sitting(
            viewer=clerk(), key=f"k-c{n}", sitting_id=sitting.pk, code=typed
        )

    code = wrong(foreign)  # so that the other sitting's code is not by chance the same
    digest = code_digest(sitting.pk, code)
    CounterSitting.objects.filter(pk=sitting.pk).update(code_digest=digest)
    for n, typed in enumerate([foreign, wrong(code), "", "1", "x"]):
        refused(lambda n=n, typed=typed: confirm(typed, n), "CODE_WRONG")
    refused(lambda: confirm(foreign, 0), "CODE_WRONG")
    assert CounterSitting.objects.get(pk=sitting.pk).tries == 5  # a repetition is not a try
    refused(lambda: confirm(code, 9), "SITTING_OVER")
    assert not Session.objects.filter(sitting=sitting).exists()
    CounterSitting.objects.filter(pk=other.pk).update(expires_at=timezone.now())
    refused(
        lambda: commands.confirm_sitting(
            viewer=clerk(), key="k-late", sitting_id=other.pk, code=foreign
        ),
        "SITTING_OVER",
    )


def test_atk_64_one_code_a_minute_to_a_number_also_for_numbers_that_are_nobodys(city: City):
    begin(clerk(), key="k-1")
    again = refused(lambda: begin(clerk(), key="k-2"), "RATE_LIMITED")
    assert 0 < again.problems[0].params["seconds"] <= 61
    nobody = ("990102194609030062", "陈默")
    refused(lambda: begin(clerk(), nobody, key="k-3"), "CONSENT_NOT_POSSIBLE")
    refused(lambda: begin(clerk(), nobody, key="k-4"), "RATE_LIMITED")
    Tally.objects.update(resets_at=timezone.now())
    assert begin(clerk(), key="k-5")
    assert (
        Tally.objects.filter(resets_at__lte=timezone.now()).count() == 0
    )  # the spent ones are gone


def test_witness_sitting_a_signed_form_needs_a_second_clerk(city: City):
    sitting = begin(clerk(), ELDER, paper_number="柳溪授〔2026〕7号")
    other = clerk("liuxi.chuangkou.er")

    def confirm(key: str):
        return commands.confirm_sitting(viewer=clerk(), key=key, sitting_id=sitting.pk)

    refused(lambda: confirm("k-1"), "WITNESS_NEEDED")
    for viewer, code in [
        (clerk(), "WITNESS_SAME"),
        (clerk("minghu.chuangkou.yi"), "NOT_FOUND"),
        (city.officer("fire"), "FORBIDDEN"),
    ]:
        refused(
            lambda viewer=viewer: commands.witness_sitting(
                viewer=viewer, key="k-w", sitting_id=sitting.pk
            ),
            code,
        )
    commands.witness_sitting(viewer=other, key="k-w", sitting_id=sitting.pk)
    _, tokens = confirm("k-1")
    elder = Person.objects.get(name="沈秋水")
    assert viewer_of(tokens.access_token).person_id == elder.pk
    assert AuditRecord.objects.filter(action="witness_sitting", actor=other.actor).count() == 1


def test_atk_39_a_second_account_of_the_clerk_is_no_second_clerk(city: City):
    sitting = begin(clerk(), ELDER, paper_number="柳溪授〔2026〕7号")
    offices = Officer.objects.filter(department=clerk().department_id)
    Account.objects.filter(pk__in=offices.values("account")).update(person=city.neighbour.person_id)
    witness = {"viewer": clerk("liuxi.chuangkou.er"), "key": "k-w", "sitting_id": sitting.pk}
    refused(lambda: commands.witness_sitting(**witness), "WITNESS_SAME")
    assert CounterSitting.objects.get(pk=sitting.pk).witness_id is None


def test_atk_37_a_clerk_serves_no_enterprise_through_its_agent_that_is_theirs(city: City):
    account = Officer.objects.get(pk=clerk().officer_id).account
    account.person = Person.objects.get(pk=city.owner.person_id)
    account.save(update_fields=["person"])
    agent = {"who": ("110101190109120039", "周望舒"), "acting_for": "91990102MA9TB00184"}
    refused(lambda: begin(clerk(), paper_number="1", **agent), "CONFLICT_OF_INTEREST")
    asked = begin(clerk("liuxi.chuangkou.er"), key="k-2", paper_number="2", **agent)
    witness = {"viewer": clerk(), "key": "k-w", "sitting_id": asked.pk}
    refused(lambda: commands.witness_sitting(**witness), "CONFLICT_OF_INTEREST")


def test_atk_37_a_clerk_serves_neither_themselves_nor_as_another_kind_of_staff(city: City):
    account = Officer.objects.get(pk=clerk().officer_id).account
    account.person = Person.objects.get(name="陈默")
    account.save(update_fields=["person"])
    served = begin(clerk("liuxi.chuangkou.er"), paper_number="1", key="k-0")
    witness = {"viewer": clerk(), "key": "k-w", "sitting_id": served.pk}
    refused(lambda: commands.witness_sitting(**witness), "CONFLICT_OF_INTEREST")
    refused(lambda: begin(clerk()), "CONFLICT_OF_INTEREST")
    for viewer in (city.officer("market_regulation", "counter"), city.owner, city.officer("fire")):
        refused(lambda viewer=viewer: begin(viewer, key="k-2"), "FORBIDDEN")
    assert CounterSitting.objects.count() == 1


def test_without_a_channel_only_paper_consents(city: City, settings):
    settings.SMS_CHANNEL = ""
    refused(lambda: begin(clerk()), "SMS_OFF")
    assert begin(clerk(), key="k-2", paper_number="1").consent == "paper"
