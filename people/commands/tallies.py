"""How often something may be tried (限次): counts that expire, so that guessing and bombing stop."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from keys.vault import keyed_digest
from people.errors import Refusal
from people.models import Tally

MOST_SWEPT = 100


def count_try(kind: str, what: object, *, most: int, within: timedelta, field: str = "") -> int:
    """Counts one try in the caller's transaction; how many there were since the count began.

    `kind` is a short word, `what` whatever is tried (an address, a number): only its keyed digest is
    kept. Refusal: RATE_LIMITED with `seconds` when `most` were counted within the time.
    """
    now = timezone.now()
    name = f"{kind}:{keyed_digest(what)[:40]}"
    fresh = Tally(name=name, count=0, resets_at=now + within)
    Tally.objects.bulk_create([fresh], ignore_conflicts=True)
    tally = Tally.objects.select_for_update().get(pk=name)
    if tally.resets_at <= now:
        tally.count, tally.resets_at = 0, now + within
    if tally.count >= most:
        seconds = int((tally.resets_at - now).total_seconds()) + 1
        raise Refusal("RATE_LIMITED", field=field, seconds=seconds)
    tally.count += 1
    tally.save(update_fields=["count", "resets_at"])
    if tally.count == 1:
        _sweep(name)
    return tally.count


def take_back(kind: str, what: object) -> None:
    """Forgets one try that was none, such as one with the right answer."""
    name = f"{kind}:{keyed_digest(what)[:40]}"
    Tally.objects.filter(pk=name, count__gt=0).update(count=F("count") - 1)


def _sweep(but: str) -> None:
    """Takes away some counts that have reset: each new one pays for the old, so the table stays small."""
    spent = Tally.objects.filter(resets_at__lte=timezone.now()).exclude(pk=but)
    names = list(spent.order_by("resets_at").values_list("pk", flat=True)[:MOST_SWEPT])
    Tally.objects.filter(pk__in=names, resets_at__lte=timezone.now()).delete()
