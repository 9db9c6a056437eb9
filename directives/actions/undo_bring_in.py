"""The way back from an old tracking workbook, as a whole, while nobody has written on what it brought.

Notes and decisions are never deleted (design, section 3.8), so its work is cancelled, which leaves every number, and
the papers that only it knew are withdrawn: nobody finds them any more, and another book may bring them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.bring_in import versions
from directives.actions.locking import lock_directives, lock_tasks, require_keeper
from directives.actions.turnstile import one_at_a_time
from directives.deadlines import RELEASED, Life
from directives.models import (
    Assignment,
    Decision,
    Directive,
    Entry,
    Extension,
    Instruction,
    LetterTask,
    OldBook,
    Release,
    Task,
    UrgingTask,
)

# What may be written about an assignment and leaves its version as it is, in words.
WRITTEN = {
    Entry: "đã soạn báo cáo kỳ",
    Extension: "đã xin gia hạn",
    Release: "đã đề nghị thôi giao",
    Instruction: "đã có ý kiến chỉ đạo",
    LetterTask: "đã có công văn đôn đốc",
    UrgingTask: "đã ghi lần đôn đốc",
}
# Of the reasons why it cannot be undone, so many are said.
SAID = 5


def undo_bring_in(*, book: OldBook, by: User, day: date) -> OldBook:
    """Take all of it out of the numbers. Raises Refused, naming what was written since, or where it is undone."""
    require_keeper(by)
    with acting(by, "undo_bring_in", day):
        one_at_a_time("import_notice")
        row = OldBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
        if row.is_draft:
            raise Refused("Sổ này chưa được đưa vào.")
        if row.undone_on:
            raise Refused(f"Lần đưa vào này đã được hoàn tác ngày {row.undone_on:%d/%m/%Y}.")
        _lock(row)
        if since := list(written_since(row)):
            more = f" và {len(since) - SAID} việc khác" if len(since) > SAID else ""
            raise Refused(f"Không hoàn tác được vì từ đó đã có người ghi thêm: {'; '.join(since[:SAID])}{more}.")
        _cancel(row, by, day)
        Directive.objects.filter(book=row).update(published_on=None, withdrawn_on=day)
        row.undone_on, row.undone_by = day, by
        row.save(update_fields=["undone_on", "undone_by"])
        return row


def written_since(book: OldBook) -> Iterator[str]:
    """What has been done since the bringing in, in words. A constant number of queries.

    A closing has judged the work of the book, and a report that names its papers is to stay readable.
    """
    now = versions(book)
    changed = {key for key in now.keys() | book.kept.keys() if now.get(key) != book.kept.get(key)}
    tasks = {int(key[1:]) for key in changed if key.startswith("t")}
    carried = {int(key[1:]) for key in changed if key.startswith("a")}
    found = Task.objects.filter(book=book).order_by("book_row").distinct()
    for row in found.filter(pk__in=tasks) | found.filter(assignments__in=carried):
        yield f"dòng {row.book_row} đã được cập nhật"
    for model, words in WRITTEN.items():
        rows = model.objects.filter(assignment__task__book=book).order_by()  # type: ignore[attr-defined]
        for number in sorted(set(rows.values_list("assignment__task__book_row", flat=True))):
            yield f"dòng {number} {words}"
    added = Task.objects.filter(directive__book=book).exclude(book=book).select_related("directive")
    for code in sorted({row.directive.code for row in added.defer("directive__text", "directive__segments")}):
        yield f"{code} đã nhận thêm nhiệm vụ khác"
    of_book = Directive.objects.filter(Q(book=book) | Q(tasks__book=book)).distinct().defer("text", "segments")
    for closed in of_book.filter(closed_on__isnull=False):
        yield f"{closed.code} đã kết thúc theo dõi"
    for named in Directive.objects.filter(book=book, reports__isnull=False).distinct().defer("text", "segments"):
        yield f"{named.code} đã được nêu trong báo cáo"


def _lock(book: OldBook) -> None:
    lock_directives(Directive.objects.filter(tasks__book=book).values("pk"))
    lock_tasks(Task.objects.filter(book=book).values("pk"))
    rows = Assignment.objects.filter(task__book=book).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _cancel(book: OldBook, by: User, day: date) -> None:
    rows = list(Assignment.objects.filter(task__book=book).exclude(life__in=RELEASED).order_by("pk"))
    Decision.objects.bulk_create(
        (
            Decision(
                assignment=row,
                verb="undo_bring_in",
                reason=f"Hoàn tác việc đưa sổ theo dõi cũ (tệp {book.name}) vào ngày {book.brought_on:%d/%m/%Y}.",
                old=row.get_life_display(),
                new=str(Life.CANCELLED.label),
                decided_on=day,
                decided_by=by,
            )
            for row in rows
        ),
        batch_size=500,
    )
    keys = [row.pk for row in rows]
    Assignment.objects.filter(pk__in=keys).update(life=Life.CANCELLED, version=F("version") + 1)
