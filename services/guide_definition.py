"""How the guide of a definition is read: every element under `guide`, none of them required (pure)."""

from collections.abc import Callable
from typing import Any

from services.codes import (
    CaseKind,
    Channel,
    Level,
    OnlineDepth,
    PowerSource,
    ReviewKind,
    Scope,
    Served,
)
from services.guide import Body, Guide
from services.guide_parts import (
    LONG,
    read_body,
    read_contacts,
    read_fee,
    read_files,
    read_flag,
    read_intermediary,
    read_outcome,
    read_question,
    read_reach,
    read_special,
    read_topics,
    read_word,
    read_words,
)
from services.item_codes import (
    LOCAL,
    catalogue_code,
    catalogue_part,
    fault_of,
    handling_code,
    task_code,
)
from services.node import Node

WEB = r"https?://[^\s<>\"']{3,400}"
# yes, no, or not said
SERVICES = ("one_sign_in", "mobile_one_sign_in", "in_hall", "appointment", "express", "terminals")


def read_guide(root: Node) -> Guide:
    """The guide under `guide`; an empty one when there is none. Faults are told by their place."""
    node = root.node("guide", None)
    if node is None:
        return Guide()
    guide = Guide(
        **_power(node),
        **_handling(node),
        **_costs(node),
        **_services(node),
        contacts=read_contacts(node.node("contacts", None)),
        topics=read_topics(node.node("topics", None)),
    )
    _check_codes(root, node, guide)
    node.done()
    return guide


def check_code(root: Node, code: str) -> None:
    """A code of twelve or fourteen digits holds a catalogue code, so its parts must be right."""
    held = catalogue_part(code)
    part = fault_of(catalogue_code, held) if held else ""
    if part:
        root.fault("ITEM_CODE", "code", part=part, value=code)


def _power(node: Node) -> dict[str, Any]:
    return {
        "task_code": node.text("task_code", None),
        "handle_code": node.text("handle_code", None),
        "local_catalogue_code": node.text("local_catalogue_code", None, most=LOCAL),
        "local_task_code": node.text("local_task_code", None, most=2 * LOCAL),
        "levels": read_words(node, "levels", Level),
        "body": _body_at(node, "body"),
        "handled_by": _body_at(node, "handled_by"),
        "entrusted_by": _body_at(node, "entrusted_by"),
        "joint_bodies": tuple(map(read_body, node.nodes("joint_bodies", None))),
        "power_source": read_word(node, "power_source", PowerSource),
        "powers": node.text("powers", None, most=LONG),
        "exercise": node.text("exercise", None, most=LONG),
        "jurisdiction": node.text("jurisdiction", None, most=LONG),
        "relieves_levy": node.flag("relieves_levy"),
    }


def _handling(node: Node) -> dict[str, Any]:
    return {
        "case_kind": read_word(node, "case_kind", CaseKind),
        "review_kind": read_word(node, "review_kind", ReviewKind),
        "served": read_words(node, "served", Served),
        "channels": read_words(node, "channels", Channel),
        "visits": node.integer("visits", None, most=99) if "visits" in node.data else None,
        "visits_reason": node.text("visits_reason", None, most=1000),
        "scope": read_word(node, "scope", Scope),
        "quantity_limit": node.text("quantity_limit", None, most=1000),
        "statutory_note": node.text("statutory_note", None, most=LONG),
        "promised_note": node.text("promised_note", None, most=LONG),
        "special_procedures": tuple(map(read_special, node.nodes("special_procedures", None))),
        "flow": node.text("flow", None, most=LONG),
        "flow_charts": read_files(node, "flow_charts"),
        "outcomes": tuple(map(read_outcome, node.nodes("outcomes", None))),
        "rights": node.texts("rights", None),
        "duties": node.texts("duties", None),
        "questions": tuple(map(read_question, node.nodes("questions", None))),
    }


def _costs(node: Node) -> dict[str, Any]:
    return {
        "charged": read_flag(node, "charged"),
        "fee_basis": node.text("fee_basis", None, most=LONG),
        "fees": tuple(map(read_fee, node.nodes("fees", None))),
        "pay_online": read_flag(node, "pay_online"),
        "intermediaries": tuple(map(read_intermediary, node.nodes("intermediaries", None))),
    }


def _services(node: Node) -> dict[str, Any]:
    return {
        "online_depth": read_word(node, "online_depth", OnlineDepth),
        "computer_url": node.text("computer_url", None, form=WEB),
        "mobile_url": node.text("mobile_url", None, form=WEB),
        "system_level": read_word(node, "system_level", Level),
        "reaches": tuple(map(read_reach, node.nodes("reaches", None))),
        **{name: read_flag(node, name) for name in SERVICES},
        "promise_allowed": read_flag(node, "promise_allowed"),
    }


def _check_codes(root: Node, node: Node, guide: Guide) -> None:
    """The three codes are well formed and contain one another."""
    readers: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("task_code", guide.task_code, task_code),
        ("handle_code", guide.handle_code, handling_code),
    )
    wrong = {key: fault_of(read, value) for key, value, read in readers if value}
    for key, part in wrong.items():
        if part:
            node.fault("ITEM_CODE", key, part=part, value=getattr(guide, key))
    code = catalogue_part(str(root.data.get("code")))
    if wrong.get("task_code") == "" and code:
        if not guide.task_code.endswith(code):
            node.fault("CODE_OF_ANOTHER", "task_code", code=code)
        elif guide.body and guide.body.credit_code not in {"", guide.task_code[:18]}:
            node.fault("CODE_OF_ANOTHER", "task_code", code=guide.body.credit_code)
    if wrong.get("handle_code") == "" and not guide.handle_code.startswith(guide.task_code):
        node.fault("CODE_OF_ANOTHER", "handle_code", code=guide.task_code)


def _body_at(node: Node, key: str) -> Body | None:
    found = node.node(key, None)
    return None if found is None else read_body(found)
