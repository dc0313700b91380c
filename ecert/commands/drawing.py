"""Drawing what is given once and never again: numbers, serials, places in the status list."""

import secrets
from datetime import date

from ecert.identifier import ALPHABET
from ecert.models import CertificateType, NumberSeries, StatusPlace
from ecert.numbering import number_in, series_of
from people.models import Department

SERIAL_LENGTH = 20  # 103 bits: nobody walks through the library by counting identifiers up


def next_number(kind: CertificateType, issuer: Department, issued_on: date) -> str:
    """The next number of a type at an issuer, in the caller's transaction (INV-10).

    Locks the series until the end of the transaction; a rolled back number is drawn again.
    """
    series = series_of(
        kind.number_rule,
        division=issuer.division_id,
        word=issuer.document_word,
        year=issued_on.year,
    )
    NumberSeries.objects.get_or_create(series=series)
    row = NumberSeries.objects.select_for_update().get(series=series)
    row.value += 1
    row.save(update_fields=["value"])
    return number_in(series, row.value)


def new_serial() -> str:
    """A random serial (流水号) for an identifier, 20 digits and capitals."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SERIAL_LENGTH))


def next_status_index() -> int:
    """A place in the status list that no other certificate has."""
    return StatusPlace.objects.create().pk
