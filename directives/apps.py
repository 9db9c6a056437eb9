"""WHAT, BY WHEN: directives, tasks, assignments, notes, decisions, reminders, reports."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "Văn bản chỉ đạo và nhiệm vụ"

    def ready(self) -> None:
        from directives import gateways  # noqa: F401  # registers its check
