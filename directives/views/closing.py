"""Closing a directive with a decision on everything that is open, and following it again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from directives.actions.closing import reopen_directive, undecided
from directives.deadlines import Life
from directives.forms.closing import ClosingForm
from directives.forms.reviews import ReasonForm
from directives.models import Assignment, Directive, Office, Verdict
from directives.views.directive_page import trail
from directives.views.directives import directive_or_404
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def directive_close(request: HttpRequest, pk: int) -> HttpResponse:
    """A verdict for each open assignment, a preview, then the deed."""
    directive = directive_or_404(me(request), pk)
    if not directive.is_published or directive.closed_on:
        messages.info(request, f"{directive.code} {_why_not(directive)}.")
        return redirect("directive_detail", pk=pk)
    form = _form(request, directive)
    step = request.POST.get("buoc", "")
    if form.is_bound and form.is_valid():
        if step == "ghi" and form.save(by=me(request), day=today()):
            messages.success(request, f"Đã kết thúc theo dõi {directive.code}.")
            return redirect("directive_detail", pk=pk)
        if step != "ghi":
            return render(request, "directives/closing_preview.html", _preview(form) | {"crumbs": trail(directive)})
    context = {"directive": directive, "form": form, "blocks": list(form.blocks()), "crumbs": trail(directive)}
    context["waiting"] = [row for row in form.rows if row.life == Life.AWAITING]
    return render(request, "directives/closing_form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def directive_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a closed directive again, for a reason."""
    directive = directive_or_404(me(request), pk)
    form = ReasonForm(request.POST)
    try:
        if form.is_valid():
            reopen_directive(directive=directive, reason=form.cleaned_data["reason"], by=me(request), day=today())
            messages.success(request, f"{directive.code} được theo dõi trở lại.")
        else:
            messages.error(request, "Chưa mở lại: xin ghi lý do.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("directive_detail", pk=pk)


def _form(request: HttpRequest, directive: Directive) -> ClosingForm:
    """Bound when it is to be judged; with all that was typed when a whole addressee is filled or tasks are fetched."""
    day, office = today(), Office.current()
    found = undecided(directive).with_status(day, office.soon_days)
    rows = list(found.select_related("agency", "task__addressee__agency", "task__directive"))
    data = request.POST if request.method == "POST" else request.GET
    following = _following(data.get("following", ""), directive)
    given: dict[str, Any] = {"directive": directive, "rows": rows, "following": following}
    if request.method == "POST" and request.POST.get("buoc") in ("xem", "ghi"):
        return ClosingForm(request.POST, **given)
    typed = {name: value for name, value in data.items() if value}
    form = ClosingForm(initial=typed | _filled(data.get("dien", ""), data, rows), **given)
    for words in form.unlisted(typed):
        messages.warning(request, words)
    return form


def _filled(addressee: str, data: Any, rows: list[Assignment]) -> dict[str, str]:
    """The lines of one addressee, all with what was chosen for it."""
    mine = [row for row in rows if str(row.task.addressee_id) == addressee]
    names = [name for name in ("verdict", "reason") if data.get(f"muc-{addressee}-{name}")]
    return {f"pc-{row.pk}-{name}": data[f"muc-{addressee}-{name}"] for row in mine for name in names}


def _following(pk: str, directive: Directive) -> Directive | None:
    others = Directive.objects.published().filter(closed_on=None).exclude(pk=directive.pk)
    return others.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 10 else None


def _preview(form: ClosingForm) -> dict[str, Any]:
    decisions = form.decisions()
    counted = Counter(each.verdict for each in decisions.values())
    return {
        "directive": form.directive,
        "form": form,
        "counted": [(verdict.label, counted[verdict]) for verdict in Verdict if counted[verdict]],
        "lines": [(row, decisions[row.pk]) for row in form.rows],
    }


def _why_not(directive: Directive) -> str:
    if not directive.is_published:
        return "còn là bản nháp, nên không có gì để kết thúc"
    return f"đã kết thúc theo dõi từ ngày {directive.closed_on:%d/%m/%Y}"
