"""Files on a page: those that its form brings are sent and attached, by the same checks as everybody's."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from gateway.incoming import taken
from halls.asking import Done, Said, act
from halls.seat import HallRequest

# What a browser calls it is only a first look; the bytes decide.
CALLED = ("application/pdf", "image/jpeg", "image/png")
KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}  # as people say them


def uploads_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The materials that are had as files, each with whether the page shows it now."""
    return [
        {
            **one,
            "is_shown": one["isCalled"]
            and (one["required"] or not one["conditional"] or bool(one["files"])),
            "spoken": bool(one["files"]) or one["isPromised"],
        }
        for one in case["materials"]
        if one["isFiled"]
    ]


def turned_of(uploads: Iterable[dict[str, Any]], shown: set[str]) -> list[dict[str, Any]]:
    """Those that appear or go, given the ids of the ones that the page shows."""
    return [one for one in uploads if one["is_shown"] != (one["id"] in shown)]


def put_files(request: HallRequest, case: dict[str, Any]) -> list[Said]:
    """Sends what was chosen, and does what the pressed button says of a file or a material.

    `case["revision"]` follows: files make the content another one.
    """
    said: list[Said] = []
    for one in uploads_of(case):
        if one["isOpen"]:
            for file in request.FILES.getlist(f"file:{one['id']}"):
                said += told(one, _sent(request, case, f"materials.{one['id']}", file))
    name, _, subject = request.POST.get("act", "").partition(":")
    about = {"caseId": case["id"]}
    if name == "detach":
        said += _done(case, act(request, "detachFile", **about, fileId=_identifier(subject)))
    elif name == "promise":
        said += _done(case, act(request, "promiseMaterial", **about, material=subject[:40]))
    return said


def told(material: dict[str, Any], said: Iterable[Said]) -> list[Said]:
    """What was refused; of a wrong kind of file, which kinds this material takes."""
    kinds = "、".join(KINDS.get(one, one) for one in material["accept"])
    better = f"这份材料只接受 {kinds}，请换一个文件"
    return [
        replace(one, message=f"{one.message.partition('：')[0]}：{better}")
        if one.code == "FILE_TYPE_NOT_ALLOWED"
        else one
        for one in said
    ]


def _sent(
    request: HallRequest, case: dict[str, Any], place: str, file: "UploadedFile[Any]"
) -> Sequence[Said]:
    """One file on its way: a ticket, its bytes, and its place in the case."""
    asked = act(
        request,
        "requestUpload",
        mark=hashlib.file_digest(file, "sha256").hexdigest(),
        purpose="material",
        name=file.name,
        size=file.size,
        mediaType=file.content_type if file.content_type in CALLED else CALLED[0],
    )
    if asked.said:
        return _about(asked.said, place, file)
    ticket = asked.result["upload"]
    if ticket["state"] == "open":  # the same form sent twice has sent it already
        file.seek(0)
        refused = taken(ticket["url"].rpartition("/")[2], file.chunks(), file.size or 0)
        if refused:
            return _about([Said(code, words) for code, words in refused], place, file)
    about = {"caseId": case["id"], "material": place.removeprefix("materials.")}
    attached = act(request, "attachFile", **about, ticketId=ticket["id"])
    return _about(_done(case, attached), place, file)


def _done(case: dict[str, Any], done: Done) -> list[Said]:
    """What was refused; otherwise the case has another revision now."""
    if done.is_done:
        case["revision"] = done.result["case"]["revision"]
    return done.said


def _about(said: Sequence[Said], place: str, file: "UploadedFile[Any]") -> list[Said]:
    """What was refused, at the material and with the name of the file."""
    return [Said(one.code, f"{file.name}：{one.message}", place, one.request_id) for one in said]


def _identifier(text: str) -> str:
    """The id that a button names; one that nothing has when it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(UUID(int=0))
