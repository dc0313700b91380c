"""Reads, proves and lints definitions against what the city has today: divisions, certificate types, registers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from people.errors import Problem
from registers.queries import known_registers
from services.definition import Definition, read_definition
from services.errors import DefinitionInvalid
from services.faces import CertificateTypes
from services.findings import Finding
from services.lint_facts import Facts
from services.linting import blocking, lint
from services.queries import certificate_facts, lint_facts, served_divisions
from services.soundness import prove


@dataclass(frozen=True)
class Examination:
    """What reading and proving found: every problem, and how much was walked.

    `definition` is None when the mapping could not be read.
    """

    definition: Definition | None
    problems: tuple[Problem, ...]
    figures: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()  # of quality (services.linting)

    @property
    def faults(self) -> list[Problem]:
        """Whatever keeps a draft from being published: unsound, or below the catalogue's quality."""
        return [*self.problems, *blocking(self.findings)]


@dataclass(frozen=True)
class Examiner:
    """What the city has, read once for any number of definitions."""

    staffed: Mapping[str, set[str]]
    types: CertificateTypes
    registers: frozenset[str]
    facts: Facts = field(default_factory=Facts)

    @staticmethod
    def of_today() -> "Examiner":
        """A handful of queries, however many divisions and types there are."""
        registers = frozenset(known_registers())
        return Examiner(served_divisions(), certificate_facts(), registers, lint_facts())

    def examine(self, data: Mapping[str, object]) -> Examination:
        """Reads a definition and, when that succeeds, proves it for every division and lints it."""
        try:
            definition = read_definition(data)
        except DefinitionInvalid as invalid:
            return Examination(None, tuple(invalid.problems))
        proof = prove(definition, self.staffed, self.types, self.registers)
        findings = lint(definition, self.facts)
        return Examination(definition, proof.failures, proof.figures, findings)
