"""Many claims confirmed at one stroke: each by the same verb, each for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from agencies.errors import Refused
from agencies.models import User
from directives.actions.claims import pending_claim
from directives.actions.reviews import confirm, proposed_day
from directives.deadlines import Life
from directives.models import Assignment, Outcome, Review


@dataclass
class Confirmed:
    """What went through, what this person had confirmed already (`again`), what did not go and why, and how many were
    none of this person's business.
    """

    done: list[Assignment] = field(default_factory=list)
    again: list[Assignment] = field(default_factory=list)
    refused: list[tuple[Assignment, str]] = field(default_factory=list)
    foreign: int = 0


def confirm_many(*, wanted: Mapping[int, int | None], by: User, day: date) -> Confirmed:
    """`wanted`: keys of assignments, each with the version that was seen. One refusal holds back no other."""
    found = Assignment.objects.visible_to(by).published().for_pages().filter(pk__in=wanted)
    outcome = Confirmed(foreign=len(wanted))
    for row in found.order_by("submitted_on", "pk"):
        outcome.foreign -= 1
        try:
            _confirm(row, wanted[row.pk], by, day)
            outcome.done.append(row)
        except Refused as refusal:
            if _confirmed_by(row, by):
                outcome.again.append(row)
            else:
                outcome.refused.append((row, str(refusal)))
    return outcome


def _confirmed_by(row: Assignment, by: User) -> bool:
    """Whether it stands as this person has confirmed it: the button was pressed twice."""
    if not Assignment.objects.filter(pk=row.pk, life=Life.DONE).exists():
        return False
    last = Review.objects.about(row.pk).order_by("-pk").first()
    return last is not None and (last.outcome, last.decided_by_id) == (Outcome.CONFIRMED, by.pk)


def _confirm(row: Assignment, version: int | None, by: User, day: date) -> None:
    """With the day that the preview named; where the row has changed since, `version` tells."""
    claim = pending_claim(row)
    confirm(
        assignment=row,
        by=by,
        day=day,
        completed_on=proposed_day(row, claim) if claim else None,
        version=version,
    )
