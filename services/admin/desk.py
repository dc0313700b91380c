"""The desk of one version: what it says, what is wrong with it, who may change it, and its pages."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from people.admin.noted import administrator
from services.admin.faults import Told, told_all
from services.admin.pickers import Pickers
from services.admin.sheets import TABS, tab_of
from services.commands import change_draft
from services.models import ItemVersion
from services.proving import Examination, Examiner

STATES = {"draft": "草稿", "review": "审核中", "published": "已发布", "retired": "已停用"}
MAY_READ, MAY_CHANGE = "services.view_itemversion", "services.change_itemversion"
URL = "admin:services_itemversion_"


class Desk:
    """One version before one reader; PermissionDenied and 404 as everywhere in the administration."""

    def __init__(self, request: HttpRequest, version_id: UUID) -> None:
        if not request.user.has_perm(MAY_READ):
            raise PermissionDenied
        rows = ItemVersion.objects.select_related("item", "drafted_by", "division", "base")
        version = rows.filter(pk=version_id).first()
        if version is None:
            raise Http404
        self.request, self.version = request, version

    @property
    def definition(self) -> Mapping[str, Any]:
        """What the version says now."""
        found: Mapping[str, Any] = self.version.definition
        return found

    @property
    def may_act(self) -> bool:
        """Whether the reader is an editor."""
        return self.request.user.has_perm(MAY_CHANGE)

    @property
    def is_open(self) -> bool:
        """Whether the reader may change what the version says."""
        is_draft = self.version.state == "draft" and self.version.division_id is None
        return is_draft and self.may_act

    @cached_property
    def pickers(self) -> Pickers:
        """What may be picked."""
        return Pickers(self.definition)

    @cached_property
    def faults(self) -> list[Told]:
        """What is wrong now, against what the city has today."""
        return told_all(self.definition, self._found)

    @property
    def blocking(self) -> list[Told]:
        """What keeps the draft from being submitted."""
        return [one for one in self.faults if one.blocks]

    @property
    def advice(self) -> list[Told]:
        """What would make the item better."""
        return [one for one in self.faults if not one.blocks]

    def link(self, page: str, place: str = "") -> str:
        """The address of a page of this version."""
        return reverse(URL + page, args=[self.version.pk, *([place] if place else [])])

    @property
    def act_address(self) -> str:
        """Where what is done with the version is sent."""
        return self.link("act")

    @property
    def order_address(self) -> str:
        """Where moves and removals are sent."""
        return self.link("order")

    @property
    def text_address(self) -> str:
        """The definition as YAML."""
        return self.link("text")

    @property
    def drawing_address(self) -> str:
        """The route as a picture; empty while the definition cannot be read."""
        return self.link("drawing") if self._found.definition is not None else ""

    @cached_property
    def _found(self) -> Examination:
        return Examiner.of_today().examine(self.definition)

    def keep(self, definition: Mapping[str, Any], digest: str) -> None:
        """Puts another definition in the draft's place. Refusals of change_draft."""
        if not self.may_act:
            raise PermissionDenied
        self.version = change_draft(
            viewer=administrator(self.request),
            key=uuid4().hex,
            version_id=self.version.pk,
            definition=definition,
            digest=digest,
        )
        for name in ("faults", "pickers", "_found"):
            self.__dict__.pop(name, None)

    def context(self, page: str, title: str, **more: Any) -> dict[str, Any]:
        """What every page of a version shows."""
        counts = [tab_of(one.sheet) for one in self.blocking] if self.has_faults else []
        tabs = [("overview", "概览", reverse(URL + "change", args=[self.version.pk]), 0)]
        tabs += [
            (name, words, self.link("sheet", name), counts.count(name))
            for name, words in TABS.items()
        ]
        tabs += [("trial", "试运行", self.link("trial"), 0)]
        return {
            **admin.site.each_context(self.request),
            "title": title,
            "subtitle": f"{self.version.item.name} 第 {self.version.number} 版",
            "opts": ItemVersion._meta,
            "desk": self,
            "version": self.version,
            "state": STATES.get(self.version.state, self.version.state),
            "tabs": tabs,
            "page": page,
            **more,
        }

    @property
    def has_faults(self) -> bool:
        """What is wrong is told of drafts; a published version was proven."""
        return self.version.state in {"draft", "review"}
