"""Where the values of a case came from (来源), as its rows keep it (pure).

A source is a mapping with `kind`: certificate (also when none is named, as rows of old have it), person,
enterprise, case, answers, register. Only a certificate's has `certificate_id`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

Provenance = Mapping[str, Mapping[str, Any]]
CERTIFICATE = "certificate"


def kind_of(source: Mapping[str, Any]) -> str:
    """Which kind of source it is."""
    return str(source.get("kind", CERTIFICATE))


def certificates_in(provenance: Provenance) -> dict[str, str]:
    """{path: certificate id} of the values that certificates filled."""
    return {
        path: str(source["certificate_id"])
        for path, source in provenance.items()
        if kind_of(source) == CERTIFICATE
    }


def fields_in(provenance: Provenance) -> dict[UUID, list[str]]:
    """{certificate id: face fields} that the values hold."""
    found: dict[UUID, set[str]] = {}
    for path, certificate in certificates_in(provenance).items():
        found.setdefault(UUID(certificate), set()).add(str(provenance[path]["field"]))
    return {certificate: sorted(names) for certificate, names in found.items()}
