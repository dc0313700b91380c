"""How long something may take, in which kind of day, and what surely fits into what (pure)."""

from dataclasses import dataclass

KINDS = ("working", "calendar")
# The longest run of days without a working day so far: the spring holiday of 2026 had nine.
LONGEST_HOLIDAY = 9


@dataclass(frozen=True)
class Limit:
    """A number of days of one kind (工作日 working, 自然日 calendar), with the basis that sets it."""

    days: int
    kind: str
    basis: str = ""


@dataclass(frozen=True)
class StopRule:
    """A reason for which the clock of a case or an approval may stand still (特别程序), as its act names it.

    `days` of a kind at the most; Administrative Licensing Law 45 for hearings, tests, expert reviews.
    """

    code: str
    name: str
    basis: str
    days: int
    kind: str


@dataclass(frozen=True)
class Duration:
    """Days of both kinds, one after the other: what a path of steps takes."""

    working: int = 0
    calendar: int = 0

    def then(self, limit: Limit | None) -> "Duration":
        """This and then a limit."""
        if limit is None:
            return self
        if limit.kind == "working":
            return Duration(self.working + limit.days, self.calendar)
        return Duration(self.working, self.calendar + limit.days)

    @property
    def at_most(self) -> int:
        """Calendar days at the very most: two rest days for each five, one long holiday each four weeks."""
        if not self.working:
            return self.calendar
        weekends = 2 * -(-self.working // 5)
        holidays = LONGEST_HOLIDAY * (1 + self.working // 20)
        return self.working + weekends + holidays + self.calendar

    def fits(self, limit: Limit) -> bool:
        """Whether it surely ends within the limit, whatever the calendar says.

        A calendar day is over no later than a working day, so mixed kinds are compared safely.
        """
        if limit.kind == "working":
            return self.working + self.calendar <= limit.days
        return self.at_most <= limit.days


def as_duration(limit: Limit) -> Duration:
    """A limit as a duration of its own."""
    return Duration().then(limit)
