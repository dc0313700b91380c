"""A case filed at a counter: only this counter's and this item's; its results are handed out there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from bus.models import OutboxLetter
from ecert.commands import revoke_certificate
from ecert.models import Certificate
from ecert.queries import visible_certificates
from ecert.tasks import finish_certificate
from people.errors import Refusal
from people.models import Account, Department, Mandate, Officer, Tally
from people.viewer import Viewer
from tests.city import City, officer_viewer
from tests.restaurant import ITEM, SIGNBOARD_ITEM, approval_of, decide, key
from workflows import commands
from workflows.commands.records import tell
from workflows.models import Case, CaseEvent, Handout
from workflows.progress import ALPHABET, as_code, as_shown, check_code_of
from workflows.queries import (
    filed_cases,
    handouts,
    reading_of,
    relation_to,
    visible_cases,
)

TOWN = "service_hall.990102101000"
TYPED: dict[str, object] = {
    "enterprise.phone": "13800000001",
    "signboard.division": "990102000000",
    "signboard.text": "小满餐饮",
    "signboard.size": "长6米",
    "signboard.position": "门楣上方",
    "signboard.lit": True,
    "signboard.truthful": True,
}


def clerk(name: str = "liuxi.chuangkou.yi") -> Viewer:
    office = Officer.objects.select_related("department").get(account__sign_in_name=name)
    return officer_viewer(office, office.department)


def served(city: City, item: str = SIGNBOARD_ITEM, name: str = "liuxi.chuangkou.yi") -> Viewer:
    """The restaurant's owner, served for an item at a counter."""
    office = clerk(name)
    return replace(
        city.owner,
        account_id=office.account_id,
        assisted_by=office.officer_id,
        counter_id=office.department_id,
        counter_code=Department.objects.get(pk=office.department_id).code,
        item_code=item,
    )


def filed(city: City) -> Case:
    """A signboard's case, filed and accepted at the town's counter."""
    viewer = served(city)
    case = commands.start_case(viewer=viewer, key=key(), item_code=SIGNBOARD_ITEM)
    case = commands.grant_use(viewer=viewer, key=key(), case_id=case.pk)
    saved = {"viewer": viewer, "key": key(), "case_id": case.pk, "revision": case.revision}
    case = commands.save_answers(**saved, answers=TYPED)
    return commands.submit_case(viewer=viewer, key=key(), case_id=case.pk, revision=case.revision)


def test_a_served_person_files_here_and_the_record_names_counter_and_clerk(city: City):
    own = commands.start_case(viewer=city.owner, key=key(), item_code=SIGNBOARD_ITEM)
    case = filed(city)
    assert (case.apply_type, case.counter.code, case.collect_at.code) == ("counter", TOWN, TOWN)
    assert case.lead.code == "urban_management.990102000000"
    events = CaseEvent.objects.filter(case_id=case.pk, kind__in=["started", "submitted"])
    assert {event.actor for event in events} == {clerk().actor}
    assert {event.details["counter"] for event in events} == {TOWN}
    assert {event.details["clerk"] for event in events} == {str(clerk().officer_id)}
    assert list(visible_cases(served(city))) == [case]
    assert own in visible_cases(city.owner)
    assert case in visible_cases(city.owner)
    for other in (served(city, ITEM), served(city, name="minghu.chuangkou.yi")):
        assert not visible_cases(other).exists()
    assert not visible_certificates(served(city)).exists()
    told = Account.objects.get(sign_in_name="linxiaoman").pk
    assert told != case.started_by_id
    with pytest.raises(Refusal, match="SITTING_OTHER_ITEM"):
        commands.start_case(viewer=served(city), key=key(), item_code=ITEM)


def test_a_counter_clerk_decides_and_claims_nothing(city: City):
    case = filed(city)
    approval = approval_of(case, "signage")
    given = {"key": key(), "approval_id": approval.pk}
    for viewer in (clerk(), city.officer("market_regulation", "counter"), served(city)):
        for act in (
            lambda viewer=viewer: commands.claim_approval(viewer=viewer, **given),
            lambda viewer=viewer: decide(viewer, approval, digest=reading_of(approval).digest),
        ):
            with pytest.raises(Refusal) as refused:
                act()
            assert refused.value.code in {"NOT_YOUR_TASK", "FORBIDDEN", "NOT_FOUND"}
    approval.refresh_from_db()
    assert (approval.state, approval.claimed_by_id) == ("open", None)
    assert relation_to(clerk(), case) == "counter"
    assert list(filed_cases(clerk(), timezone.now() - timedelta(hours=1))) == [case]
    assert not filed_cases(
        clerk("minghu.chuangkou.yi"), timezone.now() - timedelta(days=1)
    ).exists()


def test_record_delivery_at_the_counter_strikes_the_result_out_of_its_register(city: City):
    case = filed(city)
    decide(city.officer("urban_management"), approval_of(case, "signage"))
    certificate = Certificate.objects.get(source_case=case.pk)
    finish_certificate(str(certificate.pk))
    for _ in range(2):  # the letter may come twice
        commands.note_certificate(
            case_id=case.pk, certificate_id=str(certificate.pk), step="signage"
        )
    row = Handout.objects.get()
    assert (row.name, row.hall.code) == ("户外招牌设置许可证", TOWN)
    assert list(handouts(clerk())) == [row]
    assert not handouts(clerk("minghu.chuangkou.yi")).exists()
    given = {
        "case_id": case.pk,
        "certificate_id": certificate.pk,
        "method": "collected",
        "receiver": "林小满",
        "proof": "出示身份证",
    }
    herself = replace(clerk(), person_id=city.owner.person_id)
    for viewer, code in (
        (clerk("minghu.chuangkou.yi"), "NOT_FOUND"),
        (served(city), "FORBIDDEN"),
        (herself, "CONFLICT_OF_INTEREST"),
    ):
        with pytest.raises(Refusal, match=code):
            commands.record_delivery(viewer=viewer, key=key(), **given)
    assert handouts(clerk()).exists()
    commands.record_delivery(viewer=clerk(), key=key(), **given)
    row.refresh_from_db()
    assert row.delivery.receiver == "林小满"
    assert not handouts(clerk()).exists()
    with pytest.raises(Refusal, match="ALREADY_DELIVERED"):
        commands.record_delivery(viewer=clerk(), key=key(), **given)
    assert case.deliveries.count() == 1


