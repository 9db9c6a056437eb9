"""Lịch sử: everything that happened to a task or to an agency, old and new values, read from what the database wrote.

Changes come from the event rows of triggers; what agencies said and what was decided, from append-only tables. Both
are told as lines; a page shows them, a spreadsheet keeps them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q

from agencies.models import Agency
from directives.history.bodies import of_body
from directives.history.events import changes
from directives.history.line import Line
from directives.history.said import of_assignments
from directives.models import Coordinator, CoordinatorMember, Task
from directives.models.assignment import AssignmentQuerySet

__all__ = ["Line", "of_agency", "of_task"]

ONE_ACT = timedelta(seconds=2)


def of_task(task: Task, assignments: AssignmentQuerySet, since: date | None = None) -> list[Line]:
    """Newest first, from `since` on; of these assignments of the task (those that the reader may see).

    Constant queries.
    """
    coordinators = list(Coordinator.objects.filter(task=task).values_list("pk", flat=True))
    return _sorted(
        [
            *of_assignments(assignments, since),
            *changes(Task, Q(pgh_obj_id=task.pk), since=since, where="Nhiệm vụ"),
            *changes(Coordinator, Q(pgh_obj_id__in=coordinators), since=since, where="Cơ quan phối hợp"),
            *changes(CoordinatorMember, Q(coordinator__in=coordinators), since=since, where="Cơ quan phối hợp"),
        ]
    )


def of_agency(agency: Agency, assignments: AssignmentQuerySet, since: date, until: date) -> list[Line]:
    """Newest first, between two days (both included): its work, its people and the body itself. Constant queries."""
    found = [*of_assignments(assignments, since, until), *of_body(agency, since, until)]
    return _sorted([line for line in found if since <= line.on <= until])


def _sorted(lines: list[Line]) -> list[Line]:
    """Newest first. What one act wrote into several tables (a review and the row that it changed) is one line."""
    acts: list[Line] = []
    latest: dict[tuple[object, ...], int] = {}
    for line in sorted(lines, key=lambda line: line.moment):
        key = (line.on, line.who, line.what, line.where)
        place = latest.get(key)
        if place is not None and line.moment - acts[place].moment < ONE_ACT:
            before = acts[place]
            acts[place] = replace(before, details=(*line.details, *before.details), icon=_telling(before, line))
        else:
            latest[key] = len(acts)
            acts.append(line)
    return sorted(acts, key=lambda line: (line.on, line.moment), reverse=True)


def _telling(*lines: Line) -> str:
    """The icon that says most."""
    return next((line.icon for line in lines if line.icon != "pencil-line"), "pencil-line")
