"""What the bell shows: a person's own notices, and that they have looked at them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.clock import today
from directives.actions.reading_reminders import see_reminders
from directives.reminders.shown import notices_of, shown
from directives.views.finding import me

PER_PAGE = 50


@require_safe
def bell_list(request: HttpRequest) -> HttpResponse:
    """By urgency what calls the person now, then what needs nothing more. To read it marks nothing as seen."""
    day = today()
    notices = notices_of(me(request), day)
    page = Paginator(notices.each, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"notices": notices, "page": page, "shown": shown(page.object_list, day)}
    return render(request, "directives/bell_list.html", context)


@require_POST
def bell_see(request: HttpRequest) -> HttpResponse:
    """They have looked at what the page showed, up to the key `den`; what came since stays new. Twice is harmless."""
    if not (newest := request.POST.get("den", "")).isdecimal():
        return HttpResponseBadRequest()
    see_reminders(by=me(request), day=today(), up_to=int(newest))
    return redirect("bell_list")
