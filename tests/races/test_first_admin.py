"""Two who make the first administrator at the same instant, on PostgreSQL: one is made, the other is told."""

import pytest

from people.commands import create_first_admin
from people.models import Account, AuditRecord
from people.viewer import Viewer
from tests.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def making(name):
    return lambda: (
        create_first_admin(
            viewer=Viewer.system("create_first_admin"),
            sign_in_name=name,
            password="a password of some length",
        ).sign_in_name
    )


def test_of_two_first_administrators_at_once_one_is_made():
    for _ in range(3):
        answers = at_once(making("guanli"), making("another"))
        assert answers.count("ADMIN_EXISTS") == 1
        made = Account.objects.get(is_superuser=True)
        assert made.sign_in_name in answers
        made.delete()
    assert AuditRecord.objects.filter(action="create_first_admin").count() == 3
