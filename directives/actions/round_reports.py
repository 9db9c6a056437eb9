"""Reports that are drafted by themselves when a round is over; publishing them is for people."""

from __future__ import annotations

from datetime import date, timedelta

from directives.actions.reports import Wanted, request_report, retry_report
from directives.models import Assignment, Report, ReportState, Round, Scope

# A round whose time ended longer ago was reported on in some other way.
LOOK_BACK = timedelta(days=31)


def draft_round_reports(day: date) -> list[Report]:
    """One about everything that is followed, for each round whose agencies' last day has passed.

    Twice is harmless; one that could not be made is tried again.

    Its figures are those of `day`, the first on which all that was sent in time is there; the superiors want it by
    `due_standing` (Decree 09/2019/NĐ-CP, Art. 13: by the 25th).
    """
    ended = Round.objects.filter(due_agency__lt=day, due_agency__gte=day - LOOK_BACK, reports=None)
    if not Assignment.objects.published().filter(task__directive__closed_on=None).exists():
        return []
    drafted = [request_report(wanted=_about(each, day), by=None, day=day) for each in ended.order_by("end")]
    failed = Report.objects.filter(state=ReportState.FAILED, made_by=None, publication=None, figures__isnull=True)
    again = failed.filter(round__due_agency__gte=day - LOOK_BACK)
    return drafted + [retry_report(report=each, by=None, day=day) for each in again]


def _about(round: Round, day: date) -> Wanted:
    return Wanted(Scope.ALL, as_of=day, period_start=round.start, period_name=round.name, round=round)
