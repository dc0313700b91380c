"""Serving a person at a counter (窗口代办): the four acts of a sitting, and the sittings of a hall."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.utils import timezone

from gateway.context import Context
from gateway.identity import Me, Mine, SignedInType
from gateway.paging import page_arguments, page_of, page_type
from gateway.rows import Row, named, text
from gateway.verbs import Verb
from gateway.words import CONSENTS, SITTINGS
from people import commands
from people.identifiers import mask_name
from people.models import CounterSitting
from people.queries import visible_sittings
from services.queries import startable_version


def state_of(sitting: CounterSitting) -> str:
    """waiting for the consent, witnessed, open or over."""
    now = timezone.now()
    if sitting.ended_at is not None:
        return "over"
    if sitting.closes_at is not None:
        return "open" if now < sitting.closes_at else "over"
    if now >= sitting.expires_at:
        return "over"
    return "waiting" if sitting.witness_id is None else "witnessed"


class SittingType(Row):
    """一次窗口代办：窗口人员为当面的人办理一个事项。"""

    class Meta:
        name = "CounterSitting"
        model = CounterSitting
        described = {
            "id": "标识",
            "item_code": "事项编码",
            "purpose": "事项名称",
            "consent": "code 本人短信验证码、paper 书面授权",
            "paper_number": "书面授权书的编号",
            "begun_at": "发起的时刻",
            "expires_at": "验证码失效的时刻；书面授权等待同事确认的最后时刻",
            "closes_at": "代办结束的时刻；尚未开始时为空",
        }

    state = text("waiting 等待同意、witnessed 同事已确认、open 办理中、over 已结束")
    state_name = text("状态，给人看的文字")
    consent_name = named("consent", CONSENTS, "同意的方式，给人看的文字")
    person_name = text("被代办的人，只显示姓氏")
    id_number_mask = text("证件号码，只显示一部分")
    enterprise_name = text("所代表的企业；为本人办理时为空")
    clerk_name = text("经办的窗口人员")
    witness_name = text("确认书面授权的同事；没有时为空")
    is_mine = graphene.Boolean(required=True, description="由我经办")

    @staticmethod
    def resolve_state(sitting: CounterSitting, _info: Any) -> str:
        """Of this moment."""
        return state_of(sitting)

    @staticmethod
    def resolve_state_name(sitting: CounterSitting, _info: Any) -> str:
        """In words."""
        return str(SITTINGS[state_of(sitting)])

    @staticmethod
    def resolve_person_name(sitting: CounterSitting, _info: Any) -> str:
        """The surname and stars."""
        return mask_name(sitting.person.name)

    @staticmethod
    def resolve_id_number_mask(sitting: CounterSitting, _info: Any) -> str:
        """As it is stored for showing."""
        return sitting.person.id_number_mask

    @staticmethod
    def resolve_enterprise_name(sitting: CounterSitting, _info: Any) -> str:
        """For whom they ask."""
        return sitting.enterprise.name if sitting.enterprise else ""

    @staticmethod
    def resolve_clerk_name(sitting: CounterSitting, _info: Any) -> str:
        """Who serves."""
        return sitting.officer.name

    @staticmethod
    def resolve_witness_name(sitting: CounterSitting, _info: Any) -> str:
        """Who has seen the paper."""
        return sitting.witness.name if sitting.witness else ""

    @staticmethod
    def resolve_is_mine(sitting: CounterSitting, info: Any) -> bool:
        """Whether the viewer is the clerk."""
        return bool(sitting.officer.account_id == info.context.viewer.account_id)


def _begin(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    """The purpose that the person reads is the item's own name. Refusals: ITEM_NOT_AVAILABLE, NOT_ON_APPLICATION."""
    purpose = startable_version(given["item_code"]).item.name
    sitting = commands.begin_sitting(
        viewer=context.viewer, key=idempotency_key, purpose=purpose, **given
    )
    return {"sitting": sitting}


def _witness(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    sitting = commands.witness_sitting(viewer=context.viewer, key=idempotency_key, **given)
    return {"sitting": sitting}


def _confirm(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    viewer = context.viewer
    sitting, tokens = commands.confirm_sitting(viewer=viewer, key=idempotency_key, **given)
    return {"sitting": sitting, "signed_in": tokens, "me": Mine(tokens.viewer)}


def _end(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    commands.end_sitting(viewer=context.viewer, key=idempotency_key, **given)
    return {"ended": True}


def _sittings(_root: object, info: Any, **page: Any) -> Any:
    viewer = info.context.viewer
    rows = visible_sittings(viewer)
    return page_of(rows, order=("-id",), viewer=viewer, query="counterSittings", **page)


def _word(description: str, **options: Any) -> graphene.Argument:
    return graphene.Argument(graphene.String, description=description, **options)


_SITTING = {"sitting": graphene.Field(SittingType, description="这次代办；被拒绝时为空")}
_ID = {"sitting_id": graphene.Argument(graphene.UUID, required=True, description="窗口代办的标识")}

QUERIES = {
    "counter_sittings": graphene.Field(
        page_type(SittingType, "窗口代办"),
        args=page_arguments(),
        resolver=_sittings,
        description="本中心的窗口代办，新的在前",
    ),
}
VERBS = {
    "begin_sitting": Verb(
        "窗口代办：请当面的人同意。没有书面授权书编号时，验证码发到本人登记的手机。",
        _begin,
        _SITTING,
        {
            "id_number": _word("本人的公民身份号码", required=True),
            "name": _word("本人的姓名", required=True),
            "item_code": _word("办理的事项；同意只对这一个事项有效", required=True),
            "acting_for": _word("为企业办理时，统一社会信用代码", default_value=""),
            "paper_number": _word("书面授权书的编号；用验证码时为空", default_value=""),
        },
    ),
    "witness_sitting": Verb(
        "另一名窗口人员确认：见到了本人和签好的书面授权书。",
        _witness,
        _SITTING,
        _ID,
    ),
    "confirm_sitting": Verb(
        "用本人的验证码开始代办，或者在同事确认书面授权后开始；得到只能办理这一事项的凭据，最长一小时。",
        _confirm,
        _SITTING
        | {
            "signed_in": graphene.Field(SignedInType, description="凭据；被拒绝时为空"),
            "me": graphene.Field(Me, description="被代办的人；被拒绝时为空"),
        },
        _ID | {"code": _word("本人手机上的六位验证码", default_value="")},
    ),
    "end_sitting": Verb(
        "结束窗口代办；凭据立即失效。",
        _end,
        {"ended": graphene.Boolean(description="已经结束")},
        _ID,
    ),
}
