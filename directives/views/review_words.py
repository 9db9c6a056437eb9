"""How long a claim has waited, and how long decisions take: the reviewer's time, never the agency's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from directives import figures
from directives.models import ProgressNote, Review
from directives.workdays import working_days_between

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Span:
    """Calendar days and working days from one day to another."""

    days: int
    workdays: int


def waited(claim: ProgressNote, day: date) -> Span:
    """Since the claim was sent or entered."""
    return Span((day - claim.said_on).days, working_days_between(claim.said_on, day))


def review_time(day: date) -> figures.ReviewTime:
    """Of the decisions of the last twelve months."""
    return figures.review_time(Review.objects.filter(decided_on__gt=day - YEAR, decided_on__lte=day))
