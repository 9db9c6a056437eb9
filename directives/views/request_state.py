"""Where the requests of agencies stand, for the pages that show more than them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from agencies.models import Agency, User
from directives.actions.extensions import extensions_for, granted_to, sets_deadlines
from directives.actions.moves import predecessors
from directives.actions.releases import decides_releases, releases_for
from directives.deadlines import Clock
from directives.models import Assignment, Extension, Office, Release
from directives.models.request import RequestQuerySet

RECENT = timedelta(days=30)
SHOWN = 100


def about_requests(user: User, row: Assignment) -> dict[str, Any]:
    """For the page of an assignment: what was asked and decided, and what may be asked now."""
    extensions = list(row.extensions.select_related("asked_by", "upload", "decision__decided_by").order_by("-pk"))
    releases = row.releases.select_related("asked_by", "upload", "to_agency", "decision__decided_by")
    asked = list(releases.order_by("-pk"))
    waiting = next((each for each in extensions if not hasattr(each, "decision")), None)
    leaving = next((each for each in asked if not hasattr(each, "decision")), None)
    may_ask = user.represents(row.agency_id) and row.is_to_do and row.task.directive.is_published
    dated = row.task.clock == Clock.DATED and row.deadline is not None
    granted = granted_to(row)
    limit = Office.current().extension_limit if may_ask and dated else 0
    return {
        "extensions": extensions,
        "releases": asked,
        "extension_waits": waiting,
        "release_waits": leaving,
        "may_ask_extension": may_ask and dated and waiting is None and granted < limit,
        "may_ask_release": may_ask and leaving is None,
        "may_withdraw": user.represents(row.agency_id),
        "decides": (waiting and sets_deadlines(user, row)) or (leaving and decides_releases(user, row)),
        "times_extended": granted,
        "extension_limit": limit,
        "came_from": list(row.moved_from.select_related("old__agency", "old__task")),
        "went_to": list(row.moved_to.select_related("new__agency", "new__task")),
        "predecessors": predecessors(row),
    }


def requests_of_agency(agency: Agency, day: date) -> dict[str, Any]:
    """For the first page of a liaison: what waits, and what was decided lately, the newest first."""
    recent = Q(decision=None) | Q(decision__decided_on__gt=day - RECENT)
    own = Q(assignment__agency=agency)
    return {
        "own_extensions": loaded(Extension.objects.filter(recent, own)).order_by("-pk")[:SHOWN],
        "own_releases": loaded(Release.objects.filter(recent, own)).order_by("-pk")[:SHOWN],
    }


def requests_for(user: User) -> dict[str, Any]:
    """For the desk of staff and the leaders' page: how many wait for this person."""
    return {"requests_waiting": extensions_for(user).count() + releases_for(user).count()}


def loaded(asked: RequestQuerySet, *more: str) -> RequestQuerySet:
    """With all that a line about a request names."""
    named = ("assignment__agency", "assignment__task__directive", "assignment__task__deadline_by", "asked_by", "upload")
    found = asked.select_related(*named, "decision__decided_by", *more)
    return found.defer("assignment__task__directive__text", "assignment__task__directive__segments")
