"""An old book is brought in once, and undone only before anybody writes: on committed rows, with threads."""

import pytest

from agencies.errors import Refused
from directives.actions.bring_in import bring_in
from directives.actions.notes import Said, report_progress
from directives.actions.old_lines import Line
from directives.actions.undo_bring_in import undo_bring_in
from directives.deadlines import Life
from directives.models import Assignment, Directive, OldBook, ProgressNote, Task
from tests.races import at_once, each_at_once, kinds

from .conftest import DAY
from .test_old_book_bring_in import PAPER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lines(agency):
    return [Line(number, PAPER, (agency,), agency.name, f"Nhiệm vụ {number}", Life.IN_PROGRESS) for number in (7, 8)]


@pytest.fixture
def draft(staff):
    return OldBook.objects.create(name="so.xlsx", sha256="a" * 64, uploaded_on=DAY, uploaded_by=staff)


def test_one_book_pressed_three_times_comes_in_once(draft, lines, staff):
    results = at_once(3, lambda: bring_in(book=draft, lines=lines, by=staff, day=DAY))
    assert kinds(results) == ["OldBook"] * 3
    assert (Task.objects.count(), Assignment.objects.count(), Directive.objects.count()) == (2, 2, 1)


def test_two_books_that_name_one_new_paper_make_it_once(draft, lines, staff):
    other = OldBook.objects.create(name="so2.xlsx", sha256="b" * 64, uploaded_on=DAY, uploaded_by=staff)
    results = each_at_once(
        lambda: bring_in(book=draft, lines=lines, by=staff, day=DAY),
        lambda: bring_in(book=other, lines=lines, by=staff, day=DAY),
    )
    assert kinds(results) == ["OldBook", "Refused"]
    assert (Task.objects.count(), Directive.objects.count()) == (2, 1)


def test_whoever_reports_and_whoever_undoes_never_both_succeed(draft, lines, staff, liaison):
    book = bring_in(book=draft, lines=lines, by=staff, day=DAY)
    row = Assignment.objects.get(task__book_row=7)
    results = each_at_once(
        lambda: undo_bring_in(book=book, by=staff, day=DAY),
        lambda: report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=DAY),
    )
    assert sum(isinstance(each, Refused) for each in results) == 1, results
    row.refresh_from_db()
    assert (row.life == Life.CANCELLED) == (not ProgressNote.objects.exists())
