"""The lists in the body of a report: what is late, who has not reported, what hinders, what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from directives.deadlines import TimeState
from directives.models import Assignment, Instruction, ProgressNote
from directives.models.assignment import AssignmentQuerySet
from directives.models.move import taken_over_by
from directives.reports.record import Record
from directives.reports.wording import line, printable, shown
from directives.rounds import Window


def late(carried: AssignmentQuerySet, day: date) -> list[Record]:
    """Agencies with overdue work, the one with most first. A body that is asked is not among them.

    `cause`: what the agency itself said stands in the way, in its latest note that names anything.
    """
    overdue = carried.filter(Q(time_state=TimeState.OVERDUE), task__addressee__is_asked=False)
    causes = _causes(overdue, day)
    found: dict[str, Record] = {}
    for row in _in_order(overdue):
        item = {
            **_task(row),
            "text": line(row.task.text),
            "due": _iso(row.due),
            "days": row.late_by.days,
            "closed": row.closed_on is not None,
            "cause": causes.get(row.pk, ""),
        }
        found.setdefault(row.agency.code, {"name": row.agency.name, "rows": []})["rows"].append(item)
    return sorted(found.values(), key=lambda agency: -len(agency["rows"]))


def _causes(overdue: AssignmentQuerySet, day: date) -> dict[int, str]:
    """By assignment."""
    named = ProgressNote.objects.filter(assignment__in=overdue.order_by().values("pk")).naming_obstacles(day)
    said = named.exclude(obstacle="").values_list("assignment", "obstacle")
    return {assignment: shown(obstacle) for assignment, obstacle in reversed(said)}


def _task(row: Assignment) -> Record:
    """How a line points at a task."""
    return {"task": row.task.position, "directive": row.task.directive.code}


def unreported(assignments: AssignmentQuerySet, window: Window | None, settled_days: int) -> Record | None:
    """Who sent no note in the last closed round; those that are asked in a list of their own. None: no round is on."""
    if window is None:
        return None
    silent: dict[str, Record] = {}
    for row in _in_order(assignments.unreported_in(window, settled_days)):
        asked = row.task.addressee.is_asked
        agency = silent.setdefault(f"{row.agency.code} {asked}", {"name": row.agency.name, "asked": asked, "tasks": []})
        agency["tasks"].append(_task(row))
    return {
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "settled_days": settled_days,
        "agencies": [agency for agency in silent.values() if not agency["asked"]],
        "asked": [agency for agency in silent.values() if agency["asked"]],
    }


def obstacles(carried: AssignmentQuerySet, day: date) -> list[Record]:
    """The obstacles and proposals that stand in the way of open assignments, with what was answered by `day`."""
    notes = ProgressNote.objects.filter(assignment__in=carried.order_by().values("pk"))
    named = notes.naming_obstacles(day).with_answers(day)
    rows: list[Any] = list(named.select_related("assignment__agency", "assignment__task__directive"))
    taken, answers = taken_over_by(note.assignment for note in rows), _answers(rows, day)
    rows.sort(key=lambda note: (note.assignment.agency.sort_key, note.assignment.task.position))
    return [
        {
            **_task(note.assignment),
            "agency": _agency(note.assignment, taken),
            "said_on": note.said_on.isoformat(),
            "waiting_days": (day - (note.since or note.said_on)).days,
            "obstacle": shown(note.obstacle),
            "proposal": shown(note.proposal),
            "proposal_to": printable(note.addressed_words),
            "answers": answers.get(note.pk, []),
        }
        for note in rows
    ]


def _answers(notes: list[Any], day: date) -> dict[int, list[Record]]:
    """By note, the first answer first."""
    found: dict[int, list[Record]] = {}
    given: Any = Instruction.objects.filter(note__in=notes, given_on__lte=day).select_related("given_by")
    for each in given.order_by("pk"):
        said = {"text": shown(each.text), "given_on": each.given_on.isoformat(), "by": printable(str(each.given_by))}
        found.setdefault(each.note_id, []).append(said)
    return found


def _agency(row: Assignment, taken: dict[int, str]) -> str:
    return f"{row.agency.name} (nay {taken[row.pk]})" if row.pk in taken else row.agency.name


def falling_due(assignments: AssignmentQuerySet, day: date, days: int) -> Record:
    """Work that still has to be handed in within `days` from `day` on: "soon", by a wider span."""
    soon = _in_order(assignments.with_status(day, soon=days).filter(Q(time_state=TimeState.SOON)))
    found: dict[tuple[date, int], Record] = {}
    for row in sorted(soon, key=lambda row: (row.due, row.task.directive_id, row.task.position)):
        together = found.setdefault((row.due, row.task_id), _falling_due(row))
        together["agencies"].append(row.agency.name)
    until = day + timedelta(days=days)
    return {"until": until.isoformat(), "days": days, "count": len(soon), "rows": list(found.values())}


def _falling_due(row: Any) -> Record:
    """A task that falls due on one day for one or more agencies."""
    task = row.task
    return {
        **_task(row),
        "due": _iso(row.due),
        "text": line(task.text),
        "asked": task.addressee.is_asked,
        "agencies": [],
    }


def _in_order(rows: AssignmentQuerySet) -> list[Any]:
    """With what a line names, by agency. (Any: the annotations `due` and `late_by` are not fields.)"""
    named: Any = rows.select_related("agency", "task__addressee", "task__directive")
    light = named.defer("task__directive__text", "task__directive__segments")
    return list(light.order_by("agency__sort_key", "task__directive__issued_on", "task__directive", "task__position"))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
