"""An agency's work on one page, and the list of agencies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from agencies.clock import today
from agencies.delegation import may_name
from agencies.models import Agency, User
from directives import figures, timeline
from directives.deadlines import Figure, Life, TimeState
from directives.models import Assignment, Evidence, Office
from directives.models.assignment import AssignmentQuerySet
from directives.models.round import last_closed_window
from directives.views.finding import assignments_for, me
from directives.views.obstacles import obstacles_of_agency
from directives.views.pauses import pauses_for
from directives.views.request_state import requests_of_agency
from directives.views.round_call import round_call
from directives.views.round_parts import round_card
from directives.views.succession import ancestry
from directives.views.urged import urged_lately

PER_PAGE = 50
NEXT = 6
SHOWN = 50
# What the address calls a part of the list, and the figures that it holds.
SLICES: dict[str, tuple[str, tuple[Figure, ...]]] = {
    "dung-han": (str(Figure.DONE_ON_TIME.label), (Figure.DONE_ON_TIME,)),
    "hoan-thanh-muon": (str(Figure.DONE_LATE.label), (Figure.DONE_LATE,)),
    "trong-han": (str(Figure.OPEN_IN_TIME.label), (Figure.OPEN_IN_TIME,)),
    "qua-han": (str(Figure.OPEN_OVERDUE.label), (Figure.OPEN_OVERDUE,)),
    "khong-han": ("Không có thời hạn", (Figure.DONE_NO_DEADLINE, Figure.OPEN_NO_DEADLINE)),
    "tam-dung": (str(Figure.SUSPENDED.label), (Figure.SUSPENDED,)),
}
KEYS = dict(
    zip(
        ("done_on_time", "done_late", "open_in_time", "open_overdue", "no_deadline", "suspended"),
        SLICES,
        strict=True,
    )
)


@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    """The agencies that carry work which the person may see, each with its numbers."""
    user, day, office = me(request), today(), Office.current()
    rows = agency_rows(Assignment.objects.visible_to(user).published(), day, office)
    if len(rows) == 1 and not user.oversees:
        return redirect("agency_detail", code=rows[0]["agency"].code)
    return render(request, "directives/agency_list.html", {"rows": rows})


@require_safe
def agency_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The dashboard of one agency."""
    agency = get_object_or_404(Agency.objects.visible_to(me(request)), code=code)
    return render(request, "directives/agency_detail.html", dashboard(request, agency))


def dashboard(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    """The four numbers, what is late, next, returned, not reported, and every task with its state."""
    user, day, office = me(request), today(), Office.current()
    mine = assignments_for(user, day, office).published().filter(agency=agency)
    window = last_closed_window(day)
    late = mine.filter(Q(time_state=TimeState.OVERDUE)).order_by(F("due"), "pk")
    unreported = mine.unreported_in(window, office.silent_after).order_by("task__directive", "task__position")
    chosen = request.GET.get("so", "")
    listed = mine.filter(Q(figure__in=SLICES[chosen][1])) if chosen in SLICES else mine
    page = Paginator(listed.order_by("task__directive", "task__position"), PER_PAGE).get_page(request.GET.get("trang"))
    _attach_files(page.object_list)
    return {
        "agency": agency,
        "ancestry": ancestry(agency),
        "may_report": user.represents(agency.pk),
        "may_name": may_name(user, agency),
        "pauses": pauses_for(user, day, agency=agency),
        "round_calls": round_call(user, agency, day, office),
        "figures": figures.of_assignments(mine, day),
        "links": {key: _slice_url(request, name) for key, name in KEYS.items()},
        "slice": SLICES[chosen][0] if chosen in SLICES else "",
        "page": page,
        "late": late[:SHOWN],
        "late_more": max(0, late.count() - SHOWN),
        "next": mine.falling_due()[:NEXT],
        "returned": mine.returned().order_by("supplement_due_on", "pk")[:SHOWN],
        "reopened": mine.reopened().order_by("pk")[:SHOWN],
        **urged_lately(agency, user, day),
        **requests_of_agency(agency, day),
        **obstacles_of_agency(agency, day),
        "extensions_here": figures.extensions_by_agency(mine).get(agency.pk),
        **round_card(user, agency, mine, day, office),
        "window": window,
        "unreported": unreported[:SHOWN],
        "unreported_count": unreported.count(),
    }


def _attach_files(rows: Iterable[Any]) -> None:
    """Gives each row its `files`: the evidence of finished work, so that a leader reaches it from this page."""
    done = [row for row in rows if row.life == Life.DONE]
    shown = Evidence.objects.filter(note__assignment__in=done, note__claims_completion=True, upload__isnull=False)
    found: dict[int, list[timeline.Shown]] = {}
    for each in shown.select_related("upload", "note"):
        found.setdefault(each.note.assignment_id, []).append(timeline.shown(each))
    for row in done:
        row.files = found.get(row.pk, [])


def _slice_url(request: HttpRequest, name: str) -> str:
    """The same page, of the same agency, with one slice of its list."""
    asked = request.GET.copy()
    asked.pop("trang", None)
    asked["so"] = name
    return f"?{asked.urlencode()}#nhiem-vu"


def agency_rows(assignments: AssignmentQuerySet, day: date, office: Office) -> list[dict[str, Any]]:
    """A line for each agency: its figures, how many were not reported this round, whether it is only asked.

    A body that is asked stands last and is ranked with nobody; of the others those with late work come first.
    """
    counted = figures.by_agency(assignments, day)
    silent = _counts(assignments.unreported_in(last_closed_window(day), office.silent_after))
    extensions = figures.extensions_by_agency(assignments)
    ordered = assignments.filter(task__addressee__is_asked=False).order_by().values_list("agency", flat=True).distinct()
    given = set(ordered)  # without an order: it would be a part of what is distinct, and a row for each assignment
    rows = [
        {
            "agency": agency,
            "figures": counted[agency.pk],
            "unreported": silent.get(agency.pk, 0),
            "asked": agency.pk not in given,
            "extensions": extensions.get(agency.pk),
        }
        for agency in Agency.objects.filter(pk__in=counted)
    ]
    return sorted(rows, key=_exceptions_first)


def _exceptions_first(row: dict[str, Any]) -> tuple[bool, int, str]:
    late = 0 if row["asked"] else row["figures"].open_overdue
    return row["asked"], -late, row["agency"].sort_key


def _counts(assignments: AssignmentQuerySet) -> dict[int, int]:
    return dict(assignments.order_by().values_list("agency").annotate(count=Count("pk")))


def own_agencies(user: User) -> list[Agency]:
    """The agencies that a liaison acts for, in the order of lists; those that have ended last."""
    return list(user.represented().order_by(F("ended_on").desc(nulls_first=True), "sort_key"))


def tab_name(agency: Agency) -> str:
    """Two bodies may have one name, before a succession and after it."""
    ended = f" (đến trước {agency.ended_on:%d/%m/%Y})" if agency.ended_on else ""
    return f"{agency.short_name}{ended}"
