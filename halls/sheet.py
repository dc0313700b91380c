"""How a form looks at this moment: each field with its value, source and faults, and which are shown (pure)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from halls.asking import Said
from halls.posted import Answer, same

MOST_RADIOS = 5  # more options are a list to choose from
SPARE_ROWS = 1  # empty rows to write into, below those that were filled


@dataclass(frozen=True)
class Cell:
    """One place to write: a column of a row."""

    column: Mapping[str, Any]
    name: str
    value: Answer
    faults: list[str]
    is_called: bool = True  # the other cells of its row call for it, as far as they are kept

    @property
    def id(self) -> str:
        """Its name as an HTML id."""
        return id_of(self.name)

    @property
    def is_shown(self) -> bool:
        """Called for, or something is written or wrong there."""
        return self.is_called or self.value not in (None, "", []) or bool(self.faults)

    @property
    def bounds(self) -> str:
        """Which numbers it takes, in words: `1 至 9999`, empty when any."""
        least, most = (plain(self.column[name]) for name in ("minimum", "maximum"))
        if least and most:
            return f"{least} 至 {most}"
        return f"不小于 {least}" if least else f"不大于 {most}" if most else ""


@dataclass(frozen=True)
class Row:
    """A row of a group; the spare one is for the next that somebody may add."""

    cells: list[Cell]
    is_spare: bool


@dataclass(frozen=True)
class Place:
    """A field on the page. `value` is what was typed, or else what is kept."""

    spec: Mapping[str, Any]
    value: Answer
    answer: Mapping[str, Any] | None
    needed: bool
    steers: bool  # whether other fields are shown or not by its answer
    is_called: bool = True  # the other answers call for it
    faults: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    hint: str = ""

    @property
    def path(self) -> str:
        """The field's path, which is its name in the form."""
        return str(self.spec["path"])

    @property
    def id(self) -> str:
        """Its path as an HTML id."""
        return id_of(self.path)

    @property
    def is_group(self) -> bool:
        """Shown as more than one control, or as none, so that its label belongs to no single one."""
        few = self.spec["type"] == "choice" and len(self.spec["options"]) <= MOST_RADIOS
        if self.is_read_only or self.is_awaited:
            return True
        return few or self.spec["type"] in {"boolean", "choices", "rows"}

    @property
    def ask(self) -> str:
        """What is asked of somebody who left it empty."""
        chosen = self.spec["type"] in {"boolean", "choice", "choices", "division"}
        return f"请{'选择' if chosen else '填写'}“{self.spec['label']}”"

    @property
    def is_wide(self) -> bool:
        """Takes the whole line of the page."""
        long = width_of(self.spec["label"]) > 36 or width_of(str(self.value or "")) > 40
        return long or self.spec["type"] in {"long_text", "choices", "rows"}

    @property
    def is_short(self) -> bool:
        """Written into a short control."""
        return self.spec["type"] in {"integer", "number", "date", "phone"}

    @property
    def is_read_only(self) -> bool:
        """Taken from an authoritative certificate."""
        return bool(self.answer and self.answer["isReadOnly"])

    @property
    def is_awaited(self) -> bool:
        """Waits for the certificate that an earlier step of the case issues."""
        return bool(self.spec["filledBy"]) and not self.is_filled

    @property
    def source(self) -> Mapping[str, Any] | None:
        """Where the value comes from, unless somebody has typed another one since."""
        if not self.answer or not same(self.value, self.answer["value"]):
            return None
        source: Mapping[str, Any] | None = self.answer["source"]
        return source

    @property
    def is_filled(self) -> bool:
        """Something was answered."""
        return self.value not in (None, "", [])

    @property
    def is_shown(self) -> bool:
        """A field that is not called for is never shown; one that may be needed when it is, or has something."""
        is_wanted = not self.spec["conditional"] or self.needed
        return self.is_called and (is_wanted or self.is_filled or bool(self.faults))


