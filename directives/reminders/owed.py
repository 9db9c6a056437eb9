"""What is owed to whom on a day: the one rule that the planner writes down and that the sender asks again.

An assignment owes its liaisons one line at most: the latest rung that was passed after they received it. Importing
a notice therefore reminds nobody at once, however old its dates are. A claim that waits for a decision owes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value

from directives.deadlines import TimeState
from directives.models import Assignment, Office, Outcome, Reason, Review
from directives.reminders.audience import Audience
from directives.reminders.rungs import Ladder


class Owed(NamedTuple):
    """The key of a reminder: who, about what, why, for which deadline, since which day."""

    recipient: int
    assignment: int
    reason: str
    deadline: date
    rung: date


class Served(NamedTuple):
    """What one reminder settles. The reason is not part of it: on the day or after it, the rung is the same."""

    recipient: int
    assignment: int
    deadline: date
    rung: date


class _Call(NamedTuple):
    """A rung that an assignment has reached."""

    reason: str
    deadline: date
    rung: date


class _Work(NamedTuple):
    """What is read of an assignment."""

    pk: int
    agency: int
    follower: int | None
    received_on: date | None
    due: date | None
    days_left: timedelta | None
    time_state: str
    supplement_due_on: date | None
    supplement_left: timedelta | None
    returned_on: date | None


def what_is_owed(
    day: date, audience: Audience, office: Office, assignments: Iterable[int] | None = None
) -> Iterator[Owed]:
    """Everything that is owed on `day`, sent or not; of these `assignments` only, where they are given. One query."""
    ladder = Ladder.of(office)
    calls = _Calls(ladder, day)
    work = _to_do(day, ladder)
    if assignments is not None:
        work = work.filter(pk__in=assignments)
    for row in work.values_list(*_COLUMNS).iterator(chunk_size=10_000):
        one = _Work(*row)
        if call := calls.for_liaisons(one):
            yield from (Owed(person, one.pk, *call) for person in audience.of_agency(one.agency))
        if call := calls.for_heads(one):
            yield from (Owed(person, one.pk, *call) for person in audience.of_head(one.agency))
        if call := calls.for_followers(one):
            yield from (Owed(person, one.pk, *call) for person in audience.of_late(one.follower))


_COLUMNS = (
    "pk",
    "agency_id",
    "task__follower_id",
    "received_on",
    "due",
    "days_left",
    "time_state",
    "supplement_due_on",
    "supplement_left",
    "returned_on",
)


def _to_do(day: date, ladder: Ladder):  # type: ignore[no-untyped-def]
    """Published work that its agency still has to do, near its day or sent back."""
    sent_back = Review.objects.about(OuterRef("pk")).filter(outcome=Outcome.ASKED_MORE)
    near = Q(days_left__lte=timedelta(days=ladder.reach))
    return (
        Assignment.objects.published()
        .to_do()
        .with_status(day)
        .annotate(
            supplement_left=ExpressionWrapper(F("supplement_due_on") - Value(day), output_field=DurationField()),
            returned_on=Subquery(sent_back.order_by("-pk").values("decided_on")[:1]),
        )
        .filter(near | Q(supplement_due_on__isnull=False))
        .order_by()
    )


class _Calls:
    """Which rung each assignment has reached on a day. Many share a deadline, so each is worked out once."""

    def __init__(self, ladder: Ladder, day: date) -> None:
        self.day = day
        self.rung, self.returned = cache(ladder.rung), cache(ladder.returned)
        self.headed, self.climbed = cache(ladder.headed), cache(ladder.climbed)

    def for_liaisons(self, work: _Work) -> _Call | None:
        """While a supplement is awaited only of that; once its day has passed, of whatever came last."""
        supplement = self._supplement(work)
        if work.supplement_left is not None and work.supplement_left >= timedelta():
            return supplement
        calls = [call for call in (self._plain(work), supplement) if call]
        return max(calls, key=lambda call: call.rung, default=None)

    def for_heads(self, work: _Work) -> _Call | None:
        return self._late(work, self.headed)

    def for_followers(self, work: _Work) -> _Call | None:
        return self._late(work, self.climbed)

    def _late(self, work: _Work, rung: Callable[[date, date], date | None]) -> _Call | None:
        if work.due is None or work.time_state != TimeState.OVERDUE:
            return None
        return _since_receipt(work, Reason.AFTER, work.due, rung(work.due, self.day))

    def _plain(self, work: _Work) -> _Call | None:
        if work.due is None:
            return None
        return _since_receipt(work, _reason(work), work.due, self.rung(work.due, self.day))

    def _supplement(self, work: _Work) -> _Call | None:
        if work.supplement_due_on is None:
            return None
        rung = self.returned(work.supplement_due_on, work.returned_on, self.day)
        return _since_receipt(work, Reason.RETURNED, work.supplement_due_on, rung)


def _reason(work: _Work) -> Reason:
    if work.time_state == TimeState.OVERDUE:
        return Reason.AFTER
    return Reason.BEFORE if work.days_left else Reason.ON_DAY


def _since_receipt(work: _Work, reason: Reason, deadline: date, rung: date | None) -> _Call | None:
    if rung is None or (work.received_on is not None and rung <= work.received_on):
        return None
    return _Call(reason.value, deadline, rung)
