"""Papers: what they are called, numbers without gaps, and a voided one that keeps its row and its number."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from config.embedded import drain
from files.queries import read
from keys.seal import inspect_seal
from notifications.models import Message
from services.queries import definition_of
from tests.restaurant import accepted, decide_step, key, reload, submitted
from tests.unchanged import refused
from workflows import commands
from workflows.models import Document
from workflows.numbering import missing_serials


def void(viewer, document, reason="印章加盖有误"):
    return commands.void_document(viewer=viewer, key=key(), document_id=document.pk, reason=reason)


@pytest.mark.django_db(transaction=True)
def test_void_document_keeps_its_number_and_the_series_shows_no_gap(city):
    case = accepted(city)
    decide_step(city, case, "signage", "denied", "招牌遮挡消防设施")
    drain()
    denial = Document.objects.get(case=case, kind="denial_decision")
    approver = city.officer("urban_management", "approver")
    again = void(approver, denial)
    drain()
    denial.refresh_from_db()
    assert (denial.state, denial.void_reason) == ("void", "印章加盖有误")
    assert (again.series, again.serial) == (denial.series, denial.serial + 1)
    assert again.content["remedies"] == denial.content["remedies"]
    assert f"本文书替换{denial.number}" in again.content["paragraphs"][-1]
    rows = Document.objects.filter(series=denial.series)
    assert missing_serials(rows.values_list("serial", flat=True)) == []
    assert rows.count() == 2
    told = StringIO()
    call_command("papers", denial.series, stdout=told)
    first, second, end = told.getvalue().splitlines()
    assert denial.number in first
    assert "作废（印章加盖有误）" in first
    assert f"替换{denial.number}" in second
    assert end == "2 papers, no gap"
    with pytest.raises(CommandError, match="no paper"):
        call_command("papers", "无此文号〔2026〕", stdout=told)
    assert denial.file_id not in {
        None,
        denial.void_file_id,
    }  # the paper as it was stays in the archive
    assert inspect_seal(read(denial.void_file)).holds
    told = Message.objects.get(account=city.owner.account_id, topic="document.voided")
    assert told.params["replacement"] == again.number
    with refused("ILLEGAL_TRANSITION"):
        void(approver, denial)
    with refused("ILLEGAL_TRANSITION"):
        commands.record_delivery(
            viewer=approver,
            key=key(),
            case_id=case.pk,
            document_id=denial.pk,
            method="collected",
            receiver="林小满",
        )


@pytest.mark.django_db
def test_a_paper_is_voided_by_whoever_answers_for_its_department_and_with_a_reason(city):
    case = submitted(city)
    receipt = Document.objects.get(case=case)
    approver = city.officer("market_regulation", "approver")
    with refused("FORBIDDEN"):
        void(city.officer("market_regulation"), receipt)
    with refused("NOT_FOUND", "documentId"):
        void(city.officer("fire", "approver"), receipt)
    with refused("FORBIDDEN"):
        void(city.owner, receipt)
    with refused("REASON_REQUIRED", "reason"):
        void(approver, receipt, " ")
    assert void(approver, receipt).kind == "receipt"


@pytest.mark.django_db
def test_titles_name_the_act_and_the_step_and_address_an_enterprise_as_one(city):
    case = accepted(city)
    decide_step(city, case, "signage")
    title = Document.objects.get(case=case, kind="approval_decision").content["title"]
    assert title == "准予行政许可决定书（户外招牌设置许可）"
    name = definition_of(reload(case).item_version).name
    notice = Document.objects.get(case=case, kind="acceptance").content
    assert notice["title"] == f"{name}申请受理通知书"
    assert notice["paragraphs"][0].startswith("你单位提出的")


@given(st.sets(st.integers(1, 60)))
def test_a_series_lacks_exactly_what_was_taken_out_of_it(taken):
    kept = set(range(1, 62)) - taken
    assert missing_serials(kept) == sorted(taken)
