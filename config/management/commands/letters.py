"""Shows letters in trouble, and lets an operator try, send or empty letters again."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils import timezone
from typing_extensions import override

from bus.models import InboxLetter, OutboxLetter
from bus.upkeep import empty, replay, resend

SHOWN = 50


class Command(BaseCommand):
    help = "letters [show] | replay ID [--consumer NAME] | resend --since TIME | empty --days N"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act")
        acts.add_parser("show", help="unsent, waiting, dead and parked letters")
        again = acts.add_parser("replay", help="try a dead or parked letter from the beginning")
        again.add_argument("letter", type=UUID)
        again.add_argument("--consumer", default="")
        lost = acts.add_parser("resend", help="send again what was posted since a time")
        lost.add_argument("--since", type=moment, required=True, help="ISO 8601")
        old = acts.add_parser("empty", help="take the facts out of old letters that were sent")
        old.add_argument("--days", type=int, default=180)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "replay":
            self.stdout.write(f"{replay(options['letter'], options['consumer'])} to be tried again")
        elif options["act"] == "resend":
            self.stdout.write(f"{resend(options['since'])} to be sent again")
        elif options["act"] == "empty":
            before = timezone.now() - timedelta(days=options["days"])
            self.stdout.write(f"{empty(before)} emptied")
        else:
            self.show()

    def show(self) -> None:
        """The oldest of each kind, one line each; one line when there is none."""
        troubled = False
        for sent in OutboxLetter.objects.filter(sent_at=None).order_by("id")[:SHOWN]:
            cause = sent.cause or "not yet tried"
            self.stdout.write(f"unsent   {sent.id} {sent.topic} {sent.subject}: {cause}")
            troubled = True
        for row in InboxLetter.objects.exclude(state="done").order_by("letter_id")[:SHOWN]:
            where = f"{row.letter_id} {row.consumer} {row.topic} {row.subject}"
            self.stdout.write(f"{row.state:8} {where}: {row.cause}")
            troubled = True
        if not troubled:
            self.stdout.write("没有未发出、等待、停放或失败的信件，一切正常。")


def moment(text: str) -> datetime:
    """A time of day and year; without a zone it is the city's."""
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else timezone.make_aware(given)
