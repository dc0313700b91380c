"""An item with files, promised and chosen materials, and files to send, for the tests of several rooms."""

import io
from uuid import uuid4

import pikepdf
import yaml
from PIL import Image

from config.env import ROOT
from files.models import UploadTicket
from files.tickets import token_of
from people.viewer import Viewer
from services.commands import publish_item
from tests.city import LAKE, City
from workflows import commands
from workflows.models import Case

ITEM = "990117001000"
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
MATERIALS: list[dict[str, object]] = [
    {"id": "drawing", "name": "招牌效果图", "mode": "upload", "most_files": 2},
    {"id": "deed", "name": "房屋产权证明", "mode": "upload", "group": "premises"},
    {"id": "lease", "name": "房屋租赁合同", "mode": "upload", "accept": [PDF], "group": "premises"},
    {
        "id": "safety",
        "name": "结构安全证明",
        "mode": "later",
        "later": {"days": 5, "kind": "working"},
        "basis": "本市容缺受理规定",
    },
]
ANSWERS = {
    "enterprise.phone": "13800000001",
    "signboard.division": LAKE,
    "signboard.text": "小满餐饮",
    "signboard.size": "长6米，高1.2米",
    "signboard.position": "门头上方",
    "signboard.lit": True,
    "signboard.truthful": True,
}


def key() -> str:
    """A new idempotency key."""
    return uuid4().hex


def publish_signboard() -> None:
    """Publishes the signboard item with files for its materials."""
    text = (ROOT / "fixtures" / "services" / "signboard.yaml").read_text("utf-8")
    item = yaml.safe_load(text)
    item["materials"] += MATERIALS
    item["material_groups"] = [{"id": "premises", "name": "房屋使用证明", "least": 1}]
    reads = item["route"][0]["reads"]
    reads += [f"materials.{one['id']}" for one in MATERIALS if one["id"] != "deed"]
    publish_item(viewer=Viewer.system("test"), key=key(), definition=item)


def pdf(words: str = "", pages: int = 1) -> bytes:
    """A small sound PDF; other words make another file."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    made.Root.Words = pikepdf.String(words)
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def sent(viewer: Viewer, content: bytes, name: str = "图纸.pdf") -> UploadTicket:
    """A file of the viewer's that came in."""
    ticket = commands.request_upload(
        viewer=viewer,
        key=key(),
        purpose="material",
        name=name,
        size=max(len(content), 1),
        media_type=PDF,
    )
    return commands.receive_upload(token_of(ticket.pk), iter([content]), len(content))


def attached(
    viewer: Viewer, case: Case, material: str, content: bytes, name: str = "图纸.pdf"
) -> Case:
    """A case with one more file."""
    ticket = sent(viewer, content, name)
    return commands.attach_file(
        viewer=viewer, key=key(), case_id=case.pk, material=material, ticket_id=ticket.pk
    )


def draft(city: City) -> Case:
    """A signboard's draft, all filled but without files."""
    case = commands.start_case(viewer=city.owner, key=key(), item_code=ITEM)
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk)
    return commands.save_answers(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision, answers=ANSWERS
    )


def submitted(city: City, *, promising: bool = True) -> Case:
    """Accepted at once, with a drawing and a deed, and the safety proof promised or there."""
    case = attached(city.owner, draft(city), "drawing", pdf("图"))
    case = attached(city.owner, case, "deed", image(), "产权.png")
    if promising:
        case = commands.promise_material(
            viewer=city.owner, key=key(), case_id=case.pk, material="safety"
        )
    else:
        case = attached(city.owner, case, "safety", pdf("安全"))
    return commands.submit_case(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision
    )
