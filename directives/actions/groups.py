"""Who belongs to a group, and what of its work falls to each member."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import Agency, Membership, User, with_predecessors, with_successors
from agencies.succession import living
from directives.actions.leaving import belongs, give_up
from directives.actions.locking import lock_directives, lock_tasks, locked_assignment, require_keeper, require_reason
from directives.actions.moves import move_work
from directives.actions.own_work import require_disposer
from directives.actions.succession import UNDECIDED
from directives.actions.turnstile import one_at_a_time
from directives.deadlines import OPEN, RELEASED, Life
from directives.models import Assignment, Decision, Directive, Task, Why
from directives.models.assignment import AssignmentQuerySet

# Somebody still owes it, or has it put aside.
_CARRIED = Exists(Assignment.objects.unfinished().filter(task=OuterRef("pk")))


def open_tasks(group: Agency) -> QuerySet[Task]:
    """What a new member is given: tasks of the group that somebody still carries, in directives that go on."""
    going_on = Task.objects.filter(addressee__agency__in=with_predecessors([group.pk]), directive__closed_on=None)
    return going_on.exclude(directive__published_on=None).filter(_CARRIED).order_by("directive", "position")


def join_group(
    *, group: Agency, agencies: Sequence[Agency], since: date, by: User, day: date, instrument: str = ""
) -> list[Membership]:
    """These agencies belong to the group from `since` on, and get its open work today. Twice is harmless.

    A group that named nobody has carried its work itself: it moves to the members that are named now. A deadline
    that has passed stays what it is.
    """
    require_keeper(by)
    with acting(by, "join_group", day):
        bodies = lock_bodies([group, *agencies])  # none of them ends meanwhile
        _lock(bodies[group.pk])
        if since > day:
            raise Refused("Ngày vào nhóm không thể sau ngày hôm nay: việc được giao ngay khi ghi.", "since")
        made = [_join(group, bodies[agency.pk], since) for agency in agencies if not belongs(agency, group, day)]
        newcomers = [membership.member for membership in made]
        lock_directives(open_tasks(group).order_by().values("directive"))
        for task in open_tasks(group):
            _hand_down(task, group, newcomers, instrument=instrument, by=by, day=day)
        return made


def leave_group(*, group: Agency, agency: Agency, until: date, reason: str, by: User, day: date) -> Membership:
    """From `until` on the agency is no member; what is open of the group's work is cancelled for it.

    A claim that nobody has decided stays until then: sent back, it goes the same way (`leaving.go_back`).
    """
    require_keeper(by)
    with acting(by, "leave_group", day):
        _lock(group)
        words = require_reason(reason)
        given = Membership.objects.filter(group=group, member=agency).order_by("-since")
        row = given.filter(until=None).first()
        if row is None and (same := given.filter(until=until).first()):
            return same  # a second press
        if row is None:
            raise Refused("Cơ quan này không còn là thành viên của nhóm.")
        if not row.since < until <= day:
            raise Refused(f"Ngày ra khỏi nhóm phải sau ngày vào ({row.since:%d/%m/%Y}), đến hôm nay.", "until")
        row.until = until
        row.save()
        # Under their locks, so that a claim, or the release of the last other one, is seen or waits.
        theirs = _unfinished(group).filter(agency=agency).order_by("pk")
        lock_tasks(theirs.order_by().values("task"))
        list(theirs.select_for_update(of=("self",), no_key=True).values_list("pk"))
        found = left_behind(group).filter(agency=agency).select_related("task__addressee__agency").order_by("pk")
        # Of a group that was split it may be a member still, on the other side.
        behind = [each for each in found if not belongs(agency, each.task.addressee.agency, day)]
        if behind:
            require_disposer(by, [agency])
        for assignment in behind:
            give_up(assignment, group, f"Ra khỏi {group.name}: {words}", by=by, day=day)
        return row


def left_behind(group: Agency) -> QuerySet[Assignment]:
    """Unfinished work of the group's tasks, whoever carries it, but for what waits for a decision."""
    return _unfinished(group).exclude(UNDECIDED)


def waiting_claims(group: Agency) -> AssignmentQuerySet:
    """Claims on the group's tasks that nobody has decided: they stay with whoever did the work."""
    return _unfinished(group).filter(UNDECIDED).order_by("submitted_on", "pk")


def _unfinished(group: Agency) -> AssignmentQuerySet:
    going_on = {"task__addressee__agency__in": with_predecessors([group.pk]), "task__directive__closed_on": None}
    return Assignment.objects.published().unfinished().filter(**going_on)


def hold_groups(directive: Directive) -> None:
    """Nobody joins or leaves its groups until this is published, or followed again; or sees it as that already."""
    hold(Agency.objects.filter(addressed__directive=directive, is_group=True).distinct())


def hold(groups: Iterable[Agency]) -> None:
    """Nobody joins or leaves these groups until the end of this transaction."""
    for pk in sorted({each.pk for group in groups for each in living(group)}):
        one_at_a_time(f"group {pk}")


