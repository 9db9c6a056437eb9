"""Somebody is away for some days and a colleague stands in: recorded, changed, ended.

Only what was granted is handed over, so this is for liaisons; the staff and the leaders have their role, no grants.
Rights follow by the calendar (AgencyQuerySet), mail too (directives.reminders.audience). Nothing is handed on:
who stands in for somebody and goes away as well hands over their own agencies only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from agencies import grants
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import LEAD, Absence, Agency, AgencyUserPermission, Role, User
from agencies.models.absence import AbsenceQuerySet

# A mistyped year must not hand rights over for a decade.
LONGEST = timedelta(days=366)
NOT_YOURS = "Chỉ người vắng, thủ trưởng của đơn vị và cán bộ thường trực được ghi việc này."


def may_record(by: User, user: User) -> bool:
    """The person, the staff, and whoever heads, in their own right, every living agency that the person acts for.

    All of a person's rights go along, so a head of one of their agencies does not dispose of the others; and what is
    only stood in for is not prolonged by it.
    """
    if by.pk == user.pk or by.keeps_tasks:
        return True
    if not (by.is_active and by.is_liaison):
        return False
    held = grants.granted_to(user).filter(ended_on=None)
    led = AgencyUserPermission.objects.filter(user=by, permission__codename=LEAD).values("content_object")
    return held.exists() and not held.exclude(pk__in=led).exists()


def deputies_for(user: User, by: User, kept: int | None = None) -> QuerySet[User]:
    """Who may stand in: a liaison who shares an agency by work or by right; at the staff's word any liaison.

    `kept`: the deputy of an absence that is changed, whom the staff may have chosen.
    """
    active = User.objects.filter(is_active=True, role=Role.LIAISON).exclude(pk=user.pk)
    active = active.select_related("agency").order_by("full_name", "pk")
    if by.keeps_tasks:
        return active
    held = grants.granted_to(user).values("pk")
    granted = AgencyUserPermission.objects.filter(content_object__in=held).values("user")
    return active.filter(Q(agency__in=held) | Q(pk__in=granted) | Q(pk=kept))


def within(agency: Agency, day: date) -> AbsenceQuerySet:
    """Present and coming absences of those who hold a right on an agency."""
    held = AgencyUserPermission.objects.filter(content_object=agency).values("user")
    return Absence.objects.not_over(day).filter(user__in=held).select_related("user", "deputy").order_by("since", "pk")


def record_absence(
    *, user: User, deputy: User, since: date, until: date, by: User, day: date, reason: str = ""
) -> Absence:
    """From `since` to the end of `until`, `deputy` stands in. Raises `Refused` with the reason and its field."""
    row = Absence(user=user, deputy=deputy, since=since, until=until, reason=reason.strip(), recorded_by=by)
    with acting(by, "record_absence", day):
        _lock_both(row)
        told = {"deputy": deputy, "since": since, "until": until, "reason": row.reason, "recorded_by": by}
        if same := Absence.objects.filter(user=user, **told).first():
            return same  # a second press
        _check(row, by)
        if since < day:
            raise Refused("Ngày bắt đầu không được trước hôm nay.", "since")
        row.save(force_insert=True)
    return row


def change_absence(
    *, absence: Absence, deputy: User, since: date, until: date, by: User, day: date, reason: str = ""
) -> Absence:
    """Other days, another deputy. What has begun keeps its first day, and days that have passed stay."""
    with acting(by, "change_absence", day):
        row = _locked(absence, by, day)
        if since != row.since and (row.since <= day or since < day):
            why = "Đợt vắng đã bắt đầu nên giữ nguyên ngày đầu." if row.since <= day else "Không được trước hôm nay."
            raise Refused(why, "since")
        if until < day:
            raise Refused("Ngày cuối không được trước hôm nay; muốn thôi ngay, xin dùng “Kết thúc ngay”.", "until")
        row.since, row.until, row.reason = since, until, reason.strip()
        kept, row.deputy, row.recorded_by = row.deputy_id, deputy, by
        _check(row, by, kept)
        row.save()
    return row


def left_behind(absence: Absence) -> AbsenceQuerySet:
    """Those for whom the absent person was to stand in on these days: nobody does now, they must be told."""
    touching = Absence.objects.touching(absence.since, absence.until)
    return touching.filter(deputy=absence.user).select_related("user")


def end_absence(*, absence: Absence, by: User, day: date) -> None:
    """They are back today, or do not go: rights and mail return at once."""
    with acting(by, "end_absence", day):
        _end(_locked(absence, by, day), day)


def end_those_without_a_tie(*, leaver: User, bodies: Iterable[Agency], by: User, day: date) -> None:
    """`leaver` has left these bodies. Where no agency ties the two any more, absences end in which they stand in for
    people there, and their own: a deputy does not follow them to another agency.
    """
    left = Absence.objects.not_over(day).select_related("user", "deputy").order_by("pk")
    theirs = AgencyUserPermission.objects.filter(content_object__in=list(bodies)).values("user")
    for row in left.filter(deputy=leaver, user__in=theirs).select_for_update(of=("self",)):
        if not _acts_for(row.deputy) & _acts_for(row.user):
            _end(row, day)
    for row in left.filter(user=leaver).select_for_update(of=("self",)):
        if not (_acts_for(row.deputy) | {row.deputy.agency_id}) & _acts_for(row.user):
            _end(row, day)


def _acts_for(user: User) -> set[int]:
    return set(grants.granted_to(user).values_list("pk", flat=True))


def _locked(absence: Absence, by: User, day: date) -> Absence:
    row = Absence.objects.select_for_update(of=("self",)).select_related("user").filter(pk=absence.pk).first()
    if row is None or row.until < day:
        raise Refused("Đợt vắng này đã kết thúc.")
    if not may_record(by, row.user):
        raise Refused(NOT_YOURS)
    return row


def _end(row: Absence, day: date) -> None:
    if row.since >= day:
        row.delete()
    else:
        row.until = day - timedelta(days=1)
        row.save(update_fields=["until"])


def _check(row: Absence, by: User, kept: int | None = None) -> None:
    people = _lock_both(row)
    if not may_record(by, row.user):
        raise Refused(NOT_YOURS)
    if row.until < row.since:
        raise Refused("Ngày cuối không được trước ngày đầu.", "until")
    if row.until - row.since > LONGEST:
        raise Refused("Một đợt vắng không được dài quá một năm.", "until")
    _check_people(people[row.user_id], people[row.deputy_id], by, kept)
    others = Absence.objects.exclude(pk=row.pk).touching(row.since, row.until)
    if other := others.filter(user=row.user_id).first():
        raise Refused(f"Trùng với đợt vắng đã ghi từ {other.since:%d/%m/%Y} đến {other.until:%d/%m/%Y}.", "since")
    if other := others.filter(user=row.deputy_id).first():
        why = f"{row.deputy} cũng vắng từ {other.since:%d/%m/%Y} đến {other.until:%d/%m/%Y}; xin chọn người khác."
        raise Refused(why, "deputy")


def _lock_both(row: Absence) -> dict[int, User]:
    """By key; in one order: two who name each other at the same moment are told so."""
    pair = User.objects.select_for_update(no_key=True).filter(pk__in=(row.user_id, row.deputy_id)).order_by("pk")
    return {user.pk: user for user in pair}


def _check_people(user: User, deputy: User, by: User, kept: int | None) -> None:
    if not user.is_liaison or not user.is_active:
        raise Refused("Chỉ bàn giao được quyền của đầu mối đang hoạt động; vai trò khác không có quyền để bàn giao.")
    if user.pk == deputy.pk:
        raise Refused("Người thay phải là người khác.", "deputy")
    if not deputies_for(user, by, kept).filter(pk=deputy.pk).exists():
        raise Refused("Người thay phải là đầu mối đang hoạt động, cùng đơn vị với người vắng.", "deputy")
