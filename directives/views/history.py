"""What happened to a task and to an agency, in words; and the same as a spreadsheet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from agencies.clock import today
from agencies.models import Agency
from directives import history
from directives.forms.history import Span
from directives.history.export import spreadsheet
from directives.models import Assignment
from directives.models.move import readable_to
from directives.views.finding import me, task_or_404

PER_PAGE = 100
DAYS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def task_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the task and of those of its assignments that the person may see."""
    task = task_or_404(me(request), pk)
    mine = readable_to(me(request)).filter(task=task)
    title = f"Lịch sử nhiệm vụ {task.position}, {task.directive.code}"
    # How a draft was prepared is the keepers' business.
    since = None if me(request).keeps_tasks else task.directive.published_on
    return _answer(request, title, history.of_task(task, mine, since), {"task": task})


@require_safe
def agency_history(request: HttpRequest, code: str) -> HttpResponse:
    """Of the agency between two days (`tu`, `den`), by default the last 60 days."""
    agency = get_object_or_404(Agency.objects.visible_to(me(request)), code=code)
    day = today()
    span = Span(request.GET or None, initial={"tu": day - timedelta(days=DAYS), "den": day})
    since, until = span.days(day - timedelta(days=DAYS), day)
    mine = Assignment.objects.visible_to(me(request)).filter(agency=agency)
    lines = history.of_agency(agency, mine, since, until)
    return _answer(request, f"Lịch sử {agency.short_name}", lines, {"agency": agency, "span": span}, since, until)


def _answer(
    request: HttpRequest, title: str, lines: list[history.Line], more: dict[str, Any], *days: date
) -> HttpResponse:
    if request.GET.get("tep") == "xlsx":
        span = f", {days[0]:%d/%m/%Y} – {days[1]:%d/%m/%Y}" if days else ""
        name = f"{title.replace('/', '-')}.xlsx"
        answer = HttpResponse(spreadsheet(f"{title}{span}", lines), content_type=XLSX)
        answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return answer
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("trang"))
    asked = request.GET.copy()
    asked.pop("trang", None)
    asked["tep"] = "xlsx"
    context = {"title": title, "page": page, "count": len(lines), "file_url": f"?{asked.urlencode()}", **more}
    return render(request, "directives/history.html", context)
