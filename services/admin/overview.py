"""The first page of a version: what is wrong, what may be done with it, who did what, what it changes."""

from typing import Any
from uuid import UUID, uuid4

import yaml
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.admin.noted import administrator
from people.errors import Refusal
from services.admin.desk import URL, Desk
from services.admin.faults import Told, refusal_lines, told
from services.admin.pickers import Pickers
from services.commands import discard_draft, draft_item, publish_draft, return_draft, submit_draft
from services.definition import read_definition
from services.diff_words import told_changes
from services.drawing import as_svg
from services.errors import DefinitionInvalid
from services.fault_words import rule_words
from services.models import ItemVersion
from services.regional import consequences

ACTS = {
    "drafted": "起草",
    "changed": "修改",
    "submitted": "提交审核",
    "returned": "退回",
    "published": "发布",
    "replaced": "被新版本替换",
    "withdrawn": "停用",
    "discarded": "作废",
}
DONE = {
    "submit": "已提交审核，请另一位编辑核对后发布。",
    "return": "已退回起草人。",
    "publish": "已发布。新的办件从生效之日起按本版办理，已有办件不变。",
    "discard": "草稿已作废。",
    "redraft": "已按本版另起一份草稿，可以修改。",
}


class Publishing(forms.Form):
    """Why a version is published or returned, and when it is in force."""

    note = forms.CharField(
        label="说明",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="发布或退回的理由，写入履历。",
    )
    valid_from = forms.DateField(
        label="生效日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填为今天。",
    )
    valid_until = forms.DateField(
        label="失效日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填为长期有效。",
    )


def overview_view(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The first page."""
    return _page(Desk(request, version_id), Publishing())


@require_POST
def act_view(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Submits, returns, publishes or discards a version, or drafts the next one from it."""
    desk = Desk(request, version_id)
    if not desk.may_act:
        raise PermissionDenied
    act, form = request.POST.get("act", ""), Publishing(request.POST)
    if act not in DONE:
        raise Http404
    if not form.is_valid():
        return _page(desk, form)
    try:
        version = _done(desk, act, form.cleaned_data)
    except Refusal as refusal:
        _tell(desk, form, refusal)
        return _page(Desk(request, version_id), form)
    messages.success(request, DONE[act])
    return HttpResponseRedirect(reverse(f"{URL}change", args=[version.pk]))


def _tell(desk: Desk, form: Publishing, refusal: Refusal) -> None:
    """What was refused at its field, or above the page."""
    for problem in refusal.problems:
        if problem.field in form.fields:
            form.add_error(problem.field, rule_words(problem.code, problem.params))
    if not form.errors:
        for line in refusal_lines(desk.definition, refusal):
            messages.error(desk.request, line)


def _done(desk: Desk, act: str, given: dict[str, Any]) -> ItemVersion:
    asked: dict[str, Any] = {"viewer": administrator(desk.request), "key": uuid4().hex}
    version_id = desk.version.pk
    match act:
        case "submit":
            return submit_draft(**asked, version_id=version_id)
        case "return":
            return return_draft(**asked, version_id=version_id, note=given["note"])
        case "publish":
            days = {name: given[name] for name in ("valid_from", "valid_until")}
            return publish_draft(**asked, version_id=version_id, note=given["note"], **days)
        case "discard":
            return discard_draft(**asked, version_id=version_id)
    return draft_item(**asked, definition=desk.definition)


def _page(desk: Desk, form: Publishing) -> HttpResponse:
    version = desk.version
    acts = version.acts.select_related("account").order_by("-id")[:100]
    current = _current(version)
    context = desk.context("overview", "概览")
    context |= {
        "form": form,
        "faults": desk.blocking if desk.has_faults else [],
        "advice": desk.advice if desk.has_faults else [],
        "history": [(act.at, ACTS.get(act.act, act.act), act.account, act.note) for act in acts],
        "current": current,
        "changes": _changes(desk, current) if current else (),
        "regions": _regions(desk) if desk.has_faults and version.division_id is None else [],
    }
    return render(desk.request, "admin/services/overview.html", context)


def _regions(desk: Desk) -> list[tuple[str, tuple[str, ...], list[Told]]]:
    """What publishing this would do to each region with differences of its own: name, changes, problems."""
    if not desk.drawing_address:
        return []
    names = dict(desk.pickers.departments) | dict(desk.pickers.certificates)
    return [
        (
            one.name,
            told_changes(one.override.definition, one.definition, names) if one.definition else (),
            told(one.definition or desk.definition, one.problems),
        )
        for one in consequences(desk.definition)
    ]


def _changes(desk: Desk, current: ItemVersion) -> tuple[str, ...]:
    """What this version changes in the one that is in force, one sentence each."""
    pickers = desk.pickers
    names = dict(pickers.departments) | dict(pickers.certificates)
    names |= Pickers(current.definition).conditions | pickers.conditions
    return told_changes(current.definition, desk.definition, names)


def _current(version: ItemVersion) -> ItemVersion | None:
    """The latest published version of the same item and region before this one."""
    others = ItemVersion.objects.filter(
        item=version.item_id, division=version.division_id, published_at__isnull=False
    )
    return others.filter(number__lt=version.number).order_by("-number").first() or version.base


def text_view(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The definition as YAML, for exchange."""
    desk = Desk(request, version_id)
    text = yaml.safe_dump(desk.definition, allow_unicode=True, sort_keys=False)
    name = f"{desk.version.item.code}-{desk.version.number}.yaml"
    return HttpResponse(
        text,
        content_type="text/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def drawing_view(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The route as a picture; 404 while the definition cannot be read."""
    desk = Desk(request, version_id)
    try:
        definition = read_definition(desk.definition)
    except DefinitionInvalid as invalid:
        raise Http404 from invalid
    return HttpResponse(
        as_svg(definition, dict(desk.pickers.departments)),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
    )
