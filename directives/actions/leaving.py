"""What a member that has left its group gives back of the group's work."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, Membership, User
from directives.actions.life import call_off
from directives.actions.locking import lock_tasks
from directives.actions.moves import move_work
from directives.actions.succession import carry_on
from directives.models import Assignment, Why


def give_up(assignment: Assignment, group: Agency, words: str, *, by: User, day: date) -> None:
    """What nobody else of the group carries goes back to the group itself, until another member takes it up."""
    if Assignment.objects.unfinished().filter(task=assignment.task_id).exclude(pk=assignment.pk).exists():
        call_off(assignment=assignment, reason=words, by=by, day=day)
        return
    lock_tasks([assignment.task_id])
    move_work(old=assignment, agency=group, why=Why.NAMED, instrument=words, by=by, day=day)


def go_back(row: Assignment, *, by: User, day: date) -> None:
    """A claim was sent back: who still owes the work? The heirs of a body that has ended; of a group's task the others.

    Inside an `acting()` of the caller.
    """
    if left := _left(row, day):
        give_up(row, left.group, f"Đã ra khỏi {left.group.name} từ ngày {left.until:%d/%m/%Y}", by=by, day=day)
    else:
        carry_on(row, by=by, day=day)


def _left(row: Assignment, day: date) -> Membership | None:
    """The membership by which it was given the work, where that has ended; a body that ended itself has heirs."""
    group = row.task.addressee.agency
    if not group.is_group or row.agency.has_ended or row.received_on is None:
        return None
    if Agency.objects.members_of(group, day).filter(pk=row.agency_id).exists():
        return None
    own = Membership.objects.filter(group=group, member=row.agency_id, until__gt=row.received_on)
    return own.select_related("group").order_by("-since").first()
