"""Where a page's form goes when it brings files: below /uploads/, which the process that takes uploads serves.

The address, the session and the rights are the page's own; a proxy leads everything below /uploads/ to that
process, and the one process of the embedded way serves both.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

FORMS = "/uploads/pages/"
SAFE = ("GET", "HEAD")
NOT_HERE = (
    "这个地址不接收文件，您的内容没有提交。请返回上一页刷新后再试；如果仍然这样，请告诉管理员。"
)


def brought_to(view: Callable[..., HttpResponse], page: str) -> Callable[..., HttpResponse]:
    """The view of a page as the target of its form with files; whoever reloads that address is led to the page."""

    @wraps(view)
    def taken(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method in SAFE:
            back: HttpResponse = redirect(page, **named)
            return back
        return view(request, **named)

    return taken
