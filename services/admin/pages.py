"""The pages on which a version is read and edited, entry by entry."""

from typing import Any
from uuid import UUID

import yaml
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from people.errors import Refusal
from services import editing
from services.admin.desk import Desk
from services.admin.entry_form import EntryForm
from services.admin.faults import refusal_lines
from services.admin.lists import Lister
from services.admin.sheets import NEW, Sheet, is_list, sheet_at, tab_of
from services.fault_words import rule_words
from services.place_words import place_words


def sheet_view(request: HttpRequest, version_id: UUID, place: str) -> HttpResponse:
    """A page of a version: a list, one entry, or a new one."""
    desk = Desk(request, version_id)
    if is_list(place):
        return _list_page(desk, place)
    sheet = sheet_at(place)
    if sheet is None:
        raise Http404
    if request.method == "POST":
        return _write(desk, sheet, place)
    form = _form(desk, sheet, place)
    return render(request, "admin/services/sheet.html", _sheet_context(desk, sheet, place, form))


@require_POST
def order_view(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Moves an entry up or down, or removes it."""
    desk = Desk(request, version_id)
    act, _, place = request.POST.get("act", "").partition(":")
    try:
        changed = _ordered(desk, act, place)
        desk.keep(changed, request.POST.get("digest", ""))
    except Refusal as refusal:
        for line in refusal_lines(desk.definition, refusal):
            messages.error(request, line)
        back = place if act == "remove" else tab_of(place)
        return HttpResponseRedirect(desk.link("sheet", back))
    if act == "remove":
        messages.success(request, "已删除。")
    return HttpResponseRedirect(desk.link("sheet", tab_of(place)) + f"#{place}")


def _ordered(desk: Desk, act: str, place: str) -> dict[str, Any]:
    match act:
        case "up":
            return editing.moved(desk.definition, place, -1)
        case "down":
            return editing.moved(desk.definition, place, 1)
        case "remove":
            return editing.without(desk.definition, place)
    raise Http404


def _list_page(desk: Desk, place: str) -> HttpResponse:
    context = desk.context(place, place_words(desk.definition, place))
    context["blocks"] = Lister(desk.pickers, desk.faults).blocks(place)
    context["faults"] = [one for one in desk.faults if one.sheet == place]
    return render(desk.request, "admin/services/list.html", context)


def _entry(desk: Desk, sheet: Sheet, place: str) -> dict[str, Any]:
    """The mapping that a sheet edits; empty for a new one. 404 when it is not there."""
    at = place if sheet.at is None else sheet.at
    if place.endswith(f".{NEW}"):
        return {}
    found = editing.entry_at(desk.definition, at)
    if found is None and "." in at:
        raise Http404
    return found or {}


def _form(desk: Desk, sheet: Sheet, place: str) -> EntryForm:
    """The form of an entry, bound to what was posted."""
    data = desk.request.POST if desk.request.method == "POST" else None
    form = sheet.form(desk.pickers, _entry(desk, sheet, place), data, locked=not desk.is_open)
    if place == "basics":
        form.fields["code"].disabled = True
    return form


def _write(desk: Desk, sheet: Sheet, place: str) -> HttpResponse:
    """Keeps what was posted, or shows the page again with what is wrong and nothing changed."""
    if not desk.may_act:
        raise PermissionDenied
    request = desk.request
    if not desk.is_open:
        messages.error(request, rule_words("NOT_A_DRAFT", {}))
        return HttpResponseRedirect(desk.link("sheet", place))
    form = _form(desk, sheet, place)
    if "_refresh" in request.POST:
        form.unjudged()
    elif form.is_valid():
        try:
            kept = _keep(desk, sheet, place, form)
        except Refusal as refusal:
            for problem, line in zip(
                refusal.problems, refusal_lines(desk.definition, refusal), strict=False
            ):
                form.add_error("id" if problem.code == "TWICE" else None, line)
        else:
            return _after(desk, sheet, kept)
    context = _sheet_context(desk, sheet, place, form)
    return render(request, "admin/services/sheet.html", context)


def _keep(desk: Desk, sheet: Sheet, place: str, form: EntryForm) -> str:
    """Writes the entry into the draft; its place."""
    digest = desk.request.POST.get("digest", "")
    entry = form.written()
    if sheet.at is not None:
        desk.keep(editing.with_values(desk.definition, sheet.at, _changes(form, entry)), digest)
        return place
    above, _, name = place.rpartition(".")
    if not above:
        desk.keep(editing.with_values(desk.definition, "", {place: entry}), digest)
        return place
    if form.is_named and not entry.get("id"):
        entry["id"] = _next_name(desk, above, sheet.prefix) if name == NEW else name
    if name == NEW:
        desk.keep(editing.with_new(desk.definition, above, entry), digest)
    else:
        desk.keep(editing.with_entry(desk.definition, place, entry), digest)
    return f"{above}.{entry.get('id') or entry.get('code')}"


def _changes(form: EntryForm, entry: dict[str, Any]) -> dict[str, Any]:
    """The keys of the form as they are to be set; None for one that goes."""
    return {name: entry.get(name) for name in form.fields}


def _next_name(desk: Desk, above: str, prefix: str) -> str:
    taken = {name for name, _ in editing.entries_at(desk.definition, above)}
    return next(name for n in range(1, 10_000) if (name := f"{prefix}{n}") not in taken)


def _after(desk: Desk, sheet: Sheet, place: str) -> HttpResponse:
    """Back to the list, or again to the entry when something is wrong with it."""
    here = [one for one in desk.faults if one.sheet == place]
    if here:
        messages.warning(desk.request, f"已保存，但这一页还有 {len(here)} 处需要改正，见下。")
    else:
        messages.success(desk.request, f"“{place_words(desk.definition, place)}”已保存。")
    stays = here or "_stay" in desk.request.POST
    page = place if stays else sheet.tab
    return HttpResponseRedirect(desk.link("sheet", page) + ("" if stays else f"#{place}"))


def _sheet_context(desk: Desk, sheet: Sheet, place: str, form: EntryForm) -> dict[str, Any]:
    is_new = place.endswith(f".{NEW}")
    title = f"新的{sheet.title}" if is_new else place_words(desk.definition, place) or sheet.title
    context = desk.context(sheet.tab, title)
    at = "basics" if sheet.at == "" and place == "basics" else place
    unseen = form.unseen if sheet.at is None and not is_new else {}
    context |= {
        "form": form,
        "place": place,
        "is_new": is_new,
        "removable": "." in place and not is_new and desk.is_open,
        "faults": [one for one in desk.faults if one.sheet == at] if desk.has_faults else [],
        "unseen": yaml.safe_dump(unseen, allow_unicode=True, sort_keys=False) if unseen else "",
        "back": desk.link("sheet", sheet.tab) if sheet.tab != place else "",
        "blocks": Lister(desk.pickers, desk.faults).blocks(place),
        "users": _users(desk, place) if "." in place else [],
    }
    return context


def _users(desk: Desk, place: str) -> list[str]:
    """Where else an entry is named, each place once."""
    mentions = editing.mentions_of(desk.definition, place)
    return list(dict.fromkeys(place_words(desk.definition, one.place) for one in mentions))
