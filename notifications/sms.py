"""Short messages (短信): the channel to telephones, an edge that `settings.SMS_CHANNEL` names.

`DemoOutbox` keeps messages where the demo's pages show them; `HttpGateway` hands them to a provider.
"""

import json
import urllib.request
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from keys.vault import unseal
from notifications.models import DemoText
from people.models import CounterSitting

KEPT = timedelta(days=1)
SECONDS = 10.0
CODE_TEXT = (
    "【{site}】{hall}的窗口人员正在为您代办“{purpose}”，验证码{code}，10分钟内有效。"
    "请当面告诉窗口人员；您不在窗口的，请不要告诉任何人。"
)


class SmsChannel(Protocol):
    """Brings one text to one mobile number, or raises; called outside of transactions."""

    def send(self, phone: str, text: str, reference: str) -> None:
        """`phone` is 11 digits; `reference` names the message, so that a repetition can be dropped."""


class DemoOutbox:
    """The demo's telephones: a table that the demo's counter page shows, emptied after a day."""

    def send(self, phone: str, text: str, reference: str) -> None:
        """Keeps the message instead of sending it."""
        DemoText.objects.filter(at__lt=timezone.now() - KEPT).delete()
        DemoText.objects.update_or_create(
            reference=reference, defaults={"text": text, "at": timezone.now()}
        )


class HttpGateway:
    """A provider behind `settings.SMS_URL`: POST of {phone, text, reference} as JSON with a bearer token."""

    def send(self, phone: str, text: str, reference: str) -> None:
        """Raises OSError (also for an answer that is not 2xx): the chore tries again."""
        body = json.dumps({"phone": phone, "text": text, "reference": reference}).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
        }
        request = urllib.request.Request(settings.SMS_URL, body, headers)  # noqa: S310 - an operator's address
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            answer.read(1024)


def send_code(subject: str) -> None:
    """Sends the code of the sitting with this id, once; a late one is not sent any more."""
    rows = CounterSitting.objects.select_related("department", "person")
    sitting = rows.get(pk=UUID(subject))
    if sitting.code_sealed is None or sitting.expires_at <= timezone.now():
        return
    text = CODE_TEXT.format(
        site=settings.SITE_NAME,
        hall=sitting.department.name,
        purpose=sitting.purpose,
        code=unseal(sitting.code_sealed),
    )
    channel: SmsChannel = import_string(settings.SMS_CHANNEL)()
    channel.send(unseal(sitting.person.phone_sealed or b""), text, subject)
    CounterSitting.objects.filter(pk=sitting.pk).update(code_sealed=None)


def demo_text(reference: str) -> str:
    """What the demo's telephone shows of a message; empty when it has not come, or outside the demo."""
    kept = DemoText.objects.filter(reference=reference).values_list("text", flat=True).first()
    return kept or ""
