"""What staff fix about a task: lead, product, follower, clock, and, with its instrument, a deadline."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.decisions import record_deadlines
from directives.actions.locking import locked_task, require_followed, require_keeper
from directives.actions.obsolete import drop_extensions
from directives.actions.own_work import carriers_of, disposes, require_disposer
from directives.deadlines import Clock, falls_before
from directives.models import Assignment, Extension, Task

FARTHEST_YEARS = 20


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
    with acting(by, "change_task", day):
        row = locked_task(task.pk, version)
        require_followed(row.directive)
        if lead and lead.has_ended and lead.pk != row.lead_id:
            raise Refused(f"{lead.label} không còn hoạt động nên không thể chủ trì.", "lead")
        # Whoever follows it already may stay, though the account was closed since: staff choose when to change that.
        if follower and follower.pk != row.follower_id and not (follower.is_active and follower.keeps_tasks):
            raise Refused("Người theo dõi phải là cán bộ thường trực đang làm việc.", "follower")
        row.lead, row.product, row.follower = lead, product.strip(), follower
        row.version += 1
        row.save()
        return row


def set_deadline(
    *, task: Task, deadline: date, instrument: str, by: User, day: date, version: int | None = None
) -> Task:
    """Fix a deadline by a named instrument (number, date). The first one stays visible for ever.

    Finished and cancelled work keeps the deadline that it had; reopened, it takes the new one. Work that was given
    more time follows the new deadline too; a waiting request for no later day needs no answer any more.
    """
    _require_setter(by, task)
    if not instrument.strip():
        raise Refused("Xin ghi văn bản ấn định thời hạn (số, ngày).", "instrument")
    with acting(by, "set_deadline", day):
        row = locked_task(task.pk, version)
        require_followed(row.directive)
        if row.clock == Clock.DATED or _goes_beyond(row, deadline):
            _require_other(by, row)
        require_believable(deadline, row, "Thời hạn", "deadline")
        _move(row, deadline, verb="set_deadline", new=f"{deadline:%d/%m/%Y}", instrument=instrument, by=by, day=day)
        row.clock = Clock.DATED
        row.first_deadline = row.first_deadline or deadline
        row.deadline_source, row.deadline_by = instrument.strip(), by
        return _save(row, by=by, day=day)


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
    """Change the kind of clock; taking a deadline away, or moving the end of published work, needs an instrument."""
    _require_setter(by, task)
    with acting(by, "set_clock", day):
        row = locked_task(task.pk, version)
        require_followed(row.directive)
        if clock == Clock.DATED:
            raise Refused("Muốn có thời hạn, xin ấn định ngày kèm văn bản làm căn cứ.")
        if row.clock == Clock.DATED and not instrument.strip():
            raise Refused("Bỏ thời hạn đã ấn định cần nêu văn bản làm căn cứ.", "instrument")
        period_end = period_end or row.period_end
        if row.clock == Clock.DATED or _moves_the_end(row, clock, period_end):
            _require_other(by, row)
        if _moves_the_end(row, clock, period_end) and not instrument.strip():
            raise Refused("Đổi hoặc bỏ ngày cuối kỳ của việc đã giao cần nêu văn bản làm căn cứ.", "instrument")
        if clock == Clock.PERIOD:
            if period_end is None:
                raise Refused("Xin ghi ngày cuối kỳ.", "period_end")
            require_believable(period_end, row, "Ngày cuối kỳ", "period_end")
        _move(row, None, verb="set_clock", new=str(Clock(clock).label), instrument=instrument, by=by, day=day)
        row.clock, row.period_end, row.deadline_by = clock, period_end, None
        return _save(row, by=by, day=day)


def _require_setter(by: User, task: Task) -> None:
    """The standing staff; a leader where these would decide on their own agency's work."""
    if not disposes(by, carriers_of(task)):
        require_keeper(by)


def _require_other(by: User, row: Task) -> None:
    """A day that is there is not moved by those who are bound by it; a first one binds them more than before."""
    if row.directive.is_published:
        require_disposer(by, carriers_of(row))


def _goes_beyond(row: Task, deadline: date) -> bool:
    """A day after the end of the period gives more time; one within it binds more than before."""
    return row.clock == Clock.PERIOD and row.period_end is not None and deadline > row.period_end


def _moves_the_end(row: Task, clock: Clock, period_end: date | None) -> bool:
    kept = clock == Clock.PERIOD and period_end == row.period_end
    return row.directive.is_published and row.clock == Clock.PERIOD and not kept


def require_believable(deadline: date, task: Task, what: str, field: str) -> None:
    """Raises Refused: a slip of the keyboard ("0203", "9999") is no year."""
    issued_on = task.directive.issued_on
    if deadline < issued_on:
        raise Refused(f"{what} không thể trước ngày ban hành văn bản ({issued_on:%d/%m/%Y}).", field)
    if deadline.year > issued_on.year + FARTHEST_YEARS:
        raise Refused(f"{what} quá xa so với ngày ban hành văn bản. Xin kiểm tra lại năm.", field)


def _move(task: Task, deadline: date | None, *, verb: str, new: str, instrument: str, by: User, day: date) -> None:
    """Give work that is not finished its new deadline, and keep the old one in its timeline: of the same rows."""
    rows = list(task.assignments.unfinished().order_by("pk").select_for_update(of=("self",), no_key=True))
    # A draft is still being prepared: nobody has received anything that could be said to have moved.
    if task.directive.is_published:
        record_deadlines(rows, verb=verb, new=new, instrument=instrument.strip(), by=by, day=day)
    moved = Assignment.objects.filter(pk__in=[row.pk for row in rows])
    moved.update(deadline=deadline, extended_until=None, version=F("version") + 1)
    # What is finished is judged by the deadline that it had; reopened, it follows this one too.
    finished = task.assignments.exclude(pk__in=moved).exclude(extended_until=None)
    finished.update(extended_until=None, version=F("version") + 1)
    task.deadline = deadline


def _save(row: Task, *, by: User, day: date) -> Task:
    """The task, and what waits for more time: of no use where the new deadline gives it, or where there is none."""
    row.version += 1
    row.save()
    waiting = Extension.objects.filter(assignment__task=row)
    still_later = waiting.filter(falls_before(F("asked_until"), "assignment__"))
    drop_extensions(waiting.exclude(pk__in=still_later.values("pk")), by=by, day=day)
    return row
