"""What a member that has left its group gives back of the group's work."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, Membership, User, with_successors
from agencies.succession import living
from directives.actions.life import call_off
from directives.actions.locking import lock_tasks
from directives.actions.moves import move_work
from directives.actions.succession import carry_on
from directives.models import Assignment, Why


def belongs(agency: Agency, group: Agency, day: date) -> bool:
    """Whether it is a member on a day: of the group, or of one that took over from it."""
    return any(Agency.objects.members_of(each, day).filter(pk=agency.pk).exists() for each in living(group))


def give_up(assignment: Assignment, group: Agency, words: str, *, by: User, day: date) -> None:
    """What nobody else of the group carries goes back to the group itself, until another member takes it up."""
    if Assignment.objects.unfinished().filter(task=assignment.task_id).exclude(pk=assignment.pk).exists():
        call_off(assignment=assignment, reason=words, by=by, day=day)
        return
    lock_tasks([assignment.task_id])
    back = move_work(old=assignment, agency=group, why=Why.NAMED, instrument=words, by=by, day=day)
    carry_on(back, by=by, day=day)


def go_back(row: Assignment, *, by: User, day: date) -> None:
    """Work is owed again: by whom? By the heirs of a body that has ended; but not by whoever has left the group since.

    Inside an `acting()` of the caller.
    """
    given_on = row.received_on
    for each in carry_on(row, by=by, day=day):
        if left := _left(each, given_on, day):
            words = f"Đã ra khỏi {left.group.name} từ ngày {left.until:%d/%m/%Y}"
            give_up(each, left.group, words, by=by, day=day)


def _left(row: Assignment, given_on: date | None, day: date) -> Membership | None:
    """The membership by which it, or whoever it took over from, was given the work, where that has ended."""
    group = row.task.addressee.agency
    if not group.is_group or given_on is None or belongs(row.agency, group, day):
        return None
    own = Membership.objects.filter(group__in=with_successors([group.pk]), member=row.agency_id, until__gt=given_on)
    return own.select_related("group").order_by("-until", "-pk").first()
