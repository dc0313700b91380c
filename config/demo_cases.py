"""The stories of the seeded cases: what a visitor of the demo city finds going on, each with a reason to look."""

from collections.abc import Callable
from datetime import timedelta

import yaml
from django.utils import timezone

from bus.chores import NotYet
from config.env import ROOT
from config.seeding import Teller, staff, viewer_named
from ecert.commands import enter_certificate, revoke_certificate
from people.commands import begin_sitting, confirm_sitting, end_sitting, witness_sitting
from people.models import Department, Person
from people.tokens import viewer_of
from people.viewer import Viewer
from registers.commands import switch_register
from workflows import commands
from workflows.models import Approval, Case
from workflows.previewing import proposals_of
from workflows.tasks import check_register

RESTAURANT, SIGNBOARD, RESIDENCE = "99TCN0003", "990117001000", "000709111001"
ALLOWANCE = "000511011000"
FOOD_SHOP, BOOKSHOP = "91990102MA9TB00184", "91990103MA9TB0026D"
CITY, LAKE = "990100000000", "990102000000"
_DEMO = ROOT / "fixtures" / "demo"


def typed(*names: str) -> dict[str, object]:
    """The answers of fixtures/demo/cases.yaml by name, a later one over an earlier."""
    known = yaml.safe_load((_DEMO / "cases.yaml").read_text("utf-8"))
    known["restaurant"] = yaml.safe_load((_DEMO / "restaurant.yaml").read_text("utf-8"))
    return {path: value for name in names for path, value in known[name].items()}


def merged_notice(tell: Teller) -> None:
    """Three departments look before acceptance; the applicant gets one notice (一次性告知)."""
    with tell.working_days_ago(3, 9):
        answers = typed("restaurant", "book_cafe", "lakeside")
        case = tell.submit(viewer_named("hezhiyuan", BOOKSHOP), RESTAURANT, answers)
    with tell.working_days_ago(2, 10):
        _propose(tell, case, "fire", LAKE, {"fire.exits": "面积超过300平方米，安全出口不少于2个"})
    with tell.working_days_ago(2, 11):
        asked = {
            "signboard.size": "请注明厚度，高度超过1.5米的请改小",
            "signboard.position": "请改到门楣上方",
        }
        _propose(tell, case, "urban_management", LAKE, asked)
    with tell.working_days_ago(1, 10):
        lead = staff(_department("market_regulation", LAKE), "officer")
        items = [
            {"field": "business.kitchen_flow", "message": "请补充烘焙间从和面到冷却的操作流程"}
        ]
        rows = list(proposals_of(case))
        items += [item for row in rows for item in row.items]
        commands.request_corrections(
            viewer=lead,
            key=tell.key(),
            case_id=case.pk,
            items=items,
            proposals=[row.pk for row in rows],
        )


def fire_denied(tell: Teller) -> None:
    """One application, two verdicts: the food licence is issued, fire safety is denied with remedies."""
    with tell.working_days_ago(9, 9):
        answers = typed("restaurant", "book_cafe")
        case = tell.submit(viewer_named("hezhiyuan", BOOKSHOP), RESTAURANT, answers)
    with tell.working_days_ago(9, 15):
        tell.accept(case)
    with tell.working_days_ago(7, 10):
        tell.decide(case, "survey")
        tell.decide(case, "waste")
    with tell.working_days_ago(5, 14):
        tell.decide(case, "food")
    with tell.working_days_ago(4, 16):
        reason = (
            "二层疏散楼梯净宽1.05米，小于规定的1.10米；二层北侧安全出口处堆放书架，疏散通道不畅。"
        )
        tell.decide(case, "fire", "denied", reason)


def signboard_denied(tell: Teller) -> None:
    """A denial (不予许可) with its reason, its basis and where to turn."""
    with tell.working_days_ago(12, 9):
        answers = typed("signboard", "roof_sign")
        case = tell.submit(viewer_named("hezhiyuan", BOOKSHOP), SIGNBOARD, answers)
    with tell.working_days_ago(10, 15):
        reason = "招牌设在屋顶、高3米，超出本建筑檐口，影响结构安全和街道景观。"
        tell.decide(case, "signage", "denied", reason)


def yellow_clock(tell: Teller) -> None:
    """A task with one day left."""
    with tell.working_days_ago(2, 9):
        answers = typed("signboard", "terrace_sign")
        tell.submit(viewer_named("linxiaoman", FOOD_SHOP), SIGNBOARD, answers)


def red_clock(tell: Teller) -> None:
    """A task whose last day is over, and which somebody has claimed."""
    with tell.working_days_ago(6, 10):
        case = tell.submit(viewer_named("hezhiyuan", BOOKSHOP), SIGNBOARD, typed("signboard"))
    with tell.working_days_ago(5, 11):
        tell.claim(_approval(case, "signage"))


