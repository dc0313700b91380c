"""What happens in the catalogue by itself: versions that were planned for a day are listed from that day on."""

from datetime import date

from people.viewer import Viewer
from services.commands import list_opened


def open_versions_day(subject: str) -> None:
    """Lists what has opened by the day in `subject` (ISO 8601); the chore `open_versions`, once a day.

    Which version is in force is told by the dates alone; this only keeps names and words up to date by which
    the catalogue finds items, and retires what was overtaken. Doing it again changes nothing.
    """
    list_opened(viewer=Viewer.system("open_versions"), on=date.fromisoformat(subject))
