"""The table of field rights: for each type, who stands how to it, and what each may read of every field.

`yes` shows the value, `no` refuses it, `masked` shows only its first character. A relation that a row does not name
gets nothing; a field of the schema without a row fails the tests and the start.
"""

from dataclasses import dataclass

YES, MASKED, NO = "yes", "masked", "no"


@dataclass(frozen=True)
class Rights:
    """`relations` names the columns, `fields` the rows: {"names of fields": "right of each relation"}."""

    relations: tuple[str, ...]
    fields: dict[str, str]

    def of(self, name: str) -> dict[str, str] | None:
        """{relation: right} of one field, or None when it has no row."""
        for names, rights in self.fields.items():
            if name in names.split():
                return dict(zip(self.relations, rights.split(), strict=True))
        return None


def reached(fields: str) -> Rights:
    """A type that holds nothing but what its parent's field already allowed: whoever reached it reads it."""
    return Rights(("anyone",), {fields: YES})


# --- the door itself: kinds of viewer ---------------------------------------------------------
KINDS = ("anonymous", "person", "enterprise", "officer", "system")
DOOR = {
    "Query": Rights(
        KINDS,
        {
            "catalogue serviceItem verifyCertificate": "yes yes yes yes yes",
            "me": "no yes yes yes no",
        },
    ),
    "Mutation": Rights(
        KINDS,
        {
            "signIn refreshSession": "yes yes yes yes no",
            "signOut": "no yes yes yes no",
        },
    ),
}

# --- what everybody may know ------------------------------------------------------------------
PUBLIC = {
    "PageInfo": reached("hasNextPage endCursor"),
    "Wrong": reached("code field message requestId"),
    "ItemSummary": reached("code name itemType itemTypeName isBundle summary audience leadName"),
    "ServiceItem": reached(
        "code name version itemType itemTypeName isBundle audience leadName acceptance summary "
        "conditions basis limits form materials steps join"
    ),
    "Limit": reached("days kind basis"),
    "Limits": reached("notice correction promised statutory extension delivery"),
    "LegalBasis": reached("act article"),
    "ItemMaterial": reached("id name mode modeName certificateName required conditional help"),
    "RouteStep": reached("id name kind kindName departments conditional before within resultName"),
    "Form": reached("sections"),
    "FormSection": reached("id label help fields"),
    "FormField": reached(
        "path label type required conditional options maxLength minimum maximum earliest latest "
        "unit help prefillable sources columns leastRows mostRows"
    ),
    "FormOption": reached("code label"),
    "FormSource": reached("type typeName field holder holderName authoritative"),
}

# --- about oneself ----------------------------------------------------------------------------
OWN = {
    "Me": reached(
        "kind name idNumberMask phoneMask enterprise department roles roleNames capacities"
    ),
    "Capacity": reached("actingFor name"),
    "Enterprise": reached("id creditCode name address"),
    "Department": reached("id code name function functionName divisionName"),
    "SignedIn": reached("accessToken expiresIn refreshToken"),
}

TABLE = DOOR | PUBLIC | OWN
