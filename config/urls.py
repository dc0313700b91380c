"""Wiring: which address leads where."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.health import healthz, readyz
from gateway.downloads import download_view
from gateway.incoming import upload_view
from gateway.view import graphql_view

uploads = [path("uploads/<str:token>", upload_view, name="upload")]
urlpatterns = [
    *(uploads if settings.TAKES_UPLOADS else []),
    path("graphql", graphql_view, name="graphql"),
    path("download/certificates/<uuid:key>", download_view, {"kind": "certificates"}),
    path("download/files/<uuid:key>", download_view, {"kind": "files"}),
    path("download/documents/<uuid:key>", download_view, {"kind": "documents"}),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("halls.urls")),
]
handler400 = "halls.faults.bad_request"
