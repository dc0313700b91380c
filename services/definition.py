"""What one version of an item says: form, materials, route, limits, results, remedies (pure)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from people.errors import Problem
from services.codes import ITEM_TYPE_CODES, is_on_application
from services.eligibility import Rule, read_eligibility
from services.errors import check
from services.form import Form
from services.form_definition import NAME, read_form
from services.guide import Guide
from services.guide_definition import check_code, read_guide
from services.limits import KINDS, Limit, StopRule
from services.material_definition import read_materials
from services.materials import Material, MaterialGroup
from services.node import Node
from services.part_definition import read_parts
from services.parts import Part
from services.results import Result
from services.route import Route
from services.route_definition import (
    TYPE_CODE,
    read_division_path,
    read_limit,
    read_route,
)

ACCEPTANCES = ("officer", "automatic")
AUDIENCES = ("person", "enterprise")
LEAST_WORD, MOST_WORD = 2, 8  # characters of an everyday word
# Administrative Licensing Law, articles 32, 42 and 44; 42 again for joint handling: type 01 only.
_LICENCE = {"notice": 5, "statutory": 20, "extension": 10, "delivery": 10}
_JOINT_LICENCE = {**_LICENCE, "statutory": 45, "extension": 15}


@dataclass(frozen=True)
class Limits:
    """The clocks of an item: what the applicant is promised and what the law allows at most."""

    notice: Limit  # to accept, decline or ask for corrections, from submission
    correction: Limit  # for the applicant to answer a correction notice
    promised: Limit
    statutory: Limit | None  # None where no act sets one (法律法规未规定); a licence has one always
    extension: Limit | None
    delivery: Limit


@dataclass(frozen=True)
class Remedies:
    """Remedies (救济途径) against a denial: days for reconsideration (复议), months for litigation (诉讼)."""

    review_days: int
    suit_months: int
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """A service item (事项) or bundle (一件事) as its version defines it.

    `at` is the path of the division field that decides where a case belongs, and with it the lead.
    """

    code: str
    name: str
    item_type: str
    is_bundle: bool
    audience: tuple[str, ...]
    lead: str
    acceptance: str
    at: str
    summary: str
    conditions: tuple[str, ...]
    basis: tuple[str, ...]
    limits: Limits
    form: Form
    materials: tuple[Material, ...]
    route: Route
    results: tuple[Result, ...]
    remedies: Remedies
    stops: tuple[StopRule, ...] = ()  # why a clock may stand still
    words: tuple[str, ...] = ()  # what people call it when they look for it (俗称)
    material_groups: tuple[MaterialGroup, ...] = ()
    guide: Guide = field(default_factory=Guide)
    eligibility: tuple[Rule, ...] = ()
    parts: tuple[Part, ...] = ()  # of a bundle; form, materials and route are cut to what is chosen

    @property
    def is_on_application(self) -> bool:
        """Whether people may apply for it (依申请); the others authorities do by office (依职权)."""
        return is_on_application(self.item_type, relieves=self.guide.relieves_levy)

    @property
    def join(self) -> str:
        """How the decisions meet."""
        return self.route.join

    def stop(self, code: str) -> StopRule | None:
        """The stop of that code, or None when the item does not list it."""
        return next((stop for stop in self.stops if stop.code == code), None)

    def material(self, material_id: str) -> Material | None:
        """The material of that id, or None."""
        return next((m for m in self.materials if m.id == material_id), None)

    def result(self, code: str) -> Result:
        """The result of that certificate type; KeyError when there is none."""
        return {result.code: result for result in self.results}[code]


def canonical(data: Mapping[str, object]) -> str:
    """The definition as JSON with sorted keys and no spaces: equal definitions are equal texts."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
    )


