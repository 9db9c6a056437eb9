"""Calendars by secret address: what its maker may see at that moment, and nothing once their rights have ended."""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256

from django.utils import timezone

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from agencies.succession import successors
from directives.models import Assignment, CalendarFeed
from directives.models.assignment import AssignmentQuerySet

MOST = 20


def make_feed(*, agency: Agency | None, by: User, day: date) -> tuple[CalendarFeed, str]:
    """A new address for `by`; without `agency` of all that they may see. The secret is given once and not kept."""
    if agency and not Agency.objects.visible_to(by).filter(pk=agency.pk).exists():
        raise Refused("Không có cơ quan này.", "agency")
    if not by.is_active or not _reaches_anything(by):
        raise Refused("Tài khoản chưa phụ trách cơ quan nào, nên chưa có thời hạn nào để đưa vào lịch.")
    if by.feeds.filter(revoked_at=None).count() >= MOST:
        raise Refused(f"Mỗi người có nhiều nhất {MOST} lịch đang dùng. Xin thu hồi lịch không dùng nữa.")
    token = secrets.token_urlsafe(32)
    with acting(by, "make_feed", day):
        feed = CalendarFeed.objects.create(user=by, agency=agency, token_sha256=_digest(token), made_on=day)
    return feed, token


def revoke_feed(*, feed: CalendarFeed, by: User, day: date) -> CalendarFeed:
    """From this moment its address is no address; harmless a second time."""
    if feed.user_id != by.pk:
        raise Refused("Chỉ người tạo được thu hồi lịch này.")
    with acting(by, "revoke_feed", day):
        CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now())
    feed.refresh_from_db()
    return feed


def feed_of(token: str) -> CalendarFeed | None:
    """The calendar that the secret opens now: not revoked, its maker at work and still with a right to see it."""
    found = CalendarFeed.objects.filter(token_sha256=_digest(token), revoked_at=None, user__is_active=True)
    feed = found.select_related("user", "agency").first()
    return feed if feed and _still_sees(feed) else None


def assignments_of(feed: CalendarFeed) -> AssignmentQuerySet:
    """Open work that its maker may see at this moment; where the agency has ended, that of its successors."""
    mine = Assignment.objects.visible_to(feed.user).published().open()
    return mine.filter(agency__in=_bodies(feed.agency)) if feed.agency else mine


def _still_sees(feed: CalendarFeed) -> bool:
    if feed.agency:
        return Agency.objects.visible_to(feed.user).filter(pk__in=_bodies(feed.agency)).exists()
    return _reaches_anything(feed.user)


def _bodies(agency: Agency) -> list[int]:
    """The agency, and whoever took over from it since."""
    return [agency.pk, *(key for heir in successors(agency) for key in _bodies(heir))]


def _reaches_anything(user: User) -> bool:
    return user.oversees or Agency.objects.represented_by(user).exists()


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
