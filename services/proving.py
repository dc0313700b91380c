"""Reads and proves definitions against what the city has today: divisions, certificate types, registers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from people.errors import Problem
from registers.queries import known_registers
from services.definition import Definition, read_definition
from services.errors import DefinitionInvalid
from services.faces import CertificateTypes
from services.queries import certificate_facts, served_divisions
from services.soundness import prove


@dataclass(frozen=True)
class Examination:
    """What reading and proving found: every problem, and how much was walked.

    `definition` is None when the mapping could not be read.
    """

    definition: Definition | None
    problems: tuple[Problem, ...]
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Examiner:
    """What the city has, read once for any number of definitions."""

    staffed: Mapping[str, set[str]]
    types: CertificateTypes
    registers: frozenset[str]

    @staticmethod
    def of_today() -> "Examiner":
        """Four queries, however many divisions and types there are."""
        return Examiner(served_divisions(), certificate_facts(), frozenset(known_registers()))

    def examine(self, data: Mapping[str, object]) -> Examination:
        """Reads a definition and, when that succeeds, proves it for every division."""
        try:
            definition = read_definition(data)
        except DefinitionInvalid as invalid:
            return Examination(None, tuple(invalid.problems))
        proof = prove(definition, self.staffed, self.types, self.registers)
        return Examination(definition, proof.failures, proof.figures)
