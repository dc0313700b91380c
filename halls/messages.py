"""What the platform has told an applicant: the inbox, and reading one message."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from halls.asking import act, ask
from halls.pages import cursor_of, page
from halls.seat import HallRequest


@require_safe
def inbox(request: HallRequest) -> HttpResponse:
    """Messages, the newest first; those that were not read stand out."""
    found = ask(request, "messages", after=cursor_of(request))["messages"]
    return page(request, "messages", {"messages": found})


@require_POST
def read(request: HallRequest, message_id: UUID) -> HttpResponse:
    """Marks a message as read and opens the case that it is about, if any."""
    done = act(request, "readMessage", messageId=str(message_id))
    if done.is_done and done.result["message"]["caseId"]:
        return redirect("halls:case", case_id=done.result["message"]["caseId"])
    return redirect("halls:messages")
