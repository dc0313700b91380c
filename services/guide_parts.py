"""How the parts of a guide are read: bodies, fees, procedures, results, contacts, words of code tables (pure)."""

import re
from typing import TypeVar

from people.errors import Refusal
from people.identifiers import credit_code, phone
from services.codes import BodyNature, Coded, ResultKind, SpecialProcedure
from services.guide import (
    Body,
    Contacts,
    Fee,
    Intermediary,
    Outcome,
    Place,
    Question,
    Reach,
    Special,
    Topics,
)
from services.node import Node
from services.route_definition import TYPE_CODE, read_limit

LONG = 4000
TOWN = r"[0-9]{9}([0-9]{3})?"
HOTLINE = r"1[0-9]{4}"

Word = TypeVar("Word", bound=Coded)


def read_body(node: Node) -> Body:
    """A body with its credit code checked."""
    code = node.text("credit_code", None)
    try:
        code = credit_code(code, field="credit_code") if code else ""
    except Refusal as refusal:
        node.fault("CREDIT_CODE", "credit_code", value=code, **refusal.problems[0].params)
    body = Body(node.text("name", most=200), code, read_word(node, "nature", BodyNature))
    node.done()
    return body


def read_contacts(node: Node | None) -> Contacts:
    """Telephones, hours and places."""
    if node is None:
        return Contacts()
    contacts = Contacts(
        enquiry=_phone(node, "enquiry"),
        complaint=_phone(node, "complaint"),
        window=_phone(node, "window"),
        hours=node.text("hours", None),
        places=tuple(map(_place, node.nodes("places", None))),
    )
    node.done()
    return contacts


def _place(node: Node) -> Place:
    place = Place(
        name=node.text("name", most=200),
        address=node.text("address", most=300),
        hours=node.text("hours", None),
        phone=_phone(node, "phone"),
    )
    node.done()
    return place


def read_topics(node: Node | None) -> Topics:
    """Topics of people and of enterprises."""
    if node is None:
        return Topics()
    topics = Topics(node.texts("person", None), node.texts("enterprise", None))
    node.done()
    return topics


def _phone(node: Node, key: str) -> str:
    """A telephone as people dial it: a landline with its area code, a mobile, or a hotline such as 12345."""
    text = node.text(key, None, most=40)
    if not text or re.fullmatch(HOTLINE, text):
        return text
    try:
        return phone(text)
    except Refusal:
        node.fault("NOT_A_PHONE", key, value=text)
        return ""


def read_special(node: Node) -> Special:
    """One special procedure with its basis."""
    special = Special(
        kind=SpecialProcedure.named(node.one_of("kind", list(SpecialProcedure))),
        name=node.text("name", most=100),
        basis=node.text("basis", most=1000),
        within=read_limit(node, "within"),
    )
    node.done()
    return special


def read_outcome(node: Node) -> Outcome:
    """One result as the guide names it."""
    outcome = Outcome(
        name=node.text("name", most=200),
        kind=read_word(node, "kind", ResultKind),
        code=node.text("code", None, form=TYPE_CODE),
        samples=read_files(node, "samples"),
    )
    node.done()
    return outcome


def read_question(node: Node) -> Question:
    """One question with its answer."""
    question = Question(node.text("question", most=1000), node.text("answer", most=LONG))
    node.done()
    return question


def read_fee(node: Node) -> Fee:
    """One fee."""
    fee = Fee(
        name=node.text("name", most=200),
        standard=node.text("standard", most=LONG),
        basis=node.text("basis", most=LONG),
        reducible=read_flag(node, "reducible"),
        reduction=node.text("reduction", None, most=LONG),
    )
    node.done()
    return fee


def read_intermediary(node: Node) -> Intermediary:
    """One service of a body outside government."""
    service = Intermediary(
        name=node.text("name", most=200),
        body=node.text("body", None, most=200),
        within=read_limit(node, "within"),
        charge=node.text("charge", None, most=1000),
        note=node.text("note", None, most=LONG),
    )
    node.done()
    return service


def read_reach(node: Node) -> Reach:
    """One town or village."""
    reach = Reach(node.text("code", form=TOWN), node.text("name", most=100))
    node.done()
    return reach


def read_files(node: Node, key: str) -> tuple[str, ...]:
    """Names of files; a path would be none."""
    names = node.texts(key, None)
    for name in names:
        if any(character in name for character in "/\\") or len(name) > 200:
            node.fault("NOT_A_FILE_NAME", key, value=name)
    return names


def read_flag(node: Node, key: str) -> bool | None:
    """True, false, or None where the guide does not say."""
    value = node.flag(key)
    return None if node.data.get(key) is None else value


def read_word(node: Node, key: str, kind: type[Word]) -> Word | None:
    """A word of a code table, or None where the guide does not say."""
    if node.text(key, None) == "":
        return None
    return kind.named(node.one_of(key, list(kind)))


def read_words(node: Node, key: str, kind: type[Word]) -> tuple[Word, ...]:
    """Words of a code table, each once."""
    names = node.texts(key, None)
    for name in names:
        if name not in list(kind):
            node.fault("NOT_ALLOWED", key, value=name, allowed=list(kind))
    return tuple(kind.named(name) for name in names if name in list(kind))
