"""How an agency was urged lately, for its own page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from agencies.models import Agency, User
from directives.models import Urging, UrgingLetter

RECENT = timedelta(days=180)
SHOWN = 6


def urged_lately(agency: Agency, user: User, day: date) -> dict[str, Any]:
    """For the agency's page: letters and calls of the last months, the newest first."""
    letters = UrgingLetter.objects.visible_to(user).issued().filter(agency=agency, issued_on__gt=day - RECENT)
    counted = letters.annotate(count=Count("tasks")).defer("content").order_by("-issued_on", "-pk")[:SHOWN]
    calls = Urging.objects.visible_to(user).filter(agency=agency, on__gt=day - RECENT)
    named = calls.annotate(count=Count("tasks")).select_related("made_by")[:SHOWN]
    told: list[dict[str, Any]] = [{"on": each.issued_on, "letter": each} for each in counted]
    told += [{"on": each.on, "call": each} for each in named]
    return {"urged": sorted(told, key=lambda each: each["on"], reverse=True)[:SHOWN]}
