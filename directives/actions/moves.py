"""Work goes from one agency to another: by succession, by release, to a member of a group, to the next directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from agencies.errors import Refused
from agencies.models import Agency, User
from directives.actions.decisions import deadline_words, record_deadlines
from directives.actions.obsolete import close_requests, drop_extensions, hand_on_requests
from directives.deadlines import OPEN, TO_DO, Life, falls_before
from directives.models import Assignment, Decision, Extension, Move, Office, Task, Why
from directives.models.move import Lineage
from directives.workdays import add_working_days

MOVABLE = (*OPEN, Life.SUSPENDED, Life.TRANSFERRED)


def move_work(
    *, old: Assignment, agency: Agency, why: Why, instrument: str, by: User | None, day: date, task: Task | None = None
) -> Assignment:
    """Give the work of `old` to `agency`, on the same task or on `task`; gives its assignment there.

    Inside an `acting()` of the caller, who has asked who may. `old` becomes "đã chuyển"; it may go to several
    agencies, one call each. The same pair twice is the same move. What the agency has already on that task takes
    the work in: the later deadline holds. Raises Refused where its claim waits: the confirmation of that would
    finish what nobody has done.
    """
    target = task or old.task
    if (agency.pk, target.pk) == (old.agency_id, old.task_id):
        return old
    row, new = _locked(old, target, agency)
    if row.life not in MOVABLE:
        raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}” nên không thể chuyển.")
    if new and row.life == Life.TRANSFERRED and _gone(row).filter(new=new).exists():
        return new
    if new and new.life == Life.AWAITING:
        raise Refused(_decide_first(row, new))
    life, given, source = _life_of(row), _given(row, target, day), _source(row, target)
    if new is None:
        new = Assignment.objects.create(task=target, agency=agency, life=life, received_on=day, **given)
    else:
        _take_in(row, new, life, given, _Told(instrument.strip(), by, day))
    _leave(row)
    _remember(row, new, why=why, instrument=instrument, by=by, day=day)
    if why == Why.SUCCESSION:
        hand_on_requests(source, new)
    close_requests(row, by=by, day=day, releases=why != Why.RELEASE)
    return new


def predecessors(assignment: Assignment) -> list[Assignment]:
    """Whose work it was before, the latest first: their notes are shown to whoever carries it now."""
    found = Assignment.objects.filter(pk__in=Lineage(assignment.pk)).exclude(pk=assignment.pk)
    return list(found.select_related("agency").order_by("-pk"))


def _locked(old: Assignment, task: Task, agency: Agency) -> tuple[Assignment, Assignment | None]:
    """Both under their locks, taken in one order however two people move them at once."""
    wanted = Q(pk=old.pk) | Q(task=task, agency=agency)
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("task", "agency")
    found = list(rows.filter(wanted).order_by("pk"))
    return next(row for row in found if row.pk == old.pk), next((row for row in found if row.pk != old.pk), None)


def _decide_first(old: Assignment, new: Assignment) -> str:
    return (
        f"Đề nghị hoàn thành của {new.agency.short_name} ở nhiệm vụ {new.task.position}, {new.task.directive.code} "
        f"đang chờ xác nhận; xin xét trước, rồi mới chuyển thêm phần chưa xong của {old.agency.short_name} vào đó."
    )


def _gone(old: Assignment) -> QuerySet[Move]:
    """Where its work went since it was here last: it may have come back in between."""
    back = old.moved_from.aggregate(last=Max("pk"))["last"]
    return old.moved_to.filter(pk__gt=back or 0)


def _life_of(old: Assignment) -> Life:
    if old.life == Life.SUSPENDED:
        return Life.SUSPENDED
    begun = old.started_on is not None or old.life in (Life.IN_PROGRESS, Life.AWAITING)
    if old.life == Life.TRANSFERRED:
        # Another part of the same work has gone already: this one stands as that one does.
        begun |= _gone(old).filter(new__life=Life.IN_PROGRESS).exists()
        if _gone(old).filter(new__life=Life.SUSPENDED).exists():
            return Life.SUSPENDED
    return Life.IN_PROGRESS if begun else Life.NOT_STARTED


def _source(old: Assignment, task: Task) -> Assignment:
    """Where what goes along stands: the first of several heirs took it already, and the others get the same."""
    first = _gone(old).filter(new__task=task).order_by("-pk").first() if old.life == Life.TRANSFERRED else None
    return first.new if first else old


def _given(old: Assignment, task: Task, day: date) -> dict[str, object]:
    """What goes along. On another task its own deadline holds, and nothing of the old one."""
    given: dict[str, object] = {"started_on": old.started_on, "scope": old.scope}
    given["percent"] = old.percent if task.takes_percent else None
    if task.pk != old.task_id:
        return given | {"deadline": task.deadline}
    names = ("deadline", "extended_until", "supplement_due_on", "grace_until")
    kept = _source(old, task)
    return given | {name: getattr(kept, name) for name in names} | _grace_for_a_waiting_claim(old, day)


def _grace_for_a_waiting_claim(old: Assignment, day: date) -> dict[str, date]:
    """The claim stays with the old one: the new agency sends its own, and is not late by the reviewer's slowness."""
    if old.life != Life.AWAITING or Assignment.objects.overdue(day).filter(pk=old.pk).exists():
        return {}
    until = add_working_days(day, Office.current().supplement_days)
    return {"grace_until": until}


