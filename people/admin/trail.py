"""The audit (审计) in the administration: read only, newest first, by time, outcome, actor and subject."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from typing_extensions import override

from keys.time_ordered import first_id_of
from people.admin.audit_words import ACTIONS, OUTCOMES, PROCESSES, SUBJECTS, actions_called
from people.admin.noted import ReadOnly
from people.models import Account, AuditRecord, Department, Enterprise

DAYS = {"1": "近 1 天", "7": "近 7 天", "30": "近 30 天", "366": "近一年", "all": "不限"}
USUAL = "7"
ACCOUNT = "account:"
KINDS = {"anonymous": "未登录"}


class Since(admin.SimpleListFilter):
    """How far back: ids are ordered by time, so that the beginning is a bound of the primary key."""

    title = "时间"
    parameter_name = "since"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What one may choose."""
        return list(DAYS.items())

    @override
    def choices(self, changelist: Any) -> Iterator[Any]:
        """Without a choice the last seven days."""
        chosen = self.value() or USUAL
        for value, text in DAYS.items():
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": link, "display": text}

    @override
    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditRecord]
    ) -> QuerySet[AuditRecord]:
        """The rows since then."""
        chosen = self.value() or USUAL
        if chosen not in DAYS or chosen == "all":
            return queryset
        return queryset.filter(pk__gte=first_id_of(timezone.now() - timedelta(days=int(chosen))))


class Verdict(admin.SimpleListFilter):
    """What was done, and what was refused."""

    title = "结果"
    parameter_name = "verdict"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What one may choose."""
        return [("done", "已办"), ("refused", "被拒绝")]

    @override
    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditRecord]
    ) -> QuerySet[AuditRecord]:
        """The rows of one kind."""
        if self.value() == "done":
            return queryset.filter(outcome="done")
        return queryset.exclude(outcome="done") if self.value() == "refused" else queryset


class Audit(ReadOnly):
    """Names and digests of who did what; no list of values is gathered for its filters."""

    list_display = ("moment", "who", "act", "subject", "result", "whom")
    fields = (
        *("whole_moment", "who", "whom", "act_whole", "subject_whole", "result_whole"),
        *("details", "request_id"),
    )
    list_filter = (Since, Verdict)
    search_fields = ("=actor", "=action", "=subject_id", "=request_id")
    search_help_text = "登录名、动作（如“受理”或 accept_case）、对象标识或请求编号"
    ordering = ("-id",)
    sortable_by = ()

    @admin.display(description="时间")
    def moment(self, record: AuditRecord) -> str:
        """To the second: an audit is read in the order of its rows."""
        return f"{timezone.localtime(record.at):%m-%d %H:%M:%S}"

    @admin.display(description="时间")
    def whole_moment(self, record: AuditRecord) -> str:
        """With the year."""
        return f"{timezone.localtime(record.at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description="动作")
    def act(self, record: AuditRecord) -> str:
        """What was done, in words."""
        return ACTIONS.get(record.action, record.action)

    @admin.display(description="结果")
    def result(self, record: AuditRecord) -> str:
        """How it ended, in words."""
        return OUTCOMES.get(record.outcome, record.outcome)

    @admin.display(description="动作")
    def act_whole(self, record: AuditRecord) -> str:
        """With the code that is searched for."""
        return f"{self.act(record)}（{record.action}）"

    @admin.display(description="对象")
    def subject_whole(self, record: AuditRecord) -> str:
        """With the whole identifier."""
        kind = SUBJECTS.get(record.subject_kind, record.subject_kind)
        return f"{kind}（{record.subject_kind}）{record.subject_id}"

    @admin.display(description="结果")
    def result_whole(self, record: AuditRecord) -> str:
        """With its code."""
        return f"{self.result(record)}（{record.outcome}）"

    @override
    def title_of(self, row: Any) -> str:
        """What was done, and when."""
        return f"{self.act(row)} {self.whole_moment(row)}"

    @admin.display(description="代表")
    def whom(self, record: AuditRecord) -> str:
        """The name of the department or enterprise that the actor acted for."""
        return str(getattr(record, "acted_for", record.acting_for))

    @admin.display(description="对象")
    def subject(self, record: AuditRecord) -> str:
        """What it was about; a long identifier by its end, whole on the record's own page."""
        named = record.subject_id if len(record.subject_id) <= 20 else f"…{record.subject_id[-12:]}"
        return f"{SUBJECTS.get(record.subject_kind, record.subject_kind)} {named}"

    @admin.display(description="谁")
    def who(self, record: AuditRecord) -> str:
        """The sign-in name beside an account; processes have names of their own."""
        return str(getattr(record, "signed_in_as", "") or _processes_name(record.actor))

    @override
    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """A record with the names that stand for its identifiers."""
        record = super().get_object(request, object_id, from_field)
        if record is not None:
            _name_all([record])
        return record

    @override
    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A page with the sign-in names of its accounts, looked up at once."""
        changelist = super().get_changelist_instance(request)
        records = list(changelist.result_list)
        _name_all(records)
        changelist.result_list = records
        return changelist

    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditRecord], search_term: str
    ) -> tuple[QuerySet[AuditRecord], bool]:
        """A sign-in name finds what its account did, a Chinese word the acts that are called so."""
        account = Account.objects.filter(sign_in_name=search_term.strip()).first()
        if account is not None:
            return queryset.filter(actor=f"{ACCOUNT}{account.pk}"), False
        if called := actions_called(search_term.strip()):
            return queryset.filter(action__in=called), False
        return super().get_search_results(request, queryset, search_term)


def _name_all(records: Sequence[Any]) -> None:
    """Gives records the names of their accounts, departments and enterprises, looked up at once."""
    ids = {record.actor.removeprefix(ACCOUNT) for record in records if _is_account(record)}
    names = dict(Account.objects.filter(pk__in=ids).values_list("pk", "sign_in_name"))
    known = {f"{ACCOUNT}{pk}": name for pk, name in names.items()}
    for_whom = _names({record.acting_for for record in records})
    for record in records:
        record.signed_in_as = known.get(record.actor, "")
        record.acted_for = for_whom.get(record.acting_for, record.acting_for)


def _processes_name(actor: str) -> str:
    kind, _, reason = actor.partition(":")
    return (
        f"系统（{PROCESSES.get(reason, reason)}）" if kind == "system" else KINDS.get(kind, actor)
    )


def _is_account(record: AuditRecord) -> bool:
    return record.actor.startswith(ACCOUNT)


def _names(acting_for: set[str]) -> dict[str, str]:
    """{"department:<id>" or "enterprise:<id>": name} of those that are there; one query a kind."""
    found: dict[str, str] = {}
    for kind, model in (("department:", Department), ("enterprise:", Enterprise)):
        ids = [one.removeprefix(kind) for one in acting_for if one.startswith(kind)]
        rows = model._default_manager.filter(pk__in=ids) if ids else model._default_manager.none()
        found |= {f"{kind}{pk}": name for pk, name in rows.values_list("pk", "name")}
    return found
