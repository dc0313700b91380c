"""E-mail: an address is confirmed before it is used; each event reaches it once, outages and crashes included."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from bus.chores import work
from bus.models import Chore
from config.letters import TABLE
from notifications.addresses import email_address, mask_email
from notifications.commands import confirm_email, set_email
from notifications.handlers import tell
from notifications.models import Dispatch, EmailAddress, Message
from people.errors import Refusal
from people.models import AuditRecord
from people.viewer import Viewer
from tests.notifications.conftest import NUMBER, REFUSED, letter, viewer_of
from tests.restaurant import key
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
ADDRESS = "Lin.Xiaoman@Example.org"


def work_chores(kind):
    """Does the open chores of a kind as a worker would; how many were done."""
    Chore.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    ids = Chore.objects.filter(kind=kind, state="open").values_list("id", flat=True)
    return sum(work(chore_id, TABLE) for chore_id in list(ids))


def ask_code(account, address=ADDRESS):
    set_email(viewer=viewer_of(account), key=key(), email=address)
    work_chores("send_email_code")
    return re.search("[0-9]{6}", mail.outbox[-1].body).group()


@pytest.fixture
def reached(account, post):
    """An account with a confirmed address."""
    confirm_email(viewer=viewer_of(account), key=key(), code=ask_code(account))
    mail.outbox.clear()
    return account


def test_set_email_and_confirm_email_by_the_code_that_was_sent_there(account, post):
    code = ask_code(account)
    assert mail.outbox[-1].to == ["Lin.Xiaoman@example.org"]
    row = EmailAddress.objects.get(account=account)
    assert (row.address_mask, row.pending_mask) == ("", "L***@example.org")
    with pytest.raises(Refusal, match="CODE_INVALID"):
        confirm_email(
            viewer=viewer_of(account), key=key(), code="000000" if code != "000000" else "1"
        )
    confirmed = confirm_email(viewer=viewer_of(account), key=key(), code=f" {code} ")
    assert (confirmed.address_mask, confirmed.pending_mask) == ("L***@example.org", "")
    assert b"example" not in bytes(confirmed.address_sealed)
    taken = set_email(viewer=viewer_of(account), key=key(), email=" ")
    assert (taken.address_sealed, taken.address_mask, taken.verified_at) == (None, "", None)
    acts = AuditRecord.objects.filter(action__in=["set_email", "confirm_email"]).order_by("id")
    assert [r.outcome for r in acts] == ["done", "CODE_INVALID", "done", "done"]
    assert "example" not in str(list(acts.values()))


def test_a_code_is_not_guessed_and_not_asked_for_without_end(account, post):
    code = ask_code(account)
    wrong = "111111" if code != "111111" else "222222"
    for _ in range(5):
        with pytest.raises(Refusal, match="CODE_INVALID"):
            confirm_email(viewer=viewer_of(account), key=key(), code=wrong)
    with pytest.raises(Refusal, match="CODE_INVALID"):
        confirm_email(viewer=viewer_of(account), key=key(), code=code)
    for _ in range(4):
        code = ask_code(account)
    with refused("TOO_MANY_CODES", "email"):
        set_email(viewer=viewer_of(account), key=key(), email=ADDRESS)
    EmailAddress.objects.update(expires_at=timezone.now())
    with pytest.raises(Refusal, match="CODE_INVALID"):
        confirm_email(viewer=viewer_of(account), key=key(), code=code)


def test_a_message_is_mailed_once_with_its_case_and_nothing_else(reached, other):
    told = letter("case.decided", [reached, other], outcome="denied", secret="11010119000101001X")
    tell(told)
    tell(told)
    assert work_chores("send_email") == 1
    work_chores("send_email")
    [sent] = mail.outbox
    assert NUMBER in sent.body
    assert "不予许可" in sent.body
    assert "林小满" not in sent.body
    assert "11010119000101001X" not in sent.body
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.attempts, dispatch.message.account) == ("sent", 1, reached)
    assert Message.objects.count() == 2


def test_flt_67_while_the_server_is_away_nothing_is_lost_and_nothing_dies(reached, post):
    tell(letter("case.accepted", [reached]))
    post.fault = ConnectionRefusedError()
    for attempt in range(1, 9):
        work_chores("send_email")
        dispatch = Dispatch.objects.get()
        assert (dispatch.state, dispatch.attempts) == ("queued", attempt)
    assert dispatch.due_at > timezone.now() + timedelta(minutes=20)
    assert Chore.objects.get(kind="send_email").state == "open"
    post.fault = None
    assert work_chores("send_email") == 1
    assert len(mail.outbox) == 1


def test_the_servers_final_no_ends_it_and_its_words_are_not_kept(reached, post):
    tell(letter("case.accepted", [reached]))
    post.fault = REFUSED
    work_chores("send_email")
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.cause) == ("failed", "SMTP 550")
    assert Chore.objects.get(kind="send_email").state == "done"


def test_a_crash_between_sending_and_noting_sends_the_same_mail_again(reached, post):
    tell(letter("case.accepted", [reached]))
    post.dies = True
    with pytest.raises(SystemExit):
        work_chores("send_email")
    assert Dispatch.objects.get().state == "queued"
    post.dies = False
    Chore.objects.update(locked_until=None)
    work_chores("send_email")
    first, second = (one.message()["Message-ID"] for one in mail.outbox)
    assert first == second
    assert Dispatch.objects.get().state == "sent"


def test_who_took_the_address_away_or_asked_in_english_is_served_so(reached, post):
    tell(letter("case.accepted", [reached]))
    set_email(viewer=viewer_of(reached), key=key(), email="")
    work_chores("send_email")
    assert (mail.outbox, Dispatch.objects.get().cause) == ([], "NO_ADDRESS")
    with translation.override("en"):
        set_email(viewer=viewer_of(reached), key=key(), email=ADDRESS)
    work_chores("send_email_code")
    assert "Code for your e-mail address" in mail.outbox[-1].subject


@pytest.mark.parametrize(
    "text", ["nobody", "a@b", "a b@example.org", "张@example.org", "a@例子.org", "@example.org"]
)
def test_what_is_no_address_is_refused_and_nothing_changes(account, post, text):
    with refused("INVALID_EMAIL", "email"):
        set_email(viewer=viewer_of(account), key=key(), email=text)


def test_addresses_are_for_applicants_where_e_mail_is_offered(account, post, settings):
    officer = Viewer(kind="officer", account_id=account.pk)
    with refused("FORBIDDEN"):
        set_email(viewer=officer, key=key(), email=ADDRESS)
    settings.EMAIL_OFFERED = False
    with refused("EMAIL_NOT_OFFERED"):
        set_email(viewer=viewer_of(account), key=key(), email=ADDRESS)
    assert email_address(" A@EXAMPLE.org ") == "A@example.org"
    assert mask_email("a@example.org") == "a***@example.org"
