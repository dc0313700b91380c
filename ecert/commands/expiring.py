"""Certificates that end soon (即将到期): their holders are told in time, once a certificate and mark.

Administrative Licensing Law, article 50: who wants a licence to go on asks thirty days before it ends.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from bus.outbox import post
from ecert.models import Certificate, ExpiryNotice
from ecert.queries import accounts_of_holder

AT_ONCE = 500


def tell_expiring(today: date) -> int:
    """Posts `certificate.expiring` for the next valid certificates that reached a mark, at most 500.

    The marks are settings.EXPIRY_MARKS, in days before the last valid day. A day that was missed is made up
    for: each certificate is told the narrowest mark it is within, once. Returns how many; 0 = none is left.
    """
    marks = sorted(settings.EXPIRY_MARKS)
    for narrower, mark in zip([-1, *marks], marks, strict=False):
        first, last = today + timedelta(days=narrower + 1), today + timedelta(days=mark)
        if told := _page(today, first, last, mark):
            return told
    return 0


def _page(today: date, first: date, last: date, mark: int) -> int:
    """Tells the next certificates whose last day lies in a window; 0 when none is left."""
    noticed = ExpiryNotice.objects.filter(certificate=OuterRef("pk"), mark=mark)
    with transaction.atomic():
        rows = Certificate.objects.filter(
            ~Exists(noticed), status="valid", valid_until__range=(first, last)
        ).select_related("type", "person", "enterprise__legal_representative")
        page = list(rows.order_by("valid_until", "id")[:AT_ONCE])
        for certificate in page:
            assert certificate.valid_until is not None
            _, new = ExpiryNotice.objects.get_or_create(certificate=certificate, mark=mark)
            if new:
                _tell(certificate, (certificate.valid_until - today).days)
    return len(page)


def _tell(certificate: Certificate, days: int) -> None:
    post(
        "certificate.expiring",
        subject=str(certificate.pk),
        data={
            "certificate": str(certificate.pk),
            "type": certificate.type.code,
            "name": certificate.type.name,
            "until": str(certificate.valid_until),
            "days": str(days),
            "accounts": [str(account) for account in accounts_of_holder(certificate)],
        },
    )