def digest_of(data: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def read_definition(data: Mapping[str, object]) -> Definition:
    """The definition that a mapping (from YAML or JSON) states.

    Raises DefinitionInvalid with every fault and its place: shape, names, types, conditions. Whether
    the route is sound is a question of its own (soundness.py).
    """
    definition, problems = peek_definition(data)
    check(problems)
    return definition


def peek_definition(data: Mapping[str, object]) -> tuple[Definition, list[Problem]]:
    """What can be read of a mapping, and what cannot: places with a problem hold a default of their kind."""
    problems: list[Problem] = []
    root = Node(data, "", problems)
    item_type = root.one_of("type", ITEM_TYPE_CODES)
    is_bundle = root.flag("bundle")
    form = read_form(root)
    at = read_division_path(root, form)
    lead = root.text("lead", form=NAME)
    materials, groups = read_materials(root, form)
    route = read_route(root, form, at, lead)
    parts, form, materials, route = read_parts(root, form, materials, route)
    definition = Definition(
        code=root.text("code", form=r"[0-9A-Z]{9,14}"),
        name=root.text("name", most=200),
        item_type=item_type,
        is_bundle=is_bundle,
        audience=_audience(root),
        lead=lead,
        acceptance=root.one_of("acceptance", ACCEPTANCES),
        at=at,
        summary=root.text("summary", None),
        words=_words(root),
        conditions=root.texts("conditions", None),
        basis=root.texts("basis"),
        limits=_limits(root, item_type, is_bundle),
        form=form,
        materials=materials,
        route=route,
        results=tuple(_result(node) for node in root.nodes("results")),
        remedies=_remedies(root),
        stops=tuple(_stop(node) for node in root.nodes("stops", None)),
        material_groups=groups,
        guide=read_guide(root),
        eligibility=read_eligibility(root, form),
        parts=parts,
    )
    check_code(root, definition.code)
    root.done("imported")
    return definition, problems


def _words(root: Node) -> tuple[str, ...]:
    words = root.texts("words", None)
    for word in words:
        if not LEAST_WORD <= len(word) <= MOST_WORD:
            root.fault("NOT_ALLOWED", "words", word=word)
    return words


def _audience(root: Node) -> tuple[str, ...]:
    audience = root.texts("audience")
    if not set(audience) <= set(AUDIENCES):
        root.fault("NOT_ALLOWED", "audience", allowed=list(AUDIENCES))
    return audience


def _limits(root: Node, item_type: str, is_bundle: bool) -> Limits:
    node = root.node("limits") or Node({}, "limits", root.problems)
    legal = (_JOINT_LICENCE if is_bundle else _LICENCE) if item_type == "01" else {}

    def limit(key: str) -> Limit:
        found = read_limit(node, key, legal.get(key))
        if found is None:
            node.fault("MISSING", key)
        return found or Limit(0, "working")

    limits = Limits(
        notice=limit("notice"),
        correction=limit("correction"),
        promised=limit("promised"),
        statutory=read_limit(node, "statutory", legal.get("statutory")),
        extension=read_limit(node, "extension", legal.get("extension")),
        delivery=limit("delivery"),
    )
    node.done()
    return limits


def _result(node: Node) -> Result:
    result = Result(
        code=node.text("code", form=TYPE_CODE),
        name=node.text("name", most=100),
        face=node.pairs("face"),
        valid_months=node.integer("valid_months", least=1, most=1200)
        if "valid_months" in node.data
        else None,
    )
    node.done()
    return result


def _stop(node: Node) -> StopRule:
    """Only what an act names may stop the clock, so the basis must be said."""
    stop = StopRule(
        code=node.text("code", form=NAME, most=40),
        name=node.text("name", most=40),
        basis=node.text("basis", most=200),
        days=node.integer("days", least=1, most=366),
        kind=node.one_of("kind", KINDS),
    )
    node.done()
    return stop


def _remedies(root: Node) -> Remedies:
    """Sixty days and six months unless an act says otherwise (复议法 20, 行政诉讼法 46)."""
    node = root.node("remedies") or Node({}, "remedies", root.problems)
    remedies = Remedies(
        review_days=node.integer("review_days", least=1, most=366),
        suit_months=node.integer("suit_months", least=1, most=60),
        basis=node.texts("basis"),
    )
    node.done()
    return remedies
