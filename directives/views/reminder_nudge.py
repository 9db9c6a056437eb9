"""Nhắc ngay: one agency, or all that are late, with a preview; and the text to paste into Zalo."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.db.models import F, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency, User
from directives.actions.reminders import nudge
from directives.jobs import plan_reminders, ring
from directives.models import Assignment, Reminder
from directives.reminders.audience import Audience
from directives.reminders.chat import chat_text
from directives.reminders.hours import may_send
from directives.reminders.now import letter_now
from directives.views.finding import me


@dataclass
class Late:
    """One agency that is late: its tasks, who would be reminded, and when they were last."""

    agency: Agency
    rows: list[Assignment] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    last: date | None = None

    @property
    def is_asked(self) -> bool:
        """Everything was asked of it, not ordered: nobody calls it late."""
        return all(row.task.addressee.is_asked for row in self.rows)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def reminder_nudge(request: HttpRequest) -> HttpResponse:
    """`co-quan` in the address: only that one. Those that were reminded today are not ticked."""
    day = today()
    found = _late(day, request.GET.getlist("co-quan"))
    chosen = request.POST.getlist("co-quan")
    refused = ""
    if request.method == "POST":
        try:
            rows = [row.pk for each in found if each.agency.code in chosen for row in each.rows]
            nudge(assignments=rows, by=me(request), day=day, submission=_submission(request))
        except Refused as refusal:
            refused = str(refusal)
        else:
            ring(plan_reminders)
            messages.success(request, _told(day))
            return redirect("reminder_list")
    context = {
        "found": found,
        "ticked": chosen if refused else [each.agency.code for each in found if each.last != day],
        "refused": refused,
        "submission": request.POST.get("submission") or uuid.uuid4(),
        "sends_now": may_send(day, timezone.now()),
        "one": found[0].agency if len(found) == 1 and request.GET.get("co-quan") else None,
    }
    return render(request, "directives/reminder_nudge.html", context, status=422 if refused else 200)


@require_safe
@staff_only
def reminder_text(request: HttpRequest, code: str) -> HttpResponse:
    """The text about one agency's work as it stands now, ready to paste into Zalo."""
    agency = get_object_or_404(Agency.objects.visible_to(me(request)).single(), code=code)
    letter = letter_now(agency, today())
    text = chat_text(letter, today()) if letter.sections else ""
    return render(request, "directives/reminder_text.html", {"agency": agency, "text": text})


def _late(day: date, codes: Collection[str]) -> list[Late]:
    """Agencies with late work, in the order of lists. Four queries, however many."""
    rows = Assignment.objects.published().to_do().overdue(day).select_related("agency", "task__addressee")
    rows = rows.filter(agency__ended_on=None).order_by("agency__sort_key", F("due"), "pk")
    if codes:
        rows = rows.filter(agency__code__in=codes)
    found: dict[int, Late] = {}
    for row in rows:
        found.setdefault(row.agency_id, Late(row.agency)).rows.append(row)
    audience = Audience.current(day)
    people = User.objects.in_bulk({one for agency in found for one in audience.of_agency(agency)})
    told = Reminder.objects.told_agencies().filter(assignment__agency__in=found).order_by()
    last = dict(told.values_list("assignment__agency").annotate(last=Max("sent_on")))
    for pk, each in found.items():
        each.people = [people[one] for one in audience.of_agency(pk)]
        each.last = last.get(pk)
    return list(found.values())


def _submission(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        raise Refused("Trang đã cũ. Xin mở lại trang rồi gửi.") from None


def _told(day: date) -> str:
    if may_send(day, timezone.now()):
        return "Đang gửi. Khoảng một phút nữa, xin xem ở mục “Đã gửi”."
    return "Đã ghi. Thư được gửi ngay khi đến giờ gửi của ngày làm việc."
