"""The first page of each role, and the leaders' summary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.models import Agency, User
from directives import figures
from directives.actions.reviews import waiting_for
from directives.deadlines import OPEN, TimeState
from directives.models import Assignment, Directive, Office, Reminder, Task
from directives.models.assignment import AssignmentQuerySet
from directives.views.agencies import agency_rows, dashboard, own_agencies, tab_name
from directives.views.finding import assignments_for, me
from directives.views.obstacles import stuck
from directives.views.request_state import requests_for
from directives.views.worklist import figure_links

SHOWN = 8
SEEN = 300


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """A liaison's own work, the staff's desk, or the leaders' summary."""
    user = me(request)
    if user.is_liaison:
        return _liaison(request)
    return _staff(request) if user.keeps_tasks else summary(request)


@require_safe
@overseers_only
def summary(request: HttpRequest) -> HttpResponse:
    """Where it stands: the four numbers, exceptions first, then each agency. `van-ban` narrows to one directive."""
    user, day, office = me(request), today(), Office.current()
    directives = list(Directive.objects.visible_to(user).published().defer("text", "segments"))
    chosen = next((each for each in directives if str(each.pk) == request.GET.get("van-ban")), None)
    within: dict[str, Any] = {"task__directive": chosen} if chosen else {}
    assignments = assignments_for(user, day, office).published().filter(**within)
    tasks = Task.objects.visible_to(user).filter(directive__published_on__isnull=False)
    context = {
        "directives": directives,
        "chosen": chosen,
        "figures": figures.of_tasks(tasks.filter(directive=chosen) if chosen else tasks, day),
        "links": figure_links(chosen),
        "of_assignments": figures.of_assignments(assignments, day),
        "rows": agency_rows(assignments, day, office),
        **_exceptions(user, day, assignments),
    }
    return render(request, "directives/summary.html", context)


def _exceptions(user: User, day: date, assignments: AssignmentQuerySet) -> dict[str, Any]:
    """What needs somebody's word: late work, claims for this person to decide, obstacles named."""
    # Only open work is overdue; said here too, so that the database asks it first and works out no more than that.
    overdue = assignments.filter(Q(time_state=TimeState.OVERDUE), life__in=OPEN)
    given = Q(task__addressee__is_asked=False)
    late, counted = overdue.filter(given), _late_counts(overdue, given)
    # Enough rows to fill the tasks that are shown; the rest is counted, not listed.
    groups = _by_task(late.order_by(F("due"), "pk")[:SEEN])[:SHOWN]
    waiting = waiting_for(user, assignments)
    return {
        **requests_for(user),
        "late": groups,
        "late_count": counted["rows"],
        "late_more": counted["tasks"] - len(groups),
        "late_asked": counted["all"] - counted["rows"],
        "waiting": waiting[:SHOWN],
        "waiting_count": waiting.count(),
        **stuck(user, day, assignments),
    }


def _late_counts(overdue: AssignmentQuerySet, given: Q) -> dict[str, int]:
    """How many are late, and of those that were given (not asked) how many rows of how many tasks. One query."""
    by = {"all": Count("pk"), "rows": Count("pk", filter=given), "tasks": Count("task", filter=given, distinct=True)}
    return overdue.order_by().aggregate(**by)


def _by_task(rows: Iterable[Assignment]) -> list[dict[str, Any]]:
    """Assignments of one task together, in the order in which the first of them comes."""
    groups: dict[int, dict[str, Any]] = {}
    for row in rows:
        groups.setdefault(row.task_id, {"task": row.task, "rows": []})["rows"].append(row)
    return list(groups.values())


def _staff(request: HttpRequest) -> HttpResponse:
    user, day, office = me(request), today(), Office.current()
    assignments = assignments_for(user, day, office).published()
    rows = agency_rows(assignments, day, office)
    context = {
        **_exceptions(user, day, assignments),
        "figures": figures.of_tasks(Task.objects.visible_to(user).filter(directive__published_on__isnull=False), day),
        "silent": sorted((row for row in rows if row["unreported"]), key=lambda row: -row["unreported"]),
        "drafts": Directive.objects.visible_to(user).filter(published_on=None),
        "next": _by_task(assignments.falling_due()[:SEEN])[:SHOWN],
        "stuck_mail": Reminder.objects.visible_to(user).failing().count(),
        "unserved": list(_unserved(assignments)),
        "empty": not Directive.objects.visible_to(user).exists(),
    }
    return render(request, "directives/home_staff.html", context)


def _unserved(assignments: AssignmentQuerySet) -> QuerySet[Agency]:
    """Those that carry work and have nobody who reports, such as the two halves of a body that was split."""
    carried = assignments.filter(agency=OuterRef("pk"), life__in=OPEN).order_by()
    return Agency.objects.living().without_people().filter(Exists(carried)).order_by("sort_key")


def _liaison(request: HttpRequest) -> HttpResponse:
    """The dashboard of the agency; of several, the one that `co-quan` names in the address."""
    agencies = own_agencies(me(request))
    if not agencies:
        return render(request, "directives/home_without_agency.html")
    chosen = next((each for each in agencies if each.code == request.GET.get("co-quan")), agencies[0])
    tabs = [{"label": tab_name(each), "url": f"?co-quan={each.code}", "current": each == chosen} for each in agencies]
    context = {"tabs": tabs if len(tabs) > 1 else [], **dashboard(request, chosen)}
    return render(request, "directives/agency_detail.html", context)
