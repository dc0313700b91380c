"""老年人福利补贴, from the card and the register to the decision: a benefit for which no act sets a limit."""

import pytest

from ecert.models import CertificateUse
from tests import walking
from tests.elderly import CARD, ITEM, TYPED, accepted, elder
from tests.restaurant import approval_of
from workflows import commands
from workflows.queries import reading_of
from workflows.tasks import sheet_of

pytestmark = pytest.mark.django_db


def test_a_benefit_without_a_legal_limit_is_granted_within_what_was_promised(city):
    case = accepted(city)
    sources = case.provenance
    assert sources["household.division"]["type"] == "HOUSEHOLD_REGISTER"
    assert sources["applicant.id_number"]["type"] == "RESIDENT_ID_CARD"
    assert sources["applicant.id_number"]["authoritative"]
    assert (case.promised_on is not None, case.statutory_on) == (True, None)
    rows = dict(case.documents.get(kind="acceptance").content["rows"])
    assert "承诺办结日期" in rows
    assert "法定办结日期" not in rows
    walking.decided(city, case, "allowance")
    certificate = walking.issued(case, "allowance")
    assert certificate.face["allowance"] == "高龄津贴"
    assert CARD not in str(certificate.face)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("concluded", "approved")
    register = sources["household.division"]["certificate_id"]
    uses = CertificateUse.objects.filter(certificate_id=register).order_by("id")
    assert [use.user for use in uses] == ["platform", "civil_affairs.990100000000"]


def test_a_corrected_account_is_read_anew_before_the_decision(city):
    case = walking.submitted(elder(), ITEM, TYPED)
    lead = walking.officer(city, "civil_affairs")
    items = [{"field": "payment.account", "message": "该卡已注销，请换一个本人账户"}]
    commands.request_corrections(viewer=lead, key=walking.key(), case_id=case.pk, items=items)
    case.refresh_from_db()
    answers = {"payment.account": "6013 2600 1234 56789"}
    case = commands.answer_corrections(
        viewer=elder(),
        key=walking.key(),
        case_id=case.pk,
        revision=case.revision,
        answers=answers,
    )
    case = commands.accept_case(viewer=lead, key=walking.key(), case_id=case.pk)
    values = reading_of(approval_of(case, "allowance")).data["values"]
    assert values["payment.account"] == "60132600123456789"
    denied = walking.decided(city, case, "allowance", "denied", "户籍不在本市")
    assert (denied.state, denied.outcome) == ("concluded", "denied")
    paper = denied.documents.get(kind="denial_decision")
    assert paper.content["title"].startswith("不予行政给付决定书（")
    assert paper.number.startswith("云民给不")
    assert "复议" in paper.content["remedies"][0]
    assert sheet_of(paper).seal_caption == "行政给付专用章"
