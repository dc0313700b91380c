"""Decides what a valid document would cost: one a field, times the rows it asks for (ATK-11, 12) (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_list_type,
)

from people.errors import Refusal

MOST_COST = 5_000
MOST_PAGE = 100
ROWS_OF_A_LIST = 10  # what a list without pages is taken for, such as the approvals of a case
# Lists that are shorter by nature, and whose rows cost no statement: how many rows each parent has on average, since
# every parent counts. A big form has ten sections of seven fields; one field in three has options (three), one in
# three has sources, one in forty has columns.
SHORT_LISTS = {
    "OpenCase.approvals": 4,
    "Form.sections": 10,
    "FormSection.fields": 7,
    "FormField.options": 1,
    "FormField.sources": 1,
    "FormField.columns": 1,
    "Guide.levels": 2,
    "Guide.served": 2,
    "Guide.channels": 3,
    "Guide.jointBodies": 3,
    "Guide.specialProcedures": 2,
    "Guide.outcomes": 2,
    "Guide.fees": 2,
    "Guide.intermediaries": 2,
    "Guide.reaches": 5,
    "GuideContacts.places": 4,
}


@dataclass
class Cost:
    """Counts one document against one schema with the values of its variables."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, object]
    known: dict[str, int] = field(default_factory=dict)

    def selection(self, selections: SelectionSetNode | None, parent: object) -> int:
        """The cost of a selection on a type."""
        total = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                total += self.field(node, parent)
            elif isinstance(node, FragmentSpreadNode):
                total += self.fragment(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                on = self.schema.get_type(condition.name.value) if condition is not None else parent
                total += self.selection(node.selection_set, on)
        return total

    def fragment(self, name: str) -> int:
        """The cost of a fragment, counted once."""
        if name not in self.known:
            node = self.fragments[name]
            on = self.schema.get_type(node.type_condition.name.value)
            self.known[name] = self.selection(node.selection_set, on)
        return self.known[name]

    def field(self, node: FieldNode, parent: object) -> int:
        """One, and what is below it for each row."""
        definition = (
            parent.fields.get(node.name.value) if isinstance(parent, GraphQLObjectType) else None
        )
        if definition is None:  # __typename
            return 1
        below = self.selection(node.selection_set, get_named_type(definition.type))
        return 1 + self.rows(node, definition, parent) * below

    def rows(self, node: FieldNode, definition: GraphQLField, parent: object) -> int:
        """How many rows a field may give: its page size, ten for a plain list, one otherwise."""
        if "first" in definition.args:
            return max(1, min(self.page(node, definition), MOST_PAGE))
        kind = definition.type
        kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if not is_list_type(kind):
            return 1
        name = parent.name if isinstance(parent, GraphQLObjectType) else ""
        if name.endswith("Page"):
            return 1  # counted where the page was asked for
        return SHORT_LISTS.get(f"{name}.{node.name.value}", ROWS_OF_A_LIST)

    def page(self, node: FieldNode, definition: GraphQLField) -> int:
        """The page size that is asked for; one that is not known yet counts as the largest."""
        given = next((a.value for a in node.arguments if a.name.value == "first"), None)
        if given is None:
            default = definition.args["first"].default_value
            return default if isinstance(default, int) else MOST_PAGE
        if isinstance(given, IntValueNode):
            return int(given.value) if len(given.value) < 10 else MOST_PAGE
        value = self.variables.get(given.name.value) if isinstance(given, VariableNode) else None
        return value if isinstance(value, int) else MOST_PAGE


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
) -> int:
    """The cost of a document that the standard rules have found valid."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    root = schema.get_root_type(operation.operation)
    return Cost(schema, fragments, {**defaults_of(operation), **variables}).selection(
        operation.selection_set, root
    )


def defaults_of(operation: OperationDefinitionNode) -> dict[str, object]:
    """{variable: the page size that the document itself declares for when none is given}."""
    return {
        one.variable.name.value: int(one.default_value.value)
        for one in operation.variable_definitions
        if isinstance(one.default_value, IntValueNode) and len(one.default_value.value) < 10
    }


def check_cost(cost: int) -> None:
    """COST_EXCEEDED above the limit."""
    if cost > MOST_COST:
        raise Refusal("COST_EXCEEDED", field="query", most=MOST_COST)
