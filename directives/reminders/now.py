"""What an agency should look at now, whatever the ladder says: the text that somebody pastes into Zalo."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q

from agencies.models import Agency
from directives.models import Assignment, Office, Reason, Reminder, Step
from directives.reminders import rungs
from directives.reminders.lines import Letter, written
from directives.reminders.of_rounds import round_calls
from directives.reminders.rungs import Ladder


def letter_now(agency: Agency, day: date) -> Letter:
    """Its late work, what falls due soon, what was sent back, and its report of the round, where that is not sent."""
    near = Q(due__lte=day + timedelta(days=Office.current().soon_days)) | Q(supplement_due_on__isnull=False)
    work = Assignment.objects.published().to_do().filter(agency=agency).with_status(day).filter(near)
    rows = [_about(row) for row in work.for_pages().order_by(F("due"), "task")]
    for body, pk, _, reason, due, rung in round_calls(Ladder.current(), day):
        if body == agency.pk and not any(row.round_id for row in rows):
            call = {"agency": agency, "round_id": pk, "reason": reason, "deadline": due, "rung": rung}
            rows.append(Reminder(pk=-1, step=Step.LIAISON, **call))
    return written(rows, day)


def _about(row: Assignment) -> Reminder:
    """As a reminder that is written down nowhere."""
    due = row.due  # type: ignore[attr-defined]
    back = row.supplement_due_on is not None
    deadline = row.supplement_due_on if row.supplement_due_on else due
    reason = Reason.RETURNED if back else rungs.reason_at(deadline, due)
    return Reminder(pk=row.pk, assignment=row, reason=reason, deadline=deadline, rung=deadline, step=Step.LIAISON)
