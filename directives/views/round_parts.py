"""What other pages say of rounds: the report that an agency owes now, and how its standing duties are reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from agencies.models import Agency, User
from directives.deadlines import Clock
from directives.models import Office, Round, Submission
from directives.models.assignment import AssignmentQuerySet
from directives.models.round import only_asked
from directives.models.standing import Received, reports_received

JUDGED = 12  # closed rounds that standing duties are judged by: a year of months
SHOWN = 50


def round_card(user: User, agency: Agency, mine: AssignmentQuerySet, day: date, office: Office) -> dict[str, Any]:
    """For the page of an agency: how its standing duties are reported, and, for those who oversee, the round now.

    (A liaison is called to their own report by `round_call`.) Seven queries at most.
    """
    now = Round.objects.to_report(day) if user.oversees else None
    named = Submission.objects.select_related("agency", "sent_by")
    submission = named.filter(round=now, agency=agency).first() if now else None
    return {
        "round_now": now,
        "round_due": now.due_of(agency) if now else None,
        "round_is_late": now is not None and _owes_late(now, agency, mine, day, office),
        "round_submission": submission,
        "standing": _standing(mine, day, office),
    }


def _owes_late(now: Round, agency: Agency, mine: AssignmentQuerySet, day: date, office: Office) -> bool:
    """Whether its day is over and something is missing. Three queries at most."""
    if not now.is_late(agency, day) or only_asked([agency.pk]):
        return False
    return mine.unreported_in(now.judged, office.silent_after).exists()


def received(row: Any, day: date, office: Office) -> Received | None:
    """For the page of one assignment, where its duty is a standing one. Two queries."""
    if row.task.clock != Clock.STANDING:
        return None
    return reports_received([row], _judged(day), office.silent_after).get(row.pk)


def _standing(mine: AssignmentQuerySet, day: date, office: Office) -> list[tuple[Any, Received]]:
    rows = list(mine.filter(task__clock=Clock.STANDING).open().order_by("task__directive", "task__position")[:SHOWN])
    found = reports_received(rows, _judged(day), office.silent_after) if rows else {}
    return [(row, found[row.pk]) for row in rows if row.pk in found]


def _judged(day: date) -> list[Round]:
    return list(Round.objects.closed(day)[:JUDGED])
