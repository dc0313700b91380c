"""Says in one sentence where a value comes from: which kind of source, which certificate or application, since when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gateway.context import Context
from gateway.forms import certificate_names
from registers.queries import register_names
from workflows.sources import kind_of


def source_words(source: Mapping[str, Any], context: Context) -> str:
    """The sentence, in the language of who asks; the number of an earlier application is the applicant's alone."""
    day = str(source["read_at"])[:10]
    match kind_of(source):
        case "person":
            return _("来自实名登记信息 · {day} 读取").format(day=day)
        case "enterprise":
            return _("来自企业登记信息 · {day} 读取").format(day=day)
        case "answers":
            return _("与本表中填写的相同，可以修改")
        case "register":
            name = _names_of_registers(context).get(source["name"], source["name"])
            return _("已与{name}核对一致 · {day}").format(name=name, day=day)
        case "case":
            return _earlier(source, context.viewer.is_applicant)
        case _:
            return _certificate(source, certificate_names(context), day)


def _names_of_registers(context: Context) -> Mapping[str, str]:
    """{code: name}, read once a request."""
    names = context.known.setdefault("register names", None) or register_names()
    context.known["register names"] = names
    assert isinstance(names, Mapping)
    return names


def _earlier(source: Mapping[str, Any], own: bool) -> str:
    if not own or not source.get("number"):
        return _("申请人此前填报过，由申请人确认")
    words = _("来自您 {on} 提交的申请 {number}，请核对，可以修改")
    return words.format(on=source.get("on", ""), number=source["number"])


def _certificate(source: Mapping[str, Any], certificates: Mapping[str, str], day: str) -> str:
    name = certificates.get(str(source["type"]), str(source["type"]))
    words = _("来自{name} · {issuer} · {day} 读取")
    if "step" in source:
        words = _("来自本件签发的{name} · {issuer} · {day} 读取")
    return words.format(name=name, issuer=source["issuer"], day=day)
