"""What a guide's material becomes: how it is had, from whom, in which form; nothing is made up (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.guides.lexicon import CERTIFICATES, CODE_BROKEN, PAPER_KNOWN
from services.guides.likeness import says_nothing
from services.guides.raw import Raw

MOST_NAME, MOST_HELP, MOST_BASIS = 200, 1000, 500
MOST_COPIES = 99
# (originals, copies); 原件或复印件 does not say which.
_WANTED = {"original": (1, 0), "copy": (0, 1), "both": (1, 1)}


@dataclass(frozen=True)
class Keys:
    """The names of the same elements in the two formats."""

    title: str
    code: str
    necessity: str
    copies: str
    paper: str
    channel: str
    channel_text: str
    help: str
    standard: str
    basis: str
    certificate: str
    certificate_code: str
    file_name: str
    file_type: str
    file_code: str
    free: str
    tables: str  # of the code sets that its words come from
    free_table: str

    def necessity_of(self, raw: Raw) -> str:
        """needed, optional, later, or empty."""
        return raw.coded(self.necessity, f"{self.tables}.necessity")

    def channel_of(self, raw: Raw) -> str:
        """applicant, government, intermediary, other, or empty."""
        return raw.coded(self.channel, f"{self.tables}.source_channel")

    def free_of(self, raw: Raw) -> str:
        """How it is had without being handed in, or empty."""
        return raw.coded(self.free, self.free_table)


ITEM_KEYS = Keys(
    title="materialTitle",
    code="materialCode",
    necessity="isMust",
    copies="copiesNum",
    paper="pageformat",
    channel="sourceChannel",
    channel_text="sourceexplain",
    help="materialExplain",
    standard="acceptStandard",
    basis="bylaw",
    certificate="standardMaterialsName",
    certificate_code="standardMaterialsCode",
    file_name="attachName",
    file_type="attachType",
    file_code="attachCode",
    free="freeSubmission",
    tables="hunan",
    free_table="hunan.free_submission",
)
BUNDLE_KEYS = Keys(
    title="clmc",
    code="bzclId",
    necessity="clbyx",
    copies="zzclfs",
    paper="zzclgg",
    channel="cllyqd",
    channel_text="cllyqdsm",
    help="tbxz",
    standard="clbz",
    basis="yqtgyj",
    certificate="materialTitle",
    certificate_code="materialCode",
    file_name="fjmc",
    file_type="fjlx",
    file_code="fjbm",
    free="mtjfs",
    tables="hunan_bundle",
    free_table="hunan_bundle.fulfilment",
)


def material_of(raw: Raw, keys: Keys, number: int, paths: Sequence[str]) -> dict[str, object]:
    """One material of the definition; `number` from 1 names it, `paths` are what a form is made from."""
    name = raw.text(keys.title, MOST_NAME)
    if not name:
        raw.tell("MATERIAL_NAME_MISSING", keys.title)
    found: dict[str, object] = {"id": f"m{number:02d}", "name": name or f"材料{number}"}
    found |= _mode(raw, keys, paths)
    if keys.necessity_of(raw) == "optional":
        found["required"] = False
    for key, place, most in (
        ("help", keys.help, MOST_HELP),
        ("standard", keys.standard, MOST_HELP),
        ("basis", keys.basis, MOST_BASIS),
    ):
        text = raw.text(place, most)
        if not says_nothing(text):
            found[key] = text
    return found | _form(raw, keys) | _files(raw, keys)


def _mode(raw: Raw, keys: Keys, paths: Sequence[str]) -> dict[str, object]:
    """How it is had: made, linked or checked where the guide says so, later, else as files."""
    free = keys.free_of(raw)
    if free == "form_generated" and paths:
        return {"mode": "form_generated", "paths": list(paths)}
    if free in {"cert_linked", "data_verified"}:
        certificate = certificate_of(raw, keys)
        if certificate:
            return {"mode": str(free), "certificate": certificate}
        if free == "cert_linked":
            named = raw.text(keys.certificate)
            raw.tell(
                "CERTIFICATE_UNKNOWN" if named else "CERTIFICATE_MISSING", keys.certificate, named
            )
    if keys.necessity_of(raw) == "later":
        return {"mode": "later"}
    return {"mode": "upload"}


def certificate_of(raw: Raw, keys: Keys) -> str:
    """Our type of the bound certificate, else of the one that the title names; empty when unknown."""
    return certificate_type(raw.text(keys.certificate) or raw.text(keys.title))


def certificate_type(name: str) -> str:
    """Our type of the certificate that a name holds, or empty."""
    return next((kind for words, kind in CERTIFICATES.items() if words in name), "")


def _form(raw: Raw, keys: Keys) -> dict[str, object]:
    """Counts, paper, channel and issuer, each only when it is one that the standard has."""
    found = _counts(raw, keys)
    raw.coded("materialStandard", "hunan.material_form")
    paper = raw.text(keys.paper).upper().removesuffix("纸").strip()
    if paper in PAPER_KNOWN:
        found["paper"] = paper
    channel = keys.channel_of(raw)
    if channel:
        found["source_channel"] = channel
    issuer = raw.text(keys.channel_text, MOST_NAME)
    if channel == "government" and not says_nothing(issuer):
        found["issuer"] = issuer
    return found


def _counts(raw: Raw, keys: Keys) -> dict[str, object]:
    """Originals and copies, as far as the guide says which of them are wanted."""
    value = raw.data.get(keys.copies)
    count = raw.number(keys.copies, most=MOST_COPIES)
    kind = raw.coded("materialType", "hunan.material_kind")
    if count is None:
        return {}
    if isinstance(value, float):
        raw.tell("COPIES_AS_DECIMAL", keys.copies, value)
    if count > 1:
        raw.tell("COPIES_SEVERAL", keys.copies, count)
    if kind not in _WANTED:
        return {}
    originals, copies = _WANTED[kind]
    return {"originals": count * originals, "copies": count * copies}


def _files(raw: Raw, keys: Keys) -> dict[str, object]:
    """The names of the blank form and of the sample; an entry without a file is told."""
    found: dict[str, object] = {}
    for attachment in raw.rows("attachList"):
        name = attachment.text(keys.file_name, MOST_NAME)
        if not name:
            attachment.tell("ATTACHMENT_WITHOUT_FILE", "", dict(attachment.data))
        elif attachment.word(keys.file_code).endswith("3"):
            found.setdefault("sample", name)
        else:
            found.setdefault("blank_form", name)
    return found


def code_is_broken(code: str) -> bool:
    """Whether a program wrote its own failure into a code: T1000NaN."""
    return any(mark in code for mark in CODE_BROKEN)
