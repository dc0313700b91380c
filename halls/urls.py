"""Which address of the halls leads to which page."""

from django.templatetags.static import static
from django.urls import path
from django.views.generic import RedirectView

from halls import (
    acceptance,
    addresses,
    appearance,
    approvals,
    cases,
    catalogue,
    certificates,
    consent,
    corrections,
    desk,
    downloads,
    entrance,
    filling,
    me,
    messages,
    objecting,
    proposing,
    public,
)

app_name = "halls"
MARK = RedirectView.as_view(url=static("halls/mark.svg"))  # the administration names no icon
urlpatterns = [
    path("favicon.ico", MARK),
    path("", catalogue.home, name="home"),
    path("sign-in", entrance.sign_in, name="sign_in"),
    path("sign-out", entrance.sign_out, name="sign_out"),
    path("items/<str:code>", catalogue.item, name="item"),
    path("items/<str:code>/start", catalogue.start, name="start"),
    path("cases", cases.mine, name="cases"),
    path("cases/<uuid:case_id>", cases.one, name="case"),
    path("cases/<uuid:case_id>/consent", consent.consent, name="consent"),
    path("cases/<uuid:case_id>/form", filling.form, name="form"),
    path("cases/<uuid:case_id>/receipt", cases.receipt, name="receipt"),
    path("cases/<uuid:case_id>/corrections", corrections.answer, name="corrections"),
    path("cases/<uuid:case_id>/withdraw", cases.withdraw, name="withdraw"),
    path("cases/<uuid:case_id>/objections/<uuid:approval_id>", objecting.objection, name="object"),
    path("certificates", certificates.mine, name="certificates"),
    path("certificates/<uuid:certificate_id>", certificates.one, name="certificate"),
    path("files/<str:kind>/<uuid:key>", downloads.file, name="file"),
    path("messages", messages.inbox, name="messages"),
    path("messages/email", addresses.email, name="email"),
    path("messages/email/confirm", addresses.confirm_email, name="confirm_email"),
    path("messages/<uuid:message_id>", messages.read, name="read_message"),
    path("me", me.me, name="me"),
    path("me/mandates", me.grant_mandate, name="grant_mandate"),
    path("me/mandates/<uuid:mandate_id>/revoke", me.revoke_mandate, name="revoke_mandate"),
    path("appearance", appearance.size, name="size"),
    path("desk", desk.worklist, name="desk"),
    path("desk/handled", desk.handled, name="handled"),
    path("desk/cases/<uuid:case_id>", desk.case, name="desk_case"),
    path("desk/cases/<uuid:case_id>/accept", acceptance.accept, name="accept"),
    path("desk/cases/<uuid:case_id>/decline", acceptance.decline, name="decline"),
    path("desk/cases/<uuid:case_id>/corrections", acceptance.corrections, name="ask_corrections"),
    path("desk/cases/<uuid:case_id>/deliver", desk.deliver, name="deliver"),
    path("desk/approvals/<uuid:approval_id>", approvals.approval, name="approval"),
    path("desk/approvals/<uuid:approval_id>/claim", approvals.claim, name="claim"),
    path("desk/previews/<uuid:case_id>", proposing.preview, name="preview"),
    path("desk/approvals/<uuid:approval_id>/propose", proposing.from_approval, name="propose"),
    path("verify", public.verify, name="verify"),
]
