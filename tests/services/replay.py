"""Plays the events of a counter-example again, by the rules of brute_force.py: each may happen, and the end is true."""

from tests.services.brute_force import EVERY, Case, cases_of, may_start, outcomes, settle

FIELDS = {"s.a": 0, "s.b": 1, "s.n": 2}


def answers_allowed(events):
    """Numbers of the answers (EVERY) that agree with the answers among the events."""
    said = {FIELDS[e["path"]]: e.get("value") for e in events if e["event"] in GIVEN}
    return [n for n, of in enumerate(EVERY) if all(of[at] == value for at, value in said.items())]


GIVEN = {"answered", "left_empty"}


def cases_allowed(definition, events) -> list[Case]:
    """What may become of the cases that the answers among the events allow."""
    numbers = set(answers_allowed(events))
    return list(cases_of(definition.route, numbers).values())


def closings(events) -> int:
    """How many answers of departments the events tell of."""
    return sum(event["event"] == "closed" for event in events)


def is_played(route, case, events) -> bool:
    """Whether the events may happen to a case one after the other, and its last one is so."""
    play = Play(route, case)
    told = [event for event in events if event["event"] not in GIVEN][1:]
    return all(play.takes(event) for event in told)


class Play:
    """A case on its way through the events."""

    def __init__(self, route, case):
        groups = {g.id for g in route.groups if g.join == "any"}
        self.kinds = tuple((s.kind, s.group if s.group in groups else "") for s in case.steps)
        self.join, self.case, self.opened = route.join, case, set()
        self.state = settle(self.join, self.kinds, case.waits, ("",) * len(self.kinds))

    def takes(self, event) -> bool:
        """Whether the event may happen now; then it has happened."""
        names = event.get("steps", ())
        at = {self.case.ids.index(name) for name in names if name in self.case.ids}
        if len(at) != len(names):
            return False
        ready = {n for n in range(len(self.kinds)) if may_start(self.case.waits, self.state, n)}
        match event["event"]:
            case "opened":
                fresh, self.opened = ready - self.opened, self.opened | ready
                return at == fresh
            case "closed":
                return at <= self.opened & ready and self._closes(*at, event["word"])
            case "void":
                return all(self.state[n] == "void" for n in at)
            case "nothing_more":
                return not ready and at == {n for n, word in enumerate(self.state) if not word}
        return True

    def _closes(self, one, word) -> bool:
        makes_a_difference = word in outcomes(self.kinds[one])
        word = word if makes_a_difference else "done"
        changed = (*self.state[:one], word, *self.state[one + 1 :])
        self.state = settle(self.join, self.kinds, self.case.waits, changed)
        return makes_a_difference or "done" in outcomes(self.kinds[one])
