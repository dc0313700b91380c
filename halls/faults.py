"""What is told of a form that the server would not read: Django refuses it before any page begins."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.defaults import bad_request as plain

from halls.asking import Said

LANGUAGE = "zh-hans"


def words_of(fault: Exception) -> Said:
    """Why, and what to do."""
    if isinstance(fault, TooManyFilesSent):
        most = settings.UPLOAD_MOST_FILES_A_FORM
        told = f"一次提交的文件太多。请分几次上传，每次最多 {most} 个文件。"
        return Said("TOO_MANY_FILES", told)
    if isinstance(fault, TooManyFieldsSent):
        return Said("TOO_MANY_FIELDS", "提交的内容项目太多。请返回上一页，删去多余的行后再提交。")
    if isinstance(fault, RequestDataTooBig):
        return Said("TOO_LARGE", "提交的文字太长。请返回上一页，缩短后再提交。")
    return Said("INVALID_REQUEST", "提交的内容无法读取。请返回上一页，刷新后再提交。")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page of the halls; what comes before there is a seat, such as a foreign host name, gets Django's own."""
    if not hasattr(request, "seat"):
        return plain(request, exception)
    with translation.override(LANGUAGE):
        given = {"said": [words_of(exception)]}
        return render(request, "halls/refused.html", given, status=HTTPStatus.BAD_REQUEST)
