"""Types of certificates and staff roles in the administration: added, changed, and refused with what to do."""

import re
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ecert.commands import change_certificate_type
from ecert.face_text import face_text
from ecert.models import CertificateType
from people.commands import change_role
from people.errors import Refusal
from people.models import Account, AuditRecord, StaffRole
from people.viewer import Viewer
from tests.city import PASSWORD

pytestmark = pytest.mark.django_db
TYPES, ROLES = "ecert_certificatetype", "people_staffrole"


@pytest.fixture
def administrator(city, client):
    client.force_login(Account.objects.create_superuser("root", "a password of some length"))
    return client


def key():
    return uuid4().hex


def as_posted(kind):
    """A type as its page sends it back."""
    plain = ("type_code", "name", "holder_kind", "issuer_function", "grade", "number_rule")
    return {
        **{name: getattr(kind, name) for name in plain},
        "validity_months": kind.validity_months or "",
        "accent": "gold",
        "orientation": "landscape",
        **kind.design,
        "face": face_text(kind.face_schema, dict(kind.face_labels)),
        "key": key(),
    }


def post(client, page, row, given):
    place = reverse(f"admin:{page}_change", args=[row.pk]) if row else reverse(f"admin:{page}_add")
    return client.post(place, given)


def errors_of(answer):
    return " ".join(re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.content.decode(), re.S))


def test_a_new_type_is_added_shown_by_its_name_and_found_in_the_audit_in_chinese(administrator):
    old = CertificateType.objects.get(code="SIGNBOARD_PERMIT")
    given = as_posted(old) | {"code": "STALL_PERMIT", "type_code": old.type_code[:18] + "901"}
    given |= {"name": "临时摊位证", "face": "name: {label: 名称, required: true, type: string}\n"}
    assert "已有证照类型" in errors_of(post(administrator, TYPES, None, given | {"code": old.code}))
    assert post(administrator, TYPES, None, given).status_code == 302
    made = CertificateType.objects.get(code="STALL_PERMIT")
    assert made.face_schema["required"] == ["name"]
    assert post(administrator, TYPES, None, given).status_code == 302  # the same form sent twice
    assert CertificateType.objects.filter(name="临时摊位证").count() == 1
    page = administrator.get(reverse(f"admin:{TYPES}_change", args=[made.pk])).content.decode()
    assert "CertificateType object" not in page
    assert "临时摊位证" in page
    listed = administrator.get(
        reverse("admin:people_auditrecord_changelist"), {"q": "新增证照类型"}
    )
    assert listed.context["cl"].result_count == 1
    shown = listed.content.decode()
    assert all(text in shown for text in ("新增证照类型", "证照类型 STALL_PERMIT", "已办"))
    assert "add_certificate_type" not in shown


def test_a_used_type_says_what_may_not_change_and_why_and_grows_otherwise(administrator, city):
    kind = CertificateType.objects.get(code="FOOD_BUSINESS_LICENCE")
    given = as_posted(kind)
    lines = given["face"].splitlines()
    without = "\n".join(lines[1:])
    told = errors_of(post(administrator, TYPES, kind, given | {"face": without}))
    assert "不能删除" in told
    assert "个事项依赖它" in told
    assert "编号" in errors_of(
        post(administrator, TYPES, kind, given | {"number_rule": "{sequence}"})
    )
    kind.refresh_from_db()
    assert as_posted(kind)["face"] == given["face"]
    assert kind.edited_at is None
    longer = given["face"] + "chain: {label: 连锁品牌, type: string, maxLength: 60}\n"
    assert post(administrator, TYPES, kind, given | {"face": longer}).status_code == 302
    kind.refresh_from_db()
    assert ["chain", "连锁品牌"] in kind.face_labels
    noted = AuditRecord.objects.get(action="change_certificate_type")
    assert noted.details == {"fields": ["face_labels", "face_schema"]}
    call_command("load_city", verbosity=0)  # a file does not undo it
    assert "chain" in CertificateType.objects.get(pk=kind.pk).face_schema["properties"]


