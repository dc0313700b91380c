"""Reads, proves and lints definitions against what the city has today: divisions, certificate types, registers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone

from people.divisions import Tree, division_tree
from people.errors import Problem
from registers.queries import known_registers
from services.definition import Definition, peek_definition
from services.faces import CertificateTypes
from services.findings import Finding
from services.lint_facts import Facts
from services.linting import blocking, lint_read
from services.origin_rules import named_items, origin_problems
from services.queries import certificate_facts, lint_facts, published_forms, served_divisions
from services.soundness import Staffed, prove


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

    staffed: Staffed
    types: CertificateTypes
    registers: frozenset[str]
    facts: Facts = field(default_factory=Facts)
    tree: Tree = field(default_factory=lambda: Tree({}, {}))

    @staticmethod
    def of_today() -> "Examiner":
        """A handful of queries, however many divisions and types there are."""
        registers = frozenset(known_registers())
        tree = division_tree(timezone.localdate())
        return Examiner(served_divisions(), certificate_facts(), registers, lint_facts(), tree)

    def within(self, region: str) -> "Examiner":
        """An examiner for what is to hold in one region alone."""
        inside = self.tree.under(region)
        return replace(self, staffed={c: there for c, there in self.staffed.items() if c in inside})

    def without(self, regions: Iterable[str]) -> "Examiner":
        """An examiner for the rest of the city; when nothing is left, for all of it."""
        aside = {code for region in regions for code in self.tree.under(region)}
        rest = {code: there for code, there in self.staffed.items() if code not in aside}
        return replace(self, staffed=rest or self.staffed)

    def examine(self, data: Mapping[str, object]) -> Examination:
        """Reads and lints a definition and, when it could be read whole, proves it for every division."""
        definition, problems = peek_definition(data)
        findings = lint_read(definition, problems, self.facts)
        if problems:
            return Examination(None, tuple(problems), findings=findings)
        proof = prove(definition, self.staffed, self.types, self.registers)
        forms = published_forms(named_items(definition))
        failures = (*proof.failures, *origin_problems(definition, self.registers, forms))
        return Examination(definition, failures, proof.figures, findings)