def test_inv_12_what_was_revoked_is_not_handed_out(city: City):
    case = filed(city)
    decide(city.officer("urban_management"), approval_of(case, "signage"))
    certificate = Certificate.objects.get(source_case=case.pk)
    finish_certificate(str(certificate.pk))
    commands.note_certificate(case_id=case.pk, certificate_id=str(certificate.pk), step="signage")
    approver = city.officer("urban_management", "approver")
    revoke_certificate(viewer=approver, key=key(), certificate_id=certificate.pk, reason="误发证照")
    revoked = {"certificate_id": certificate.pk, "name": certificate.type.name, "status": "revoked"}
    commands.note_certificate_change(**revoked)
    assert not handouts(clerk()).exists()
    given = {"case_id": case.pk, "certificate_id": certificate.pk, "receiver": "林小满"}
    with pytest.raises(Refusal, match="ILLEGAL_TRANSITION"):
        commands.record_delivery(viewer=clerk(), key=key(), method="collected", **given)
    assert case.deliveries.count() == 0


def test_inv_27_an_agent_is_told_of_a_case_only_while_the_mandate_holds(city: City):
    def told() -> list[str]:
        tell(case, "case.accepted")
        return list(OutboxLetter.objects.order_by("-id").first().envelope["data"]["accounts"])

    mandate = Mandate.objects.get(enterprise=city.restaurant)
    case = commands.start_case(viewer=city.agent, key=key(), item_code=mandate.items[0])
    agent, owner = str(city.agent.account_id), str(city.owner.account_id)
    assert set(told()) == {agent, owner}
    Mandate.objects.update(revoked_at=timezone.now())
    assert told() == [owner]


def test_follow_case_answers_alike_for_a_wrong_code_and_an_unknown_case(city: City):
    case = filed(city)
    code = str(case.query_code)
    check = check_code_of(case.pk, code)
    assert check not in case.check_digest
    assert (
        commands.follow_case(
            query_code=as_shown(code).lower(), check_code=f" {check.lower()} ", origin="192.0.2.1"
        ).pk
        == case.pk
    )
    other = ALPHABET[(ALPHABET.index(check[0]) + 1) % len(ALPHABET)] + check[1:]
    refusals = []
    for asked in ((code, other), ("ACDEFGHJ", check), ("", ""), (code, "")):
        with pytest.raises(Refusal) as refused:
            commands.follow_case(query_code=asked[0], check_code=asked[1], origin="192.0.2.1")
        refusals.append(refused.value.problems)
    assert all(problems == refusals[0] for problems in refusals)
    Case.objects.filter(pk=case.pk).update(
        query_code=None, check_digest=""
    )  # from before the codes
    with pytest.raises(Refusal, match="NOT_FOUND"):
        commands.follow_case(query_code=code, check_code=check, origin="192.0.2.1")


def test_atk_22_guessing_is_stopped_by_query_code_and_by_address(city: City):
    case = filed(city)
    code = str(case.query_code)
    check = check_code_of(case.pk, code)

    def tried(origin: str, check_code: str = "AAAAAA", query: str = code) -> str:
        try:
            commands.follow_case(query_code=query, check_code=check_code, origin=origin)
        except Refusal as refusal:
            return refusal.code
        return "seen"

    one = [tried("192.0.2.1") for _ in range(11)]
    assert one == ["NOT_FOUND"] * 10 + ["RATE_LIMITED"]
    assert tried("192.0.2.1", check) == "RATE_LIMITED"  # the right one too, for a while
    assert tried("198.51.100.1", check) == "seen"  # the owner elsewhere is not locked out
    many = [tried(f"192.0.2.{n // 10}") for n in range(20, 110)]
    assert many == ["NOT_FOUND"] * 90
    assert tried("198.51.100.1", check) == "RATE_LIMITED"
    Tally.objects.update(resets_at=timezone.now())
    assert [tried("198.51.100.1", check) for _ in range(30)] == ["seen"] * 30
    assert tried("198.51.100.1", check) == "RATE_LIMITED"
    assert tried("198.51.100.2", check) == "seen"
    assert Tally.objects.count() <= 5  # what had reset is gone
    assert not any("192.0.2" in name for name in Tally.objects.values_list("name", flat=True))


def test_codes_are_typed_in_any_case_and_nothing_else_is_a_code():
    assert as_code(" k3m7-9qrt ", 8) == "K3M79QRT"
    assert as_code("K3M7 9QRT", 8) == "K3M79QRT"
    for text in ("", "K3M79QR", "K3M79QRTT", "O0I1L5S8", "K3M79QR。", "'; --aaaa", "K" * 10_000):
        assert as_code(text, 8) == ""
    assert not set("0O1IL2Z5S8BUV") & set(ALPHABET)
