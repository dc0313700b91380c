"""Decides how long lists are read: keyset pages, signed cursors bound to their query, never a count."""

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import graphene
from django.core import signing
from django.db.models import F, Model, OrderBy, Q, QuerySet

from people.errors import Refusal
from people.viewer import Viewer

MOST = 100
USUAL = 20
SALT = "gateway.paging"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next, empty on the last."""

    nodes: list[Row]
    next: str


class PageInfo(graphene.ObjectType):
    """翻页信息。"""

    has_next_page = graphene.Boolean(required=True, description="是否还有下一页")
    end_cursor = graphene.String(description="下一页的标记，作为 after 传入；没有下一页时为空")


def page_type(node: type[graphene.ObjectType], title: str) -> type[graphene.ObjectType]:
    """The type of a page of nodes: `nodes` and `pageInfo`."""
    name = f"{node._meta.name}Page"
    fields = {
        "__doc__": f"{title}的一页。",
        "nodes": graphene.List(graphene.NonNull(node), required=True, description="本页的各条"),
        "page_info": graphene.Field(PageInfo, required=True, description="翻页信息"),
        "resolve_page_info": staticmethod(_page_info),
    }
    return type(name, (graphene.ObjectType,), fields)


def _page_info(page: Page[Any], _info: object) -> dict[str, object]:
    return {"has_next_page": bool(page.next), "end_cursor": page.next or None}


def page_arguments() -> dict[str, graphene.Argument]:
    """`first` and `after`, as every list has them."""
    return {
        "first": graphene.Argument(
            graphene.Int, default_value=USUAL, description=f"每页条数，1 到 {MOST}"
        ),
        "after": graphene.Argument(graphene.String, description="上一页给出的标记"),
    }


def page_of(
    rows: QuerySet[Row],
    *,
    order: Sequence[str],
    viewer: Viewer,
    query: str,
    first: int | None = USUAL,
    after: str | None = None,
) -> Page[Row]:
    """A page of rows in an order whose last column is unique, `-` meaning descending.

    `query` names what is listed, with its filters: a cursor of one list or of one viewer fits no other.
    PAGE_SIZE_INVALID, CURSOR_INVALID.
    """
    size, bound = _size(first), _bound(viewer, query)
    empty = {name for name in order if _may_be_empty(rows, name)}
    if after:
        place = read_cursor(after, bound, len(order))
        rows = rows.filter(beyond(order, place, empty))
    found = list(rows.order_by(*(_directed(name, empty) for name in order))[: size + 1])
    more = len(found) > size
    return Page(found[:size], write_cursor(found[size - 1], order, bound) if more else "")


def page_in_turn(
    ranks: Sequence[QuerySet[Row]],
    *,
    order: str,
    viewer: Viewer,
    query: str,
    first: int | None = USUAL,
    after: str | None = None,
) -> Page[Row]:
    """A page of several lists, one behind the other, each in the order of one unique column.

    Rows carry the number of their list as `rank`; a list is asked only when those before it are at their end.
    """
    size, bound = _size(first), _bound(viewer, query)
    begun, place = read_cursor(after, bound, 2) if after else (0, None)
    if not isinstance(begun, int):
        raise Refusal("CURSOR_INVALID", field="after")
    found: list[Row] = []
    for rank, rows in enumerate(ranks[begun:], start=begun):
        rest = rows.filter(**{f"{order}__gt": place}) if after and rank == begun else rows
        found += rest.order_by(order)[: size + 1 - len(found)]
        if len(found) > size:
            return Page(found[:size], write_cursor(found[size - 1], ("rank", order), bound))
    return Page(found, "")


def _size(first: int | None) -> int:
    size = USUAL if first is None else first
    if not 1 <= size <= MOST:
        raise Refusal("PAGE_SIZE_INVALID", field="first", most=MOST)
    return size


def _bound(viewer: Viewer, query: str) -> str:
    """What ties a cursor to its list and its viewer."""
    told = f"{query}\n{viewer.actor}\n{viewer.enterprise_id}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def write_cursor(row: Model, order: Sequence[str], bound: str) -> str:
    """The signed place of a row in its order."""
    values = [_plain(getattr(row, column.lstrip("-"))) for column in order]
    return signing.dumps([bound, *values], salt=SALT)


def read_cursor(cursor: str, bound: str, columns: int) -> list[object]:
    """The place that a cursor of this very query names; CURSOR_INVALID for every other text."""
    try:
        values = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        raise Refusal("CURSOR_INVALID", field="after") from None
    if not isinstance(values, list) or len(values) != columns + 1 or values[0] != bound:
        raise Refusal("CURSOR_INVALID", field="after")
    return values[1:]


def beyond(order: Sequence[str], values: Sequence[object], empty: Set[str] = frozenset()) -> Q:
    """Rows after a place in an order: (a, b) > (x, y) spelt out, the direction of each column kept.

    Columns named in `empty` may hold nothing, which stands behind every value, or before it with `-`: as
    PostgreSQL orders them.
    """
    condition, same = Q(pk__in=[]), Q()
    for column, value in zip(order, values, strict=True):
        name, falls = column.lstrip("-"), column.startswith("-")
        if value is None:
            after = Q(**{f"{name}__isnull": False}) if falls else Q(pk__in=[])
        else:
            after = Q(**{f"{name}__{'lt' if falls else 'gt'}": value})
            if column in empty and not falls:
                after |= Q(**{f"{name}__isnull": True})
        condition |= same & after
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return condition


def _may_be_empty(rows: QuerySet[Row], column: str) -> bool:
    return bool(rows.model._meta.get_field(column.lstrip("-")).null)


def _directed(column: str, empty: Set[str]) -> str | OrderBy:
    """The column in its direction, the empty ones where PostgreSQL has them on every database."""
    if column not in empty:
        return column
    if column.startswith("-"):
        return F(column[1:]).desc(nulls_first=True)
    return F(column).asc(nulls_last=True)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID | date) else value
