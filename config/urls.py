"""Wiring: which address leads where."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz, readyz
from gateway.downloads import download_view
from gateway.view import graphql_view

urlpatterns = [
    path("graphql", graphql_view, name="graphql"),
    path("download/certificates/<uuid:key>", download_view, {"kind": "certificates"}),
    path("download/documents/<uuid:key>", download_view, {"kind": "documents"}),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("halls.urls")),
]
