"""Xem như: the staff look at the pages of a liaison or a leader as these see them; reading only, and logged.

The session remembers the look; `agencies.middleware.LookingAs` puts it into effect for every request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, load_backend
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone

from agencies.errors import Refused
from agencies.history import acting
from agencies.masking import without_secrets
from agencies.models import Role, SupportPage, SupportView, User

LASTS = timedelta(minutes=30)
LONGEST_PATH = 500
VISIBLE = (Role.LIAISON, Role.LEADER)
_KEY = "xem_nhu"


@dataclass(frozen=True)
class Look:
    """A look that is under way: whose eyes, who really looks, until when."""

    view: int
    person: User
    viewer: User
    until: datetime


@dataclass(frozen=True)
class Over:
    """A look that must end now, and why."""

    view: int
    why: str


def real_user(request: HttpRequest) -> User:
    """Who really sits there: during a look `request.user` is the person whose eyes are borrowed."""
    return cast(User, getattr(request, "viewer", None) or request.user)


def seen_through(request: HttpRequest) -> User | None:
    """Whose eyes are borrowed; None where somebody looks with their own."""
    look: Look | None = getattr(request, "look", None)
    return look.person if look else None


def may_look(viewer: User, person: User) -> bool:
    """Never as one of the staff or an administrator: nobody borrows rights to change things."""
    return viewer.is_active and viewer.keeps_tasks and person.is_active and person.role in VISIBLE


def begin(request: HttpRequest, *, person: User, reason: str, day: date) -> SupportView:
    """Whoever is signed in looks as `person` from the next page on. Raises `Refused` with the reason."""
    viewer, reason = real_user(request), " ".join(reason.split())
    if not may_look(viewer, person):
        raise Refused("Chỉ xem như được đầu mối hoặc lãnh đạo đang hoạt động.")
    if not reason:
        raise Refused("Xin ghi lý do.", "reason")
    with acting(viewer, "support_view", day):
        view = SupportView.objects.create(viewer=viewer, person=person, reason=reason, started_on=day)
    until = timezone.now() + LASTS
    request.session[_KEY] = {"view": view.pk, "person": person.pk, "until": until.timestamp()}
    # Forms opened with one's own eyes are not sent with the other's, nor the other way round.
    rotate_token(request)
    return view


def end(request: HttpRequest) -> None:
    """The look that the session remembers is over; its end stands in the log. Twice is harmless."""
    held = request.session.pop(_KEY, None)
    if held:
        SupportPage.objects.create(view_id=held["view"], path="")
        rotate_token(request)


def current(request: HttpRequest) -> Look | Over | None:
    """What the session remembers, against how things stand now. Without a look nothing is asked of the database."""
    held = request.session.get(_KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if not held:
        return None
    viewer, person, until = (
        request.user,
        None,
        datetime.fromtimestamp(held["until"], tz=timezone.get_current_timezone()),
    )
    if timezone.now() >= until:
        return Over(held["view"], f"Đã hết {LASTS.seconds // 60} phút xem như người khác.")
    if isinstance(viewer, User):
        # As any session loads its person, so that the pages are those that they see.
        person = load_backend(request.session[BACKEND_SESSION_KEY]).get_user(held["person"])
    if not isinstance(viewer, User) or not isinstance(person, User) or not may_look(viewer, person):
        return Over(held["view"], "Không còn xem như người này được nữa.")
    return Look(held["view"], person, viewer, until)


def log_page(look: Look, path: str) -> None:
    """Before the page is made, so that it is in the log whatever becomes of it."""
    SupportPage.objects.create(view_id=look.view, path=without_secrets(path)[:LONGEST_PATH])
