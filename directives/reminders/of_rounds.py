"""Which agencies are to be told of the reporting round that they report on now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from agencies.models import Agency
from directives.models import Assignment, Office, Round, Step, Submission, SubmissionState
from directives.reminders.rungs import LADDER, Ladder


def round_calls(ladder: Ladder, day: date) -> Iterator[tuple[int, int, str, str, date, date]]:
    """Agency, round, step, reason, due day and rung of each. Five queries at most.

    An agency is told as long as something of its work is unreported (design, section 3.4) and its report is not sent.
    What its head has in hand is its head's to send.
    """
    closed = Round.objects.closed(day).first()
    if closed is None or closed.is_over(day):
        return
    silent = Assignment.objects.unreported_in(closed.judged, Office.current().silent_after).order_by()
    in_hand = {each.agency_id: each for each in Submission.objects.filter(round=closed).select_related("agency")}
    for agency in Agency.objects.filter(pk__in=silent.values("agency")).living():
        report = in_hand.get(agency.pk)
        if report and report.state == SubmissionState.SENT:
            continue
        due = closed.due_of(agency)
        for step in LADDER:
            if call := ladder.of_round(step, closed.end, due, day):
                reason, rung = call
                to = Step.APPROVER if step == Step.LIAISON and report and report.waits_for_head else step
                yield agency.pk, closed.pk, str(to), reason, due, rung
