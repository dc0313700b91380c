"""What the published guide (实施清单、办事指南) of an item says beside its form, materials, route and limits (pure).

The elements of ZWFW C0109.2-2018 as the national platform's tables up_task_general_basic and _extend hold them, and
of GB/T 39046-2020, table 4. Every element may be absent; what is missing or contradicts itself is linted.
"""

from dataclasses import dataclass, field

from services.codes import (
    BodyNature,
    CaseKind,
    Channel,
    Level,
    OnlineDepth,
    PowerSource,
    ResultKind,
    ReviewKind,
    Scope,
    Served,
    SpecialProcedure,
)
from services.limits import Limit


@dataclass(frozen=True)
class Body:
    """A body (机构): the one that handles (实施主体), decides (承办机构), entrusts or takes part (联办机构)."""

    name: str
    credit_code: str = ""
    nature: BodyNature | None = None


@dataclass(frozen=True)
class Fee:
    """A fee (收费项目): its standard as people read it, and whether it may be reduced (可否减免)."""

    name: str
    standard: str
    basis: str
    reducible: bool | None = None
    reduction: str = ""


@dataclass(frozen=True)
class Intermediary:
    """A service (中介服务) that a body outside government must give before the item can be handled."""

    name: str
    body: str = ""
    within: Limit | None = None
    charge: str = ""
    note: str = ""


@dataclass(frozen=True)
class Special:
    """A special procedure (特别程序) that the promise does not count."""

    kind: SpecialProcedure
    name: str
    basis: str
    within: Limit | None = None


@dataclass(frozen=True)
class Question:
    """A question that is often asked (常见问题) and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Place:
    """Where one may come (办理地点), with its own hours and telephone where they differ."""

    name: str
    address: str
    hours: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Contacts:
    """Telephones to ask (咨询) and to complain (监督投诉), the counter's own (窗口), where and when to come."""

    enquiry: str = ""
    complaint: str = ""
    window: str = ""
    hours: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A result as the guide names it (结果名称、类型、样本); `code` is the certificate type, if it is one."""

    name: str
    kind: ResultKind | None = None
    code: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """A town or village (GB/T 10114, 9 or 12 digits) to which the item is carried (延伸的乡镇、村)."""

    code: str
    name: str


@dataclass(frozen=True)
class Topics:
    """The topics (服务主题) under which people and enterprises find it, by their names or codes."""

    person: tuple[str, ...] = ()
    enterprise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The published guide of an item; an element that is not there is empty or None.

    Foreign codes (`local_*`) stand apart and are never parsed.
    """

    # who, by which power
    task_code: str = ""  # 实施编码
    handle_code: str = ""  # 业务办理项编码
    local_catalogue_code: str = ""  # 地方基本编码
    local_task_code: str = ""  # 地方实施编码
    levels: tuple[Level, ...] = ()
    body: Body | None = None
    handled_by: Body | None = None
    entrusted_by: Body | None = None
    joint_bodies: tuple[Body, ...] = ()
    power_source: PowerSource | None = None
    powers: str = ""  # 权限划分
    exercise: str = ""  # 行使内容
    jurisdiction: str = ""  # 行政管辖
    relieves_levy: bool = False  # 减免审批: the one levy that people apply for
    # how it is handled
    case_kind: CaseKind | None = None
    review_kind: ReviewKind | None = None
    served: tuple[Served, ...] = ()
    topics: Topics = field(default_factory=Topics)
    channels: tuple[Channel, ...] = ()
    visits: int | None = None
    visits_reason: str = ""
    scope: Scope | None = None
    quantity_limit: str = ""
    statutory_note: str = ""  # 法定办结时限说明
    promised_note: str = ""  # 承诺办结时限说明
    special_procedures: tuple[Special, ...] = ()
    flow: str = ""
    flow_charts: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    rights: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    # what it costs
    charged: bool | None = None
    fee_basis: str = ""
    fees: tuple[Fee, ...] = ()
    pay_online: bool | None = None
    intermediaries: tuple[Intermediary, ...] = ()
    # where, and with which services
    contacts: Contacts = field(default_factory=Contacts)
    online_depth: OnlineDepth | None = None
    computer_url: str = ""
    mobile_url: str = ""
    one_sign_in: bool | None = None  # 单点登录
    mobile_one_sign_in: bool | None = None
    system_level: Level | None = None  # 运行系统层级
    in_hall: bool | None = None  # 进驻政务大厅
    appointment: bool | None = None  # 预约办理
    express: bool | None = None  # 物流快递
    terminals: bool | None = None  # 自助终端
    promise_allowed: bool | None = None  # 证明事项告知承诺
    reaches: tuple[Reach, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the definition has no guide."""
        return self == Guide()
