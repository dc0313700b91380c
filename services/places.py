"""How one names a place inside a definition: `limits.promised.days`, `materials.photo.required` (pure).

A member of a list is named by its id (or code, name, question), never by its position, so that a place
means the same in two versions. Mappings and lists for which that cannot be done are compared as wholes.
"""

from collections.abc import Iterator, Mapping, Sequence

NAMES = ("id", "code", "name", "question")  # what may name a member, in this order
Member = Mapping[str, object]


def is_plain(name: object) -> bool:
    """Whether a text may stand between the dots of a place."""
    return isinstance(name, str) and bool(name) and "." not in name


def key_of(*lists: Sequence[object]) -> str:
    """The key by which all members of some lists are named, or empty when they cannot be.

    No name may stand for two members, not even by another of the keys: then a place stays clear while one
    list is being turned into another.
    """
    members = [member for each in lists for member in each]
    if not all(isinstance(member, Mapping) for member in members):
        return ""
    return next((key for key in NAMES if members and _names_all(key, lists)), "")


def _names_all(key: str, lists: Sequence[Sequence[object]]) -> bool:
    owners: dict[str, str] = {}
    for each in lists:
        seen = set()
        for member in each:
            assert isinstance(member, Mapping)
            own = member.get(key)
            if not is_plain(own) or own in seen:
                return False
            seen.add(own)
            for name in names_of(member):
                if owners.setdefault(name, str(own)) != own:
                    return False
    return True


def names_of(member: object) -> Iterator[str]:
    """Every text by which a member of a list might be named."""
    if isinstance(member, Mapping):
        yield from (str(member[key]) for key in NAMES if is_plain(member.get(key)))


def position(members: Sequence[object], name: str) -> int | None:
    """Where the member of that name stands, or None."""
    return next((at for at, member in enumerate(members) if name in names_of(member)), None)


def joined(place: str, name: str) -> str:
    """The place of something inside a place."""
    return f"{place}.{name}" if place else name
