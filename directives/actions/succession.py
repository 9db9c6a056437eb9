"""Work goes on when a body ends: open work moves to its successors, closed work keeps the old name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, Shape, Succession, User
from agencies.succession import Recorded, record, successors
from agencies.succession_rules import NewBody, ending_of
from directives.actions.inheritance import carry_entries, hold_drafts, pass_drafts, pass_roles
from directives.actions.locking import lock_tasks, require_keeper
from directives.actions.moves import move_work
from directives.deadlines import OPEN, Life
from directives.models import Assignment, Directive, Task, Why
from directives.models.assignment import AssignmentQuerySet


@dataclass(frozen=True)
class Succeeded:
    """What a succession did; `created` is False where it stood in the book already. `moved`: pairs old, new.

    A transfer that stood there may move more: what is chosen now, as a claim that has been sent back since.
    """

    succession: Succession
    created: bool
    moved: list[tuple[Assignment, Assignment]]


def succeed(
    *,
    shape: Shape,
    on: date,
    instrument: str,
    old: Sequence[Agency],
    new: Sequence[Agency | NewBody],
    by: User | None,
    day: date,
    function: str = "",
    chosen: Mapping[int, Collection[int]] | None = None,
    is_verified: bool = True,
) -> Succeeded:
    """Record a succession and move the open work. Raises Refused; nothing is half-done.

    `chosen`: for keys of assignments the places of their successors in `new`. Work that is not named there goes to
    all of them, after a transfer to none. Claims that wait stay until they are decided (`carry_on`).
    """
    require_keeper(by)
    with acting(by, "succeed", day):
        recorded = record(
            shape=shape,
            on=on,
            instrument=instrument,
            old=old,
            new=new,
            by=by,
            day=day,
            function=function,
            is_verified=is_verified,
        )
        if not recorded.created and shape != Shape.TRANSFER:
            return Succeeded(recorded.succession, False, [])
        hold_drafts([*recorded.old, *recorded.new])
        moved = _move(recorded, chosen or {}, by=by, day=day)
        carry_entries(moved)
        pass_roles(recorded, moved)
        if shape != Shape.TRANSFER:
            pass_drafts(recorded)
        return Succeeded(recorded.succession, recorded.created, moved)


UNDECIDED = Q(life=Life.AWAITING) | Q(life=Life.SUSPENDED, submitted_on__isnull=False)


def moving(agencies: Iterable[Agency]) -> AssignmentQuerySet:
    """The open work of these bodies, in the order of the text: what a succession may move.

    A claim that nobody has decided stays under the old name, also while its work is put aside.
    """
    found = Assignment.objects.published().unfinished().exclude(UNDECIDED).filter(agency__in=agencies)
    return found.order_by("task__directive", "task__position", "pk")


def waiting(agencies: Iterable[Agency]) -> AssignmentQuerySet:
    """Their claims that wait: they stay under the old name until somebody has decided."""
    return Assignment.objects.published().filter(UNDECIDED, agency__in=agencies).order_by("submitted_on", "pk")


def reopening(rows: AssignmentQuerySet, heirs: Iterable[Agency]) -> AssignmentQuerySet:
    """What these heirs had finished or put aside of the tasks of `rows`: it would go on as the old body left it."""
    return _theirs(rows, heirs).exclude(life__in=OPEN)


def deciding_first(rows: AssignmentQuerySet, heirs: Iterable[Agency]) -> AssignmentQuerySet:
    """Claims of these heirs on the tasks of `rows`: while one waits, `move_work` takes nothing more in there."""
    return _theirs(rows, heirs).filter(life=Life.AWAITING)


def _theirs(rows: AssignmentQuerySet, heirs: Iterable[Agency]) -> AssignmentQuerySet:
    found = Assignment.objects.filter(agency__in=heirs, task__in=rows.order_by().values("task"))
    return found.order_by("task__directive", "task__position", "pk")


def carry_on(row: Assignment, *, by: User | None, day: date) -> list[Assignment]:
    """Open work under a body that has ended goes to whoever took over; to `row` itself where it lives.

    For work that came to life again after the succession: sent back, opened again, given out by an old document.
    Inside an `acting()` of the caller.
    """
    _pass_roles_of_ended(Task.objects.filter(pk=row.task_id))
    agency = Agency.objects.get(pk=row.agency_id)
    ending, heirs = ending_of(agency), successors(agency)
    if not (agency.has_ended and ending and heirs):
        return [row]
    moved = [
        (row, move_work(old=row, agency=heir, why=Why.SUCCESSION, instrument=ending.instrument, by=by, day=day))
        for heir in heirs
    ]
    carry_entries(moved)
    pass_roles(Recorded(ending, [agency], heirs, True), moved)
    return [each for _, new in moved for each in carry_on(new, by=by, day=day)]


def carry_on_all(directive: Directive, *, by: User | None, day: date) -> None:
    """An old document that is published after a succession: its work goes on with those who are there now."""
    _pass_roles_of_ended(directive.tasks.all())
    rows = Assignment.objects.filter(task__directive=directive, agency__ended_on__isnull=False)
    for row in rows.order_by("pk"):
        carry_on(row, by=by, day=day)


def _pass_roles_of_ended(tasks: QuerySet[Task]) -> None:
    """Who led or coordinated these tasks and has ended meanwhile: whoever took over does now, all the way on."""
    roles = Q(led_tasks__in=tasks) | Q(coordinated__task__in=tasks) | Q(coordinates__coordinator__task__in=tasks)
    holders = Agency.objects.filter(roles, ended_on__isnull=False)
    seen: set[int] = set()
    while ended := list(holders.exclude(pk__in=seen).distinct()):
        for agency in ended:
            seen.add(agency.pk)
            if ending := ending_of(agency):
                pass_roles(Recorded(ending, [agency], successors(agency), False), [])


def _move(
    recorded: Recorded, chosen: Mapping[int, Collection[int]], *, by: User | None, day: date
) -> list[tuple[Assignment, Assignment]]:
    succession, everyone = recorded.succession, range(len(recorded.new))
    default: Collection[int] = () if succession.shape == Shape.TRANSFER else everyone
    moved = []
    lock_tasks(moving(recorded.old).order_by().values("task"))
    for row in moving(recorded.old).select_related("task").select_for_update(of=("self",), no_key=True):
        wanted = chosen.get(row.pk, default)
        if not wanted and succession.shape != Shape.TRANSFER:
            raise Refused(
                f"Nhiệm vụ {row.task.position} của {row.task.directive} chưa được giao cho cơ quan kế thừa nào."
            )
        for place in wanted:
            if place not in everyone:
                raise Refused("Có nhiệm vụ được giao cho một cơ quan không kế thừa. Xin xem lại.")
            agency = recorded.new[place]
            if agency.has_ended:
                raise Refused(f"{agency.label} đã kết thúc nên không nhận thêm việc.")
            new = move_work(
                old=row, agency=agency, why=Why.SUCCESSION, instrument=succession.instrument, by=by, day=day
            )
            moved.append((row, new))
    return moved
