"""Which agencies are to be told of the reporting round that they report on now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from agencies.models import Agency
from directives.models import Assignment, Office, Reason, Report, Round, Step, Submission, SubmissionState
from directives.reminders.rungs import LADDER, NEWS_LAST, Ladder
from directives.workdays import next_working_day


def round_calls(
    ladder: Ladder, day: date, paused: Collection[int] = ()
) -> Iterator[tuple[int, int, str, str, date, date]]:
    """Agency, round, step, reason, due day and rung of each. Seven queries at most.

    An agency is told as long as something of its work is unreported (design, section 3.4) and its report is not sent.
    What its head has in hand is its head's to send; where heads get no mail, their liaisons are told with them.
    `paused`: directives (keys) whose work calls for nothing.
    """
    yield from _drafted(ladder, day)
    closed = Round.objects.closed(day).first()
    if closed is None or closed.is_over(day):
        return
    office = Office.current()
    silent = Assignment.objects.unreported_in(closed.judged, office.silent_after).order_by()
    if paused:
        silent = silent.exclude(task__directive__in=paused)
    in_hand = {each.agency_id: each for each in Submission.objects.filter(round=closed).select_related("agency")}
    for agency in Agency.objects.filter(pk__in=silent.values("agency")).living():
        report = in_hand.get(agency.pk)
        if report and report.state == SubmissionState.SENT:
            continue
        due = closed.due_of(agency)
        for step in LADDER:
            if call := ladder.of_round(step, closed.end, due, day):
                reason, rung = call
                for to in _told(step, report, office):
                    yield agency.pk, closed.pk, to.value, reason, due, rung


def _drafted(ladder: Ladder, day: date) -> Iterator[tuple[int, int, str, str, date, date]]:
    """The report of a round that was drafted by itself and that nobody has published (`actions/round_reports.py`)."""
    steps = [step for step in (Step.STANDING, Step.LEADER) if ladder.tells(Reason.DRAFTED, step)]
    standing = Agency.objects.standing() if steps else None
    if standing is None:
        return
    since = day - NEWS_LAST
    waiting = Report.objects.drafts().filter(round__isnull=False, made_on__gt=since, made_on__lte=day)
    for report in waiting.select_related("round").defer("figures"):
        rung = next_working_day(report.made_on)
        if report.round and rung <= day:
            for step in steps:
                yield standing.pk, report.round.pk, step.value, str(Reason.DRAFTED), report.round.due_standing, rung


def _told(step: Step, report: Submission | None, office: Office) -> tuple[Step, ...]:
    """Who is told at a step; a head who has the report in hand is told as that, and not once more as head."""
    if report is None or not report.waits_for_head:
        return (step,)
    if step == Step.HEAD:
        return ()
    if step == Step.LIAISON:
        return (Step.APPROVER,) if office.mails_heads else (Step.APPROVER, Step.LIAISON)
    return (step,)
