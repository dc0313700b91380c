"""Wiring: which address leads where."""

from django.contrib import admin
from django.urls import path

from config.health import healthz, readyz
from gateway.view import graphql_view

urlpatterns = [
    path("graphql", graphql_view, name="graphql"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
