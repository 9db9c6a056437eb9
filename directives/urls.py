"""Addresses of directives, tasks, assignments, reports and reminders."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
