"""The administration's words for the rows and columns of this room."""

from collections.abc import Mapping

from django.db import models

from people.labels import label
from people.models import (
    Account,
    AuditRecord,
    Department,
    Division,
    Enterprise,
    Mandate,
    Officer,
    Person,
    Session,
    StaffRole,
)

PERIOD = {"valid_from": "第一天", "valid_until": "最后一天"}


NAMES: Mapping[type[models.Model], tuple[str, Mapping[str, str]]] = {
    Account: (
        "账号",
        {
            "sign_in_name": "登录名",
            "password": "密码",
            "is_active": "启用",
            "is_superuser": "系统管理员",
            "locked_until": "锁定至",
            "failed_attempts": "连续失败次数",
            "last_login": "上次登录",
        },
    ),
    Person: (
        "自然人",
        {
            "name": "姓名",
            "id_kind": "证件类型",
            "id_number_mask": "证件号码（部分）",
            "phone_mask": "电话（部分）",
        },
    ),
    Enterprise: (
        "企业",
        {"credit_code": "统一社会信用代码", "name": "名称", "address": "住所", "is_active": "存续"},
    ),
    Mandate: ("授权委托", {"items": "事项编码", "revoked_at": "撤销时间", **PERIOD}),
    Division: (
        "行政区划",
        {
            "code": "代码",
            "name": "名称",
            "parent": "上级",
            "kind": "种类",
            "merged_into": "撤并后由谁承接",
            **PERIOD,
        },
    ),
    Department: (
        "部门",
        {
            "function": "职能代码",
            "division": "行政区划",
            "code": "部门代码",
            "name": "名称",
            "credit_code": "统一社会信用代码",
            "document_word": "发文字头",
            "channel": "信件渠道（desk 工作台、system 部门系统）",
            "review_body": "复议机关",
            "court": "管辖法院",
        },
    ),
    StaffRole: (
        "岗位角色",
        {
            "code": "代码",
            "name": "名称",
            "duty": "职责",
            "at_desk": "在办事大厅工作",
            "permissions": "管理权限",
        },
    ),
    Officer: (
        "工作人员",
        {
            "account": "账号",
            "department": "部门",
            "staff_number": "工号",
            "name": "姓名",
            "role": "角色",
            **PERIOD,
        },
    ),
    Session: (
        "登录会话",
        {
            "created_at": "登录时间",
            "rotated_at": "续期时间",
            "expires_at": "到期时间",
            "revoked_at": "结束时间",
        },
    ),
    AuditRecord: (
        "审计记录",
        {
            "at": "时间",
            "actor": "谁",
            "acting_for": "代表",
            "action": "动作",
            "subject_kind": "对象类别",
            "subject_id": "对象标识",
            "outcome": "结果",
            "details": "详情",
            "request_id": "请求编号",
        },
    ),
}


def name_everything() -> None:
    """Gives the models of this room their Chinese names."""
    for model, (title, columns) in NAMES.items():
        label(model, title, **columns)