@dataclass(frozen=True)
class _Told:
    """What stands on every line that a move leaves in the history."""

    instrument: str
    by: User | None
    day: date


def _take_in(old: Assignment, new: Assignment, life: Life, given: dict[str, object], told: _Told) -> None:
    """An assignment that is there already: unfinished work is merged; what was closed goes on as the old one stood."""
    if new.life in OPEN:
        _merge(new, life, given, told)
    elif new.life == Life.SUSPENDED and new.closed_on is None:
        _merge(new, life, given, told)
        new.submitted_on = None
        _go_on(old, new, Life.IN_PROGRESS if new.started_on and life == Life.NOT_STARTED else life, told)
    else:
        _take_deadline(new, given, told)
        for name, value in given.items():
            setattr(new, name, value)
        new.submitted_on, new.received_on = None, new.received_on or told.day
        _go_on(old, new, life, told)
    new.closed_on = None
    new.version += 1
    new.save()
    # More time was asked for by whoever had less: it may have it now.
    waiting = Extension.objects.filter(assignment=new)
    still_later = waiting.filter(falls_before(F("asked_until"), "assignment__"))
    drop_extensions(waiting.exclude(pk__in=still_later.values("pk")), by=told.by, day=told.day)


def _go_on(old: Assignment, new: Assignment, life: Life, told: _Told) -> None:
    """What it had finished, or put aside, is not undone in silence: the history keeps its state and its day."""
    if life != new.life:
        was = new.get_life_display() + (f" ngày {new.completed_on:%d/%m/%Y}" if new.completed_on else "")
        Decision.objects.create(
            assignment=new,
            verb="reopen",
            reason=f"Nhận phần việc chưa xong của {old.agency.label}.",
            old=was,
            new=str(life.label),
            decided_on=told.day,
            decided_by=told.by,
        )
    new.life, new.completed_on = life, None


def _take_deadline(new: Assignment, given: dict[str, object], told: _Told) -> None:
    deadline = given["deadline"]
    assert deadline is None or isinstance(deadline, date)
    if deadline != new.deadline:
        words = deadline_words(deadline, new.task)
        record_deadlines([new], verb="set_deadline", new=words, instrument=told.instrument, by=told.by, day=told.day)
    new.deadline, new.extended_until = deadline, given.get("extended_until")  # type: ignore[assignment]


def _merge(new: Assignment, life: Life, given: dict[str, object], told: _Told) -> None:
    if new.life in TO_DO and life == Life.IN_PROGRESS:
        new.life = life
    if _later(given["deadline"], new.deadline) != new.deadline:
        _take_deadline(new, given, told)
    new.grace_until = _later(given.get("grace_until"), new.grace_until)
    new.supplement_due_on = _later(given.get("supplement_due_on"), new.supplement_due_on)
    starts = [each for each in (given["started_on"], new.started_on) if isinstance(each, date)]
    new.started_on = min(starts, default=None)
    if new.percent is None:
        new.percent = given["percent"]  # type: ignore[assignment]
    scopes = [each for each in (new.scope, given["scope"]) if isinstance(each, str)]
    # An empty scope is the whole.
    new.scope = "; ".join(dict.fromkeys(scopes))[:500] if all(scopes) else ""


def _later(one: object, other: date | None) -> date | None:
    days = [each for each in (one, other) if isinstance(each, date)]
    return max(days, default=None)


def _leave(old: Assignment) -> None:
    old.life, old.supplement_due_on = Life.TRANSFERRED, None
    old.version += 1
    old.save()


def _remember(old: Assignment, new: Assignment, *, why: Why, instrument: str, by: User | None, day: date) -> None:
    """The trace, and a line in the timeline of both."""
    words = instrument.strip()
    Move.objects.create(old=old, new=new, why=why, instrument=words, moved_on=day, moved_by=by)
    names = {"old": old.agency.label, "new": new.agency.label, "instrument": words, "reason": str(Why(why).label)}
    Decision.objects.bulk_create(
        Decision(assignment=row, verb=verb, decided_on=day, decided_by=by, **names)
        for row, verb in ((old, "move"), (new, "take_over"))
    )
