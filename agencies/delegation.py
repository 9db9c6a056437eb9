"""A head names the people of their agency; rights that end, end at once with all that hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies import absences, grants
from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import (
    APPROVE,
    LEAD,
    REPRESENT,
    RIGHT_WORDS,
    RIGHTS,
    Agency,
    AgencyUserPermission,
    Invitation,
    Role,
    Shape,
    SuccessionLink,
    User,
)
from agencies.models.agency import AgencyQuerySet

NOT_YOURS = "Chỉ thủ trưởng của đơn vị và cán bộ thường trực được làm việc này."


def named_by(user: User) -> AgencyQuerySet:
    """The agencies whose people `user` may name: all for the staff, their own for a head (or who stands in)."""
    single = Agency.objects.single()
    if user.is_active and user.keeps_tasks:
        return single
    return single.led_by(user, LEAD) if user.is_liaison else single.none()


def may_name(user: User, agency: Agency) -> bool:
    return named_by(user).filter(pk=agency.pk).exists()


def rights_to_give(user: User) -> tuple[str, ...]:
    """What whoever may name people may give: only the staff make a head."""
    return RIGHTS if user.keeps_tasks else (REPRESENT, APPROVE)


def check_may_give(by: User, agency: Agency, right: str) -> None:
    """Raises `Refused` unless `by` may give this right, by hand or by invitation."""
    if not may_name(by, agency):
        raise Refused(NOT_YOURS)
    if right not in rights_to_give(by):
        raise Refused("Chỉ cán bộ thường trực được giao quyền thủ trưởng.", "right")
    grants.require_living(agency)


def held_on(agency: Agency) -> dict[User, tuple[str, ...]]:
    """Who holds which rights on an agency, closed accounts too, heads first. One query."""
    rows = AgencyUserPermission.objects.filter(content_object=agency).select_related("user", "permission")
    found: dict[User, set[str]] = {}
    for row in rows.order_by("user__full_name", "user"):
        found.setdefault(row.user, set()).add(row.permission.codename)
    ordered = {user: tuple(right for right in reversed(RIGHTS) if right in rights) for user, rights in found.items()}
    return dict(sorted(ordered.items(), key=lambda each: -max(map(RIGHTS.index, each[1]))))


def held_by(user: User) -> dict[Agency, list[str]]:
    """A person's own rights, in words, by agency, in the order of lists. One query."""
    rows = AgencyUserPermission.objects.filter(user=user).select_related("content_object", "permission")
    found: dict[Agency, list[str]] = {}
    for row in rows.order_by("content_object__sort_key", "permission"):
        found.setdefault(row.content_object, []).append(RIGHT_WORDS[row.permission.codename])
    return found


def colleagues(agency: Agency) -> QuerySet[User]:
    """Active liaisons who work there or hold a right there: whom its head may name without an invitation."""
    granted = AgencyUserPermission.objects.filter(content_object=agency).values("user")
    at_work = User.objects.filter(is_active=True, role=Role.LIAISON)
    return at_work.filter(Q(agency=agency) | Q(pk__in=granted)).order_by("full_name", "pk")


def give_right(*, agency: Agency, user: User, right: str, by: User, day: date) -> bool:
    """Name somebody of the agency; True if they had the right not. Raises `Refused` with the reason."""
    with acting(by, "give_right", day):
        check_may_give(by, lock_bodies([agency])[agency.pk], right)
        if not by.keeps_tasks and not colleagues(agency).filter(pk=user.pk).exists():
            raise Refused("Người này không thuộc đơn vị; xin mời bằng đường dẫn.", "user")
        if by.pk == user.pk and not by.keeps_tasks and not grants.holds(user, agency, LEAD):
            raise Refused("Người đang thay không tự cử mình.", "user")
        return grants.grant(agency=agency, user=user, by=by, day=day, right=right, verb="give_right")


def endable(by: User, agency: Agency, user: User, held: Collection[str]) -> tuple[str, ...]:
    """Which of the `held` rights `by` may end: their own, all for the staff, all but a head's for a head.

    `by` may name people on this agency, or is `user`; the verb checks that.
    """
    own = by.pk == user.pk or by.keeps_tasks
    return tuple(right for right in held if own or right != LEAD)


