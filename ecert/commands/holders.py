"""Whose certificate it is, and that its face says the same."""

from collections.abc import Mapping

from ecert.errors import FACE_INVALID, HOLDER_MISMATCH, ISSUER_NOT_COMPETENT
from ecert.face import CREDIT_CODE, ID_NUMBER, face_problems, fields_with_format
from ecert.models import CertificateType
from keys.vault import blind
from people.errors import Problem, Refusal, Refusals
from people.models import Department, Enterprise, Person


def judge(
    kind: CertificateType,
    issuer: Department,
    person: Person | None,
    enterprise: Enterprise | None,
    face: Mapping[str, object],
) -> None:
    """Refuses a certificate that its issuer may not give, or that names another holder than its own.

    Refusals: ISSUER_NOT_COMPETENT, HOLDER_MISMATCH, FACE_INVALID (all fields at once).
    """
    if issuer.function != kind.issuer_function:
        raise Refusal(ISSUER_NOT_COMPETENT, type=kind.code, function=issuer.function)
    holder_kind = "person" if person is not None else "enterprise"
    if (person is None) == (enterprise is None) or kind.holder_kind not in {holder_kind, "either"}:
        raise Refusal(HOLDER_MISMATCH, type=kind.code)
    problems = face_problems(kind.face_schema, face)
    problems += [
        Problem(FACE_INVALID, name, {"rule": "holder"})
        for name in _of_another(kind, person, enterprise, face)
    ]
    if problems:
        raise Refusals(problems)


def _of_another(
    kind: CertificateType,
    person: Person | None,
    enterprise: Enterprise | None,
    face: Mapping[str, object],
) -> list[str]:
    """The fields with a number that is not the holder's (FLT-68)."""
    if enterprise is not None:
        names = fields_with_format(kind.face_schema, CREDIT_CODE)
        return [n for n in names if face.get(n, enterprise.credit_code) != enterprise.credit_code]
    assert person is not None
    own = bytes(person.id_number_digest)
    names = fields_with_format(kind.face_schema, ID_NUMBER)
    return [name for name in names if name in face and blind(str(face[name])) != own]
