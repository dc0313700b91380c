"""Shows the materials of a case: how each is had, its files, what is missing and what is owed for later."""

from collections.abc import Mapping, Sequence
from typing import Any

import graphene

from gateway.forms import certificate_names
from gateway.periods import Limit
from gateway.rows import Row, listed, named, text
from gateway.tickets import download_url
from gateway.words import KINDS, UPLOADS
from people.viewer import Viewer
from services.definition import Definition
from services.materials import Material, material_problems
from services.queries import definition_of
from workflows.filed import UNDER_WAY, checked, files_of, has_files, is_checked
from workflows.models import Case, CaseFile, MaterialPromise
from workflows.queries import facts_of_case, reads_of
from workflows.reading import covers


class MaterialFile(Row):
    """一份材料的一个附件。"""

    class Meta:
        model = CaseFile
        described = {
            "id": "标识，可传给 detachFile",
            "name": "文件名",
            "added_at": "上传时刻",
        }

    size = graphene.Int(description="字节数；未通过检查时为空")
    media_type = text("文件类型，按内容判断")
    state = text("received 正在检查、checked 已通过检查、refused 未通过检查")
    state_name = text("检查的状态，给人看的文字")
    download_url = graphene.String(description="下载地址，几分钟内有效；未通过检查时为空")

    @staticmethod
    def resolve_size(file: CaseFile, _info: Any) -> int | None:
        """Of the bytes that are kept."""
        return file.blob.size if file.blob else None

    @staticmethod
    def resolve_media_type(file: CaseFile, _info: Any) -> str:
        """What the bytes are."""
        return file.blob.media_type if file.blob else ""

    @staticmethod
    def resolve_state(file: CaseFile, _info: Any) -> str:
        """Whether it counts."""
        return str(file.ticket.state)

    @staticmethod
    def resolve_state_name(file: CaseFile, _info: Any) -> str:
        """The same in words."""
        return str(UPLOADS[file.ticket.state])

    @staticmethod
    def resolve_download_url(file: CaseFile, info: Any) -> str | None:
        """A short-lived address."""
        viewer = info.context.viewer
        return download_url(viewer, "files", file.pk) if is_checked(file) else None


class CaseMaterial(graphene.ObjectType):
    """一件办件的一份材料。"""

    id = text("材料的名称代码")
    name = text("材料名称")
    mode = text("提供方式")
    mode_name = named("mode", KINDS, "提供方式，给人看的文字")
    certificate_name = text("代替它的电子证照，没有时为空")
    help = text("说明")
    blank_form = text("空白表的文件名或者网址，可以为空")
    sample = text("样表的文件名或者网址，可以为空")
    group = text("所在的任选组，没有时为空")
    group_name = text("与哪些材料任选其一，没有时为空")
    conditional = graphene.Boolean(required=True, description="是否必要取决于回答")
    required = graphene.Boolean(required=True, description="按已填写的内容，是否必要")
    is_called = graphene.Boolean(required=True, description="按已填写的内容，是否用得上")
    is_missing = graphene.Boolean(required=True, description="必要而尚未具备")
    is_filed = graphene.Boolean(required=True, description="需要上传文件")
    is_open = graphene.Boolean(required=True, description="您现在可以添加或者移除附件")
    accept = listed(graphene.String, "可以上传的文件类型")
    most_files = graphene.Int(required=True, description="最多几个文件")
    files = listed(MaterialFile, "附件")
    later = graphene.Field(Limit, description="受理后多久以内可以补齐；不能容缺时为空")
    is_promised = graphene.Boolean(required=True, description="已承诺受理后补齐")
    owed_until = graphene.Date(description="受理后须在哪一天前补齐；不欠时为空")

    @staticmethod
    def resolve_certificate_name(found: dict[str, Any], info: Any) -> str:
        """The certificate that replaces it."""
        return certificate_names(info.context).get(found["certificate"], "")


def materials_of(viewer: Viewer, case: Case) -> list[dict[str, object]]:
    """Every material as it stands; files only as far as the viewer may read them."""
    definition = definition_of(case.item_version)
    linked = {str(fact["type"]) for fact in facts_of_case(case) if fact["status"] == "valid"}
    filed = has_files(definition)
    files = files_of(case) if filed else []
    promises = {
        promise.material: promise
        for promise in (MaterialPromise.objects.filter(case=case) if filed else ())
    }
    problems = material_problems(
        definition.materials,
        case.answers,
        linked,
        checked(files),
        promises,
        definition.material_groups,
    )
    missing = {problem.field.removeprefix("materials.") for problem in problems}
    reads = reads_of(viewer, case, definition) if files else None
    groups = {group.id: group.name for group in definition.material_groups}
    return [
        {
            **_said(material, groups),
            "required": material.needed(case.answers),
            "is_called": material.called(case.answers),
            "is_missing": bool({material.id, material.group} & missing),
            "files": _files(files, material, reads),
            **_later(viewer, case, definition, material, promises.get(material.id)),
        }
        for material in definition.materials
    ]


def _said(material: Material, groups: Mapping[str, str]) -> dict[str, object]:
    """What the item says of a material, whatever the case holds."""
    return {
        "id": material.id,
        "name": material.title,
        "mode": material.mode,
        "certificate": material.certificate,
        "help": material.help,
        "blank_form": material.blank_form,
        "sample": material.sample,
        "group": material.group,
        "group_name": groups.get(material.group, ""),
        "conditional": material.required_when is not None,
        "is_filed": material.is_filed,
        "accept": material.accept if material.is_filed else (),
        "most_files": material.most_files if material.is_filed else 0,
    }


def _files(
    files: Sequence[CaseFile], material: Material, reads: Sequence[str] | None
) -> list[CaseFile]:
    if reads is not None and not covers(reads, f"materials.{material.id}"):
        return []
    return [file for file in files if file.material == material.id]


def _later(
    viewer: Viewer,
    case: Case,
    definition: Definition,
    material: Material,
    promise: MaterialPromise | None,
) -> dict[str, object]:
    """What the applicant may still do with it, and what was promised."""
    owed = promise is not None and promise.supplied_at is None and promise.missed_at is None
    due = promise.due_on if promise is not None and owed else None
    asked = {item["field"] for item in case.corrections} if case.state == "correcting" else set()
    is_open = case.state == "draft" or f"materials.{material.id}" in asked
    is_open = is_open or (due is not None and case.state in UNDER_WAY)
    return {
        "later": material.later,
        "is_promised": promise is not None,
        "owed_until": due,
        "is_open": material.is_filed and viewer.is_applicant and is_open,
    }
