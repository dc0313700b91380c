"""Which form a place of a definition is edited with, and what a list of it shows."""

import re
from dataclasses import dataclass

from services.admin.entry_form import EntryForm
from services.admin.sheets_conditions import CheckForm, EligibilityForm, PartForm
from services.admin.sheets_form import ColumnForm, FieldForm, SectionForm
from services.admin.sheets_guide import ContactsForm, GuideForm
from services.admin.sheets_item import BasicsForm, LimitsForm, RemediesForm, ResultForm, StopForm
from services.admin.sheets_materials import MaterialForm, MaterialGroupForm
from services.admin.sheets_route import RouteForm, StepForm, StepGroupForm

NEW = "+"


@dataclass(frozen=True)
class Sheet:
    """One kind of page: its form, what it is called, the page it belongs to, what a new entry's id begins with.

    `at` is the place of the mapping that it edits: "" the definition itself, None the place of the page.
    """

    form: type[EntryForm]
    title: str
    tab: str
    prefix: str = ""
    at: str | None = None


_NAME = r"[^.]+"
_SHEETS = {
    "basics": Sheet(BasicsForm, "基本信息", "basics", at=""),
    "guide": Sheet(GuideForm, "办事指南", "guide"),
    r"guide\.contacts": Sheet(ContactsForm, "咨询、投诉和办理地点", "guide", at="guide.contacts"),
    "limits": Sheet(LimitsForm, "时限", "limits"),
    "remedies": Sheet(RemediesForm, "救济途径", "remedies"),
    "joining": Sheet(RouteForm, "合并方式", "route", at=""),
    rf"form\.{_NAME}": Sheet(SectionForm, "表单分节", "form", "part"),
    rf"form\.{_NAME}\.fields\.{_NAME}": Sheet(FieldForm, "表单项", "form", "field"),
    rf"form\.{_NAME}\.fields\.{_NAME}\.columns\.{_NAME}": Sheet(ColumnForm, "列", "form", "column"),
    rf"materials\.{_NAME}": Sheet(MaterialForm, "申请材料", "materials", "material"),
    rf"material_groups\.{_NAME}": Sheet(MaterialGroupForm, "材料组", "materials", "group"),
    rf"route\.{_NAME}": Sheet(StepForm, "办理环节", "route", "step"),
    rf"groups\.{_NAME}": Sheet(StepGroupForm, "环节组", "route", "group"),
    rf"parts\.{_NAME}": Sheet(PartForm, "组成事项", "route", "part"),
    rf"eligibility\.{_NAME}": Sheet(EligibilityForm, "申请资格", "form", "eligible"),
    rf"checks\.{_NAME}": Sheet(CheckForm, "填报校验", "form", "check"),
    rf"results\.{_NAME}": Sheet(ResultForm, "办理结果", "results"),
    rf"stops\.{_NAME}": Sheet(StopForm, "特别程序", "limits"),
}
TABS = {
    "basics": "基本信息",
    "guide": "办事指南",
    "limits": "时限",
    "form": "申请表单",
    "materials": "申请材料",
    "route": "办理流程",
    "results": "办理结果",
    "remedies": "救济途径",
}


def sheet_at(place: str) -> Sheet | None:
    """The sheet that edits a place, None when there is none."""
    return next((sheet for form, sheet in _SHEETS.items() if re.fullmatch(form, place)), None)


def is_list(place: str) -> bool:
    """Whether a place is a page that lists entries."""
    return place in {"form", "materials", "route", "results"}


def tab_of(place: str) -> str:
    """The page under which a place is found."""
    sheet = sheet_at(place)
    if sheet is not None:
        return sheet.tab
    lists = {"groups": "route", "parts": "route", "material_groups": "materials"}
    lists |= {"stops": "limits", "eligibility": "form", "checks": "form"}
    return lists.get(place, place if place in TABS else "basics")


__all__ = ["NEW", "TABS", "Sheet", "is_list", "sheet_at", "tab_of"]
