"""What the timeline keeps when a deadline or a clock changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from agencies.models import User
from directives.models import Assignment, Decision, Task


def record_deadlines(
    rows: Iterable[Assignment], *, verb: str, new: str, instrument: str, by: User | None, day: date
) -> None:
    """For each of the rows, before they change: the deadline or clock that it has, and `new` in words."""
    Decision.objects.bulk_create(
        Decision(
            assignment=row,
            verb=verb,
            instrument=instrument,
            old=deadline_words(row.deadline, row.task),
            new=new,
            decided_on=day,
            decided_by=by,
        )
        for row in rows
    )


def deadline_words(deadline: date | None, task: Task) -> str:
    """The day; without one, the kind of clock."""
    return f"{deadline:%d/%m/%Y}" if deadline else str(task.get_clock_display())
