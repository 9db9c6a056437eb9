"""WHAT, BY WHEN: directives, tasks, assignments, notes, decisions, reminders, reports."""

from celery.signals import task_prerun
from django.apps import AppConfig
from django.core.signals import request_started


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "Văn bản chỉ đạo và nhiệm vụ"

    def ready(self) -> None:
        from directives import gateways, workdays  # noqa: F401  # gateways registers its check
        from directives.models import CalendarDay

        workdays.follow(CalendarDay.objects.by_date)
        # Several processes keep the laid down days in mind, and one is told of none that another writes. So each reads
        # them anew for every request and every job; hooks, because no view and no job should have to think of it.
        request_started.connect(workdays.forget)
        task_prerun.connect(workdays.forget)
