"""The tasks of a text that stand in no task yet: after the notice of an old tracking workbook's directive was loaded.

Staff say of each whether it is one that the book brought, or a new one. What they leave stays words of a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from agencies import registers
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives import notices
from directives.actions.bringing import last_positions
from directives.actions.groups import carriers, hold
from directives.actions.locking import lock_directives, lock_tasks, require_followed, require_keeper
from directives.actions.notice_rows import NoticeRows
from directives.actions.succession import carry_on
from directives.actions.turnstile import one_at_a_time
from directives.models import Addressee, Directive, Task
from directives.models.task import TaskQuerySet


@dataclass(frozen=True)
class Found:
    """A task as it was read, with the part of the document that it stands in. `agency`: None where nobody is known."""

    read: notices.Task
    part: notices.Addressee
    agency: Agency | None


@dataclass(frozen=True)
class Placed:
    """How many tasks were matched with a place of the text, and how many were given out."""

    matched: int = 0
    given: int = 0


def unplaced(directive: Directive) -> TaskQuerySet:
    """What came from an old workbook and has no place in the text; what was undone is not there."""
    found = Task.objects.filter(directive=directive, start=None, book__isnull=False, book__undone_on=None)
    return found.order_by("position")


def unmatched(directive: Directive) -> list[Found]:
    """The tasks that the text gives and that no task of ours stands for, in its order."""
    if directive.book_id:
        return []
    try:
        notice = notices.read(directive.text)
    except notices.NotANotice:  # the words of an instruction
        return []
    known = registers.directory(directive.issued_on)
    taken = [(start or 0, end or 0) for start, end in directive.tasks.in_text().values_list("start", "end")]
    return [
        Found(read, part, registers.find(part.name, known=known) if part.name else None)
        for part in notice.addressees
        for read in part.tasks
        if not any(start < read.end and read.start < end for start, end in taken)
    ]


def place_tasks(*, directive: Directive, chosen: Mapping[int, Task | None], by: User, day: date) -> Placed:
    """`chosen`: by where a task begins in the text, which of ours it is; None: a new one, given out today.

    What was placed before is passed over. Raises Refused: no published directive that is followed, a body that
    nobody knows, one of our tasks chosen twice or placed meanwhile.
    """
    require_keeper(by)
    with acting(by, "place_tasks", day):
        # The places of addressees and tasks are counted, and a text may be loaded.
        one_at_a_time("import_notice")
        # Before the directive, as whoever joins a group does.
        hold(each.agency for each in unmatched(directive) if each.agency and each.agency.is_group)
        lock_directives([directive.pk])
        row = Directive.objects.get(pk=directive.pk)
        require_followed(row)
        if not row.is_published or row.book_id:
            raise Refused(f"{row.code} chưa công bố hoặc chưa có toàn văn trong sổ.")
        wanted = [each for each in unmatched(row) if each.read.start in chosen]
        ours = {each.read.start: task for each in wanted if (task := chosen[each.read.start])}
        _require_free(row, list(ours.values()))
        if not wanted:
            return Placed()
        rows = NoticeRows(row, notices.read(row.text), by=by, day=day)
        for each in wanted:
            if task := ours.get(each.read.start):
                _match(task, each.read, rows)
        new = [each for each in wanted if each.read.start not in ours]
        _give(rows, new, by, day)
        return Placed(len(ours), len(new))


def _match(task: Task, read: notices.Task, rows: NoticeRows) -> None:
    """It keeps the words of the book, in which others have read and reported it."""
    task.cites.add(*rows.cites(read))
    Task.objects.filter(pk=task.pk).update(start=read.start, end=read.end, version=F("version") + 1)


def _require_free(directive: Directive, tasks: list[Task]) -> None:
    """Under their locks: each once, and without a place."""
    lock_tasks([task.pk for task in tasks])
    free = set(unplaced(directive).values_list("pk", flat=True))
    seen: set[int] = set()
    for task in tasks:
        if task.pk in seen:
            raise Refused(f"Nhiệm vụ {task.position} được chọn cho hai đoạn; xin chọn một đoạn.")
        if task.pk not in free:
            raise Refused(f"Nhiệm vụ {task.position} vừa được ghép với một đoạn khác. Xin xem lại.")
        seen.add(task.pk)


def _give(rows: NoticeRows, new: Iterable[Found], by: User, day: date) -> None:
    """To those who carry it today: of a body that has ended, whoever took over, as when an old text is published."""
    directive = rows.directive
    rows.position = last_positions(Task, [directive.pk])[directive.pk]
    last = last_positions(Addressee, [directive.pk])[directive.pk]
    there = {(row.start, row.end): row for row in directive.addressees.filter(end__gt=0)}
    for each in new:
        if each.agency is None:
            name = each.part.name or "không nêu tên"
            raise Refused(f"Chưa nhận ra cơ quan “{name[:80]}”. Xin thêm vào danh mục cơ quan trước.")
        place = (each.part.start, each.part.end)
        if place not in there:
            last += 1
            there[place] = rows.address(last, each.part, each.agency)
        receivers = carriers(each.agency, day) if each.agency.is_group else [each.agency]
        task = rows.give(there[place], each.read, receivers, received_on=day)
        for row in task.assignments.select_related("task__directive", "agency").order_by("pk"):
            carry_on(row, by=by, day=day)
