"""The verbs of staff on the life of an assignment: start, suspend, cancel, reopen."""

from __future__ import annotations

from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.claims import undecided_claim
from directives.actions.decisions import deadline_words, record_deadlines
from directives.actions.inheritance import hold_heirs
from directives.actions.locking import (
    lock_directives,
    lock_tasks,
    locked_assignment,
    require_followed,
    require_keeper,
    require_reason,
)
from directives.actions.obsolete import close_requests
from directives.actions.own_work import require_disposer
from directives.actions.succession import carry_on
from directives.deadlines import OPEN, Life
from directives.models import Assignment, Decision


def start(*, assignment: Assignment, by: User, day: date, version: int | None = None) -> Assignment:
    """Work has begun: by staff, or by a liaison of the agency. Twice is harmless."""
    if not by.represents(assignment.agency_id):
        require_keeper(by)
    with acting(by, "start", day):
        row = locked_assignment(assignment.pk, version)
        if row.life == Life.IN_PROGRESS:
            return row
        _require(row, (Life.NOT_STARTED,), "bắt đầu")
        row.started_on = day
        return _move(row, Life.IN_PROGRESS, "start", by=by, day=day)


def suspend(*, assignment: Assignment, reason: str, by: User, day: date, version: int | None = None) -> Assignment:
    """Tạm dừng: the work stands still and is counted apart. Needs a reason."""
    with acting(by, "suspend", day):
        row = locked_assignment(assignment.pk, version)
        require_disposer(by, [row.agency])
        _require(row, OPEN, "tạm dừng")
        return _move(row, Life.SUSPENDED, "suspend", by=by, day=day, reason=require_reason(reason))


def cancel(*, assignment: Assignment, reason: str, by: User, day: date, version: int | None = None) -> Assignment:
    """Hủy: the work leaves every base. Needs a reason."""
    require_disposer(by, [assignment.agency])
    return call_off(assignment=assignment, reason=reason, by=by, day=day, version=version)


def call_off(*, assignment: Assignment, reason: str, by: User, day: date, version: int | None = None) -> Assignment:
    """`cancel`, where the caller has asked who may: a leader sends back the claim of a member that has left."""
    with acting(by, "cancel", day):
        row = locked_assignment(assignment.pk, version)
        _require(row, (*OPEN, Life.SUSPENDED), "hủy")
        close_requests(row, by=by, day=day)
        return _move(row, Life.CANCELLED, "cancel", by=by, day=day, reason=require_reason(reason))


def reopen(*, assignment: Assignment, reason: str, by: User, day: date, version: int | None = None) -> Assignment:
    """Mở lại what was done, suspended or cancelled. The history keeps what it was.

    A claim that nobody has decided waits again, with its day; else the work goes on, under the deadline that
    holds for its task now, or the later one that it was given.
    """
    require_keeper(by)
    with acting(by, "reopen", day):
        hold_heirs(assignment.agency)
        lock_directives([assignment.task.directive_id])
        lock_tasks([assignment.task_id])
        row = locked_assignment(assignment.pk, version)
        _require(row, (Life.DONE, Life.SUSPENDED, Life.CANCELLED), "mở lại")
        words = require_reason(reason)
        _take_deadline(row, by=by, day=day)
        if undecided_claim(row):
            return _move(row, Life.AWAITING, "reopen", by=by, day=day, reason=words)
        row.completed_on = row.submitted_on = None
        row.started_on = row.started_on or day
        _move(row, Life.IN_PROGRESS, "reopen", by=by, day=day, reason=words)
        carry_on(row, by=by, day=day)
        return row


def _take_deadline(row: Assignment, *, by: User, day: date) -> None:
    """That of its task now; more time that was given stays given."""
    if row.extended_until is None and row.deadline != row.task.deadline:
        new = deadline_words(row.task.deadline, row.task)
        source = row.task.deadline_source
        record_deadlines([row], verb="set_deadline", new=new, instrument=source, by=by, day=day)
        row.deadline = row.task.deadline


def _require(row: Assignment, allowed: tuple[Life, ...], words: str) -> None:
    if not row.task.directive.is_published:
        raise Refused("Văn bản còn là bản nháp, các đơn vị chưa nhận việc.")
    require_followed(row.task.directive)
    if row.life not in allowed:
        raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}” nên không thể {words}.")


def _move(row: Assignment, life: Life, verb: str, *, by: User, day: date, reason: str = "") -> Assignment:
    old = row.get_life_display()
    row.life = life
    row.version += 1
    row.save()
    Decision.objects.create(
        assignment=row, verb=verb, reason=reason, old=old, new=life.label, decided_on=day, decided_by=by
    )
    return row