@dataclass(frozen=True)
class Part:
    """A section with its places."""

    id: str
    label: str
    help: str
    places: list[Place]

    @property
    def labels(self) -> list[str]:
        """The names of its fields."""
        return [str(place.spec["label"]) for place in self.places]

    @property
    def awaited(self) -> str:
        """The certificate that will fill all of it, or empty."""
        names = {place.spec["filledBy"] if place.is_awaited else "" for place in self.places}
        return str(names.pop()) if len(names) == 1 else ""

    @property
    def is_shown(self) -> bool:
        """A section none of whose places is needed yet is not shown."""
        return any(place.is_shown for place in self.places)

    @property
    def missing(self) -> int:
        """How many needed places are still empty."""
        return sum(place.needed and not place.is_filled for place in self.places)


@dataclass(frozen=True)
class Sheet:
    """The whole form."""

    parts: list[Part]

    @property
    def places(self) -> list[Place]:
        """All places in their order."""
        return [place for part in self.parts for place in part.places]

    @property
    def missing(self) -> int:
        """How many needed places are still empty."""
        return sum(part.missing for part in self.parts)

    @property
    def prefilled(self) -> int:
        """How many nobody had to write."""
        sources = (place.source for place in self.places)
        return sum(one is not None and one["kind"] != "register" for one in sources)

    def turned(self, shown: set[str]) -> list[Place]:
        """The places that appear or go, given the paths of the conditional ones that a page shows.

        No other place is sent again: somebody may be writing into it at this moment.
        """
        turning = [place for place in self.places if place.spec["dependsOn"]]
        return [place for place in turning if place.is_shown != (place.path in shown)]


def fields_of(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a case's form, in order."""
    return [field for section in case["form"]["sections"] for field in section["fields"]]


def kept_of(case: Mapping[str, Any]) -> dict[str, Answer]:
    """{path: value} that the case keeps."""
    return {answer["path"]: answer["value"] for answer in case["answers"]}


def sheet_of(
    case: Mapping[str, Any],
    typed: Mapping[str, Answer] | None = None,
    said: Sequence[Said] = (),
    hints: Mapping[str, str] | None = None,
) -> Sheet:
    """The form of a case (document `caseForm`), with what was typed and refused since."""
    answers = {answer["path"]: answer for answer in case["answers"]}
    values = {**kept_of(case), **(typed or {})}
    steering = {path for spec in fields_of(case) for path in spec["dependsOn"]}
    first = [section for section in case["form"]["sections"] if section.get("askedFirst")]
    steering |= {spec["path"] for section in first for spec in section["fields"]}
    faults: dict[str, list[str]] = {}
    for one in said:
        faults.setdefault(one.field, []).append(one.message)

    def place(spec: Mapping[str, Any]) -> Place:
        path = spec["path"]
        return Place(
            spec,
            values.get(path),
            answers.get(path),
            path in case["requiredPaths"],
            path in steering,
            path not in case["uncalledPaths"],
            faults.get(path, []),
            rows_of(spec, values.get(path), faults, case["uncalledPaths"]),
            (hints or {}).get(path, ""),
        )

    return Sheet(
        [
            Part(
                section["id"],
                section["label"],
                section["help"],
                [place(s) for s in section["fields"]],
            )
            for section in case["form"]["sections"]
        ]
    )


def rows_of(
    spec: Mapping[str, Any],
    value: Answer,
    faults: Mapping[str, list[str]],
    uncalled: Collection[str] = (),
) -> list[Row]:
    """The rows of a group, and one to write the next into unless there are as many as may be.

    A field of another type has none.
    """
    if spec["type"] != "rows":
        return []
    kept = list(value) if isinstance(value, list) else []
    spare = SPARE_ROWS if len(kept) < spec["mostRows"] else 0
    return [
        Row(
            [
                Cell(
                    column,
                    name,
                    row.get(column["path"]),
                    faults.get(name, []),
                    name not in uncalled,
                )
                for column in spec["columns"]
                for name in [f"{spec['path']}.{number}.{column['path']}"]
            ],
            number >= len(kept),
        )
        for number, row in enumerate(kept + [{}] * spare)
    ]


def plain(number: float | None) -> str:
    """A bound as people write it: 1.0 -> 1."""
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".")


def width_of(text: str) -> int:
    """How wide a text is, in half Chinese characters."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def id_of(name: str) -> str:
    """A name as an HTML id: premises.area -> f-premises-area."""
    return "f-" + name.replace(".", "-")
