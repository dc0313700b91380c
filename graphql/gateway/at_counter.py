"""What a case says on the receipt and at a counter: its two codes, who filed it, what is missing, where to fetch it."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.utils.timezone import localtime
from django.utils.translation import gettext

from gateway.answers import labels_of
from gateway.errors import told
from gateway.rows import listed, text
from gateway.verbs import Wrong, labelled
from people.errors import Refusals
from services.queries import definition_of
from workflows.commands.submitting import check_complete
from workflows.models import Case
from workflows.progress import as_shown, check_code_of
from workflows.sittings import sitting_of


class AtCounter:
    """A part of the type of a case."""

    query_code = graphene.String(description="办件查询码，凭它与校验码查询进度；提交后才有")
    check_code = graphene.String(description="校验码，与查询码一起使用，请勿告诉他人")
    missing = listed(Wrong, "现在提交会被指出的全部问题，一次列全；已提交的为空")
    collect_at = text("结果在哪里领取；不到窗口领取时为空")
    counter_name = text("由哪个窗口代为提交；不是窗口办理时为空")
    consent_told = text("窗口代办时本人怎样同意的；不是窗口办理时为空")

    @staticmethod
    def resolve_query_code(case: Case, _info: Any) -> str | None:
        """As it is printed."""
        return as_shown(case.query_code) if case.query_code else None

    @staticmethod
    def resolve_check_code(case: Case, _info: Any) -> str | None:
        """It follows from the case; only its digest is kept."""
        return check_code_of(case.pk, case.query_code) if case.query_code else None

    @staticmethod
    def resolve_missing(case: Case, info: Any) -> list[Mapping[str, object]]:
        """Everything that `submitCase` would refuse now, by its own check and in its words."""
        if case.state != "draft":
            return []
        definition = definition_of(case.item_version)
        try:
            check_complete(case, definition)
        except Refusals as refusal:
            labels = labels_of(definition)
            found = [labelled(problem, labels) for problem in refusal.problems]
            return told(found, info.context.request_id)
        return []

    @staticmethod
    def resolve_collect_at(case: Case, _info: Any) -> str:
        """The hall's name."""
        return case.collect_at.name if case.collect_at else ""

    @staticmethod
    def resolve_counter_name(case: Case, _info: Any) -> str:
        """The hall's name."""
        return case.counter.name if case.counter else ""

    @staticmethod
    def resolve_consent_told(case: Case, _info: Any) -> str:
        """By a code or on paper, when, and who saw the paper."""
        sitting = sitting_of(case)
        if sitting is None or sitting.opened_at is None:
            return ""
        day = f"{localtime(sitting.opened_at):%Y-%m-%d %H:%M}"
        if sitting.consent == "code":
            return gettext("本人凭手机验证码同意，{day}").format(day=day)
        witness = sitting.witness.name if sitting.witness else ""
        return gettext("本人签署书面授权书（编号 {number}），由 {witness} 见证，{day}").format(
            number=sitting.paper_number, witness=witness, day=day
        )
