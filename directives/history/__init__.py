"""Lịch sử: everything that happened to a task or to an agency, old and new values, read from what the database wrote.

Changes come from the event rows of triggers; what agencies said and what was decided, from append-only tables. Both
are told as lines; a page shows them, a spreadsheet keeps them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from agencies.models import Agency
from directives.history.acts import newest_first
from directives.history.bodies import of_body
from directives.history.events import changes
from directives.history.line import Line
from directives.history.said import of_assignments
from directives.models import Coordinator, CoordinatorMember, Part, PartBinding, Task
from directives.models.assignment import AssignmentQuerySet

__all__ = ["Line", "of_agency", "of_task"]


def of_task(task: Task, assignments: AssignmentQuerySet, since: date | None = None) -> list[Line]:
    """Newest first, from `since` on; of these assignments of the task (those that the reader may see).

    Constant queries.
    """
    parts: Any = Part.pgh_event_model  # type: ignore[attr-defined]
    own = parts.objects.filter(task=task.pk).values("pgh_obj_id")
    coordinators = list(Coordinator.objects.filter(task=task).values_list("pk", flat=True))
    return newest_first(
        [
            *of_assignments(assignments, since),
            *changes(Task, Q(pgh_obj_id=task.pk), since=since, where="Nhiệm vụ"),
            *changes(Part, Q(task=task.pk), since=since, where="Đầu việc"),
            *changes(PartBinding, Q(part__in=own), since=since, where="Đơn vị của đầu việc"),
            *changes(Coordinator, Q(pgh_obj_id__in=coordinators), since=since, where="Cơ quan phối hợp"),
            *changes(CoordinatorMember, Q(coordinator__in=coordinators), since=since, where="Cơ quan phối hợp"),
        ]
    )


def of_agency(agency: Agency, assignments: AssignmentQuerySet, since: date, until: date) -> list[Line]:
    """Newest first, between two days (both included): its work, its people and the body itself. Constant queries."""
    found = [*of_assignments(assignments, since, until), *of_body(agency, since, until)]
    return newest_first([line for line in found if since <= line.on <= until])
