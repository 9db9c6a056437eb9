"""Who may act for which agency: guardian's object permissions, given and taken here only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from guardian.shortcuts import assign_perm, remove_perm

from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import REPRESENT, RIGHTS, Agency, AgencyUserPermission, User


def grant(
    *,
    agency: Agency,
    user: User,
    by: User | None,
    day: date | None = None,
    right: str = REPRESENT,
    verb: str = "grant",
) -> bool:
    """Give `user` one of RIGHTS on `agency`; True if they had it not. Raises `Refused` with the reason.

    `verb`: what history calls it where the right comes by another act, such as an accepted invitation.
    """
    with acting(by, verb, day):
        # The locks: two clerks at once make one grant and one event; neither body nor account ends in between.
        body = lock_bodies([agency])[agency.pk]
        _check(body, User.objects.select_for_update(no_key=True).get(pk=user.pk))
        if _grants(user, right).filter(content_object=agency).exists():
            return False
        assign_perm(_permission(right), user, agency)
    _forget(user)
    return True


def revoke(
    *, agency: Agency, user: User, by: User | None, day: date | None = None, rights: Iterable[str] = RIGHTS
) -> bool:
    """End these rights of a person on an agency, all by default; True if they had any. Never refused."""
    with acting(by, "revoke", day):
        had = [right for right in rights if _grants(user, right).filter(content_object=agency).exists()]
        for right in had:
            remove_perm(_permission(right), user, agency)
    _forget(user)
    return bool(had)


def set_grants(*, user: User, agencies: Iterable[Agency], by: User | None, day: date | None = None) -> None:
    """Make these the only agencies that `user` acts for."""
    wanted = {agency.pk: agency for agency in agencies}
    with acting(by, "grant", day):
        lock_bodies(wanted.values())
        held = {agency.pk: agency for agency in granted_to(user)}
        for pk in held.keys() - wanted.keys():
            revoke(agency=held[pk], user=user, by=by, day=day)
        for pk in wanted.keys() - held.keys():
            grant(agency=wanted[pk], user=user, by=by, day=day)


def revoke_all(*, user: User, by: User | None, day: date | None = None) -> None:
    """End every grant of a person, for example when they stop being a liaison."""
    set_grants(user=user, agencies=(), by=by, day=day)


def granted_to(user: User) -> QuerySet[Agency]:
    """The agencies named in a person's own grants, also while the person is deactivated."""
    return Agency.objects.filter(pk__in=_grants(user, *RIGHTS).values("content_object")).order_by("sort_key")


def holds(user: User, agency: Agency, right: str) -> bool:
    """Whether they have this right themselves, and not only for somebody who is absent."""
    return _grants(user, right).filter(content_object=agency).exists()


def require_living(agency: Agency) -> None:
    """Nobody is named for a body that has ended. Raises `Refused`."""
    if agency.has_ended:
        raise Refused(f"“{agency}” đã kết thúc hoạt động; xin cử người ở cơ quan kế thừa.")


def _grants(user: User, *rights: str) -> QuerySet[AgencyUserPermission]:
    return AgencyUserPermission.objects.filter(user=user, permission__codename__in=rights)


def _permission(right: str) -> str:
    return f"{Agency._meta.app_label}.{right}"


def _check(agency: Agency, user: User) -> None:
    require_living(agency)
    if agency.is_group:
        raise Refused(f"“{agency}” là nhóm cơ quan; chỉ cấp quyền trên từng cơ quan.")
    if not user.is_active:
        raise Refused(f"Tài khoản {user.username} đã ngừng hoạt động; cần mở lại tài khoản trước khi cấp quyền.")
    if not user.is_liaison:
        raise Refused(f"{user} không phải là đầu mối; chỉ đầu mối mới được cấp quyền thay mặt cơ quan.")


def _forget(user: User) -> None:
    """The keys that the object remembers are no longer true."""
    user.__dict__.pop("represented_ids", None)
    user.__dict__.pop("own_ids", None)
