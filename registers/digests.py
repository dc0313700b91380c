"""How a fact is spelled and named, so that it is compared without being kept."""

import unicodedata

from keys.vault import blind, keyed_digest


def subject_index(register: str, subject: str) -> bytes:
    """32 bytes by which a register finds whom an entry is about; other registers have others."""
    return blind(f"{register} {spelled(subject)}")


def fact_digest(register: str, subject: str, name: str, value: object) -> str:
    """64 hex digits of one fact about one subject: equal values of two people do not look equal."""
    return keyed_digest([register, spelled(subject), name, spelled(value)])


def spelled(value: object) -> str:
    """A value in its one spelling: compatibility forms, spaces and case make no difference."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split()).upper()
