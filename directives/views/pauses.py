"""Who is not reminded at present, why, and until when; the staff's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import staff_only
from agencies.clock import today
from agencies.models import User
from directives.actions.reminders import lift_pause
from directives.forms.pauses import PauseForm
from directives.models import Pause
from directives.models.reminding import PauseQuerySet
from directives.views.finding import me

PER_PAGE = 25
# What the address calls each kind, and its tab.
KINDS = {
    "nguoi": ("person", "Một người"),
    "co-quan": ("agency", "Một cơ quan"),
    "van-ban": ("directive", "Một văn bản"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def pause_list(request: HttpRequest) -> HttpResponse:
    """Running and past pauses, and a new one; `cho` in the address says of what kind."""
    day, kind = today(), request.GET.get("cho", "")
    kind = kind if kind in KINDS else "nguoi"
    form = PauseForm(request.POST or None, kind=KINDS[kind][0], by=me(request), day=day)
    if request.method == "POST" and form.is_valid() and (made := form.save(day)):
        messages.success(request, f"Đã ghi: tạm ngừng nhắc {made}, {made.span}.")
        return redirect("pause_list")
    past = Paginator(_named(Pause.objects.over(day)), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "running": _named(Pause.objects.not_over(day)).order_by("since", "pk"),
        "page": past,
        "form": form,
        "tabs": [_tab(each, kind) for each in KINDS],
    }
    return render(request, "directives/pause_list.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def pause_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """They are reminded again."""
    pause = get_object_or_404(_named(Pause.objects.all()), pk=pk)
    lift_pause(pause=pause.pk, by=me(request), day=today())
    messages.success(request, f"Đã cho nhắc lại: {pause}. Sáng làm việc tới, mỗi việc chỉ gửi lời nhắc gần nhất.")
    return redirect("pause_list")


def pauses_for(user: User, day: date, **about: Any) -> PauseQuerySet:
    """Running and coming pauses of one thing, for its page: the staff's alone."""
    found = Pause.objects.not_over(day).filter(**about).select_related("recorded_by")
    return found.order_by("since", "pk") if user.keeps_tasks else found.none()


def _named(found: PauseQuerySet) -> PauseQuerySet:
    named = found.select_related("person__agency", "agency", "directive", "recorded_by")
    return named.defer("directive__text", "directive__segments")


def _tab(kind: str, current: str) -> dict[str, object]:
    return {"label": KINDS[kind][1], "url": f"?cho={kind}#ghi", "current": kind == current}
