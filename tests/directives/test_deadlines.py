"""The full table of the rule of life and time, and the edges between its cells."""

from datetime import date, timedelta

import pytest

from directives.models import Assignment

DAY = date(2023, 11, 20)


def d(days):
    return DAY + timedelta(days=days)


# (what happened, clock, fields of the assignment, time state, figure)
CASES = [
    ("no date", "undated", {}, "no_deadline", "open_no_deadline"),
    ("no date, done", "undated", {"life": "done", "completed_on": d(-3)}, "no_deadline", "done_no_deadline"),
    ("due yesterday", "dated", {"deadline": d(-1)}, "overdue", "open_overdue"),
    ("due today", "dated", {"deadline": d(0)}, "soon", "open_in_time"),
    ("due in 7 days", "dated", {"deadline": d(7)}, "soon", "open_in_time"),
    ("due in 8 days", "dated", {"deadline": d(8)}, "in_time", "open_in_time"),
    ("begun, due yesterday", "dated", {"deadline": d(-1), "life": "in_progress"}, "overdue", "open_overdue"),
    ("done early", "dated", {"deadline": d(5), "life": "done", "completed_on": d(-2)}, "done_on_time", "done_on_time"),
    (
        "done on the day",
        "dated",
        {"deadline": d(-9), "life": "done", "completed_on": d(-9)},
        "done_on_time",
        "done_on_time",
    ),
    ("done a day late", "dated", {"deadline": d(-9), "life": "done", "completed_on": d(-8)}, "done_late", "done_late"),
    (
        "submitted on time, confirmed late",
        "dated",
        {"deadline": d(-9), "life": "done", "submitted_on": d(-10), "completed_on": d(-10)},
        "done_on_time",
        "done_on_time",
    ),
    (
        "filed in time, waiting past the due day",
        "dated",
        {"deadline": d(-5), "life": "awaiting", "submitted_on": d(-6)},
        "in_time",
        "open_in_time",
    ),
    (
        "filed on the due day, waiting",
        "dated",
        {"deadline": d(-5), "life": "awaiting", "submitted_on": d(-5)},
        "in_time",
        "open_in_time",
    ),
    (
        "filed late, waiting",
        "dated",
        {"deadline": d(-5), "life": "awaiting", "submitted_on": d(-4)},
        "overdue",
        "open_overdue",
    ),
    (
        "sent back, inside its own deadline",
        "dated",
        {"deadline": d(-5), "life": "in_progress", "grace_until": d(2)},
        "soon",
        "open_in_time",
    ),
    (
        "sent back, on the last day of it",
        "dated",
        {"deadline": d(-5), "life": "in_progress", "grace_until": d(0)},
        "soon",
        "open_in_time",
    ),
    (
        "sent back, past its own deadline",
        "dated",
        {"deadline": d(-9), "life": "in_progress", "grace_until": d(-1)},
        "overdue",
        "open_overdue",
    ),
    (
        "sent back with the first deadline still ahead",
        "dated",
        {"deadline": d(30), "life": "in_progress", "grace_until": d(2)},
        "in_time",
        "open_in_time",
    ),
    (
        "late, then sent back: still late",
        "dated",
        {"deadline": d(-5), "life": "in_progress", "supplement_due_on": d(2)},
        "overdue",
        "open_overdue",
    ),
    (
        "done inside the supplement",
        "dated",
        {"deadline": d(-9), "grace_until": d(-2), "life": "done", "completed_on": d(-3)},
        "done_on_time",
        "done_on_time",
    ),
    ("suspended", "dated", {"deadline": d(-5), "life": "suspended"}, None, "suspended"),
    ("cancelled", "dated", {"deadline": d(-5), "life": "cancelled"}, None, None),
    ("transferred", "dated", {"deadline": d(-5), "life": "transferred"}, None, None),
    ("standing", "standing", {}, "no_deadline", "open_no_deadline"),
    ("standing, waiting", "standing", {"life": "awaiting", "submitted_on": d(-1)}, "no_deadline", "open_no_deadline"),
    ("period open", "period", {}, "no_deadline", "open_no_deadline"),
    ("period done", "period", {"life": "done", "completed_on": d(-1)}, "no_deadline", "done_no_deadline"),
    (
        "a stray deadline on a standing task counts for nothing",
        "standing",
        {"deadline": d(-5)},
        "no_deadline",
        "open_no_deadline",
    ),
]


@pytest.mark.parametrize(("name", "clock", "fields", "time_state", "figure"), CASES, ids=[case[0] for case in CASES])
def test_table(make_assignment, name, clock, fields, time_state, figure):
    task_fields = {"period_text": "năm 2023", "period_end": date(2023, 12, 31)} if clock == "period" else {}
    made = make_assignment(clock=clock, task_fields=task_fields, **fields)
    found = Assignment.objects.with_status(DAY).get(pk=made.pk)
    assert (found.time_state, found.figure) == (time_state, figure)


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2023, 12, 31), "no_deadline"), (date(2024, 1, 1), "period_over"), (date(2025, 6, 1), "period_over")],
)
def test_a_period_is_never_overdue_only_over(make_assignment, day, state):
    made = make_assignment(clock="period", task_fields={"period_text": "năm 2023", "period_end": date(2023, 12, 31)})
    found = Assignment.objects.with_status(day).get(pk=made.pk)
    assert (found.time_state, found.figure) == (state, "open_no_deadline")


def test_how_soon_is_soon_is_a_setting(make_assignment):
    made = make_assignment(clock="dated", deadline=d(10))
    assert Assignment.objects.with_status(DAY, soon=9).get(pk=made.pk).time_state == "in_time"
    assert Assignment.objects.with_status(DAY, soon=10).get(pk=made.pk).time_state == "soon"


def test_the_day_is_a_parameter(make_assignment):
    made = make_assignment(clock="dated", deadline=d(0))
    states = [Assignment.objects.with_status(d(days)).get(pk=made.pk).time_state for days in (-8, -7, 0, 1)]
    assert states == ["in_time", "soon", "soon", "overdue"]


def test_the_rule_works_through_a_relation(make_assignment):
    from directives import deadlines
    from directives.models import Task

    made = make_assignment(clock="dated", deadline=d(-1))
    states = Task.objects.filter(pk=made.task_id).annotate(s=deadlines.time_state(DAY, prefix="assignments__"))
    assert list(states.values_list("s", flat=True)) == ["overdue"]
