"""The official numbers: of assignments, of agencies, of tasks whose members stand differently."""

from datetime import date

import pytest

from directives import figures, rounds
from directives.figures import Figures
from directives.models import Assignment, Task

DAY = date(2023, 11, 20)
DUE = date(2023, 10, 31)


@pytest.fixture
def many(make_assignment, other_agency):
    make_assignment("dated", 1, deadline=DUE)
    make_assignment("dated", 2, deadline=DUE, life="done", completed_on=DUE)
    make_assignment("dated", 3, deadline=DUE, life="done", completed_on=date(2023, 11, 1))
    make_assignment("dated", 4, deadline=date(2023, 12, 1), agency=other_agency)
    make_assignment("undated", 5)
    make_assignment("undated", 6, life="done", completed_on=DUE)
    make_assignment("undated", 7, life="suspended")
    make_assignment("undated", 8, life="cancelled")


def test_every_assignment_is_counted_once_and_released_work_in_no_base(many):
    counted = figures.of_assignments(Assignment.objects.all(), DAY)
    assert counted == Figures(1, 1, 1, 1, 1, 1, 1, released=1)
    assert (counted.total, counted.no_deadline, counted.done, counted.open) == (7, 2, 3, 3)


def test_the_second_base_is_what_is_done_and_what_is_overdue(many):
    assert figures.of_assignments(Assignment.objects.all(), DAY).already_due == 4


def test_agencies_add_up_to_the_whole(many, agency, other_agency):
    each = figures.by_agency(Assignment.objects.all(), DAY)
    assert each[other_agency.pk] == Figures(open_in_time=1)
    assert each[agency.pk] + each[other_agency.pk] == figures.of_assignments(Assignment.objects.all(), DAY)


@pytest.mark.parametrize(
    ("other", "figure"),
    [
        ({"life": "not_started"}, "open_overdue"),
        ({"life": "awaiting", "submitted_on": DUE}, "open_in_time"),
        ({"life": "done", "completed_on": date(2023, 11, 1)}, "done_late"),
        ({"life": "done", "completed_on": DUE}, "done_on_time"),
        ({"life": "suspended"}, "suspended"),
        ({"life": "cancelled"}, "done_on_time"),
    ],
)
def test_a_task_of_a_group_stands_where_the_last_member_does(make_assignment, other_agency, other, figure):
    first = make_assignment("dated", deadline=DUE, life="done", completed_on=DUE)
    Assignment.objects.create(task=first.task, agency=other_agency, deadline=DUE, **other)
    assert getattr(figures.of_tasks(Task.objects.all(), DAY), figure) == 1


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2023, 11, 20), date(2023, 10, 15), date(2023, 11, 14)),
        (date(2023, 11, 15), date(2023, 10, 15), date(2023, 11, 14)),
        (date(2023, 11, 14), date(2023, 9, 15), date(2023, 10, 14)),
        (date(2023, 1, 3), date(2022, 11, 15), date(2022, 12, 14)),
    ],
)
def test_the_month_closes_on_the_14th(day, start, end):
    window = rounds.last_closed(day)
    assert (window.start, window.end) == (start, end)


def silent():
    return Assignment.objects.unreported_in(rounds.last_closed(DAY), 10).count()


@pytest.mark.parametrize(
    ("said_on", "count"), [("2023-10-14", 1), ("2023-10-15", 0), ("2023-11-14", 0), ("2023-11-15", 1)]
)
def test_unreported_means_no_note_in_the_window(make_assignment, liaison, said_on, count):
    from directives.models import ProgressNote

    made = make_assignment()
    ProgressNote.objects.create(assignment=made, said_on=said_on, author=liaison, result="Đang làm")
    assert silent() == count


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"received_on": date(2023, 11, 4)}, 1),
        ({"received_on": date(2023, 11, 5)}, 0),
        ({"life": "awaiting", "submitted_on": DUE}, 0),
        ({"life": "done", "completed_on": DUE}, 0),
        ({"life": "suspended"}, 0),
    ],
)
def test_only_settled_open_work_can_be_unreported(make_assignment, fields, count):
    make_assignment(**fields)
    assert silent() == count


def test_an_unnamed_group_is_never_silent(make_assignment, agency):
    agency.is_group = True
    agency.save()
    make_assignment()
    assert silent() == 0
