"""Whether the elements of an item contradict one another: the catalogue keepers' rules of quality (pure).

The rules are those by which a city checks its 实施清单 before it publishes them: limits against kinds, results against
names, visits against channels, fees, telephones, audiences, stages and questions of a licence.
"""

import re
from collections.abc import Iterator

from services.codes import CaseKind, Channel, OnlineDepth, ResultKind, ReviewKind, Served
from services.definition import Definition
from services.guide import Outcome
from services.limits import as_duration
from services.lint_facts import Facts, Found

LICENCE = "01"
LANDLINE_OR_HOTLINE = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}|1[0-9]{4}")
# The stages that a licence goes through, each by the words that say it.
STAGES = {
    "受理": ("受理",),
    "审核": ("审核", "审查", "核查", "初审", "评审"),
    "审批": ("审批", "决定", "批准", "准予", "核准"),
    "办结": ("办结", "签发", "制证", "发证", "核发", "颁发", "出证"),
    "送达": ("送达", "领取", "寄送", "邮寄", "发放", "推送"),
}
ENDINGS = (
    ("证", ResultKind.CERTIFICATE),
    ("批复", ResultKind.APPROVAL),
    ("文", ResultKind.DOCUMENT),
)
SEVERAL = re.compile("[；;]|、[^、]*、")
# What stands where a basis or a condition should, and says nothing.
EMPTY_WORDS = re.compile(
    r"[/\\.\-—无]+|暂无|没有|其他|真实.{0,12}有效|真实.{0,4}合法.{0,4}有效|申请人自备|符合(申请|办理)?(要求|条件|规定)|法律法规(规定)?|按规定"
)


