"""The trial run: a form rendered from a draft, and what made-up answers would lead to. Nothing is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string

from people.errors import Problem, Refusal
from people.models import Division
from people.queries import competent_departments
from services.admin.desk import Desk
from services.admin.faults import told
from services.admin.rows import RowsField
from services.admin.sheets_materials import MODES
from services.admin.sheets_route import KINDS
from services.answers import value_at, with_value
from services.definition import Definition, read_definition
from services.errors import DefinitionInvalid
from services.fields import Field
from services.form import Form, clean
from services.limits import Duration, Limit
from services.samples import sample_answers
from services.trial import Trial, try_out

YES_NO = (("", "不填"), ("true", "是"), ("false", "否"))
MOST_ROWS = 3
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)  # days on which limits can be counted


def trial_view(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A form of the definition as it is now; with answers also what they lead to."""
    desk = Desk(request, version_id)
    context = desk.context("trial", "试运行")
    try:
        definition = read_definition(desk.definition)
    except DefinitionInvalid as invalid:
        context["faults"] = told(desk.definition, invalid.problems)
        return render(request, "admin/services/trial.html", context)
    divisions = list(Division.objects.order_by("code").values_list("code", "name"))
    data: Any = request.POST if request.method == "POST" else None
    if data is not None and "_sample" in data:
        code = next((code for code, _ in reversed(divisions)), "")
        data = _flat(definition.form, sample_answers(definition.form, timezone.localdate(), code))
    form = TrialForm(definition.form, divisions, data)
    if data is not None and form.is_valid():
        context |= _outcome(desk, definition, form)
    context |= {"form": form, "sections": form.by_section()}
    return render(request, "admin/services/trial.html", context)


class TrialForm(forms.Form):
    """Every field of the definition, none of them required: gaps are part of a trial."""

    def __init__(self, form: Form, divisions: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.definition_form = form
        self.fields["accepted_on"] = forms.DateField(
            label="假定受理日期",
            required=False,
            validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
            widget=forms.DateInput(attrs={"type": "date"}),
            help_text="不填为今天。",
        )
        for field in form.fields:
            self.fields[field.path] = _control(field, divisions)

    def by_section(self) -> list[tuple[str, list[Any]]]:
        """Bound fields under the headings of the form."""
        return [
            (section.label, [self[field.path] for field in section.fields])
            for section in self.definition_form.sections
        ]

    def answers(self) -> tuple[dict[str, object], list[Problem]]:
        """Nested answers as they would be stored, and what is wrong with those that are left out."""
        given = {
            field.path: value
            for field in self.definition_form.fields
            if (value := self.cleaned_data.get(field.path)) not in (None, "", [])
        }
        values, problems = clean(self.definition_form, given)
        answers: dict[str, object] = {}
        for path, value in values.items():
            answers = with_value(answers, path, value)
        return answers, problems


def _control(field: Field, divisions: list[tuple[str, str]]) -> forms.Field:
    words: dict[str, Any] = {"label": field.label, "required": False, "help_text": field.help}
    options = [(option.code, option.label) for option in field.options]
    match field.type:
        case "boolean":
            return forms.ChoiceField(choices=YES_NO, **words)
        case "choice":
            return forms.ChoiceField(choices=[("", "不填"), *options], **words)
        case "choices":
            return forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, **words
            )
        case "division":
            return forms.ChoiceField(choices=[("", "不填"), *divisions], **words)
        case "date":
            return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **words)
        case "rows":
            columns = {column.path: _control(column, divisions) for column in field.columns}
            return RowsField(columns, extra=1, **words)
        case "long_text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **words)
    return forms.CharField(widget=forms.TextInput(attrs={"placeholder": field.unit}), **words)


