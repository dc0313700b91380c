"""Decides whether the variables of a request fit its document, before anything runs (BAD-13, ATK-41) (pure)."""

from collections.abc import Mapping

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    coerce_input_value,
    is_input_type,
    type_from_ast,
)

from people.errors import Problem, Refusal, Refusals

MOST_PROBLEMS = 20


def check_variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, object]
) -> None:
    """Refuses unknown, missing and misfitting variables, all of them at once.

    BAD_VARIABLES with the variable's path, UNKNOWN_FIELD for a key that an input does not have, or the code
    that a scalar of ours gives, such as INVALID_DATE.
    """
    problems: list[Problem] = []
    definitions = operation.variable_definitions or ()
    names = {definition.variable.name.value for definition in definitions}
    problems += [Problem("BAD_VARIABLES", name) for name in given if name not in names]
    for definition in definitions:
        name = definition.variable.name.value
        expected = type_from_ast(schema, definition.type)
        assert is_input_type(expected)  # the standard rules have looked
        if name in given:
            problems += _misfits(name, given[name], expected)
        elif isinstance(expected, GraphQLNonNull) and definition.default_value is None:
            problems.append(Problem("BAD_VARIABLES", name))
    if problems:
        raise Refusals(problems[:MOST_PROBLEMS])


def _misfits(name: str, value: object, expected: object) -> list[Problem]:
    problems = list(_unknown_keys(name, value, expected))
    if problems:
        return problems

    def note(path: list[str | int], _value: object, error: GraphQLError) -> None:
        place = ".".join(str(part) for part in [name, *path])
        cause = error.original_error
        if isinstance(cause, Refusal):
            found = [Problem(p.code, p.field or place, p.params) for p in cause.problems]
            problems.extend(found)
        else:
            problems.append(Problem("BAD_VARIABLES", place))

    coerce_input_value(value, expected, note, hide_suggestions=True)  # type: ignore[arg-type]
    return problems


def _unknown_keys(path: str, value: object, expected: object) -> list[Problem]:
    """Keys that no input type has, anywhere inside a value."""
    if isinstance(expected, GraphQLNonNull):
        return _unknown_keys(path, value, expected.of_type)
    if isinstance(expected, GraphQLList) and isinstance(value, list):
        return [
            problem
            for index, entry in enumerate(value)
            for problem in _unknown_keys(f"{path}.{index}", entry, expected.of_type)
        ]
    if isinstance(expected, GraphQLInputObjectType) and isinstance(value, dict):
        unknown = [
            Problem("UNKNOWN_FIELD", f"{path}.{key}") for key in value if key not in expected.fields
        ]
        return unknown + [
            problem
            for key, entry in value.items()
            if key in expected.fields
            for problem in _unknown_keys(f"{path}.{key}", entry, expected.fields[key].type)
        ]
    return []
