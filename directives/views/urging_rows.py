"""A line for each agency to urge: the numbers of the other pages, since when, and how it was urged last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from agencies.models import Agency, Kind
from directives.deadlines import TimeState
from directives.models import (
    Office,
    Reminder,
    Urging,
    UrgingLetter,
)
from directives.models.assignment import AssignmentQuerySet
from directives.models.to_urge import ASKED, ASKED_KINDS
from directives.views.agencies import agency_rows


def rows_to_urge(assignments: AssignmentQuerySet, day: date, office: Office) -> list[dict[str, Any]]:
    """Living single agencies that are late or silent; what is only asked last. A constant number of queries.

    Of the overdue that other pages count, `late` is ordered and still to do, `due_asked` was only asked, and `waiting`
    was handed in late and waits for its confirmation.
    """
    rows = [row for row in agency_rows(assignments, day, office) if _is_single(row["agency"])]
    late = _late(assignments, day)
    nothing: dict[str, Any] = {"late": 0, "due_asked": 0, "longest": None}
    found = []
    for row in rows:
        counted = late.get(row["agency"].pk, nothing)
        if counted["late"] or counted["due_asked"] or row["unreported"]:
            waiting = row["figures"].open_overdue - counted["late"] - counted["due_asked"]
            asked = row["asked"] or row["agency"].kind in ASKED_KINDS
            found.append({**row, **counted, "asked": asked, "waiting": waiting})
    keys = [row["agency"].pk for row in found]
    last: dict[str, dict[int, Any]] = {
        "mailed": _last_mail(keys),
        "written": _last_letter(keys),
        "called": _last_call(keys),
        "draft": _drafts(keys),
    }
    for row in found:
        row |= {name: by_agency.get(row["agency"].pk) for name, by_agency in last.items()}
        row["is_own"] = row["agency"].kind == Kind.STANDING
    return sorted(found, key=lambda row: row["asked"])


def _is_single(agency: Agency) -> bool:
    return not (agency.is_group or agency.has_ended)


def _late(assignments: AssignmentQuerySet, day: date) -> dict[int, dict[str, Any]]:
    late = assignments.to_do().with_status(day).filter(Q(time_state=TimeState.OVERDUE)).order_by()
    counts = late.values("agency").annotate(
        late=Count("pk", filter=~ASKED), due_asked=Count("pk", filter=ASKED), longest=Max("late_by", filter=~ASKED)
    )
    return {row["agency"]: {name: row[name] for name in ("late", "due_asked", "longest")} for row in counts}


def _last_mail(agencies: Iterable[int]) -> dict[int, date]:
    """The day of the last reminder to people of the agency. One query."""
    sent = Reminder.objects.told_agencies().filter(assignment__agency__in=agencies).order_by()
    last = sent.values("assignment__agency").annotate(last=Max("sent_on"))
    return dict(last.values_list("assignment__agency", "last"))


def _last_letter(agencies: Iterable[int]) -> dict[int, UrgingLetter]:
    issued = UrgingLetter.objects.issued().filter(agency__in=agencies).defer("content")
    return {each.agency_id: each for each in issued.order_by("issued_on", "pk")}


def _last_call(agencies: Iterable[int]) -> dict[int, Urging]:
    return {each.agency_id: each for each in Urging.objects.filter(agency__in=agencies).order_by("on", "pk")}


def _drafts(agencies: Iterable[int]) -> dict[int, UrgingLetter]:
    return {each.agency_id: each for each in UrgingLetter.objects.drafts().filter(agency__in=agencies).defer("content")}