def drop_leavers(directive: Directive, day: date) -> None:
    """Of a draft that is now published: who left a group since it was read gets none of the group's work."""
    for task in _of_groups(directive):
        rows = task.assignments.exclude(agency__in=carriers(task.addressee.agency, day))
        for row in rows.select_related("agency"):
            # Who was a member when it ended hands on to its heirs (`succession.carry_on_all`).
            if not (row.agency.has_ended and _belonged_to_the_end(task.addressee.agency, row.agency)):
                row.delete()


def add_newcomers(directive: Directive, day: date) -> None:
    """And who joined since gets it as the others do; after the work of ended bodies has gone to their heirs."""
    for task in _of_groups(directive):
        there = set(task.assignments.values_list("agency", flat=True))
        Assignment.objects.bulk_create(
            Assignment(task=task, agency=agency, deadline=task.deadline, received_on=day)
            for agency in carriers(task.addressee.agency, day)
            if agency.pk not in there
        )


def hand_to_newcomers(directive: Directive, *, by: User, day: date) -> None:
    """Of a directive that is followed again: who joined a group meanwhile inherits as others do, or instead of it."""
    for task in _of_groups(directive).filter(_CARRIED):
        known = set(task.assignments.values_list("agency", flat=True))
        for group in living(task.addressee.agency):
            # Whose predecessor had it is no newcomer.
            others = Agency.objects.members_of(group, day).exclude(pk__in=known)
            newcomers = [each for each in others if not known & with_predecessors([each.pk])]
            _hand_down(task, group, newcomers, instrument="", by=by, day=day)


def _of_groups(directive: Directive) -> QuerySet[Task]:
    return directive.tasks.filter(addressee__agency__is_group=True).select_related("addressee__agency")


def carriers(group: Agency, day: date) -> list[Agency]:
    """Who carries the work of a group on a day: its members; where nobody is named, itself.

    Of a group that has ended, those of the one that took over from it; a body that is no group carries its own.
    """
    found = [each for body in living(group) for each in list(Agency.objects.members_of(body, day)) or [body]]
    return list({each.pk: each for each in found}.values())


def _belonged_to_the_end(group: Agency, agency: Agency) -> bool:
    held = Membership.objects.filter(group__in=with_successors([group.pk]), member=agency)
    return held.filter(until=agency.ended_on).exists()


def set_scope(*, assignment: Assignment, scope: str, by: User, day: date, version: int | None = None) -> Assignment:
    """Phần việc của đơn vị: which part of a group's task falls to this member; empty is the whole."""
    require_keeper(by)
    with acting(by, "set_scope", day):
        row = locked_assignment(assignment.pk, version)
        words = " ".join(scope.split())
        if words == row.scope:
            return row
        if row.life in RELEASED or row.closed_on:
            raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}” nên không đổi được phần việc.")
        whole = "toàn bộ nhiệm vụ"
        # A draft is still being prepared: nobody has been given a part that could be said to have changed.
        if row.task.directive.is_published:
            Decision.objects.create(
                assignment=row,
                verb="set_scope",
                old=(row.scope or whole)[:300],
                new=(words or whole)[:300],
                decided_on=day,
                decided_by=by,
            )
        row.scope = words
        row.version += 1
        row.save()
        return row


def _lock(group: Agency) -> None:
    if not group.is_group or group.has_ended:
        raise Refused("Đây không phải là một nhóm cơ quan đang hoạt động.")
    # Two people at once may name the same body; a member that leaves may be given work by another's page.
    one_at_a_time(f"group {group.pk}")


def _join(group: Agency, agency: Agency, since: date) -> Membership:
    if agency.is_group or agency.has_ended:
        raise Refused(f"{agency.label} không thể là thành viên của nhóm.", "agencies")
    earlier = Membership.objects.filter(group=group, member=agency)
    if earlier.filter(until__gt=since).exists() or earlier.filter(since__gte=since).exists():
        raise Refused(f"{agency.short_name} đã từng thuộc nhóm đến sau ngày này. Xin chọn ngày muộn hơn.", "since")
    return Membership.objects.create(group=group, member=agency, since=since)


def _hand_down(task: Task, group: Agency, newcomers: Sequence[Agency], *, instrument: str, by: User, day: date) -> None:
    lock_tasks([task.pk])
    own = task.assignments.filter(agency=group, life__in=(*OPEN, Life.SUSPENDED), closed_on=None).first()
    for agency in newcomers:
        if own:
            move_work(old=own, agency=agency, why=Why.NAMED, instrument=instrument, by=by, day=day)
        else:
            _inherit(task, agency, day)


def _inherit(task: Task, agency: Agency, day: date) -> None:
    """A new assignment; or the one of an earlier membership, which goes on under the deadline of now."""
    there = Assignment.objects.select_for_update(no_key=True).filter(task=task, agency=agency).first()
    if there is None:
        Assignment.objects.create(task=task, agency=agency, received_on=day, deadline=task.deadline)
    elif there.life in RELEASED:
        there.life = Life.IN_PROGRESS if there.started_on else Life.NOT_STARTED
        there.received_on, there.deadline, there.submitted_on = day, task.deadline, None
        there.version += 1
        there.save()
