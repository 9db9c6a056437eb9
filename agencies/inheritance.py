"""What passes from an ended body to its successors: places in groups, people, rights."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from agencies import grants
from agencies.models import Agency, AgencyUserPermission, Membership, User


def end(old: list[Agency], on: date) -> None:
    """Nobody is invited to an ended body any more, and its codes hold no longer."""
    Agency.objects.filter(pk__in=[body.pk for body in old]).update(ended_on=on)
    for body in old:
        body.ended_on = on
        body.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
        body.codes.filter(Q(until=None) | Q(until__gt=on)).exclude(since__gte=on).update(until=on)


def pass_memberships(old: list[Agency], new: list[Agency], on: date) -> None:
    """Of the old in their groups, and of a group's own members."""
    held = Membership.objects.select_for_update().filter(Q(until=None) | Q(until__gt=on))
    for row in held.filter(member__in=old).order_by("pk"):
        for after in new:
            _join(row.group, after, on)
        _leave(row, on)
    for row in held.filter(group__in=old).order_by("pk"):
        for after in new:
            _join(after, row.member, on)
        _leave(row, on)


def _join(group: Agency, member: Agency, on: date) -> None:
    there = Membership.objects.filter(Q(until=None) | Q(until__gt=on), group=group, member=member)
    if not there.exists():
        Membership.objects.create(group=group, member=member, since=on)


def _leave(row: Membership, on: date) -> None:
    """One that would have begun later never was."""
    if row.since >= on:
        row.delete()
        return
    row.until = on
    row.save(update_fields=["until"])


def pass_people(old: list[Agency], new: Agency, *, by: User | None, day: date) -> None:
    """The old grants stay: whoever carried the work reads what is closed under the old name."""
    held = AgencyUserPermission.objects.filter(content_object__in=old, user__is_active=True)
    if not new.is_group:
        for row in held.select_related("user", "permission").order_by("pk"):
            if row.user.is_liaison:
                grants.grant(agency=new, user=row.user, by=by, day=day, right=row.permission.codename)
    User.objects.filter(agency__in=old).update(agency=new)
