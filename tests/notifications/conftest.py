"""Two people with accounts, letters as they arrive, and a mail server that can be taken away."""

from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from bus import envelope
from keys.time_ordered import time_ordered_id
from people import commands as people
from people.viewer import Viewer

SYSTEM = Viewer.system("tests")
NUMBER = "990102-20260301-0001"


def account_of(name, id_number):
    person = people.enter_person(viewer=SYSTEM, name=name, id_number=id_number)
    return people.enter_account(
        viewer=SYSTEM, sign_in_name=name, password="a long enough password", person=person
    )


@pytest.fixture
def account(db):
    return account_of("林小满", "110101190001010014")


@pytest.fixture
def other(db):
    return account_of("周闻", "440524188001010014")


def viewer_of(account):
    return Viewer(kind="person", account_id=account.pk, person_id=account.person_id)


def letter(topic, accounts, **data):
    """A letter that went through real JSON."""
    made = envelope.make(
        letter_id=time_ordered_id(),
        topic=topic,
        subject=NUMBER,
        data={"case": str(uuid4()), "accounts": [str(a.pk) for a in accounts], **data},
        at=timezone.now(),
    )
    return envelope.parse(envelope.to_bytes(made))


class Post(EmailBackend):
    """Django's mail server of memory, which can be away, refuse a recipient, or be the last thing we see."""

    fault: Exception | None = None
    dies = False  # the process ends between the server's answer and our note of it

    def send_messages(self, messages):
        if Post.fault is not None:
            raise Post.fault
        taken = super().send_messages(messages)
        if Post.dies:
            raise SystemExit
        return taken


REFUSED = SMTPRecipientsRefused({"someone@example.org": (550, b"no someone@example.org here")})


@pytest.fixture
def post(settings):
    """The mail server; `post.fault = OSError()` takes it away."""
    settings.EMAIL_BACKEND = f"{Post.__module__}.Post"
    settings.EMAIL_OFFERED = True
    mail.outbox = []
    Post.fault, Post.dies = None, False
    return Post
