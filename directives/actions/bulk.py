"""Lead, deadline or clock of many tasks at one stroke: each through its own verb, with a preview and a way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.decisions import deadline_words
from directives.actions.locking import require_keeper
from directives.actions.tasks import change_task, set_clock, set_deadline
from directives.deadlines import Clock
from directives.models import BulkChange, BulkKind, Extension, Task

MOST = 500


@dataclass(frozen=True)
class Wish:
    """What all of the tasks shall have."""

    kind: BulkKind
    lead: Agency | None = None
    deadline: date | None = None
    clock: Clock | None = None
    period_end: date | None = None
    instrument: str = ""

    @property
    def words(self) -> str:
        """The new value, for people."""
        if self.kind == BulkKind.LEAD:
            return str(self.lead or "(chưa rõ)")
        if self.kind == BulkKind.DEADLINE:
            return f"{self.deadline:%d/%m/%Y}"
        assert self.clock
        until = f", hết {self.period_end:%d/%m/%Y}" if self.clock == Clock.PERIOD and self.period_end else ""
        return f"{self.clock.label}{until}"


@dataclass(frozen=True)
class Row:
    """One task: what it has, what it gets, or why it cannot. `dropped`: requests for more time, needless then."""

    task: Task
    old: str
    new: str
    refused: str = ""
    dropped: int = 0


def preview_bulk(*, tasks: Iterable[Task], wish: Wish, by: User, day: date) -> list[Row]:
    """What `change_in_bulk` would do now, found out by doing it and taking it back: no second copy of the rules."""
    require_keeper(by)
    with transaction.atomic():
        rows = [_try(task, task.version, wish, by, day)[0] for task in tasks]
        transaction.set_rollback(True)
    return rows


def change_in_bulk(*, seen: Mapping[int, int], wish: Wish, by: User, day: date) -> tuple[BulkChange | None, list[Row]]:
    """Change the tasks (key → version that the person saw). What cannot be changed is left, with its reason.

    The change as kept for undoing, None where no task took it. Raises Refused for more than MOST tasks, or none.
    """
    require_keeper(by)
    if not 0 < len(seen) <= MOST:
        raise Refused(f"Mỗi lần đổi từ 1 đến {MOST} nhiệm vụ. Xin lọc hoặc chọn lại.")
    with acting(by, "change_in_bulk", day):
        # In one order for everybody, so that two people never wait for each other.
        tasks = Task.objects.visible_to(by).filter(pk__in=seen).select_related("directive", "lead").order_by("pk")
        tried = [_try(task, seen[task.pk], wish, by, day) for task in tasks]
        kept = [record for _, record in tried if record]
        change = None
        if kept:
            change = BulkChange.objects.create(
                kind=wish.kind, words=wish.words[:300], instrument=wish.instrument, rows=kept, made_on=day, made_by=by
            )
        return change, [row for row, _ in tried]


def _try(task: Task, version: int, wish: Wish, by: User, day: date) -> tuple[Row, dict[str, Any] | None]:
    """One task in a savepoint of its own, and what is kept of it for undoing."""
    old, record = _words(task, wish.kind), _before(task)
    if old == wish.words:
        return Row(task, old, wish.words, "Đã đúng giá trị này, không phải đổi."), None
    waiting = Extension.objects.filter(assignment__task=task).waiting()
    asked = waiting.count()
    try:
        with transaction.atomic():
            after = change_one(task, version, wish, by, day)
    except Refused as refusal:
        return Row(task, old, wish.words, str(refusal)), None
    dropped = asked - waiting.count()
    kept = {"old": old, "version": after.version, "after": _day(after.deadline), "dropped": dropped}
    return Row(task, old, wish.words, dropped=dropped), record | kept


def change_one(task: Task, version: int | None, wish: Wish, by: User, day: date) -> Task:
    if wish.kind == BulkKind.LEAD:
        return change_task(
            task=task,
            lead=wish.lead,
            product=task.product,
            follower=task.follower,
            by=by,
            day=day,
            version=version,
        )
    if wish.kind == BulkKind.DEADLINE:
        assert wish.deadline
        return set_deadline(
            task=task, deadline=wish.deadline, instrument=wish.instrument, by=by, day=day, version=version
        )
    assert wish.clock
    return set_clock(
        task=task,
        clock=wish.clock,
        instrument=wish.instrument,
        period_end=wish.period_end,
        by=by,
        day=day,
        version=version,
    )


def _words(task: Task, kind: BulkKind) -> str:
    if kind == BulkKind.LEAD:
        return str(task.lead or "(chưa rõ)")
    return deadline_words(task.deadline, task) if task.clock == Clock.DATED else task.clock_words


def _before(task: Task) -> dict[str, Any]:
    """Everything that a way back needs; members of a group may each have a day of their own."""
    carried = task.assignments.unfinished().values_list("pk", "deadline", "extended_until")
    return {
        "task": task.pk,
        "lead": task.lead_id,
        "clock": task.clock,
        "deadline": _day(task.deadline),
        "period_end": _day(task.period_end),
        "source": task.deadline_source,
        "first_deadline": _day(task.first_deadline),
        "deadline_by": task.deadline_by_id,
        "carried": [[pk, _day(deadline), _day(until)] for pk, deadline, until in carried],
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
