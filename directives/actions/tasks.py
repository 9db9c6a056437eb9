"""What staff fix about a task: lead, product, follower, clock, and, with its instrument, a deadline."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import locked_task, require_keeper
from directives.deadlines import OPEN, Clock, Life
from directives.models import Assignment, Decision, Task


def change_task(
    *,
    task: Task,
    lead: Agency | None,
    product: str,
    follower: User | None,
    by: User,
    day: date,
    version: int | None = None,
) -> Task:
    """Set the lead, the expected product and who follows the task."""
    require_keeper(by)
    if follower is not None and not (follower.is_active and follower.keeps_tasks):
        raise Refused("Người theo dõi phải là cán bộ thường trực đang làm việc.", "follower")
    with acting(by, "change_task", day):
        row = locked_task(task.pk, version)
        row.lead, row.product, row.follower = lead, product.strip(), follower
        return _save(row)


def set_deadline(
    *, task: Task, deadline: date, instrument: str, by: User, day: date, version: int | None = None
) -> Task:
    """Fix a deadline by a named instrument (number, date). The first one stays visible for ever."""
    require_keeper(by)
    if not instrument.strip():
        raise Refused("Xin ghi văn bản ấn định thời hạn (số, ngày).", "instrument")
    with acting(by, "set_deadline", day):
        row = locked_task(task.pk, version)
        if deadline < row.directive.issued_on:
            raise Refused("Thời hạn không thể trước ngày ban hành văn bản.", "deadline")
        _record(row, "set_deadline", f"{deadline:%d/%m/%Y}", instrument.strip(), by, day)
        row.clock = Clock.DATED
        row.first_deadline = row.first_deadline or deadline
        row.deadline_source = instrument.strip()
        # Grace belongs to the deadline that it was given under.
        _open(row).update(deadline=deadline, grace_until=None, version=F("version") + 1)
        return _save(row)


def set_clock(
    *,
    task: Task,
    clock: Clock,
    by: User,
    day: date,
    instrument: str = "",
    period_end: date | None = None,
    version: int | None = None,
) -> Task:
    """Change the kind of clock; taking a deadline away from published work needs an instrument."""
    require_keeper(by)
    with acting(by, "set_clock", day):
        row = locked_task(task.pk, version)
        if clock == Clock.DATED:
            raise Refused("Muốn có thời hạn, xin ấn định ngày kèm văn bản làm căn cứ.")
        if row.clock == Clock.DATED and not instrument.strip():
            raise Refused("Bỏ thời hạn đã ấn định cần nêu văn bản làm căn cứ.", "instrument")
        if clock == Clock.PERIOD and not (period_end or row.period_end):
            raise Refused("Xin ghi ngày cuối kỳ.", "period_end")
        _record(row, "set_clock", Clock(clock).label, instrument.strip(), by, day)
        row.clock, row.period_end = clock, period_end or row.period_end
        _open(row).update(deadline=None, grace_until=None, version=F("version") + 1)
        return _save(row)


def _open(task: Task) -> QuerySet[Assignment]:
    return task.assignments.filter(life__in=(*OPEN, Life.SUSPENDED))


def _record(task: Task, verb: str, new: str, instrument: str, by: User, day: date) -> None:
    Decision.objects.bulk_create(
        Decision(
            assignment=row,
            verb=verb,
            instrument=instrument,
            old=f"{row.deadline:%d/%m/%Y}" if row.deadline else task.get_clock_display(),
            new=new,
            decided_on=day,
            decided_by=by,
        )
        for row in _open(task)
    )


def _save(row: Task) -> Task:
    row.version += 1
    row.save()
    return row
