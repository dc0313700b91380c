"""Who asks: signing in and out, and what the viewer is."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

import graphene
from django.db.models import Model, QuerySet

from gateway.context import Context
from gateway.rows import Row, listed, named, text
from gateway.verbs import Verb
from gateway.words import FUNCTIONS, ROLES, worded
from people import commands
from people.models import Department, Enterprise, Person
from people.queries import capacities_of
from people.viewer import Viewer

Found = TypeVar("Found", bound=Model)


class DepartmentType(Row):
    """一个部门。"""

    class Meta:
        name = "Department"
        model = Department
        described = {
            "id": "标识",
            "code": "部门代码，由职能与行政区划组成",
            "name": "部门名称",
            "function": "职能代码，如 market_regulation",
        }

    function_name = named("function", FUNCTIONS, "职能")
    division_name = text("所在行政区划")

    @staticmethod
    def resolve_division_name(department: Department, _info: Any) -> str:
        """The division's name."""
        return department.division.name


class EnterpriseType(Row):
    """一家企业。"""

    class Meta:
        name = "Enterprise"
        model = Enterprise
        described = {
            "id": "标识",
            "credit_code": "统一社会信用代码",
            "name": "名称",
            "address": "住所",
        }


class CapacityType(graphene.ObjectType):
    """可以用来办理的一个身份。"""

    class Meta:
        name = "Capacity"

    acting_for = text("登录时作为 actingFor 传入；空为本人")
    name = text("身份的名称")


class Me(graphene.ObjectType):
    """当前登录的人，以什么身份。"""

    kind = text("person 本人、enterprise 代表企业、officer 工作人员")
    name = text("姓名、企业或部门的名称")
    id_number_mask = graphene.String(description="证件号码，只显示一部分")
    phone_mask = graphene.String(description="电话号码，只显示一部分")
    enterprise = graphene.Field(EnterpriseType, description="所代表的企业")
    department = graphene.Field(DepartmentType, description="所在的部门")
    roles = listed(graphene.String, "角色：counter、officer、approver、supervisor")
    role_names = listed(graphene.String, "角色，给人看的文字")
    capacities = listed(CapacityType, "可以切换的身份")

    @staticmethod
    def resolve_name(me: "Mine", _info: Any) -> str:
        """The name of what the viewer acts as."""
        acts_as = me.department or me.enterprise or me.person
        return acts_as.name if acts_as else ""

    @staticmethod
    def resolve_role_names(me: "Mine", _info: Any) -> list[str]:
        """Roles in words."""
        return [worded(ROLES, role) for role in me.roles]


class Mine:
    """The rows of one viewer."""

    def __init__(self, viewer: Viewer) -> None:
        self.kind = viewer.kind
        self.roles = sorted(viewer.roles)
        departments = Department.objects.select_related("division")
        self.person = _row(Person.objects.all(), viewer.person_id)
        self.enterprise = _row(Enterprise.objects.all(), viewer.enterprise_id)
        self.department = _row(departments, viewer.department_id)
        self.id_number_mask = self.person.id_number_mask if self.person else None
        self.phone_mask = self.person.phone_mask if self.person else None
        self.capacities = capacities_of(viewer)


def _row(rows: QuerySet[Found], key: UUID | None) -> Found | None:
    """The row of a key; no statement without one."""
    return rows.filter(pk=key).first() if key else None


class SignedInType(graphene.ObjectType):
    """登录的凭据。"""

    class Meta:
        name = "SignedIn"

    access_token = text("访问令牌，放在请求头 Authorization: Bearer 之后")
    expires_in = graphene.Int(required=True, description="访问令牌还有几秒有效")
    refresh_token = text("续期令牌，只能用一次，用后换新")


def _me(_root: object, info: Any) -> Mine:
    return Mine(info.context.viewer)


def _sign_in(context: Context, **given: Any) -> Mapping[str, object]:
    return _signed_in(commands.sign_in(request_id=context.request_id, **given))


def _refresh(context: Context, **given: Any) -> Mapping[str, object]:
    return _signed_in(commands.refresh_session(request_id=context.request_id, **given))


def _signed_in(signed_in: commands.SignedIn) -> Mapping[str, object]:
    return {"signed_in": signed_in, "me": Mine(signed_in.viewer)}


def _sign_out(context: Context) -> Mapping[str, object]:
    commands.sign_out(viewer=context.viewer)
    return {"signed_out": True}


def _word(description: str, **options: Any) -> graphene.Argument:
    return graphene.Argument(graphene.String, description=description, **options)


_SIGNED_IN = {
    "signed_in": graphene.Field(SignedInType, description="登录的凭据；被拒绝时为空"),
    "me": graphene.Field(Me, description="登录的人；被拒绝时为空"),
}

QUERIES = {
    "me": graphene.Field(Me, resolver=_me, description="当前登录的人"),
}
VERBS = {
    "sign_in": Verb(
        "登录。登录名与密码哪个不对，不作区分。",
        _sign_in,
        _SIGNED_IN,
        {
            "sign_in_name": _word("登录名", required=True),
            "password": _word("密码", required=True),
            "acting_for": _word("以什么身份：空为本人，见 me.capacities", default_value=""),
        },
        keyed=False,
    ),
    "refresh_session": Verb(
        "用续期令牌换新的凭据。续期令牌用过两次，整个登录失效。",
        _refresh,
        _SIGNED_IN,
        {"refresh_token": _word("续期令牌", required=True)},
        keyed=False,
    ),
    "sign_out": Verb(
        "退出登录；访问令牌与续期令牌立即失效。",
        _sign_out,
        {"signed_out": graphene.Boolean(description="已经退出")},
        keyed=False,
    ),
}
