"""Decides how large a document may be, before and instead of letting it run (ATK-01 to 19) (pure).

Every fragment is measured once and remembered, so the work grows with the length of the text and never with
what the text would unfold to; `@skip` and `@include` change nothing of what is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)

from people.errors import Refusal

MOST_CHARACTERS = 16_384
MOST_TOKENS = 1_000
MOST_LEVELS = 10
MOST_ALIASES = 30
MOST_ROOT_FIELDS = 10
MOST_FRAGMENTS = 20
MOST_DIRECTIVES = 10
MOST_FIELDS = 400


@dataclass
class Size:
    """What a selection unfolds to: levels, fields and aliases, with every spread counted each time."""

    levels: int = 0
    fields: int = 0
    aliases: int = 0
    roots: int = 0

    def add(self, other: "Size", deeper: int = 0) -> None:
        """Counts another selection, `deeper` levels down."""
        self.levels = max(self.levels, other.levels + deeper)
        self.fields += other.fields
        self.aliases += other.aliases
        self.roots += 0 if deeper else other.roots


@dataclass
class Measure:
    """Measures selections of one document; `steps` counts the nodes that were looked at."""

    fragments: Mapping[str, FragmentDefinitionNode]
    known: dict[str, Size] = field(default_factory=dict)
    steps: int = 0
    directives: int = 0

    def selection(self, selections: SelectionSetNode | None) -> Size:
        """The size of one selection set."""
        size = Size()
        for node in selections.selections if selections else ():
            self.steps += 1
            self.directives += len(node.directives)
            if isinstance(node, FieldNode):
                refuse_introspection(node)
                size.fields += 1
                size.roots += 1
                size.levels = max(size.levels, 1)
                size.aliases += node.alias is not None
                size.add(self.selection(node.selection_set), deeper=1)
            elif isinstance(node, FragmentSpreadNode):
                size.add(self.fragment(node.name.value))
            elif isinstance(node, InlineFragmentNode):
                size.add(self.selection(node.selection_set))
        return size

    def fragment(self, name: str) -> Size:
        """The size of one fragment; an unknown or a circular one is 0 here and refused by the rules."""
        if name not in self.known:
            self.known[name] = Size()
            if name in self.fragments:
                self.known[name] = self.selection(self.fragments[name].selection_set)
        return self.known[name]


def read_document(text: str) -> DocumentNode:
    """Parses a document of bounded length; QUERY_TOO_LARGE, QUERY_TOO_DEEP or QUERY_INVALID."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal("QUERY_TOO_LARGE", field="query", most=MOST_CHARACTERS)
    try:
        return parse(text, max_tokens=MOST_TOKENS)
    except RecursionError:
        raise Refusal("QUERY_TOO_DEEP", field="query", most=MOST_LEVELS) from None
    except GraphQLError as error:
        if "tokens" in error.message:
            raise Refusal("QUERY_TOO_LARGE", field="query", most=MOST_TOKENS) from None
        if "nested too deeply" in error.message or "recursion" in error.message.lower():
            raise Refusal("QUERY_TOO_DEEP", field="query", most=MOST_LEVELS) from None
        where = error.locations[0] if error.locations else None
        raise Refusal(
            "QUERY_INVALID",
            field="query",
            line=where.line if where else 1,
            column=where.column if where else 1,
        ) from None


def check_size(document: DocumentNode) -> OperationDefinitionNode:
    """The one operation of a document of bounded shape; refuses every other document.

    Looks at each node once. TOO_MANY_OPERATIONS, TOO_MANY_FRAGMENTS, TOO_MANY_DIRECTIVES,
    TOO_MANY_ALIASES, TOO_MANY_FIELDS, QUERY_TOO_DEEP, INTROSPECTION_DISABLED.
    """
    operation, fragments = split(document)
    measure = Measure(fragments)
    size = measure.selection(operation.selection_set)
    for name, fragment in fragments.items():
        measure.fragment(name)
        measure.directives += len(fragment.directives)
    measure.directives += len(operation.directives)
    refuse_over("TOO_MANY_DIRECTIVES", measure.directives, MOST_DIRECTIVES)
    refuse_over("QUERY_TOO_DEEP", size.levels, MOST_LEVELS)
    refuse_over("TOO_MANY_ALIASES", size.aliases, MOST_ALIASES)
    most = 1 if operation.operation is OperationType.MUTATION else MOST_ROOT_FIELDS
    refuse_over("TOO_MANY_OPERATIONS" if most == 1 else "TOO_MANY_FIELDS", size.roots, most)
    refuse_over("TOO_MANY_FIELDS", size.fields, MOST_FIELDS)
    return operation


def split(
    document: DocumentNode,
) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    """The only operation and the fragments by name; two of a name are refused (ATK-16)."""
    operations = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    fragments = [n for n in document.definitions if isinstance(n, FragmentDefinitionNode)]
    by_name = {node.name.value: node for node in fragments}
    names = [node.name.value for node in operations if node.name]
    if len(operations) + len(fragments) != len(document.definitions):
        raise Refusal("QUERY_INVALID", field="query", line=1, column=1)
    if len(by_name) != len(fragments) or len(set(names)) != len(names) or not operations:
        raise Refusal("QUERY_INVALID", field="query", line=1, column=1)
    refuse_over("TOO_MANY_OPERATIONS", len(operations), 1)
    refuse_over("TOO_MANY_FRAGMENTS", len(fragments), MOST_FRAGMENTS)
    if operations[0].operation is OperationType.SUBSCRIPTION:
        raise Refusal("QUERY_INVALID", field="query", line=1, column=1)
    return operations[0], by_name


def refuse_over(code: str, number: int, most: int) -> None:
    """Refuses a number above its limit."""
    if number > most:
        raise Refusal(code, field="query", most=most)


def refuse_introspection(node: FieldNode) -> None:
    """Refuses `__schema` and `__type` wherever they stand; the schema is published as a file (ATK-13, 14)."""
    if node.name.value in {"__schema", "__type"}:
        raise Refusal("INTROSPECTION_DISABLED", field="query")
