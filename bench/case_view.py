"""The peer of the document `case`: one case whole, by hand (see bench/views.py)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from graphene.utils.str_converters import to_camel_case as camel

from bench.views import calendar_of_today, columns, days_of, plain, short, word
from ecert.models import Certificate, CertificateType
from ecert.queries import facts_of, status_today
from gateway.answers import answered, shown
from gateway.authority import mask
from gateway.events import timeline
from gateway.needs import needed
from gateway.tickets import download_url
from gateway.words import KINDS, METHODS, OUTCOMES, STATES, STATUSES
from people.models import Division
from people.queries import on_day
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from workflows.actions import allowed_actions
from workflows.clock import WorkingCalendar
from workflows.models import Approval, Case, Decision
from workflows.queries import case_for, step_of
from workflows.reading import flat


def one_case(_request: HttpRequest, viewer: Viewer, case_id: UUID) -> JsonResponse:
    """One case with everything that its page shows."""
    case = case_for(viewer, case_id)
    calendar, names = calendar_of_today(), dict(CertificateType.objects.values_list("code", "name"))
    definition = definition_of(case.item_version)
    labels = {field.path: field.label for field in definition.form.fields}
    approvals = case.approvals.select_related("department", "case__item_version").order_by("id")
    parts = list(approvals.prefetch_related("decisions__officer"))
    granted = any(part.state == "decided" and part.result for part in parts)
    own = ("apply_type", "revision", "reason", "notice_due_on", "statutory_on", "decided_at")
    data = {
        **short(case, calendar),
        **columns(case, *own, "correction_due_on"),
        "allowedActions": [camel(n) for n in allowed_actions(viewer, case, granted=granted)],
        "prefilledCount": len(case.provenance),
        "fieldCount": len(definition.form.fields),
        "lead": case.lead and {"name": case.lead.name, "divisionName": case.lead.division.name},
        "corrections": [
            {**one, "label": labels.get(one["field"], one["field"])} for one in case.corrections
        ],
        "form": {"sections": form_of(definition)},
        "answers": answers(case, names),
        "materials": materials(case, names),
        "approvals": [part_of(approval, names, calendar, viewer) for approval in parts],
        "timeline": [
            {camel(k): plain(v) for k, v in vars(line).items() if k != "state"}
            for line in timeline(case)
        ],
        **papers(case, viewer),
    }
    return JsonResponse({"data": {"case": data}})


def form_of(definition: Definition) -> list[dict[str, object]]:
    """Sections and fields with their labels."""
    return [
        {
            **{"id": section.id, "label": section.label},
            "fields": [{"path": field.path, "label": field.label} for field in section.fields],
        }
        for section in definition.form.sections
    ]


def materials(case: Case, names: Mapping[str, str]) -> list[dict[str, object]]:
    """What the case needs and what is missing."""
    facts = facts_of([UUID(str(identifier)) for identifier in case.certificates])
    linked = {str(fact["type"]) for fact in facts if fact["status"] == "valid"}
    return [
        {
            "id": material["id"],
            "name": material["name"],
            "modeName": word(KINDS, str(material["mode"])),
            "certificateName": names.get(str(material["certificate"]), ""),
            "required": material["required"],
            "isMissing": material["is_missing"],
        }
        for material in needed(definition_of(case.item_version), case.answers, linked)
    ]


def answers(case: Case, names: Mapping[str, str]) -> list[dict[str, object]]:
    """Every answered field with its source."""
    today = on_day(timezone.localdate())
    divisions = dict(Division.objects.filter(today).values_list("code", "name"))
    form = definition_of(case.item_version).form
    shared = ("identifier", "version", "issuer", "grade", "authoritative")
    return [
        {
            "path": one.path,
            "section": one.section,
            "label": one.label,
            "value": one.value,
            "shown": divisions[str(one.value)]
            if one.field.type == "division"
            else shown(one.field, one.value),
            "isReadOnly": bool(one.source and one.source["authoritative"]),
            "source": one.source
            and {
                "typeName": names[one.source["type"]],
                **{name: one.source[name] for name in shared},
                "readAt": one.source["read_at"],
            },
        }
        for one in answered(form, flat(case.answers), case.provenance)
    ]


def part_of(
    approval: Approval, names: Mapping[str, str], calendar: WorkingCalendar, viewer: Viewer
) -> dict[str, object]:
    """A department's part."""
    rounds = [d for d in approval.decisions.all() if d.round == approval.round]
    own = ("id", "step", "kind", "state", "round", "due_on", "opened_at", "decided_at")
    department = approval.department
    return {
        **columns(approval, *own),
        "stepName": step_of(definition_of(approval.case.item_version), approval).name,
        "kindName": word(KINDS, approval.kind),
        "stateName": word(STATES, approval.state),
        "daysLeft": days_of(approval, calendar),
        "resultName": names.get(approval.result, approval.result),
        "department": {"name": department.name, "function": department.function},
        "decision": decision_of(rounds[-1], viewer) if rounds else None,
    }


def decision_of(decision: Decision, viewer: Viewer) -> dict[str, object]:
    """A decision and who made it; the applicant reads the surname only."""
    name = decision.officer.name if decision.officer else ""
    return {
        **columns(decision, "outcome", "reason", "basis", "findings", "at", "source"),
        "outcomeName": word(OUTCOMES, decision.outcome),
        "officerName": mask(name) if name and viewer.is_applicant else name,
    }


def file_of(row: Any, kind: str, viewer: Viewer) -> dict[str, object]:
    """Whether the sealed file is there, and where."""
    ready = row.file_id is not None
    return {
        "isReady": ready,
        "downloadUrl": download_url(viewer, kind, row.pk) if ready else None,
    }


def papers(case: Case, viewer: Viewer) -> dict[str, object]:
    """Documents, certificates and deliveries."""
    made = Certificate.objects.filter(source_case=case.pk).order_by("id")
    return {
        "documents": [
            {
                **columns(row, "id", "kind", "number", "issued_at"),
                "kindName": word(KINDS, row.kind),
                "departmentName": row.department.name,
                "remedies": row.content.get("remedies", []),
                **file_of(row, "documents", viewer),
            }
            for row in case.documents.select_related("department").order_by("id")
        ],
        "certificates": [
            {
                **columns(row, "id", "identifier", "number", "issued_on", "valid_until"),
                "typeName": row.type.name,
                "issuerName": row.issuer.name,
                "status": status_today(row),
                "statusName": word(STATUSES, status_today(row)),
                "sourceStep": row.source_step,
                **file_of(row, "certificates", viewer),
            }
            for row in made.select_related("type", "issuer")
        ],
        "deliveries": [
            {
                **columns(row, "receiver", "proof", "delivered_at"),
                "certificateId": plain(row.certificate_id),
                "methodName": word(METHODS, row.method),
            }
            for row in case.deliveries.order_by("id")
        ],
    }
