"""How a text leaves by e-mail, and which of a mail server's answers are final; called outside of transactions."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


class Unreachable(Exception):
    """The server is away or busy: to be tried again."""


class Undeliverable(Exception):
    """The server will never take it; the cause is its code, not its words, which may repeat the address."""


def send_mail(*, to: str, subject: str, body: str, reference: str) -> None:
    """Hands one mail to the server. `reference` is its Message-ID: a repetition is the same mail to a reader.

    Raises Unreachable, Undeliverable.
    """
    host = urlsplit(settings.PUBLIC_URL).hostname
    headers = {"Message-ID": f"<{reference}@{host}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise _fault(max(codes, default=0)) from None  # its text holds the address
    except SMTPDataError as refused:
        raise _fault(refused.smtp_code) from None
    except (OSError, SMTPException) as away:
        raise Unreachable(type(away).__name__) from None


def _fault(code: int) -> Exception:
    return Undeliverable(f"SMTP {code}") if code >= 500 else Unreachable(f"SMTP {code}")
