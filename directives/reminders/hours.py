"""When something may leave: on working days, outside the quiet hours of the office."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from directives.models import Office
from directives.workdays import is_working_day
from kttt_tracker.celery import PLANNED_AT


def has_begun(moment: datetime) -> bool:
    """Whether the morning's planning is due; on the training clock nobody plans but who presses the button."""
    return not settings.TODAY and timezone.localtime(moment).time() >= PLANNED_AT


def may_send(day: date, moment: datetime) -> bool:
    """`day`: the business day. On the training clock the hour of the machine says nothing of that day's hours."""
    if not is_working_day(day):
        return False
    office = Office.current()
    begins, ends = office.quiet_from, office.quiet_until
    if settings.TODAY or begins is None or ends is None:
        return True
    now = timezone.localtime(moment).time()
    is_quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
    return not is_quiet
