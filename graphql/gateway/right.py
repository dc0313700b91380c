"""What a row of the table of rights is: who stands how to a type, and what each may read of its fields (pure)."""

from dataclasses import dataclass, field

YES, MASKED, NO = "yes", "masked", "no"


@dataclass(frozen=True)
class Rights:
    """`relations` names the columns, `fields` the rows: {"names of fields": "right of each relation"}."""

    relations: tuple[str, ...]
    fields: dict[str, str]
    also: dict[str, str] = field(default_factory=dict)  # {relation: the few fields it may read}

    def of(self, name: str) -> dict[str, str] | None:
        """{relation: right} of one field, or None when it has no row."""
        few = {relation: YES for relation, names in self.also.items() if name in names.split()}
        for names, rights in self.fields.items():
            if name in names.split():
                return dict(zip(self.relations, rights.split(), strict=True)) | few
        return None


def reached(fields: str) -> Rights:
    """A type that holds nothing but what its parent's field already allowed: whoever reached it reads it."""
    return Rights(("anyone",), {fields: YES})