def end_rights(*, agency: Agency, user: User, by: User, day: date, rights: Iterable[str] = RIGHTS) -> bool:
    """End rights on an agency, all by default, and what hangs on them; True if there were any.

    Whoever leaves altogether leaves the bodies that it took over from as well. In the same transaction their
    unanswered invitations are withdrawn, and between them and those they no longer share an agency with nobody
    stands in for anybody; whom staff had chosen from elsewhere they choose anew.
    """
    with acting(by, "end_rights", day):
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        held = {row.permission.codename for row in _rows(user, agency)}
        ending = [right for right in rights if right in held]
        _check_may_end(by, agency, user, ending)
        bodies = [agency] if held - set(ending) else [agency, *_predecessors(agency, user)]
        had = [grants.revoke(agency=body, user=user, by=by, day=day, rights=ending) for body in bodies[:1]]
        had += [grants.revoke(agency=body, user=user, by=by, day=day) for body in bodies[1:]]
        _withdraw_invitations(user, bodies)
        if held and held == set(ending):
            absences.end_those_without_a_tie(leaver=user, bodies=bodies, by=by, day=day)
    return any(had)


def end_all_but(*, user: User, agencies: Collection[Agency], by: User, day: date) -> None:
    """Staff chose where a person acts: everywhere else their rights end."""
    for agency in grants.granted_to(user):
        if agency not in agencies:
            end_rights(agency=agency, user=user, by=by, day=day)


def set_approval(*, agency: Agency, on: bool, by: User, day: date) -> bool:
    """Whether the head approves this agency's rounds before they are sent; True if that is a change."""
    with acting(by, "set_approval", day):
        row = lock_bodies([agency])[agency.pk]
        if not may_name(by, row):
            raise Refused(NOT_YOURS)
        if on and not has_approver(row):
            raise Refused("Đơn vị chưa có thủ trưởng hoặc cấp phó nào để duyệt; xin cử người trước.")
        changed = row.needs_approval != on
        row.needs_approval = agency.needs_approval = on
        if changed:
            row.save(update_fields=["needs_approval"])
    return changed


def has_approver(agency: Agency) -> bool:
    """Whether somebody with an open account may approve what this agency sends."""
    return agency.pk in with_approver([agency.pk])


def with_approver(keys: Iterable[int]) -> set[int]:
    """Of these agencies the keys of those for which `has_approver` holds. One query."""
    held = AgencyUserPermission.objects.filter(content_object__in=keys, user__is_active=True)
    return set(held.filter(permission__codename__in=(APPROVE, LEAD)).values_list("content_object", flat=True))


def _rows(user: User, agency: Agency) -> QuerySet[AgencyUserPermission]:
    return AgencyUserPermission.objects.filter(user=user, content_object=agency).select_related("permission")


def _check_may_end(by: User, agency: Agency, user: User, ending: Collection[str]) -> None:
    if by.pk != user.pk and not may_name(by, agency):
        raise Refused(NOT_YOURS)
    if len(endable(by, agency, user, ending)) < len(ending):
        raise Refused("Chỉ cán bộ thường trực được kết thúc quyền của thủ trưởng khác.")


def _predecessors(agency: Agency, user: User) -> list[Agency]:
    """Bodies that ended and live on in this one alone, as far as the person's rights go; all the way back."""
    kept = set(grants.granted_to(user).values_list("pk", flat=True)) - {agency.pk}
    links = SuccessionLink.objects.exclude(succession__shape=Shape.TRANSFER)
    found: list[Agency] = []
    line = {agency.pk}
    while older := {link.old for link in links.filter(new__in=line).select_related("old")} - set(found):
        # Split in two: whoever stays in the other half keeps seeing what both were.
        staying = kept - {each.pk for each in [*older, *found]}
        elsewhere = set(links.filter(new__in=staying).values_list("old", flat=True))
        going = [each for each in sorted(older, key=lambda body: body.pk) if each.pk not in elsewhere]
        found += going
        line = {each.pk for each in going}
    return found


def _withdraw_invitations(user: User, bodies: Iterable[Agency]) -> None:
    for body in bodies:
        if not may_name(user, body):
            made = Invitation.objects.unanswered().filter(agency=body, made_by=user)
            made.update(withdrawn_at=timezone.now())
