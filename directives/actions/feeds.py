"""Calendars by secret address: what its maker may see at that moment, and nothing once their rights have ended."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from agencies.succession import successors
from directives.models import Assignment, CalendarFeed
from directives.models.assignment import AssignmentQuerySet

MOST = 20


def make_feed(*, agency: Agency | None, by: User, day: date, submission: UUID) -> tuple[CalendarFeed, str]:
    """A new address for `by`; without `agency` of all that they may see.

    The secret comes of `submission`, which the page made and nobody keeps: pressed twice, it is the same calendar.
    """
    token = salted_hmac("calendar", f"{by.pk} {agency and agency.pk} {submission}", algorithm="sha256").hexdigest()
    made = CalendarFeed.objects.filter(token_sha256=_digest(token)).first()
    if made and made.revoked_at:
        raise Refused("Lịch này đã được thu hồi. Xin mở lại trang rồi tạo lịch mới.")
    if made:
        return made, token
    if agency and not Agency.objects.visible_to(by).filter(pk=agency.pk).exists():
        raise Refused("Không có cơ quan này.", "agency")
    if not by.is_active or not _reaches_anything(by):
        raise Refused("Tài khoản chưa phụ trách cơ quan nào, nên chưa có thời hạn nào để đưa vào lịch.")
    if by.feeds.filter(revoked_at=None).count() >= MOST:
        raise Refused(f"Mỗi người có nhiều nhất {MOST} lịch đang dùng. Xin thu hồi lịch không dùng nữa.")
    with acting(by, "make_feed", day):
        begun = {"user": by, "agency": agency, "made_on": day}
        feed, _ = CalendarFeed.objects.get_or_create(token_sha256=_digest(token), defaults=begun)
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
