"""The construction permit's way through the house, by commands: checks, advice, and two decisions of one department."""

from people.viewer import Viewer
from tests import walking
from tests.city import City
from tests.supplies import attached, pdf
from tests.walking import applicant, key
from workflows import commands
from workflows.models import Case

ITEM = "000117006000"
# What the developer's certificates do not know.
TYPED: dict[str, object] = {
    "enterprise.phone": "13900000033",
    "project.price": 18650.5,
    "project.starts_on": "2026-12-01",
    "project.ends_on": "2028-11-30",
    "project.review_number": "云审2026-0417",
    "project.special": True,
    "project.fire_design": "住宅耐火等级二级，设室内消火栓、自动喷水灭火系统和火灾自动报警系统。",
    "parties.tendered": True,
    "parties.builder": "云澜市磐石建设工程有限公司",
    "parties.builder_code": "91990102MA9TB0069C",
    "parties.project_manager": "石磊磊",
    "parties.surveyor": "云澜市岩土勘察院有限公司",
    "parties.designer": "云澜市营造建筑设计院有限公司",
    "parties.supervised": True,
    "parties.supervisor": "云澜市正则工程监理有限公司",
    "parties.chief_supervisor": "甄方正",
    "parties.supervision_tendered": False,
    "safety.officer": "安平",
    "safety.scope": "both",
    "safety.measures": "已建立质量安全责任制；深基坑和塔式起重机编制专项施工方案并经专家论证。",
    "wages.form": "guarantee",
    "wages.receipt": "云工保2026-0356",
    "promises.safe": True,
    "promises.funded": True,
    "promises.wages": True,
    "promises.delivery": "electronic",
}


def developer() -> Viewer:
    """The developer's legal representative, acting for it."""
    return applicant("程筑", "91990102MA9TB0050F")


def draft(typed: dict[str, object] | None = None) -> Case:
    """A draft that is complete but for its files."""
    return walking.draft(developer(), ITEM, {**TYPED, **(typed or {})})


def accepted(city: City, typed: dict[str, object] | None = None) -> Case:
    """An accepted case with its drawings and the notice of the tender."""
    case = attached(developer(), draft(typed), "drawings", pdf("施工图"))
    case = attached(developer(), case, "tender_notice", pdf("中标通知书"), "中标.pdf")
    case = commands.submit_case(
        viewer=developer(), key=key(), case_id=case.pk, revision=case.revision
    )
    housing = city.officer("housing")
    return commands.accept_case(viewer=housing, key=key(), case_id=case.pk)
