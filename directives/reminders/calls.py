"""What calls for a reminder on a day: deadlines, claims sent back or waiting, news, rounds, nudges.

The days come from Python (`rungs.py` knows the calendar): many assignments share a deadline, so each is worked out
once and joined. An assignment calls each person about its deadline once: with the latest rung that was passed after
the agency received it. A claim that waits for a decision calls nobody of its agency. What came
from an old tracking workbook calls nobody about a deadline that had passed when it was brought in (decision 020).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from agencies.models import Agency, Kind
from directives import deadlines
from directives.models import (
    GIVEN,
    Answer,
    Assignment,
    ExtensionDecision,
    Instruction,
    Life,
    Nudge,
    Outcome,
    Pause,
    Reason,
    ReleaseDecision,
    Review,
    Step,
)
from directives.models.assignment import AssignmentQuerySet
from directives.reminders import rungs
from directives.reminders.of_rounds import round_calls
from directives.reminders.rungs import Ladder
from directives.reminders.tables import Tables
from directives.workdays import LONGEST_HOLIDAY

# What happened to an agency's work: columns of the tables of news.
NEWS = ("assignment", "agency", "day", "source")
COLUMNS = ("assignment", "agency", "round", "follower", "step", "reason", "deadline", "rung", "source")


def add_calls(tables: Tables, day: date, assignments: list[int] | None, with_rounds: bool) -> None:
    """The table `call`, and those that it is made of; of these `assignments` (keys) only, where they are given."""
    ladder = Ladder.current()
    work = Assignment.objects.published()
    if assignments is not None:
        work = work.filter(pk__in=assignments or [0])
    paused = Pause.objects.in_force(day)
    directives = list(paused.filter(directive__isnull=False).values_list("directive", flat=True))
    if directives:
        work = work.exclude(task__directive__in=directives)
    tables.add("today", ("day",), "SELECT %s::date", [day])
    _deadlines(tables, ladder, work, day)
    _claims(tables, ladder, work, day)
    _news(tables, ladder, work, day)
    report = {"agency": "bigint", "round": "bigint", "step": "text", "reason": "text", "due": "date", "rung": "date"}
    tables.rows("report", report, list(round_calls(ladder, day, directives)) if with_rounds else [])
    silenced = list(paused.filter(agency__isnull=False).values_list("agency", flat=True))
    tables.add("call", COLUMNS, f"SELECT * FROM ({_CALLS}) AS c WHERE c.agency <> ALL(%s::bigint[])", [silenced])


def _deadlines(tables: Tables, ladder: Ladder, work: AssignmentQuerySet, day: date) -> None:
    """Work that its agency still has to do, near its day or sent back; and the rungs of the days in question."""
    sent_back = Review.objects.about(OuterRef("pk")).filter(outcome=Outcome.ASKED_MORE).order_by("-pk")
    is_back = Q(supplement_due_on__isnull=False)
    returned_on = Case(When(is_back, then=Subquery(sent_back.values("decided_on")[:1])))
    near = Q(due__lte=day + timedelta(days=ladder.reach))
    is_old = Case(When(task__book__brought_on__gt=F("due"), then=Value(True)), default=Value(False))
    to_do: QuerySet = work.to_do().annotate(due=deadlines.due(), returned_on=returned_on)
    to_do = to_do.annotate(is_old=is_old)
    names = ("assignment", "agency", "follower", "received_on", "due", "until", "since", "is_old")
    columns = (
        "pk",
        "agency_id",
        "task__follower_id",
        "received_on",
        "due",
        "supplement_due_on",
        "returned_on",
        "is_old",
    )
    tables.query("work", names, to_do.filter(near | is_back).values_list(*columns))
    dues = to_do.order_by().filter(near, is_old=False).values_list("due", flat=True).distinct()
    passed = [
        (due, step.value, str(rungs.reason_at(rung, due)), rung)
        for due in dues
        for step in rungs.LADDER
        if (rung := ladder.rung(step, due, day))
    ]
    tables.rows("ladder", {"due": "date", "step": "text", "reason": "text", "rung": "date"}, passed)
    returned = to_do.order_by().filter(is_back).values_list("supplement_due_on", "returned_on").distinct()
    back = [
        (until, since, step.value, rung)
        for until, since in returned
        for step in rungs.LADDER
        if (rung := ladder.returned(step, until, since, day))
    ]
    tables.rows("back", {"until": "date", "since": "date", "step": "text", "rung": "date"}, back)


def _claims(tables: Tables, ladder: Ladder, work: AssignmentQuerySet, day: date) -> None:
    """Claims that wait for a decision. On the standing agency's own the leaders decide (design, section 3.9).

    Of those the leaders hear as soon as anybody does.
    """
    waiting = work.filter(life=Life.AWAITING, closed_on=None)
    own = list(Agency.objects.filter(kind=Kind.STANDING).values_list("pk", flat=True))
    is_own = Case(When(agency__in=own, then=Value(True)), default=Value(False))
    names = ("assignment", "agency", "follower", "submitted_on", "is_own")
    tables.query("claim", names, waiting.values_list("pk", "agency_id", "task__follower_id", "submitted_on", is_own))
    passed = []
    for submitted_on in waiting.order_by().values_list("submitted_on", flat=True).distinct():
        assert submitted_on  # what waits has been submitted
        decides, above = (ladder.waiting(step, submitted_on, day) for step in (Step.STANDING, Step.LEADER))
        heard = ((False, Step.STANDING, decides), (False, Step.LEADER, above), (True, Step.LEADER, decides or above))
        passed += [(submitted_on, own, step.value, rung) for own, step, rung in heard if rung]
    tables.rows("wait", {"day": "date", "is_own": "boolean", "step": "text", "rung": "date"}, passed)


def _news(tables: Tables, ladder: Ladder, work: AssignmentQuerySet, day: date) -> None:
    """What happened to an agency's work, told once, on the next working morning; and what staff let be said at once."""
    mornings = list(rungs.news(day))
    tables.rows("morning", {"day": "date", "rung": "date"}, mornings)
    days = [happened for happened, _ in mornings] or [date.min]
    # What came from an old workbook is no news to those who have carried it for years.
    received = work.to_do().filter(received_on__in=days).exclude(task__book__brought_on__gte=F("received_on"))
    tables.query("received", NEWS, received.values_list("pk", "agency_id", "received_on", Value(0)))
    for name, model, answers in (
        ("extension", ExtensionDecision, (*GIVEN, Answer.REFUSED)),
        ("release", ReleaseDecision, (Answer.APPROVED, Answer.REFUSED)),
    ):
        about = {f"{name}__assignment__in": work.values("pk"), "decided_on__in": days, "answer__in": answers}
        columns = (f"{name}__assignment", f"{name}__assignment__agency_id", "decided_on", "pk")
        tables.query(name, NEWS, model._default_manager.filter(**about).values_list(*columns))
    said = Instruction.objects.filter(assignment__in=work.unfinished().values("pk"), given_on__in=days)
    tables.query("answered", NEWS, said.values_list("assignment", "assignment__agency_id", "given_on", "pk"))
    told = (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED, Reason.NUDGED)
    steps = [(reason.value, step.value) for reason in told for step in rungs.LADDER if ladder.tells(reason, step)]
    tables.rows("told", {"reason": "text", "step": "text"}, steps)
    recent = Nudge.objects.filter(made_on__gt=day - rungs.NEWS_LAST - timedelta(LONGEST_HOLIDAY), made_on__lte=day)
    fresh = [row for row in recent if rungs.next_morning(row.made_on) > day - rungs.NEWS_LAST]
    nudges = [(pk, row.pk, row.made_on) for row in fresh for pk in row.assignments]
    tables.rows("nudge", {"assignment": "bigint", "source": "bigint", "day": "date"}, nudges)


