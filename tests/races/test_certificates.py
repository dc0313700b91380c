"""Certificates issued, finished, used and revoked at the same instant, on PostgreSQL: each takes effect once."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bus.models import Chore, OutboxLetter
from ecert import commands
from ecert.models import Certificate, CertificateUse, NumberSeries
from ecert.tasks import finish_certificate
from ecert.verification import verify_identifier, verify_pdf
from files.models import Blob
from files.queries import read
from people.viewer import Viewer
from tests.long_run import rounds
from tests.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = Viewer.system("tests")


@pytest.fixture
def issue(city):
    """Issues a food licence to the restaurant, in a transaction of its own."""
    enterprise, issuer = city.restaurant, city.department("market_regulation")
    face = {
        "name": enterprise.name,
        "credit_code": enterprise.credit_code,
        "legal_representative": "林小满",
        "address": enterprise.address,
        "premises": enterprise.address,
        "business_type": "餐饮服务经营者",
        "business_items": ["热食类食品制售"],
    }

    def act(case, **changes):
        with transaction.atomic():
            certificate = commands.issue_certificate(
                viewer=SYSTEM,
                type_code="FOOD_BUSINESS_LICENCE",
                enterprise=enterprise,
                issuer=issuer,
                face={**face, **changes},
                source_case=case,
                source_number="990102-20260301-0001",
                source_step="food",
                issued_on=date(2026, 3, 1),
            )
        return certificate.pk

    return act


@pytest.fixture
def licence(city):
    return Certificate.objects.get(enterprise=city.restaurant, type__code="BUSINESS_LICENCE")


def test_inv_09_one_step_issued_by_two_at_once_20_times_gives_one_certificate_each(issue):
    for _ in range(rounds(20)):
        case = uuid4()
        first, second = at_once(*[lambda case=case: issue(case)] * 2)
        assert first == second
    assert Certificate.objects.filter(source_step="food").count() == rounds(20)
    assert Chore.objects.filter(kind="finish_certificate").count() == rounds(20)


def test_bad_81_one_step_issued_with_two_faces_at_once_has_one_winner(issue):
    for _ in range(rounds(10)):
        case = uuid4()
        acts = [lambda case=case, p=place: issue(case, premises=p) for place in ("甲", "乙")]
        assert at_once(*acts).count("ALREADY_ISSUED") == 1
    assert Certificate.objects.filter(source_step="food").count() == rounds(10)


def test_inv_10_eight_at_once_draw_eight_numbers_and_leave_no_gap(issue):
    for _ in range(rounds(5)):
        at_once(*[lambda: issue(uuid4())] * 8)
    rows = Certificate.objects.filter(source_step="food")
    assert len({row.number for row in rows}) == 8 * rounds(5)
    assert len({row.status_index for row in rows}) == 8 * rounds(5)
    assert NumberSeries.objects.get().value == 8 * rounds(5)


def test_inv_09_one_certificate_finished_by_three_workers_has_one_file_and_one_letter(issue):
    for _ in range(rounds(2)):
        pk = issue(uuid4())
        at_once(*[lambda pk=pk: finish_certificate(str(pk))] * 3)
        assert Certificate.objects.get(pk=pk).status == "valid"
    assert Blob.objects.count() == rounds(2)
    assert OutboxLetter.objects.filter(topic="certificate.issued").count() == rounds(2)


FINISH = "import django; django.setup(); import sys; from ecert import tasks; tasks.finish_certificate(sys.argv[1])"


@pytest.mark.parametrize(
    ("failpoint", "status"),
    [
        ("certificate.sealed", "issuing"),
        ("certificate.kept", "issuing"),
        ("certificate.completed", "valid"),
    ],
)
def test_flt_58_a_worker_killed_while_it_finishes_leaves_one_file_after_the_next(
    issue, failpoint, status
):
    pk = issue(uuid4())
    parameters = connection.settings_dict
    address = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    killed = subprocess.run(
        [sys.executable, "-c", FINISH, str(pk)],
        env=os.environ
        | {
            "DATABASE_URL": f"{address}/{parameters['NAME']}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'graphql'}",
            "TONGBAN_FAILPOINT": failpoint,
        },
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Certificate.objects.get(pk=pk).status == status
    finish_certificate(str(pk))
    row = Certificate.objects.get(pk=pk)
    assert row.status == "valid"
    assert verify_pdf(read(row.file)).is_valid
    assert Blob.objects.count() == 1
    assert OutboxLetter.objects.filter(topic="certificate.issued").count() == 1


def test_inv_12_revoked_while_being_finished_is_never_valid_afterwards(issue, city):
    approver = city.officer("market_regulation", "approver")
    for turn in range(rounds(3)):
        pk = issue(uuid4())
        at_once(
            lambda pk=pk: finish_certificate(str(pk)),
            lambda pk=pk, turn=turn: commands.revoke_certificate(
                viewer=approver, key=f"r-{turn}", certificate_id=pk, reason="隐瞒有关情况"
            ),
        )
        row = Certificate.objects.get(pk=pk)
        assert row.status == "revoked"
        assert verify_identifier(row.identifier).status == "revoked"


def test_inv_21_a_grant_withdrawn_at_the_moment_of_use_counts_wholly_or_not_at_all(city, licence):
    for turn in range(rounds(15)):
        case = uuid4()
        granted = commands.record_grant(
            viewer=city.owner,
            case_id=case,
            item_code="99TCN0003",
            purpose="办理",
            fields={licence.pk: ["name"]},
            valid_until=timezone.now() + timedelta(days=1),
        )
        used, _ = at_once(
            lambda case=case: commands.use_certificates(
                viewer=city.owner,
                case_id=case,
                fields={licence.pk: ["name"]},
                user="platform",
                purpose="办理",
            ),
            lambda turn=turn, pk=granted.pk: commands.withdraw_grant(
                viewer=city.owner, key=f"w-{turn}", grant_id=pk
            ),
        )
        granted.refresh_from_db()
        written = CertificateUse.objects.filter(case_id=case)
        if used == "CONSENT_INVALID":
            assert not written.exists()
        else:
            assert written.get().at <= granted.revoked_at


def test_the_log_of_uses_is_divided_by_month():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class WHERE relname = 'ecert_certificateuse'")
        assert cursor.fetchone() == ("p",)
