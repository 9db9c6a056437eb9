"""An old book is brought in once, and undone only before anybody writes: on committed rows, with threads."""

import importlib
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from agencies.errors import Refused
from directives.actions.bring_in import bring_in
from directives.actions.import_notice import import_notice
from directives.actions.notes import Said, report_progress
from directives.actions.old_books import sweep_old_books
from directives.actions.old_lines import Line
from directives.actions.reports import Wanted, request_report
from directives.actions.undo_bring_in import undo_bring_in
from directives.deadlines import Life
from directives.models import Assignment, Directive, OldBook, ProgressNote, Report, Scope, Task
from tests.races import at_once, each_at_once, kinds

from .conftest import DAY
from .test_old_book_bring_in import PAPER

undo = importlib.import_module("directives.actions.undo_bring_in")
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


TEXT = (Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt").read_text()


@pytest.fixture
def known_from_the_book(draft, agency, staff):
    paper = replace(PAPER, number="86", issued_on=date(2023, 4, 24))
    lines = [Line(7, paper, (agency,), agency.name, "Rà soát chính sách", Life.IN_PROGRESS)]
    return bring_in(book=draft, lines=lines, by=staff, day=DAY)


def test_of_two_who_load_the_real_notice_one_does_and_the_other_is_told(known_from_the_book, staff):
    results = at_once(2, lambda: import_notice(text=TEXT, by=staff, day=DAY))
    assert sorted((each.is_filled, each.created) for each in results) == [(False, False), (True, False)]
    assert Directive.objects.get().cited_documents.count() == 7
    assert Task.objects.count() == 1


def test_the_real_notice_and_the_undoing_leave_one_whole_directive(known_from_the_book, staff):
    each_at_once(
        lambda: import_notice(text=TEXT, by=staff, day=DAY),
        lambda: undo_bring_in(book=known_from_the_book, by=staff, day=DAY),
    )
    assert Directive.objects.kept().get().text == TEXT
    assert Assignment.objects.filter(task__book__isnull=False).get().life == Life.CANCELLED


def test_a_report_that_is_asked_while_the_book_is_undone_names_no_withdrawn_paper(draft, lines, staff):
    book = bring_in(book=draft, lines=lines, by=staff, day=DAY)
    wanted = Wanted(Scope.DIRECTIVES, DAY, list(Directive.objects.filter(book=book)))
    results = each_at_once(
        lambda: undo_bring_in(book=book, by=staff, day=DAY),
        lambda: request_report(wanted=wanted, by=staff, day=DAY),
    )
    assert sum(isinstance(each, Refused) for each in results) == 1, results
    assert not Report.objects.filter(directives__withdrawn_on__isnull=False).exists()


def test_a_report_waits_for_an_undoing_that_is_under_way_and_is_refused(draft, lines, staff, monkeypatch):
    """The undoing has looked for reports and not yet committed when the report is asked."""
    book = bring_in(book=draft, lines=lines, by=staff, day=DAY)
    wanted = Wanted(Scope.DIRECTIVES, DAY, list(Directive.objects.filter(book=book)))
    looked, asked = threading.Event(), threading.Event()
    cancel = undo._cancel

    def slowly(*args):
        looked.set()
        asked.wait(2)  # a request that does not wait is through by then
        cancel(*args)

    def ask():
        looked.wait(10)
        try:
            return request_report(wanted=wanted, by=staff, day=DAY)
        finally:
            asked.set()

    monkeypatch.setattr(undo, "_cancel", slowly)
    results = each_at_once(lambda: undo_bring_in(book=book, by=staff, day=DAY), ask)
    assert kinds(results) == ["OldBook", "Refused"], results
    assert not Report.objects.exists()


def test_of_the_sweep_and_whoever_brings_in_one_wins(draft, lines, staff):
    OldBook.objects.update(touched_at=timezone.now() - timedelta(days=99))
    results = each_at_once(
        lambda: bring_in(book=draft, lines=lines, by=staff, day=DAY),
        lambda: sweep_old_books(timezone.now(), DAY),
    )
    is_in = OldBook.objects.filter(brought_on=DAY).exists()
    assert is_in == Task.objects.exists(), results
    assert is_in or any(isinstance(each, Refused) for each in results), results