_EVENTS = " UNION ALL ".join(
    f"""
    SELECT n.assignment, n.agency, NULL, 0, t.step, t.reason, n.day, m.rung, n.source
    FROM {reason} n JOIN morning m ON m.day = n.day JOIN told t ON t.reason = '{reason}'
    """
    for reason in (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED)
)
# `until` is the hạn bổ sung, `since` the day on which the claim was sent back.
_CALLS = f"""
    SELECT w.assignment, w.agency, NULL::bigint AS round, w.follower, l.step, l.reason, w.due AS deadline, l.rung,
        0::bigint AS source
    FROM today, work w
    JOIN ladder l ON l.due = w.due AND NOT w.is_old AND (w.received_on IS NULL OR l.rung > w.received_on)
    LEFT JOIN back b ON b.until = w.until AND b.since IS NOT DISTINCT FROM w.since AND b.step = l.step
        AND (w.received_on IS NULL OR b.rung > w.received_on)
    -- While a supplement is awaited the liaison hears only of that; once its day has passed, of whatever came last.
    WHERE w.until IS NULL OR l.step <> '{Step.LIAISON}'
        OR (w.until < today.day AND (b.rung IS NULL OR l.rung >= b.rung))
  UNION ALL
    SELECT w.assignment, w.agency, NULL, w.follower, b.step, '{Reason.RETURNED}', w.until, b.rung, 0
    FROM today, work w
    JOIN back b ON b.until = w.until AND b.since IS NOT DISTINCT FROM w.since
        AND (w.received_on IS NULL OR b.rung > w.received_on)
    LEFT JOIN ladder l ON l.due = w.due AND NOT w.is_old AND l.step = b.step
        AND (w.received_on IS NULL OR l.rung > w.received_on)
    WHERE w.until >= today.day OR l.rung IS NULL OR b.rung > l.rung
  UNION ALL
    SELECT c.assignment, c.agency, NULL, c.follower, w.step, '{Reason.WAITING}', c.submitted_on, w.rung, 0
    FROM claim c JOIN wait w ON w.day = c.submitted_on AND w.is_own = c.is_own
  UNION ALL {_EVENTS}
  UNION ALL
    SELECT w.assignment, w.agency, NULL, w.follower, t.step, t.reason, w.due, n.day, n.source
    FROM today, work w JOIN nudge n USING (assignment) JOIN told t ON t.reason = '{Reason.NUDGED}'
    WHERE w.due < today.day
  UNION ALL
    SELECT NULL, r.agency, r.round, 0, r.step, r.reason, r.due, r.rung, 0
    FROM report r
"""
