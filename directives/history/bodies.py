"""What happened to a body itself: names, dates, groups, people and their absences, calendars, rounds, succession."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from agencies.models import (
    Absence,
    Agency,
    AgencyCode,
    AgencyUserPermission,
    Invitation,
    Membership,
    SuccessionLink,
    User,
)
from directives.history.events import changes
from directives.history.line import Line
from directives.models import CalendarFeed, Submission

# What is told of a body: the tracked model, how its event rows name the body, and what the line is about.
_ABOUT: tuple[tuple[type[models.Model], str, str], ...] = (
    (Agency, "pgh_obj_id", "Cơ quan"),
    (Membership, "member_id", "Thành viên nhóm"),
    (Membership, "group_id", "Thành viên nhóm"),
    (AgencyUserPermission, "content_object_id", "Quyền của người trong đơn vị"),
    (Invitation, "agency_id", "Lời mời"),
    (AgencyCode, "agency_id", "Mã định danh"),
    (SuccessionLink, "old_id", "Kế thừa"),
    (SuccessionLink, "new_id", "Kế thừa"),
    (Submission, "agency_id", "Báo cáo kỳ"),
)


def of_body(agency: Agency, since: date, until: date) -> Iterator[Line]:
    """Lines about the body between two days; what its work went through is not among them."""
    for model, column, where in _ABOUT:
        condition: Any = {column: agency.pk}
        yield from changes(model, Q(**condition), since=since, until=until, where=where)
    yield from _of_people(agency, since, until)


def _of_people(agency: Agency, since: date, until: date) -> Iterator[Line]:
    """Accounts, absences and calendars: of whoever works there, and of others while they held a right there."""
    held = _while_they_held(agency)
    of_holders = _any(Q(user=user, **while_) for user, while_ in held)
    names: dict[int, str] = {}
    for model, which, where in (
        (User, Q(agency=agency.pk) | _any(Q(pgh_obj_id=user, **while_) for user, while_ in held), "Tài khoản"),
        (Absence, of_holders, "Vắng mặt"),
        (CalendarFeed, Q(agency=agency.pk) | Q(agency=None) & of_holders, "Lịch theo đường dẫn"),
    ):
        yield from changes(model, which, since=since, until=until, where=_named(where, names))


def _while_they_held(agency: Agency) -> list[tuple[int, dict[str, Any]]]:
    """Who held a right there, with a condition on the moments of events for each stretch. One query."""
    rows: Any = AgencyUserPermission.pgh_event_model  # type: ignore[attr-defined]
    given = rows.objects.filter(content_object=agency.pk).order_by("pgh_id")
    open_: dict[int, tuple[int, Any]] = {}
    stretches: list[tuple[int, dict[str, Any]]] = []
    for right, user, label, moment in given.values_list("pgh_obj_id", "user", "pgh_label", "pgh_created_at"):
        if label == "delete":
            begun = open_.pop(right, (user, None))[1]
            stretch = {"pgh_created_at__lte": moment} | ({"pgh_created_at__gte": begun} if begun else {})
            stretches.append((user, stretch))
        else:
            open_.setdefault(right, (user, moment))
    return [*stretches, *((user, {"pgh_created_at__gte": begun}) for user, begun in open_.values())]


def _any(conditions: Iterator[Q]) -> Q:
    """One of these; nothing at all where there are none."""
    either = Q(pk__in=[])
    for each in conditions:
        either |= each
    return either


def _named(what: str, names: dict[int, str]) -> Callable[[Any], str]:
    """What it is about, with whose it is: a change names only the values that differ."""

    def where(event: Any) -> str:
        if not names:
            names.update({user.pk: str(user) for user in User.objects.only("username", "full_name")})
        return f"{what}: {names.get(getattr(event, 'user_id', event.pgh_obj_id), '(không còn)')}"

    return where
