"""Settings of the office: the administrator's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import admins_only
from agencies.clock import today
from agencies.history import told
from directives.actions.office import CHANGEABLE
from directives.forms.office import OfficeForm
from directives.models import Issuer, Office
from directives.views.finding import me

SHOWN_CHANGES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def office_settings(request: HttpRequest) -> HttpResponse:
    """Letterhead and numbers, and who changed what."""
    office = Office.current()
    form = OfficeForm(request.POST or None, office=office, by=me(request))
    if request.method == "POST" and form.is_valid() and (changed := form.save(today())) is not None:
        messages.success(request, "Đã lưu thiết lập." if changed else "Không có gì thay đổi.")
        return redirect("office_settings")
    context = {"form": form, "changes": list(changes_of_office())[::-1][:SHOWN_CHANGES]}
    return render(request, "directives/office_settings.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Change:
    """One setting that somebody changed."""

    day: date
    who: str
    what: str
    old: str
    new: str


def changes_of_office() -> Iterator[Change]:
    """From the event rows of the database, the oldest first. One query."""
    before = None
    for event in apps.get_model("directives", "OfficeEvent").objects.order_by("pgh_id"):
        if before is not None:
            yield from _differences(before, event)
        before = event


def _differences(before: Any, after: Any) -> Iterator[Change]:
    said = told(after)
    for name in CHANGEABLE:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(
                day=said.day,
                who=said.who,
                what=str(OfficeForm.base_fields[name].label),
                old=_say(name, old),
                new=_say(name, new),
            )


def _say(name: str, value: Any) -> str:
    if name == "urging_issuer":
        return str(Issuer(value).label)
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "(trống)"
    return "(trống)" if value == "" else str(value)
