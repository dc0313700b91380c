"""The two codes by which anybody who holds them may follow a case (办件查询码, 校验码).

The check code follows from the case by the server's key, so that a receipt can be printed again and
yet only its keyed digest is kept.
"""

import secrets
from uuid import UUID

from keys.vault import keyed_digest

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: nobody mistakes one for another on paper or the telephone.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
QUERY_LENGTH, CHECK_LENGTH = 8, 6


def draw_query_code() -> str:
    """A new query code; whoever keeps it looks whether it is taken."""
    return "".join(secrets.choice(ALPHABET) for _ in range(QUERY_LENGTH))


def check_code_of(case_id: UUID, query_code: str) -> str:
    """The check code that belongs to a query code of a case."""
    number = int(keyed_digest(["check code", str(case_id), query_code]), 16)
    letters = []
    for _ in range(CHECK_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def check_digest_of(query_code: str, check_code: str) -> str:
    """What is kept of a check code: 64 hex digits, of use with its query code alone."""
    return keyed_digest(["check digest", query_code, check_code])


def is_check_code(query_code: str, check_code: str, digest: str) -> bool:
    """Whether a check code is the one of a digest; an empty digest is none's, in the same time."""
    given = check_digest_of(query_code, check_code)
    return secrets.compare_digest(given, digest or "0" * 64) and bool(digest)


def as_code(text: str, length: int) -> str:
    """A code as people type it: any case, with spaces or hyphens; empty when it cannot be one."""
    code = "".join(text[:64].split()).replace("-", "").upper()
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""


def as_shown(code: str) -> str:
    """A query code as it is printed: `K3M7-9QRT`."""
    return f"{code[:4]}-{code[4:]}" if len(code) == QUERY_LENGTH else code
