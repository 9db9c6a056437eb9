"""An old tracking workbook comes into our book: all of it or nothing, in few statements, and nobody is reminded.

What it brings is received on the day of the import: nobody was silent in a round that had closed by then. A deadline
that had passed by then calls for no reminder (`reminders/calls.py`, docs/decisions/020).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives import figures
from directives.actions.bringing import Bringing, last_positions
from directives.actions.locking import lock_directives, require_keeper
from directives.actions.old_books import locked_book
from directives.actions.old_lines import Line, Paper
from directives.actions.succession import carry_on
from directives.actions.turnstile import one_at_a_time
from directives.deadlines import OPEN
from directives.figures import Figures
from directives.models import Assignment, Directive, OldBook, Task

__all__ = ["Line", "Paper", "Tried", "bring_in", "try_bringing_in"]

MOST = 5000


@dataclass(frozen=True)
class Tried:
    """What a bringing in would do: numbers of new rows, and the official numbers of all assignments around it."""

    counts: dict[str, int]
    before: Figures
    after: Figures


def try_bringing_in(*, book: OldBook, lines: list[Line], by: User, day: date) -> Tried:
    """Found out by doing it and taking it back: no second copy of the rules. Raises Refused as `bring_in` does."""
    before = figures.of_assignments(Assignment.objects.published(), day)
    with transaction.atomic():
        brought = bring_in(book=book, lines=lines, by=by, day=day)
        after = figures.of_assignments(Assignment.objects.published(), day)
        transaction.set_rollback(True)
    return Tried(brought.counts, before, after)


def bring_in(
    *, book: OldBook, lines: list[Line], by: User, day: date, last: Mapping[int, int] | None = None
) -> OldBook:
    """Write all of `lines`; a book that is here already is given back as it is.

    `last`: the last task of each directive that was here, when its tasks were compared with the lines. Raises
    Refused: nothing to bring in, too much, undone before; thrown away, a directive closed or given tasks meanwhile.
    """
    require_keeper(by)
    if not 0 < len(lines) <= MOST:
        raise Refused(f"Mỗi lần đưa vào từ 1 đến {MOST} dòng; hiện có {len(lines)} dòng đưa vào được.")
    with acting(by, "bring_in", day):
        # The places of addressees and tasks are counted, and two books may name the same directive.
        one_at_a_time("import_notice")
        row = locked_book(book)
        if not row.is_draft:
            return row
        _require_open({line.directive for line in lines if isinstance(line.directive, int)})
        _require_same(last or {})
        _require_new({line.directive.identity for line in lines if isinstance(line.directive, Paper)})
        row.counts = Bringing(row, lines, by=by, day=day).write()
        _carry_on(row, by=by, day=day)
        row.brought_on, row.brought_by, row.brought_at = day, by, timezone.now()
        row.kept, row.cells = versions(row), {}
        row.save()
        return row


def versions(book: OldBook) -> dict[str, int]:
    """The version of everything that came from the book: "t12" of a task, "a12" of an assignment. Two queries."""
    tasks = Task.objects.filter(book=book).values_list("pk", "version")
    carried = Assignment.objects.filter(task__book=book).order_by().values_list("pk", "version")
    return {f"t{pk}": number for pk, number in tasks} | {f"a{pk}": number for pk, number in carried}


def _require_open(directives: set[int]) -> None:
    """Those that were in our book before: under their locks, published, and followed."""
    lock_directives(directives)
    for row in Directive.objects.filter(pk__in=directives).defer("text", "segments"):
        if row.closed_on:
            raise Refused(f"{row.code} đã kết thúc theo dõi, nên không nhận thêm nhiệm vụ.")
        if not row.is_published:
            raise Refused(f"{row.code} còn là bản nháp; xin công bố trước rồi mới đưa nhiệm vụ cũ vào.")


def _require_same(last: Mapping[int, int]) -> None:
    """What else was added may say what a line says again; nothing is added while the turnstile is held."""
    now = last_positions(Task, last)
    if any(now[key] != position for key, position in last.items()):
        raise Refused("Văn bản vừa nhận thêm nhiệm vụ trong lúc ông/bà xem trước. Xin xem trước lại.")


def _require_new(papers: set[tuple[str, str, date]]) -> None:
    """Somebody may have brought one in, or loaded its notice, since this was looked at."""
    there = Directive.objects.kept().filter(number__in={number for number, _, _ in papers})
    for row in there.defer("text", "segments"):
        if (row.number, row.symbol, row.issued_on) in papers:
            raise Refused(f"{row.code} vừa được đưa vào sổ trong lúc ông/bà xem trước. Xin xem trước lại.")


def _carry_on(book: OldBook, *, by: User, day: date) -> None:
    """What is still open under a body that has ended goes to whoever took over; what is closed keeps the old name."""
    ended = Agency.objects.filter(ended_on__isnull=False)
    rows = Assignment.objects.filter(task__book=book, agency__in=ended, life__in=OPEN)
    for row in rows.select_related("task__directive", "agency").order_by("pk"):
        carry_on(row, by=by, day=day)
