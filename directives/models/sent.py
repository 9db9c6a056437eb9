"""On which business day reminders left: the moment of sending is real and differs from it under a training clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from agencies.history import told
from directives.models.reminder import Reminder, ReminderState


def sent_days(which: Q) -> dict[int, date]:
    """The business day on which each reminder left, from its event row; `which` is a condition on those rows."""
    event_rows: Any = Reminder.pgh_event_model  # type: ignore[attr-defined]
    day = KeyTextTransform("day", "pgh_context")
    left = event_rows.objects.annotate(day_words=day).filter(which, state=ReminderState.SENT)
    return {event.pgh_obj_id: told(event).day for event in left}
