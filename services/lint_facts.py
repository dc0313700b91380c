"""What a rule of linting is told and what it answers (pure)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from services.definition import Definition

Found = tuple[str, Mapping[str, object]]  # a place, and the facts of what is wrong there


@dataclass(frozen=True)
class Facts:
    """What the city has: {name: type code} of its certificates, {name: code} of its registers, and the names
    of the blank forms and samples that are kept beside the definitions (None: not known)."""

    certificates: Mapping[str, str] = field(default_factory=dict)
    registers: Mapping[str, str] = field(default_factory=dict)
    papers: frozenset[str] | None = None


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue's quality: its stable code, how grave it is, and how it is found broken.

    `reads` are the places it compares, beside those it tells: of a draft in which one of them cannot be
    read nothing is said.
    """

    code: str
    severity: str
    find: Callable[[Definition, Facts], Iterable[Found]]
    reads: tuple[str, ...] = ()
