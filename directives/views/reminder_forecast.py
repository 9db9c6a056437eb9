"""What will go out, and why, before it goes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import staff_only
from agencies.clock import today
from directives.models import Office, Pause
from directives.reminders.forecast import forecast_of
from directives.views.reminders import coming_tabs, log_tabs
from directives.workdays import next_working_day

PER_PAGE = 20


@require_safe
@staff_only
def reminder_forecast(request: HttpRequest) -> HttpResponse:
    """Of today and of the next working day (`ngay=mai`, the usual one), by person."""
    now = today()
    tomorrow = next_working_day(now + timedelta(days=1))
    day = now if request.GET.get("ngay") == "nay" else tomorrow
    forecast = forecast_of(day)
    parcels = [
        list(keys)
        for _, keys in groupby(forecast.outgoing(), key=lambda key: (key.recipient, key.endpoint, key.channel))
    ]
    page = Paginator(parcels, PER_PAGE).get_page(request.GET.get("trang"))
    lines = forecast.named([key for keys in page.object_list for key in keys])
    context = {
        "day": day,
        "is_today": day == now,
        "tabs": [*coming_tabs("mai"), *log_tabs()],
        "days": _days(now, tomorrow, day),
        "page": page,
        "parcels": [list(each) for _, each in groupby(lines, key=lambda line: (line.to, line.owed.channel))],
        "only_bell": len({key.recipient for key in forecast.only_bell()}),
        "pauses": Pause.objects.in_force(day).count(),
        "office": Office.current(),
    }
    return render(request, "directives/reminder_forecast.html", context)


def _days(now: date, tomorrow: date, day: date) -> list[dict[str, object]]:
    return [
        {"label": f"Hôm nay {now:%d/%m/%Y}", "url": "?ngay=nay", "current": day == now},
        {"label": f"Ngày làm việc tới {tomorrow:%d/%m/%Y}", "url": "?ngay=mai", "current": day == tomorrow},
    ]