def case_kind(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 1: what is promised at once is 即办件 and looked at and closed at once; all else is not."""
    guide, is_instant = definition.guide, definition.limits.promised.days == 0
    if guide.case_kind in {CaseKind.INSTANT, CaseKind.PROMISE}:
        wanted = CaseKind.INSTANT if is_instant else CaseKind.PROMISE
        if guide.case_kind is not wanted:
            yield "guide.case_kind", {"wanted": wanted.label}
    kind = ReviewKind.AT_ONCE if is_instant else ReviewKind.EXAMINED
    if guide.review_kind not in {None, kind}:
        yield "guide.review_kind", {"wanted": kind.label}


def result_kinds(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 2: a result says how it closes the case, and its name agrees."""
    for place, outcome in _outcomes(definition):
        name = outcome.name.rstrip("》）)")
        wanted = next((kind.label for ending, kind in ENDINGS if name.endswith(ending)), "")
        if outcome.kind is None or (wanted and outcome.kind.label != wanted):
            said = wanted or "、".join(kind.label for kind in ResultKind)
            yield f"{place}.kind", {"name": outcome.name, "wanted": said}


def _outcomes(definition: Definition) -> Iterator[tuple[str, Outcome]]:
    """The guide's results with their places."""
    for number, outcome in enumerate(definition.guide.outcomes):
        yield f"guide.outcomes.{outcome.code or number}", outcome


def samples(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 2: whoever names a result shows a sample of it."""
    for place, outcome in _outcomes(definition):
        if not outcome.samples:
            yield f"{place}.samples", {"name": outcome.name}


def several_results(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Each result is one entry, a grant apart from a refusal."""
    for place, outcome in _outcomes(definition):
        if SEVERAL.search(outcome.name):
            yield f"{place}.name", {"name": outcome.name}


def outcomes_of_results(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Every certificate that the route grants is among the guide's results, and no other."""
    if definition.guide.is_empty:
        return
    named = {outcome.code for outcome in definition.guide.outcomes if outcome.code}
    granted = {result.code: result.name for result in definition.results}
    for code in granted.keys() - named:
        yield "guide.outcomes", {"name": granted[code], "code": code}
    for code in named - granted.keys():
        yield "guide.outcomes", {"name": code, "code": code}


def visits(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 3: a visit has a reason, no visit has none, and then there is another way in and out."""
    guide = definition.guide
    if guide.visits and not guide.visits_reason:
        yield "guide.visits_reason", {"visits": guide.visits}
    if guide.visits == 0 and guide.visits_reason:
        yield "guide.visits_reason", {"visits": 0}


def way_without_visit(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 3: who need not come and cannot apply online applies by post."""
    guide = definition.guide
    ways = {Channel.ONLINE, Channel.MOBILE, Channel.POST}
    if guide.visits == 0 and guide.channels and not ways & set(guide.channels):
        yield "guide.channels", {}


def depth_and_visits(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 3: what is wholly online (Ⅳ级) needs no visit, and is offered online."""
    guide = definition.guide
    if guide.online_depth is OnlineDepth.FOUR and guide.visits:
        yield "guide.online_depth", {"visits": guide.visits}


def depth_and_channels(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """An online depth is told of what can be applied for online."""
    guide = definition.guide
    if guide.online_depth and not {Channel.ONLINE, Channel.MOBILE} & set(guide.channels):
        yield "guide.online_depth", {}


def fees(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 4: what is charged for has a basis, its fees and a word on paying online."""
    guide = definition.guide
    if guide.charged:
        for place, there in (
            ("fee_basis", guide.fee_basis),
            ("fees", guide.fees),
            ("pay_online", guide.pay_online is not None),
        ):
            if not there:
                yield f"guide.{place}", {}


def free_of_charge(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 4: what is free has neither fees nor a payment."""
    guide = definition.guide
    if guide.charged is False:
        for place in ("fees", "pay_online", "fee_basis"):
            if getattr(guide, place):
                yield f"guide.{place}", {}


def telephones(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 5: who is complained about does not take the complaint."""
    contacts = definition.guide.contacts
    phones = {"enquiry": contacts.enquiry, "window": contacts.window}
    for name, number in phones.items():
        if number and number == contacts.complaint:
            yield f"guide.contacts.{name}", {"number": number}


def area_codes(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 5: an office has a landline with its area code, or a hotline."""
    contacts = definition.guide.contacts
    for name in ("enquiry", "complaint", "window"):
        number = getattr(contacts, name)
        if number and not LANDLINE_OR_HOTLINE.fullmatch(number):
            yield f"guide.contacts.{name}", {"number": number}


def topics(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 6: an item for people stands under people's topics, one for legal persons under theirs."""
    guide = definition.guide
    if guide.served:
        others = set(guide.served) - {Served.PERSON}
        for name, serves in (("person", Served.PERSON in guide.served), ("enterprise", others)):
            if bool(serves) != bool(getattr(guide.topics, name)):
                yield f"guide.topics.{name}", {}


def served_and_audience(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 6: whom the guide serves is who may apply."""
    guide = definition.guide
    if guide.served:
        said = {"person" if one is Served.PERSON else "enterprise" for one in guide.served}
        if said != set(definition.audience):
            yield "guide.served", {}


def question_of_a_licence(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 7: a licence answers at least one question."""
    guide = definition.guide
    if definition.item_type == LICENCE and not guide.is_empty and not guide.questions:
        yield "guide.questions", {}


def stages_of_a_licence(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 7: the flow of a licence tells its five stages."""
    flow = definition.guide.flow
    missing = [name for name, words in STAGES.items() if not any(word in flow for word in words)]
    if definition.item_type == LICENCE and flow and missing:
        yield "guide.flow", {"missing": "、".join(missing)}


def promise_over_law(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 8: nobody is promised more time than the law allows."""
    promised, law = definition.limits.promised, definition.limits.statutory
    if law is not None and not as_duration(promised).fits(law):
        yield "limits.promised", {"promised": promised.days, "statutory": law.days}


def no_basis(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Rule 8: an item has a basis that names an act (《》); what follows an act may be its words."""
    if not definition.basis:
        yield "basis", {"value": ""}
    named = False
    for value in definition.basis:
        named = named or "《" in value
        if not named or EMPTY_WORDS.fullmatch(value.strip()):
            yield "basis", {"value": value}


def empty_conditions(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """A condition that says nothing helps nobody to know whether to apply."""
    for value in definition.conditions:
        if EMPTY_WORDS.fullmatch(value.strip("。 ")):
            yield "conditions", {"value": value}
