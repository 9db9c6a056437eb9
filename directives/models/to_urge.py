"""Which work an agency is urged about: late, or silent in the last closed round (design, section 3.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, Value

from agencies.models import Kind
from directives.deadlines import TimeState
from directives.models.assignment import Assignment, AssignmentQuerySet
from directives.models.office import Office
from directives.models.round import last_closed_window

# The Party's bodies are asked, whatever a notice says: a committee of the State gives them no orders.
ASKED_KINDS = (Kind.PARTY,)
# Of assignments: asked of the agency, not ordered. Nothing of it is ever called late, or ranked (design, section 3.10).
ASKED = Q(task__addressee__is_asked=True) | Q(agency__kind__in=ASKED_KINDS)


def is_asked(row: Assignment) -> bool:
    """`ASKED` of one row in hand."""
    return row.task.addressee.is_asked or row.agency.kind in ASKED_KINDS


def is_late(row: Any) -> bool:
    """Whether a row of `to_urge` is past its day."""
    return row.time_state == TimeState.OVERDUE


def to_urge(assignments: AssignmentQuerySet, day: date, office: Office) -> AssignmentQuerySet:
    """Of these what is to be urged on `day`, with its status and `is_silent`; of living single bodies only.

    What was handed in late and waits is the reviewer's: it stays among the overdue of other pages, and is urged by
    nobody.
    """
    window = last_closed_window(day)
    silent = Assignment.objects.unreported_in(window, office.silent_after).filter(pk=OuterRef("pk"))
    found = assignments.published().to_do().filter(agency__is_group=False, agency__ended_on=None)
    found = found.with_status(day, office.soon_days).annotate(
        is_silent=Exists(silent) if window else Value(False, BooleanField())
    )
    return found.filter(Q(time_state=TimeState.OVERDUE) | Q(is_silent=True))
