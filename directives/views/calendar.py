"""Deadlines in one's own calendar: secret addresses, and what stands behind them."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from agencies.clock import today
from directives import deadlines
from directives.actions.feeds import assignments_of, feed_of, make_feed, revoke_feed
from directives.forms.finding import FeedForm
from directives.models import Assignment, CalendarFeed
from directives.views.finding import me

# What a calendar holds: from so many days ago to so many ahead, and no more events than anybody would look through.
BEHIND, AHEAD, MOST = 30, 183, 500
NAMED = ("task__position", "task__directive__number", "task__directive__symbol", "agency__code", "agency__short_name")


@require_safe
def calendar_list(request: HttpRequest) -> HttpResponse:
    """One's own calendars, and a new one."""
    return _page(request, FeedForm(by=me(request)))


@require_POST
def calendar_create(request: HttpRequest) -> HttpResponse:
    """A new address, shown in this answer only."""
    form = FeedForm(request.POST, by=me(request))
    made = None
    if form.is_valid():
        named = {name: form.cleaned_data[name] for name in ("agency", "submission")}
        made = form.carry_out(_make, by=me(request), day=today(), **named)
        # What is made next from this page is another one.
        form.renew("submission", uuid.uuid4())
    return _page(request, form, link=_address(made[1]) if made else "", status=422 if form.errors else 200)


@require_POST
def calendar_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever has the address finds nothing there any more."""
    feed = get_object_or_404(CalendarFeed, pk=pk, user=me(request))
    revoke_feed(feed=feed, by=me(request), day=today())
    messages.success(request, "Đã thu hồi lịch. Đường dẫn cũ không còn mở được.")
    return redirect("calendar_list")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for a program without sign-in. Whatever is wrong with the address: 404, all alike."""
    feed = feed_of(token)
    if feed is None:
        # Plain, so that not a letter tells a wrong address from one whose time is over.
        return HttpResponseNotFound("Không có lịch ở địa chỉ này.\n", content_type="text/plain; charset=utf-8")
    answer = HttpResponse(_calendar(feed), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="thoi-han.ics"'
    return answer


def _make(*, version: int | None, **arguments: object) -> tuple[CalendarFeed, str]:
    return make_feed(**arguments)  # type: ignore[arg-type]


def _address(token: str) -> str:
    return f"{settings.BASE_URL}{reverse('calendar_feed', args=[token])}"


def _page(request: HttpRequest, form: FeedForm, link: str = "", status: int = 200) -> HttpResponse:
    feeds = me(request).feeds.select_related("agency")
    context = {
        "form": form,
        "link": link,
        "feeds": feeds.filter(revoked_at=None),
        "revoked": feeds.exclude(revoked_at=None)[:20],
        "behind": BEHIND,
        "most": MOST,
    }
    return render(request, "directives/calendar_list.html", context, status=status)


def _calendar(feed: CalendarFeed) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//KTTT//So theo doi nhiem vu//VI")
    calendar.add("version", "2.0")
    name = f"Thời hạn nhiệm vụ{f' – {feed.agency.short_name}' if feed.agency else ''}"
    calendar.add("x-wr-calname", name)
    now = timezone.now()
    for row in _falling_due(feed, today()):
        calendar.add_component(_event(row, now))
    return calendar.to_ical()


def _falling_due(feed: CalendarFeed, day: date) -> list[Assignment]:
    """By day. Where there is too much, what is late gives way: of it the reminders and the first page tell."""
    begin, end = day - timedelta(days=BEHIND), day + timedelta(days=AHEAD)
    rows = assignments_of(feed).annotate(due=deadlines.due()).select_related("agency", "task__directive")
    within = rows.filter(Q(deadlines.falls_before(end)), ~Q(deadlines.falls_before(begin)))
    near = within.only(*NAMED).order_by(deadlines.falls_before(day), F("due"), "pk")[:MOST]
    return sorted(near, key=lambda row: (row.due, row.pk))  # type: ignore[attr-defined]


def _event(row: Assignment, now: datetime) -> Event:
    """All day long, with a name that says nothing but which task: calendars are read on other people's screens."""
    event = Event()
    event.add("uid", f"phan-cong-{row.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", row.due)  # type: ignore[attr-defined]
    event.add("dtend", row.due + timedelta(days=1))  # type: ignore[attr-defined]
    event.add("summary", f"Hạn: nhiệm vụ {row.task.position}, {row.task.directive.code} – {row.agency.short_name}")
    event.add("url", settings.BASE_URL + reverse("assignment_detail", args=[row.task_id, row.agency.code]))
    event.add("transp", "TRANSPARENT")
    return event
