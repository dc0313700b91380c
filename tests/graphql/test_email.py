"""The e-mail address through the door and on its page: asked, confirmed, shown by its mask only."""

import re

import pytest
from django.core import mail

from bus.chores import work
from bus.models import Chore
from config.letters import TABLE
from people.models import Account
from tests.city import PASSWORD
from tests.graphql.asking import done, key, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.EMAIL_OFFERED = True


def code() -> str:
    """What the newest mail brings."""
    for chore_id in Chore.objects.filter(kind="send_email_code").values_list("id", flat=True):
        work(chore_id, TABLE)
    return re.search("[0-9]{6}", mail.outbox[-1].body).group()


def test_set_email_is_refused_at_its_field_and_confirm_email_shows_the_mask(
    city, caller_of, offered
):
    neighbour = caller_of(city.neighbour)
    wrong = neighbour.ask("setEmail", email="nobody", idempotencyKey=key())
    assert told(wrong, "setEmail") == {"email": "INVALID_EMAIL"}
    done(neighbour.ask("setEmail", email="m@example.org", idempotencyKey=key()), "setEmail")
    good = neighbour.ask("confirmEmail", code=code(), idempotencyKey=key())
    assert done(good, "confirmEmail")["emailAddress"]["mask"] == "m***@example.org"
    again = neighbour.ask("confirmEmail", code="000000", idempotencyKey=key())
    assert told(again, "confirmEmail") == {"code": "CODE_INVALID"}
    assert caller_of(city.owner).ask("emailAddress")["data"]["emailAddress"]["mask"] == ""


def test_the_page_takes_the_address_and_its_code(city, client, offered):
    name = Account.objects.get(pk=city.neighbour.account_id).sign_in_name
    client.post("/sign-in", {"name": name, "password": PASSWORD, "capacity": "person"})
    shown = client.get("/messages/email")
    assert shown.status_code == 200
    given = {"email": "m@example.org", "key": key()}
    assert client.post("/messages/email", given).status_code == 302
    assert "m***@example.org" in client.get("/messages/email").content.decode()
    refused = client.post("/messages/email/confirm", {"code": "x", "key": key()})
    assert (refused.status_code, "验证码不正确" in refused.content.decode()) == (422, True)
    assert client.post("/messages/email/confirm", {"code": code(), "key": key()}).status_code == 302
    assert "已验证" in client.get("/messages/email").content.decode()
