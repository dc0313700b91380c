"""How long to wait before the next try: doubling, with chance, so that nobody comes back in step (pure)."""

import random
from datetime import timedelta


def pause(attempts: int, *, first: float = 5.0, longest: float = 3600.0) -> timedelta:
    """After `attempts` (1, 2, ...): first, twice that, ... up to `longest` seconds, less up to half."""
    whole = min(longest, first * 2.0 ** min(attempts - 1, 30))
    return timedelta(seconds=whole * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
