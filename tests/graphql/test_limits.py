"""Documents of bad shape are refused by counting, each fragment once, before any rule or resolver runs."""

import pytest
from graphql import FragmentDefinitionNode

from gateway import documents, limits
from gateway.documents import prepare
from people.errors import Refusal

FIELD = "catalogue { nodes { name } }"


def refused(text: str, **variables: object) -> str:
    """The code that a text is refused with."""
    with pytest.raises(Refusal) as refusal:
        prepare(text, variables)
    return refusal.value.code


def nested(levels: int) -> str:
    """A query of so many levels."""
    return "{ a " * levels + "}" * levels


def test_an_honest_document_is_ready_to_run():
    document = prepare("query list($n: Int) { catalogue(first: $n) { nodes { name } } }", {"n": 5})
    assert document.name == "list"
    assert not document.is_mutation


@pytest.mark.parametrize("levels", [11, 30, 150])
def test_atk_01_too_deep(levels):
    assert refused(nested(levels)) == "QUERY_TOO_DEEP"


@pytest.mark.parametrize("levels", [400, 5_000, 100_000])
def test_atk_01_so_deep_that_it_is_not_even_read(levels):
    assert refused(nested(levels)) in {"QUERY_TOO_DEEP", "QUERY_TOO_LARGE"}


def test_atk_01_depth_through_fragments_counts():
    chain = "".join(f"fragment f{n} on T {{ a {{ ...f{n + 1} }} }} " for n in range(11))
    text = "{ ...f0 } " + chain + "fragment f11 on T { a }"
    assert refused(text) == "QUERY_TOO_DEEP"


@pytest.mark.parametrize("number", [31, 150])
def test_atk_02_too_many_aliases(number):
    aliases = " ".join(f"x{n}: name" for n in range(number))
    assert refused(f"{{ catalogue {{ nodes {{ {aliases} }} }} }}") == "TOO_MANY_ALIASES"


def test_atk_02_a_thousand_aliases_are_too_many_words():
    aliases = " ".join(f"x{n}: me {{ name }}" for n in range(1_000))
    assert refused(f"{{ {aliases} }}") == "QUERY_TOO_LARGE"


@pytest.mark.parametrize("number", [2, 30])
def test_atk_03_one_mutation_an_operation(number):
    text = " ".join(f"x{n}: signOut {{ signedOut }}" for n in range(number))
    assert refused(f"mutation {{ {text} }}") == "TOO_MANY_OPERATIONS"
    spread = "mutation { ...f ...g } fragment f on Mutation { signOut { signedOut } } "
    spread += "fragment g on Mutation { x: signOut { signedOut } }"
    assert refused(spread) == "TOO_MANY_OPERATIONS"


def test_too_many_root_fields_and_two_operations():
    assert refused("{ " + f"{FIELD} " * 11 + "}") == "TOO_MANY_FIELDS"
    assert refused(f"query a {{ {FIELD} }} query b {{ {FIELD} }}") == "TOO_MANY_OPERATIONS"


def test_atk_06_an_undefined_fragment_is_invalid():
    assert refused("{ catalogue { ...nowhere } }") == "QUERY_INVALID"


def test_a_circle_of_fragments_is_invalid():
    text = "{ catalogue { ...f } } fragment f on ItemSummaryPage { nodes { name } ...g } "
    assert refused(text + "fragment g on ItemSummaryPage { ...f }") == "QUERY_INVALID"
    assert refused("{ ...f } fragment f on Query { ...f }") == "QUERY_INVALID"


def bomb(doublings: int) -> str:
    """A short text that unfolds to two to the power of `doublings` fields."""
    fragments = "".join(
        f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(doublings)
    )
    return "{ ...f0 } " + fragments + f"fragment f{doublings} on Query {{ me {{ name }} }}"


def test_atk_07_a_fragment_bomb_costs_only_its_own_length():
    text = bomb(19)
    assert len(text) < 900
    assert refused(text) == "TOO_MANY_FIELDS"
    ast = limits.read_document(text)
    fragments = {n.name.value: n for n in ast.definitions if isinstance(n, FragmentDefinitionNode)}
    measure = limits.Measure(fragments)
    size = measure.selection(limits.split(ast)[0].selection_set)
    assert size.fields == 2 * 2**19
    assert measure.steps < 50


def test_atk_07_more_fragments_than_any_honest_document_has():
    assert refused(bomb(21)) == "TOO_MANY_FRAGMENTS"


