"""Shows that a refused act changed nothing (INV-25): row counts and the case's own row before and after."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from people.errors import Refusal

ROOMS = ("bus", "people", "ecert", "notifications", "registers", "services", "workflows")
ALLOWED = {"people.AuditRecord"}  # a refused attempt may be audited, in a transaction of its own


def contents() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every business table."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=repr)
        for model in models
        if model._meta.label not in ALLOWED
    }


@contextmanager
def refused(code: str, field: str | None = None) -> Iterator[list[Refusal]]:
    """The act inside is refused with the code (and field), and nothing changed."""
    before, caught = contents(), []
    with pytest.raises(Refusal) as refusal:
        yield caught
    caught.append(refusal.value)
    codes = [problem.code for problem in refusal.value.problems]
    assert code in codes
    if field is not None:
        assert field in [p.field for p in refusal.value.problems if p.code == code]
    assert contents() == before