def certificate_revoked(tell: Teller) -> None:
    """A health certificate is taken back while an open case rests on it; people decide what follows."""
    health = _department("health", CITY)
    person = Person.objects.get(account__sign_in_name="hezhiyuan")
    today = timezone.localdate()
    examined = today - timedelta(days=40)
    certificate = enter_certificate(
        viewer=Viewer.system("load_cases"),
        type_code="HEALTH_CERTIFICATE",
        issuer=health,
        number="99010020260000418",
        issued_on=examined,
        valid_until=today + timedelta(days=325),
        person=person,
        face={
            "name": person.name,
            "id_number": _number_of("bookseller"),
            "gender": "男",
            "examined_on": examined.isoformat(),
            "result": "合格",
            "category": "餐饮服务",
        },
    )
    with tell.working_days_ago(5, 14):
        answers = typed("restaurant", "corner_cafe")
        case = tell.submit(viewer_named("hezhiyuan", BOOKSHOP), RESTAURANT, answers)
    with tell.working_days_ago(4, 9):
        tell.accept(case)
    with tell.working_days_ago(3, 10):
        tell.decide(case, "survey")
    with tell.working_days_ago(1, 11):
        revoke_certificate(
            viewer=staff(health, "approver"),
            key=tell.key(),
            certificate_id=certificate.pk,
            reason="体检机构出具的报告经查不实",
        )


def mismatch_objected(tell: Teller) -> None:
    """A register does not know the employer's new name; the applicant objects, an officer looks, the permit comes."""
    newcomer = viewer_named("yezhiqiu")
    with tell.working_days_ago(6, 9):
        case = tell.submit(newcomer, RESIDENCE, typed("programmer"))
    with tell.working_days_ago(6, 14):
        tell.accept(case)
        check = _approval(case, "employment")
        _ask_register(check)
    with tell.working_days_ago(5, 10):
        commands.object_to_mismatch(
            viewer=newcomer,
            key=tell.key(),
            approval_id=check.pk,
            reason="单位上月由“云澜市云帆软件有限公司”更名，参保登记还是旧名称，附更名通知。",
        )
    with tell.working_days_ago(3, 15):
        tell.decide(case, "employment", reason="经与用人单位核实，更名属实，参保关系连续。")
    with tell.working_days_ago(1, 9):
        tell.decide(case, "grant")


def register_away(tell: Teller) -> None:
    """A department's system is down for two days; the case waits, is asked again and goes on."""
    with tell.working_days_ago(4, 8):
        _switch(is_available=False)
    with tell.working_days_ago(4, 9):
        case = tell.submit(viewer_named("shenchuxiao"), RESIDENCE, typed("student"))
    with tell.working_days_ago(4, 10):
        tell.accept(case)
        check = _approval(case, "schooling")
        _ask_register(check)
    with tell.working_days_ago(3, 10):
        _ask_register(check)
    with tell.working_days_ago(2, 9):
        _switch(is_available=True)
        _ask_register(check)


def elder_at_counter(tell: Teller) -> None:
    """A villager of eighty without a telephone is served in her town: her form signed, two clerks as witnesses."""
    first, second = viewer_named("liuxi.chuangkou.yi"), viewer_named("liuxi.chuangkou.er")
    with tell.working_days_ago(1, 10):
        sitting = begin_sitting(
            viewer=first,
            key=tell.key(),
            id_number=_number_of("villager"),
            name="沈秋水",
            item_code=ALLOWANCE,
            purpose="老年人福利补贴",
            paper_number="柳溪委〔2026〕0031",
        )
        witness_sitting(viewer=second, key=tell.key(), sitting_id=sitting.pk)
        _, tokens = confirm_sitting(viewer=first, key=tell.key(), sitting_id=sitting.pk)
        person = viewer_of(tokens.access_token, "load_cases")
        tell.submit(person, ALLOWANCE, typed("villager"))
        end_sitting(viewer=person, key=tell.key(), sitting_id=sitting.pk)


STORIES: dict[str, Callable[[Teller], None]] = {
    story.__name__: story
    for story in (
        merged_notice,
        fire_denied,
        signboard_denied,
        yellow_clock,
        red_clock,
        certificate_revoked,
        mismatch_objected,
        register_away,
        elder_at_counter,
    )
}


def _number_of(key: str) -> str:
    """An invented person's number, as fixtures/city has it; the database shows only a mask."""
    people = yaml.safe_load((ROOT / "fixtures" / "city" / "people.yaml").read_text("utf-8"))
    return next(str(one["id_number"]) for one in people if one["key"] == key)


def _department(function: str, division: str) -> Department:
    return Department.objects.get(function=function, division_id=division)


def _approval(case: Case, step: str) -> Approval:
    return Approval.objects.select_related("department").get(case=case, step=step)


def _propose(tell: Teller, case: Case, function: str, division: str, asked: dict[str, str]) -> None:
    commands.propose_corrections(
        viewer=staff(_department(function, division), "officer"),
        key=tell.key(),
        case_id=case.pk,
        items=[{"field": path, "message": message} for path, message in asked.items()],
    )


def _switch(*, is_available: bool) -> None:
    switch_register(viewer=Viewer.system("load_cases"), code="ENROLMENT", is_available=is_available)


def _ask_register(approval: Approval) -> None:
    """What the chore of the check does; while the register is away it would come again by itself."""
    try:
        check_register(str(approval.pk))
    except NotYet:
        return
