"""Which sitting at a counter (窗口代办) a case was filed in; reads only."""

from people.models import CounterSitting
from workflows.models import Case


def sitting_of(case: Case) -> CounterSitting | None:
    """The sitting in which the counter filed a case for its applicant: the last one opened before it was submitted.

    With its witness; None when the applicant filed it alone.
    """
    if case.counter_id is None:
        return None
    opened = CounterSitting.objects.filter(
        department=case.counter_id, item_code=case.item_version.item.code, opened_at__isnull=False
    )
    if case.applicant_enterprise_id is not None:
        opened = opened.filter(enterprise=case.applicant_enterprise_id)
    else:
        opened = opened.filter(person=case.applicant_person_id, enterprise=None)
    if case.applied_at is not None:
        opened = opened.filter(opened_at__lte=case.applied_at)
    return opened.select_related("witness").order_by("-id").first()