def test_a_role_of_the_catalogue_may_keep_types_and_no_other_may(city, client):
    kind = CertificateType.objects.get(code="SIGNBOARD_PERMIT")
    given = as_posted(kind) | {"name": "店招设置许可"}
    login = {"username": "zhengshu.bianji", "password": PASSWORD}
    client.post(reverse("admin:login"), login)
    assert post(client, TYPES, kind, given).status_code == 403
    editor = StaffRole.objects.get(code="catalogue_editor")
    editor.permissions += ["ecert.view_certificatetype", "ecert.change_certificatetype"]
    editor.save()
    assert post(client, TYPES, kind, given).status_code == 302
    assert post(client, TYPES, None, given | {"code": "NEW_ONE"}).status_code == 403
    plain = Viewer(kind="system", account_id=city.owner.account_id, reason="administration")
    with pytest.raises(Refusal, match="FORBIDDEN"):
        change_certificate_type(viewer=plain, key=key(), kind=city_kind(kind))


def city_kind(kind):
    names = ("code", "type_code", "name", "holder_kind", "issuer_function", "validity_months")
    names += ("grade", "number_rule", "design", "face_schema")
    return {name: getattr(kind, name) for name in names} | {"face_labels": dict(kind.face_labels)}


def test_a_role_is_added_given_to_an_officer_and_loses_no_right_in_silence(administrator, city):
    given = {
        "code": "archivist",
        "name": "档案员",
        "duty": "查阅审计和证照",
        "permissions": ["people.view_auditrecord", "ecert.view_certificate"],
        "key": key(),
    }
    assert "小写字母" in errors_of(post(administrator, ROLES, None, given | {"code": "档案"}))
    assert post(administrator, ROLES, None, given).status_code == 302
    role = StaffRole.objects.get(code="archivist")
    fewer = {**given, "permissions": ["people.view_auditrecord"], "key": key()}
    assert post(administrator, ROLES, role, fewer).status_code == 302  # nobody holds it
    auditor = StaffRole.objects.get(code="auditor")
    none = {"name": "审计员", "duty": auditor.duty, "permissions": [], "key": key()}
    told = errors_of(post(administrator, ROLES, auditor, none))
    assert "现有 1 人担任此角色" in told
    assert "查阅审计记录" in told
    assert StaffRole.objects.get(code="auditor").permissions == ["people.view_auditrecord"]
    assert "现有 1 人" in errors_of(post(administrator, ROLES, auditor, none | {"agreed": 7}))
    assert post(administrator, ROLES, auditor, none | {"agreed": 1}).status_code == 302
    noted = AuditRecord.objects.filter(action="change_role").latest("id")
    assert noted.details["lost"] == ["people.view_auditrecord"]
    assert noted.details["holders"] == 1
    call_command("load_city", verbosity=0)  # a file does not give it back
    assert StaffRole.objects.get(code="auditor").permissions == []


def test_atk_47_no_role_gives_rights_over_rights_and_nobody_but_administrators_keeps_roles(
    administrator, city
):
    auditor = StaffRole.objects.get(code="auditor")
    root = Account.objects.get(sign_in_name="root")
    by = Viewer(kind="system", account_id=root.pk, reason="administration")
    held = {"code": "auditor", "name": "审计员", "duty": "全部", "at_desk": False}
    for permission in ("people.change_officer", "people.change_staffrole", "people.delete_account"):
        wanted = [*auditor.permissions, permission]
        with pytest.raises(Refusal, match="PERMISSION_UNKNOWN"):
            change_role(viewer=by, key=key(), permissions=wanted, **held)
    other = Account.objects.get(sign_in_name="zhengshu.shenji")
    by = Viewer(kind="system", account_id=other.pk, reason="administration")
    with pytest.raises(Refusal, match="FORBIDDEN"):
        change_role(viewer=by, key=key(), permissions=auditor.permissions, **held)
    assert AuditRecord.objects.get(action="change_role").outcome == "FORBIDDEN"
    assert StaffRole.objects.get(code="auditor").duty == auditor.duty


def test_djangos_own_way_to_an_administrator_is_refused(db):
    with pytest.raises(CommandError, match="create_first_admin"):
        call_command("createsuperuser")
    assert not Account.objects.exists()
