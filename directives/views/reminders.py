"""The log of reminders, for the standing staff: what waits, what failed, what went to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Min, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access import staff_only
from agencies.clock import today
from directives.actions.reminders import retry_reminders
from directives.jobs import plan_reminders, ring
from directives.models import Reminder, ReminderState
from directives.models.reminder import ReminderQuerySet
from directives.reminders.audience import refused_addresses, without_address
from directives.reminders.hours import may_send
from directives.views.finding import me
from directives.workdays import is_working_day

PER_PAGE = 50
# Beyond these, people without address and kinds of trouble are not named one by one.
NAMED, NAMED_TROUBLES = 20, 3


@dataclass(frozen=True)
class Tab:
    """One state of the list: its value in the address, which rows it shows, and what to say when there are none."""

    value: str
    label: str
    rows: Callable[[ReminderQuerySet], ReminderQuerySet]
    order: tuple[Any, ...]
    empty: str


BY_PERSON = (
    F("recipient__agency__sort_key").asc(nulls_last=True),
    *("recipient", "endpoint", "channel", "digest", "deadline", "pk"),
)
TABS = (
    Tab(
        "cho-gui",
        "Chờ gửi",
        ReminderQuerySet.untroubled,
        BY_PERSON,
        "Không còn lời nhắc nào chờ gửi. Danh sách được lập lúc 6 giờ 30 mỗi sáng làm việc.",
    ),
    Tab("loi", "Gửi chưa được", ReminderQuerySet.failing, BY_PERSON, "Không có thư nào gửi chưa được."),
    Tab(
        "da-gui",
        "Đã gửi",
        lambda rows: rows.filter(state=ReminderState.SENT),
        ("-sent_at", "recipient", "endpoint", "digest", "deadline", "pk"),
        "Chưa có thư nhắc việc nào được gửi.",
    ),
    Tab(
        "khong-can",
        "Không cần gửi nữa",
        lambda rows: rows.filter(state=ReminderState.CANCELLED),
        ("-planned_on", "recipient", "endpoint", "digest", "pk"),
        "Lời nhắc bị bỏ khi việc đã xong, thời hạn thay đổi hoặc người nhận không còn phụ trách sẽ hiện ở đây.",
    ),
)


def coming_tabs(current: str) -> list[dict[str, object]]:
    """What stands before the states of the log: what is still to come."""
    url = reverse("reminder_forecast")
    return [{"label": "Sắp gửi", "url": url, "current": current == "mai", "count": None}]


def log_tabs() -> list[dict[str, object]]:
    """The states of the log, for a page beside it: without their counts, which are a query."""
    return [{"label": tab.label, "url": f"{reverse('reminder_list')}?tinh_trang={tab.value}"} for tab in TABS]


@require_safe
@staff_only
def reminder_list(request: HttpRequest) -> HttpResponse:
    """One state of the log, `tinh_trang` in the address; and whatever keeps reminders from people."""
    found = Reminder.objects.visible_to(me(request)).outgoing()
    counts = _counts(found)
    current = _current(request.GET.get("tinh_trang", ""), counts)
    page = Paginator(_named(found, current), PER_PAGE).get_page(request.GET.get("trang"))
    silent = list(without_address(today())[: NAMED + 1])
    context = {
        "tabs": [*coming_tabs(""), *(_link(tab, current, counts) for tab in TABS)],
        "current": current,
        "page": page,
        "mails": _mails(page.object_list),
        "troubles": _troubles(found),
        "silent": silent[:NAMED],
        "more_silent": len(silent) > NAMED,
        "refused": list(refused_addresses()[:NAMED]),
    }
    return render(request, "directives/reminder_list.html", context)


@require_POST
@staff_only
def reminder_retry(request: HttpRequest) -> HttpResponse:
    """Try again now what rests after a failure; the sweep of the next minute does it."""
    retry_reminders(by=me(request), day=today())
    messages.success(request, "Các thư gửi chưa được sẽ được thử lại trong vòng một phút.")
    return redirect("reminder_list")


@require_POST
@staff_only
def reminder_plan(request: HttpRequest) -> HttpResponse:
    """The morning's job at once. Harmless when the morning has done it: each row is written once."""
    if may_send(day := today(), timezone.now()):
        ring(plan_reminders)
        messages.success(request, "Đang gửi. Khoảng một phút nữa, xin xem ở mục “Đã gửi”.")
    elif is_working_day(day):
        messages.warning(request, "Hiện ngoài giờ gửi thư; thư được gửi ngay khi đến giờ gửi.")
    else:
        messages.warning(request, f"Ngày {day:%d/%m/%Y} là ngày nghỉ nên không gửi nhắc việc.")
    return redirect("reminder_list")


def _counts(found: ReminderQuerySet) -> dict[str, int]:
    """Rows by the value of their tab. One query."""
    each = [tab.rows(found).order_by().values(tab=Value(tab.value)) for tab in TABS]
    counted = [rows.annotate(count=Count("pk")).values_list("tab", "count") for rows in each]
    return {tab.value: 0 for tab in TABS} | dict(counted[0].union(*counted[1:], all=True))


def _current(value: str, counts: dict[str, int]) -> Tab:
    """The state that was asked for; else the first one that has rows."""
    asked = [tab for tab in TABS if tab.value == value]
    return next(iter(asked or [tab for tab in TABS if counts[tab.value]]), TABS[0])


def _link(tab: Tab, current: Tab, counts: dict[str, int]) -> dict[str, object]:
    address = f"?tinh_trang={tab.value}"
    return {"label": tab.label, "url": address, "current": tab is current, "count": counts[tab.value]}


def _named(found: ReminderQuerySet, tab: Tab) -> ReminderQuerySet:
    named = found.select_related(
        "recipient__agency", "endpoint__agency", "endpoint__user", "assignment__agency", "assignment__task__directive"
    ).select_related("agency", "round")
    return tab.rows(named).order_by(*tab.order)


def _mails(rows: Iterable[Reminder]) -> list[dict[str, Any]]:
    """Rows that leave, or left, together; all of them say the same of their sending."""
    together = groupby(rows, key=lambda row: (row.recipient_id, row.endpoint_id, row.channel, row.digest))
    return [{"first": alike[0], "rows": alike} for _, group in together if (alike := list(group))]


def _troubles(found: ReminderQuerySet) -> list[Any]:
    """What the mail server said, how many people wait because of it, and when it is asked again."""
    by_error = found.failing().values("error").order_by()
    people = Count("recipient", distinct=True) + Count("endpoint", distinct=True)
    counted = by_error.annotate(people=people, next=Min("next_attempt_at"))
    return list(counted.order_by("-people", "error")[:NAMED_TROUBLES])
