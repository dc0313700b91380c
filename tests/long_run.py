"""Decides how long the long proofs are: examples of a rule, rounds of a race, turns of a journey.

`script/check` sets these variables; without them every proof has its usual length (`script/test`).

TONGBAN_EXAMPLES: `long` asks 5,000 examples of every rule.
TONGBAN_ROUTES: how many random routes are proven and tried by brute force; usually 10,000.
TONGBAN_ROUNDS: rounds of a race that usually has 200; the other races grow in proportion.
TONGBAN_TURNS: how often each test marked `journey` is walked.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

USUAL_ROUNDS = 200
USUAL_ROUTES = 10_000
LONG_EXAMPLES = 5_000


def examples(usual: int) -> int:
    """Examples of a rule that has a number of its own; never fewer than it usually has."""
    return max(usual, LONG_EXAMPLES) if os.environ.get("TONGBAN_EXAMPLES") == "long" else usual


def routes() -> int:
    """Random routes on which the proof and brute force must agree."""
    return int(os.environ.get("TONGBAN_ROUTES", USUAL_ROUTES))


def rounds(usual: int) -> int:
    """Rounds of a race, at least one."""
    wanted = int(os.environ.get("TONGBAN_ROUNDS", USUAL_ROUNDS))
    return max(1, usual * wanted // USUAL_ROUNDS)


def pytest_configure() -> None:
    """Loads the profile of every rule. A busy machine is not a wrong rule: time belongs into bench/."""
    patience = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("house", patience)
    settings.register_profile("long", patience, max_examples=LONG_EXAMPLES)
    settings.load_profile(os.environ.get("TONGBAN_EXAMPLES") or "house")


@pytest.fixture
def turn(request: pytest.FixtureRequest) -> int:
    """Which turn of a journey this is; tests need not ask for it."""
    return int(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeats each journey as often as script/check was told."""
    turns = int(os.environ.get("TONGBAN_TURNS", "1"))
    if turns > 1 and metafunc.definition.get_closest_marker("journey"):
        metafunc.fixturenames.append("turn")
        metafunc.parametrize("turn", range(1, turns + 1), indirect=True)
