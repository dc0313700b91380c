"""What the front database answers: the default adapter of every register (`settings.REGISTERS`)."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from registers.answer import MATCH, MISMATCH, NOT_FOUND, UNAVAILABLE, Adapter, Answer, Question
from registers.digests import fact_digest, subject_index
from registers.models import Register, RegisterEntry


def answer_of(question: Question) -> Answer:
    """Asks the adapter of a register; one without an adapter is not there to be asked."""
    path = settings.REGISTERS.get(question.register)
    if path is None:
        return Answer(UNAVAILABLE)
    adapter: Adapter = import_string(path)
    return adapter(question)


def look_up(question: Question) -> Answer:
    """Compares with the entries of the front database; of several the one that differs least answers."""
    register = Register.objects.filter(code=question.register).first()
    if register is None or not register.is_available:
        return Answer(UNAVAILABLE)
    lasting = Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())
    subject = subject_index(register.code, question.subject)
    entries = list(RegisterEntry.objects.filter(lasting, register=register, subject=subject))
    if not entries:
        return Answer(NOT_FOUND)
    differs = min((_differing(question, entry) for entry in entries), key=len)
    return Answer(MISMATCH if differs else MATCH, differs)


def known_registers() -> frozenset[str]:
    """Codes of the registers that an item may name: those with an adapter."""
    return frozenset(settings.REGISTERS)


def register_names() -> dict[str, str]:
    """{code: name} of the registers there are."""
    return dict(Register.objects.values_list("code", "name"))


def _differing(question: Question, entry: RegisterEntry) -> tuple[str, ...]:
    return tuple(
        name
        for name, value in question.facts.items()
        if entry.facts.get(name) != fact_digest(question.register, question.subject, name, value)
    )
