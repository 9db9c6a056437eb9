"""Lịch làm việc: a year's holidays and swapped days, and what staff lay down by official announcements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.history import told
from directives import workdays
from directives.actions.workdays import FARTHEST, remove_day, weekday
from directives.forms.workdays import OFF, DayForm, InstrumentForm
from directives.models import CalendarDay
from directives.views.changes import SHOWN_CHANGES, Change
from directives.views.finding import me

# Days off that were announced and that the library lacks, with what was said of them (press; its document is for
# whoever records the day to name). The make-up day of 02/01/2026 is not certain, so it is not among them.
ANNOUNCED = {date(2026, 1, 2): "kỳ nghỉ Tết Dương lịch 2026 đã được công bố là bốn ngày"}


@dataclass(frozen=True)
class Line:
    """A day that is not what its weekday says; `row`: where staff have laid it down."""

    date: date
    name: str
    is_working: bool
    row: CalendarDay | None

    @property
    def weekday(self) -> str:
        return weekday(self.date)

    @property
    def state(self) -> str:
        if not self.is_working:
            return "Nghỉ"
        return "Làm bù" if self.date.weekday() >= 5 else "Làm việc"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def workday_list(request: HttpRequest) -> HttpResponse:
    """The exceptional days of the year `nam`; a POST lays one down."""
    day = today()
    form = DayForm(request.POST if request.method == "POST" else None, initial=_asked(request))
    if request.method == "POST" and form.is_valid() and (row := form.save(me(request), day)):
        messages.success(request, f"Đã ghi: {weekday(row.date)} {row}.")
        return redirect(_address(row.date))
    context = _year(_chosen(request, day.year), day) | {"form": form}
    return render(request, "directives/workday_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def workday_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another document for a day that is laid down."""
    row = get_object_or_404(CalendarDay, pk=pk)
    form = InstrumentForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid() and form.save(me(request), today()):
        messages.success(request, f"Đã lưu: {weekday(row.date)} {row}.")
        return redirect(_address(row.date))
    context = {"form": form, "row": row, "weekday": weekday(row.date), "back": _address(row.date)}
    return render(request, "directives/workday_form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def workday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The computed calendar holds again for that day. Twice is harmless."""
    row = CalendarDay.objects.filter(pk=pk).first()
    if row is None:
        messages.info(request, "Ngày này đã được bỏ trước đó.")
        return redirect("workday_list")
    try:
        remove_day(date=row.date, by=me(request), day=today())
        messages.success(request, f"Đã bỏ ngày {row.date:%d/%m/%Y}; ngày ấy lại theo lịch tính sẵn.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(row.date))


def _year(year: int, day: date) -> dict[str, Any]:
    """Four queries, however many days."""
    rows = {row.date: row for row in CalendarDay.objects.filter(date__year=year).select_related("recorded_by")}
    near = sorted({day.year, day.year + 1, year})
    recorded = {each.year for each in CalendarDay.objects.dates("date", "year")}
    return {
        "year": year,
        "lines": list(_lines(year, rows)),
        "tabs": [_tab(each, year) for each in sorted({year - 1, year, year + 1, day.year}) if _is_near(each, day.year)],
        "unchecked": [each for each in near if each not in recorded],
        "announced": [(on, why) for on, why in ANNOUNCED.items() if on.year == year and workdays.is_working_day(on)],
        "changes": list(_changes(year))[::-1][:SHOWN_CHANGES],
    }


def _lines(year: int, rows: dict[date, CalendarDay]) -> Iterator[Line]:
    usual = workdays.usual_exceptions(year)
    for each in sorted(usual.keys() | rows.keys()):
        yield Line(each, usual.get(each, ""), workdays.is_working_day(each), rows.get(each))


def _changes(year: int) -> Iterator[Change]:
    """What was laid down for days of that year and taken back, from the event rows, the oldest first."""
    before: dict[date, Any] = {}
    for event in apps.get_model("directives", "CalendarDayEvent").objects.filter(date__year=year).order_by("pgh_id"):
        said, on = told(event), event.date
        after = None if event.pgh_label == "delete" else event
        what = f"{on:%d/%m/%Y} ({weekday(on)})"
        yield Change(said.day, said.who, what, _say(before.get(on)), _say(after))
        before[on] = after


def _say(row: Any) -> str:
    if row is None:
        return "theo lịch tính sẵn"
    return f"{'làm việc' if row.is_working else 'nghỉ'} – {row.instrument}"


def _is_near(year: int, now: int) -> bool:
    return abs(year - now) <= FARTHEST


def _chosen(request: HttpRequest, now: int) -> int:
    """The year in the address; this year where there is none, or one that is too far away."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else now
    return year if _is_near(year, now) else now


def _asked(request: HttpRequest) -> dict[str, Any]:
    """A day off that the page itself proposes: `ngay`, as 2026-01-02."""
    with suppress(ValueError):
        return {"date": date.fromisoformat(request.GET.get("ngay", "")), "kind": OFF}
    return {}


def _tab(year: int, shown: int) -> dict[str, object]:
    return {"label": f"Năm {year}", "url": f"?nam={year}", "current": year == shown}


def _address(on: date) -> str:
    return f"{reverse('workday_list')}?nam={on.year}"
