"""Settings of the office: the administrator's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import admins_only
from agencies.clock import today
from directives.actions.office import CHANGEABLE
from directives.forms.office import OfficeForm
from directives.models import Issuer, Office
from directives.views.changes import Change, changes_of, say
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def office_settings(request: HttpRequest) -> HttpResponse:
    """Letterhead and numbers, and who changed what."""
    office = Office.current()
    form = OfficeForm(request.POST or None, office=office, by=me(request))
    if request.method == "POST" and form.is_valid() and (changed := form.save(today())) is not None:
        messages.success(request, "Đã lưu thiết lập." if changed else "Không có gì thay đổi.")
        return redirect("office_settings")
    context = {"form": form, "changes": changes_of_office()}
    return render(request, "directives/office_settings.html", context, status=422 if form.errors else 200)


def changes_of_office() -> list[Change]:
    """The newest first. One query."""
    return changes_of(
        "OfficeEvent",
        lambda event: CHANGEABLE,
        start=lambda event: Office(),
        label=lambda event, name: str(OfficeForm.base_fields[name].label),
        say=_say,
    )


def _say(name: str, value: Any) -> str:
    return str(Issuer(value).label) if name == "urging_issuer" else say(name, value)
