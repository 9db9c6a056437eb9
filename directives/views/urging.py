"""Đôn đốc: which agencies are late or silent and how they were urged; a letter is drafted, a call is logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import overseers_only, staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency
from directives.actions.urging import require_urgeable
from directives.forms.urging import ContactForm, LetterForm
from directives.models import Assignment, Office, UrgingLetter
from directives.models.assignment import AssignmentQuerySet
from directives.models.round import last_closed_window
from directives.models.to_urge import to_urge
from directives.views.finding import me
from directives.views.urging_rows import rows_to_urge

PER_PAGE = 20


@require_safe
@overseers_only
def urging_list(request: HttpRequest) -> HttpResponse:
    """Agencies to urge, those with late work first; then the letters, the newest first."""
    user, day, office = me(request), today(), Office.current()
    rows = rows_to_urge(Assignment.objects.visible_to(user).published(), day, office)
    letters = UrgingLetter.objects.visible_to(user).select_related("agency", "made_by").defer("content")
    context = {
        "ordered": [row for row in rows if not row["asked"]],
        "asked": [row for row in rows if row["asked"]],
        "window": last_closed_window(day),
        "page": Paginator(letters, PER_PAGE).get_page(request.GET.get("trang")),
    }
    return render(request, "directives/urging_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def urging_letter_create(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the tasks, the day, the issuer; the draft is looked at next."""
    day, office = today(), Office.current()

    def make(agency: Agency, rows: list[Any]) -> LetterForm:
        given = {"agency": agency, "rows": rows, "ticked": [row.pk for row in rows], "by": me(request)}
        return LetterForm(request.POST or None, day=day, office=office, **given)

    return _about(request, code, make, offered=lambda mine: to_urge(mine, day, office))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def urging_contact_create(request: HttpRequest, code: str) -> HttpResponse:
    """Log a call: about any open task of the agency, those that are late or silent being ticked."""
    day, office = today(), Office.current()

    def make(agency: Agency, rows: list[Any]) -> ContactForm:
        urged = set(to_urge(Assignment.objects.filter(agency=agency), day, office).values_list("pk", flat=True))
        given = {"agency": agency, "rows": rows, "ticked": urged, "by": me(request)}
        return ContactForm(request.POST or None, day=day, **given)

    return _about(request, code, make, offered=lambda mine: mine.published().to_do().with_status(day))


def _about(
    request: HttpRequest,
    code: str,
    make: Callable[[Agency, list[Any]], LetterForm | ContactForm],
    offered: Callable[[AssignmentQuerySet], AssignmentQuerySet],
) -> HttpResponse:
    """The form about one agency. Whom nobody urges is told where the matter goes instead."""
    agency = get_object_or_404(Agency.objects.visible_to(me(request)), code=code)
    rows = list(
        offered(Assignment.objects.filter(agency=agency).for_pages()).order_by("task__directive", "task__position")
    )
    try:
        require_urgeable(agency)
        if not rows:
            raise Refused(f"{agency.name} không có nhiệm vụ nào cần đôn đốc.")
    except Refused as refusal:
        messages.info(request, str(refusal))
        return redirect("urging_list")
    form = make(agency, rows)
    if request.method == "POST" and form.is_valid() and (made := form.save(today())):
        if isinstance(made, UrgingLetter):
            messages.success(request, "Đã soạn dự thảo. Xin đọc lại, tải về trình ký; có số thì ghi vào đây.")
            return redirect("urging_letter", pk=made.pk)
        messages.success(request, f"Đã ghi: {made}, {agency.name}.")
        return redirect("urging_list")
    template = "directives/urging_form.html"
    context = {"form": form, "agency": agency, "is_letter": isinstance(form, LetterForm)}
    return render(request, template, context, status=422 if form.errors else 200)
