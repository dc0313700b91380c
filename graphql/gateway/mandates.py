"""Shows who may act for whom, and lets a legal representative give and take back mandates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import graphene
from django.utils import timezone

from gateway.context import Context
from gateway.identity import EnterpriseType
from gateway.paging import Page, page_arguments, page_of, page_type
from gateway.rows import listed, named, text
from gateway.scalars import Day, Moment
from gateway.verbs import Verb
from gateway.words import STATUSES
from people import commands
from people.errors import Refusal
from people.models import Enterprise, Mandate
from people.queries import visible_mandates
from services.errors import ITEM_NOT_AVAILABLE
from services.models import ServiceItem


class MandateItem(graphene.ObjectType):
    """授权可以办理的一个事项。"""

    code = text("事项编码")
    name = text("事项名称")


class MandateType(graphene.ObjectType):
    """一项授权委托。"""

    class Meta:
        name = "Mandate"

    id = graphene.UUID(required=True, description="标识")
    enterprise = graphene.Field(EnterpriseType, required=True, description="被代理的企业")
    agent_name = text("代理人的姓名")
    agent_id_number_mask = text("代理人的证件号码，只显示一部分")
    items = listed(MandateItem, "可以办理的事项；空为全部事项")
    valid_from = graphene.Date(required=True, description="第一天")
    valid_until = graphene.Date(required=True, description="最后一天")
    revoked_at = graphene.Field(Moment, description="撤销的时刻；未撤销时为空")
    status = text("not_yet 尚未生效、valid 有效、expired 已过期、revoked 已撤销")
    status_name = named("status", STATUSES, "状态，给人看的文字")


@dataclass(frozen=True)
class Mandated:
    """A mandate as people read it."""

    id: object
    enterprise: Enterprise
    agent_name: str
    agent_id_number_mask: str
    items: Sequence[Mapping[str, str]]
    valid_from: date
    valid_until: date
    revoked_at: object
    status: str


def shown(mandates: Sequence[Mandate]) -> list[Mandated]:
    """Mandates with the names of their items, looked up at once for all of them."""
    codes = {code for mandate in mandates for code in mandate.items}
    found = ServiceItem.objects.filter(code__in=codes) if codes else ServiceItem.objects.none()
    names = dict(found.values_list("code", "name"))
    return [
        Mandated(
            id=mandate.pk,
            enterprise=mandate.enterprise,
            agent_name=mandate.person.name,
            agent_id_number_mask=mandate.person.id_number_mask,
            items=[{"code": code, "name": names.get(code, code)} for code in mandate.items],
            valid_from=mandate.valid_from,
            valid_until=mandate.valid_until,
            revoked_at=mandate.revoked_at,
            status=_status(mandate, timezone.localdate()),
        )
        for mandate in mandates
    ]


def _status(mandate: Mandate, today: date) -> str:
    if mandate.revoked_at is not None:
        return "revoked"
    if today < mandate.valid_from:
        return "not_yet"
    return "valid" if today <= mandate.valid_until else "expired"


def _mandates(_root: object, info: Any, **asked: Any) -> Page[Any]:
    viewer = info.context.viewer
    rows = visible_mandates(viewer)
    page = page_of(rows, order=("-id",), viewer=viewer, query="mandates", **asked)
    return Page(shown(page.nodes), page.next)


def _grant(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    _judge_items(given["item_codes"])
    mandate = commands.grant_mandate(viewer=context.viewer, key=idempotency_key, **given)
    return {"mandate": shown([mandate])[0]}


def _revoke(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    mandate = commands.revoke_mandate(viewer=context.viewer, key=idempotency_key, **given)
    return {"mandate": shown([mandate])[0]}


def _judge_items(codes: Sequence[str]) -> None:
    """People know no catalogue: that the items exist is judged here, a floor above them."""
    known = set(ServiceItem.objects.filter(code__in=codes).values_list("code", flat=True))
    for code in codes:
        if code not in known:
            raise Refusal(ITEM_NOT_AVAILABLE, field="item_codes", item=code)


QUERIES = {
    "mandates": graphene.Field(
        page_type(MandateType, "授权委托"),
        args=page_arguments(),
        resolver=_mandates,
        description="授权委托，新的在前：法定代表人看到本企业的，个人看到自己受托的",
    ),
}
_RESULT = {"mandate": graphene.Field(MandateType, description="这项授权；被拒绝时为空")}
VERBS = {
    "grant_mandate": Verb(
        "法定代表人授权一个人代表企业办理事项；对以后的每次操作立即生效。",
        _grant,
        _RESULT,
        {
            "agent_name": graphene.Argument(
                graphene.String, required=True, description="代理人的姓名"
            ),
            "agent_id_number": graphene.Argument(
                graphene.String, required=True, description="代理人的身份证号码"
            ),
            "item_codes": graphene.Argument(
                graphene.List(graphene.NonNull(graphene.String)),
                default_value=[],
                description="可以办理的事项的编码；空为全部事项",
            ),
            "valid_from": graphene.Argument(Day, required=True, description="第一天，不早于今天"),
            "valid_until": graphene.Argument(Day, required=True, description="最后一天"),
        },
    ),
    "revoke_mandate": Verb(
        "法定代表人撤销一项授权；代理人的下一次操作即被拒绝。",
        _revoke,
        _RESULT,
        {"mandate_id": graphene.Argument(graphene.UUID, required=True, description="授权的标识")},
    ),
}
