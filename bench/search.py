"""The first page of a search in a catalogue of 100,000 items, beside the same words by plain LIKE."""

import json
import time
import uuid
from collections.abc import Callable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from bench.timing import Figure, Line, tell
from bench.words import RARE, catalogue
from gateway.paging import page_in_turn
from people.viewer import Viewer
from services.models import ItemWord, ServiceItem
from services.queries import found_items, visible_items
from services.search import words_in

ITEMS = 100_000
WORDS = {
    "one character": ["船", "食", "药", "林", "桥"],
    "two characters, common": ["食品", "许可", "登记", "船舶", "运输"],
    "two characters, rare": RARE[:5],
    "three and more": ["出租汽车", "危险化学品", "食品药品", "个体工商户", "居住证补发"],
    "two words": ["食品 许可", "船舶 变更", "码头 登记", "客运 核发", "森林 湿地"],
    "a sentence": ["我想办食品证", "怎么开药品牌", "我要取水", "哪里办护照", "船舶本在哪办"],
    "nothing": ["龙卷风", "鑫", "火星移民", "量子", "abc"],
}
ANYBODY = Viewer.anonymous()


def fill() -> None:
    """Items with a published version each, every fifth with an everyday word."""
    tables = {
        "services_serviceitem": "id, code, name, item_type, audience, lead_function, is_bundle, summary",
        "services_itemversion": "id, item_id, number, state, definition, digest, proof, valid_from, ended_as,"
        " patch, note",
        "services_itemword": "id, item_id, word",
    }
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in tables}
    for item in catalogue(ITEMS):
        key = uuid.uuid4()
        audience = json.dumps(item.audience)
        rows["services_serviceitem"].append(
            (key, item.code, item.name, "01", audience, "transport", False, item.summary)
        )
        rows["services_itemversion"].append(
            (uuid.uuid4(), key, 1, "published", "{}", "", "{}", "2020-01-01", "", "{}", "")
        )
        if item.word:
            rows["services_itemword"].append((uuid.uuid4(), key, item.word))
    with connection.cursor() as cursor:
        for table, columns in tables.items():
            for start in range(0, len(rows[table]), 5000):  # below the time limit of a statement
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows[table][start : start + 5000]:
                        copy.write_row(row)
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")


def ours(search: str) -> list[ServiceItem]:
    """The first page, as the catalogue gives it."""
    ranks = found_items(ANYBODY, search=search)
    return page_in_turn(ranks, order="code", viewer=ANYBODY, query=search).nodes


def plain_rows(search: str) -> QuerySet[ServiceItem]:
    """The same by LIKE alone, in the order of codes."""
    written = Q()
    for part in search.split():
        written &= Q(name__contains=part) | Q(summary__contains=part)
    called = ItemWord.objects.filter(item=OuterRef("pk"), word__in=words_in(search))
    return visible_items(ANYBODY).filter(written | Exists(called)).order_by("code")


def plain(search: str) -> list[ServiceItem]:
    """The first page by LIKE."""
    return list(plain_rows(search)[:21])


def milliseconds(find: Callable[[str], object], search: str) -> float:
    """How long one search takes."""
    start = time.perf_counter()
    find(search)
    return (time.perf_counter() - start) * 1000


def plans(search: str) -> list[str]:
    """The plans of every rank."""
    return [rows.order_by("code")[:21].explain() for rows in found_items(ANYBODY, search=search)]


def percentile(values: list[float], part: float) -> float:
    """The value that this part of all values does not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * part))]


def measure(n: int) -> None:
    """Prints and writes the figures of n turns over all words."""
    fill()
    lines, everything = [], ([], [])
    for kind, words in WORDS.items():
        taken: tuple[list[float], list[float]] = ([], [])
        for turn in range(n + 1):
            for word in words:
                for side, find in enumerate((ours, plain)):
                    spent = milliseconds(find, word)
                    if turn:  # the first turn warms up
                        taken[side].append(spent)
        lines.append(
            Line(kind, Figure("ours", "ms p50", taken[0]), Figure("LIKE", "ms p50", taken[1]))
        )
        for side in (0, 1):
            everything[side].extend(taken[side])
    shown = {word: plans(word) for words in WORDS.values() for word in words}
    scans = [w for w, texts in shown.items() if any("Seq Scan" in text for text in texts)]
    facts = {
        "items": ITEMS,
        "ours, ms": _told(everything[0]),
        "plain LIKE, ms": _told(everything[1]),
        "searches whose plan scans a whole table": scans or "none",
        "plan of 食品, in names": "\n" + shown["食品"][0],
        "plan of 码头 登记, in names and summaries": "\n" + shown["码头 登记"][2],
        "plan of 码头 by LIKE": "\n" + plain_rows("码头")[:21].explain(),
    }
    tell("search", lines, facts)


def _told(values: list[float]) -> str:
    return f"p50 {percentile(values, 0.5):.1f}, p95 {percentile(values, 0.95):.1f}, n {len(values)}"