def test_atk_08_300_000_words_are_refused_by_their_length():
    assert refused("{ " + "a " * 300_000 + "}") == "QUERY_TOO_LARGE"
    assert refused("{ " + "a " * 1_001 + "}") == "QUERY_TOO_LARGE"
    assert refused("{ me { name } } #" + "x" * 20_000) == "QUERY_TOO_LARGE"


def test_atk_09_directives_are_counted_and_errors_capped():
    assert refused("{ me " + "@skip(if: true) " * 20 + "{ name } }") == "TOO_MANY_DIRECTIVES"
    wrong = " ".join(f"nothing{n}" for n in range(300))
    with pytest.raises(Refusal) as refusal:
        prepare(f"{{ me {{ {wrong} }} }}", {})
    assert refusal.value.code == "QUERY_INVALID"
    assert len(refusal.value.problems) <= documents.MOST_ERRORS


def test_the_same_field_many_times_is_too_many_fields():
    assert refused("{ me { " + "name " * 450 + "} }") == "TOO_MANY_FIELDS"


PAGES = "{ myCases(first: %s) { nodes { clock { daysLeft } stateName itemName number %s } } }"


def test_atk_11_nested_lists_cost_their_product():
    many = " ".join(f"x{n}: stateName" for n in range(28))
    assert refused(PAGES % (100, many + " state outcome " * 10)) == "COST_EXCEEDED"
    prepare(PAGES % (20, many), {})


def test_atk_12_variables_are_counted_and_missing_ones_count_as_the_largest():
    many = " ".join(f"x{n}: stateName" for n in range(28)) + " state outcome " * 10
    text = "query q($n: Int) " + PAGES % ("$n", many)
    prepare(text, {"n": 10})
    assert refused(text, n=100) == "COST_EXCEEDED"
    assert refused(text, n=10**9) == "COST_EXCEEDED"
    assert refused(text) == "COST_EXCEEDED"


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { types { name } } }",
        '{ __type(name: "Case") { name } }',
        "{ x: __schema { types { name } } }",
        "{ ...f } fragment f on Query { __schema { types { name } } }",
        "{\n #hidden\n __schema\n{ types { fields { type { fields { name } } } } } }",
        '{ ... on Query { __type(name: "Me") { name } } }',
        "{ __schema @skip(if: true) { types { name } } }",
    ],
)
def test_atk_13_14_no_introspection_in_any_dress(text):
    assert refused(text) == "INTROSPECTION_DISABLED"


def test_atk_14_no_subscription_and_no_definition():
    assert refused("subscription { me { name } }") == "QUERY_INVALID"
    assert refused("type Query { me: String }") == "QUERY_INVALID"


def test_atk_16_two_operations_of_one_name():
    text = "query a { me { name } } query a { __schema { types { name } } }"
    assert refused(text) == "QUERY_INVALID"


def test_atk_19_skip_and_include_change_nothing_of_what_is_counted():
    many = " ".join(f"x{n}: name @include(if: false)" for n in range(10))
    more = " ".join(f"y{n}: name" for n in range(25))
    text = f"{{ catalogue {{ nodes {{ {many} {more} }} }} }}"
    assert refused(text) == "TOO_MANY_ALIASES"
    unknown = "{ me { secret @skip(if: true) } }"
    assert refused(unknown) == "QUERY_INVALID"


@pytest.mark.parametrize("text", ["", "{", "{ me { name }", "query (", "\x00", "{ me(a: ) }"])
def test_a_text_that_is_no_document(text):
    assert refused(text) == "QUERY_INVALID"


def test_what_is_wrong_is_not_told_with_suggestions():
    with pytest.raises(Refusal) as refusal:
        prepare("{ me { nam } }", {})
    assert refusal.value.problems[0].params["detail"] == ""
    assert refusal.value.problems[0].params["line"] == 1


def test_a_size_that_a_document_declares_is_counted_when_none_is_given():
    many = " ".join(f"x{n}: stateName" for n in range(28))
    text = PAGES % ("$n", many + " state outcome " * 10)
    assert refused(f"query list($n: Int) {text}") == "COST_EXCEEDED"
    assert not prepare(f"query list($n: Int = 5) {text}", {}).is_mutation
    assert refused(f"query list($n: Int = 5) {text}", n=100) == "COST_EXCEEDED"