def _flat(form: Form, answers: Mapping[str, object]) -> dict[str, Any]:
    """Answers as a browser would post them."""
    data: dict[str, Any] = {}
    for field in form.fields:
        value = value_at(answers, field.path)
        if isinstance(value, list) and field.type == "rows":
            for number, row in enumerate(value):
                data |= {f"{field.path}-{number}-{key}": _text(v) for key, v in row.items()}
        elif value is not None:
            data[field.path] = value if isinstance(value, list) else _text(value)
    return data


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _outcome(desk: Desk, definition: Definition, form: TrialForm) -> dict[str, Any]:
    answers, wrong = form.answers()
    start = form.cleaned_data["accepted_on"] or timezone.localdate()
    trial = try_out(definition, answers, start, _last_day)
    return {
        "trial": trial,
        "start": start,
        "wrong": _problems(definition, [*wrong, *trial.problems]),
        "asked": [field.label for field in trial.fields],
        "materials": [(one.name, dict(MODES).get(one.mode, one.mode)) for one in trial.materials],
        "waves": _waves(trial, _offices(definition, answers)),
        "idle": [step.name for step in trial.idle],
    }


def _problems(definition: Definition, problems: list[Problem]) -> list[str]:
    """Faults of answers, each with the label of its field, each once."""
    lines = []
    for problem in problems:
        field = definition.form.field(problem.field)
        where = field.label if field else problem.field
        lines.append(f"{where}：{_ANSWER_WORDS.get(problem.code, problem.code)}")
    return list(dict.fromkeys(lines))


_ANSWER_WORDS = {
    "REQUIRED": "必填，还没有填。",
    "OUT_OF_RANGE": "超出允许的范围。",
    "INVALID_NUMBER": "数字的写法不对。",
    "INVALID_DATE": "日期的写法不对。",
    "INVALID_CHOICE": "不在选项之中。",
    "INVALID_VALUE": "内容的类型不对。",
    "INVALID_ID_NUMBER": "身份号码不正确。",
    "INVALID_CREDIT_CODE": "统一社会信用代码不正确。",
    "INVALID_PHONE": "电话号码不正确。",
    "INVALID_BANK_ACCOUNT": "银行账号不正确。",
    "TOO_LONG": "字数太多。",
}


def _offices(definition: Definition, answers: Mapping[str, object]) -> dict[tuple[str, str], str]:
    """{(function, step's division): the competent department's name} for these answers."""
    found: dict[tuple[str, str], str] = {}
    for step in definition.route.steps:
        code = value_at(answers, step.at)
        if isinstance(code, str):
            offices = competent_departments(step.departments, code)
            found |= {(function, step.id): office.name for function, office in offices.items()}
    return found


def _waves(trial: Trial, offices: Mapping[tuple[str, str], str]) -> list[list[dict[str, Any]]]:
    """Steps that may run side by side, wave after wave."""
    waves: dict[int, list[dict[str, Any]]] = {}
    for one in trial.steps:
        step = one.step
        waves.setdefault(one.wave, []).append(
            {
                "name": step.name,
                "kind": dict(KINDS).get(step.kind, step.kind),
                "offices": [offices.get((f, step.id), f) for f in step.departments],
                "after": one.after,
                "within": limit_words(step.within),
                "takes": duration_words(one.takes),
                "opens_on": one.opens_on,
                "due_on": one.due_on,
                "result": step.result,
            }
        )
    return [waves[number] for number in sorted(waves)]


def limit_words(limit: Limit) -> str:
    """5 个工作日."""
    return f"{limit.days} 个{'工作日' if limit.kind == 'working' else '自然日'}"


def duration_words(duration: Duration) -> str:
    """Days of both kinds, added up."""
    parts = [Limit(duration.working, "working")] if duration.working else []
    parts += [Limit(duration.calendar, "calendar")] if duration.calendar else []
    return " + ".join(map(limit_words, parts)) or "当天"


def _last_day(start: date, limit: Limit) -> date | None:
    """The last day of a limit by the city's calendar; None when it is not published for that year."""
    try:
        found: date | None = import_string(settings.LAST_DAY)(start, limit.days, limit.kind)
    except Refusal:
        return None
    return found
