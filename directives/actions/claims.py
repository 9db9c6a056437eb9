"""Which claim of an assignment waits for a decision."""

from __future__ import annotations

from directives.deadlines import Life
from directives.models import Assignment, ProgressNote


def pending_claim(assignment: Assignment) -> ProgressNote | None:
    """The claim that waits for a decision; None when nothing waits."""
    return undecided_claim(assignment) if assignment.life == Life.AWAITING else None


def undecided_claim(assignment: Assignment) -> ProgressNote | None:
    """The last claim, where nobody has decided it, also while its work is put aside.

    An older one that was left undecided (its work was cancelled, then came back from elsewhere) claims nothing now.
    """
    if assignment.submitted_on is None:
        return None
    claim = assignment.notes.filter(claims_completion=True).select_related("review").order_by("-pk").first()
    return claim if claim and getattr(claim, "review", None) is None else None
