"""Standing duties have no day to be late by: they are judged by the reports that came, round by round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists

from directives.deadlines import Clock
from directives.models.assignment import Assignment, reports_in
from directives.models.round import Round, judged_windows


@dataclass(frozen=True)
class Received:
    """In how many closed rounds an assignment was reported on, of those in which it had to be."""

    reported: int
    asked: int

    def __str__(self) -> str:
        return f"{self.reported}/{self.asked} kỳ đã khóa có báo cáo"


def reports_received(
    assignments: Iterable[Assignment], rounds: Sequence[Round], settled_days: int = 0
) -> dict[int, Received]:
    """For the standing ones of these rows, by key. `rounds`: closed ones, the latest first, without a gap. One query.

    A round counts for an assignment that was received `settled_days` before it closed. Where none counts yet, the
    assignment is left out.
    """
    rows = {row.pk: row for row in assignments if row.task.clock == Clock.STANDING}
    if not rows or not rounds:
        return {}
    windows = judged_windows(rounds)
    said = {f"said_{number}": Exists(reports_in(window)) for number, window in enumerate(windows)}
    found = {}
    for pk, *reported in Assignment.objects.filter(pk__in=rows).annotate(**said).values_list("pk", *said).order_by():
        received = rows[pk].received_on
        days = timedelta(days=settled_days)
        asked = [bool(received and received + days <= window.end) for window in windows]
        if any(asked):
            counted = sum(each for each, counts in zip(reported, asked, strict=True) if counts)
            found[pk] = Received(counted, sum(asked))
    return found
