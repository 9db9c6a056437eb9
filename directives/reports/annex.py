"""The annex of a report: every task under its addressee, every assignment with its last result and evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from directives.deadlines import Clock, Figure, Life, TimeState
from directives.models import Addressee, Coordinator, Directive, Evidence, ProgressNote, Task
from directives.models.assignment import AssignmentQuerySet
from directives.reports.record import Record
from directives.reports.wording import TASK_LIMIT, printable, short_date, shown

EVIDENCE_LIMIT = 5
# Said of a body that is asked: it is not called late (design, section 3.10).
ASKED_WORDS = "Đề nghị quan tâm thực hiện"


def gather(directives: Sequence[Directive], carried: AssignmentQuerySet, day: date) -> list[Record]:
    """Addressees in the order of the documents, each with its tasks and their assignments. Six queries."""
    rows = _assignments(carried, day)
    tasks = defaultdict(list)
    tasks_of_all = list(Task.objects.filter(pk__in=rows).select_related("lead").order_by("position"))
    for task in tasks_of_all:
        tasks[task.addressee_id].append(task)
    coordinators = _coordinators(tasks_of_all)
    return [
        {
            "directive": addressee.directive.code,
            "number": addressee.number,
            "name": printable(addressee.name) or addressee.agency.name,
            "asked": addressee.is_asked,
            "tasks": [_task(task, rows[task.pk], coordinators[task.pk], addressee) for task in tasks[addressee.pk]],
        }
        for addressee in _addressees(directives)
        if tasks[addressee.pk]
    ]


def _addressees(directives: Sequence[Directive]) -> Iterable[Addressee]:
    """In the order of the directives, then of their items."""
    found = Addressee.objects.filter(directive__in=[each.pk for each in directives]).select_related("agency")
    named = found.select_related("directive").defer("directive__text", "directive__segments")
    return named.order_by("directive__issued_on", "directive", "position")


def _assignments(carried: AssignmentQuerySet, day: date) -> dict[int, list[Record]]:
    """Lines of the annex by the key of their task."""
    notes, evidence = _latest_notes(carried, day), _evidence(carried, day)
    ordered: Any = carried.select_related("agency", "task__addressee")
    lines = defaultdict(list)
    for row in ordered.order_by("agency__sort_key"):
        note = notes.get(row.pk)
        line = {
            "agency": row.agency.name,
            "due": row.due.isoformat() if row.due else None,
            "first_deadline": _first_deadline(row),
            "status": _status(row),
            "figure": row.figure,
            "done": row.life == Life.DONE,
            "done_on": row.completed_on.isoformat() if row.completed_on else None,
            "result": shown(note.result) if note else "",
            "said_on": note.said_on.isoformat() if note else None,
            "evidence": evidence[row.pk][:EVIDENCE_LIMIT],
            "more_evidence": max(0, len(evidence[row.pk]) - EVIDENCE_LIMIT),
        }
        lines[row.task_id].append(line)
    return lines


def _task(task: Task, lines: list[Record], coordinators: list[str], addressee: Addressee) -> Record:
    missing = [line["agency"] for line in lines if not line["done"] and line["figure"]]
    return {
        "position": task.position,
        "text": shown(task.text, TASK_LIMIT),
        "lead": task.lead.name if task.lead else addressee.agency.name,
        "coordinators": coordinators,
        "product": printable(task.product),
        "clock": _clock(task),
        "counted": sum(bool(line["figure"]) for line in lines),
        "done": sum(line["done"] for line in lines),
        "missing": missing,
        "is_shared": addressee.agency.is_group and len(lines) > 1,
        "assignments": lines,
    }


def _clock(task: Task) -> str:
    """What is said where no day stands; empty for a task with a deadline."""
    if task.clock == Clock.DATED:
        return ""
    if task.clock == Clock.PERIOD:
        return f"Trong {task.period_text or 'kỳ của văn bản'} (không ấn định ngày)"
    return task.get_clock_display()


def _first_deadline(row: Any) -> str | None:
    """The first deadline where it is no longer the one that holds: it stays visible for ever."""
    first = row.task.first_deadline
    return first.isoformat() if first and row.due and first != row.due else None


def _status(row: Any) -> str:
    """The official cell in words; what waits for a decision, and released work, by their life."""
    if row.figure is None or row.life in (Life.AWAITING, Life.SUSPENDED):
        return str(row.get_life_display())
    if row.time_state == TimeState.PERIOD_OVER:
        return TimeState.PERIOD_OVER.label
    if row.figure == Figure.OPEN_OVERDUE:
        return ASKED_WORDS if row.task.addressee.is_asked else f"{Figure(row.figure).label} {row.late_by.days} ngày"
    return str(Figure(row.figure).label)


def _latest_notes(carried: AssignmentQuerySet, day: date) -> dict[int, ProgressNote]:
    notes = ProgressNote.objects.filter(assignment__in=carried.values("pk"), said_on__lte=day)
    latest = notes.order_by("assignment_id", "-said_on", "-pk").distinct("assignment_id")
    return {note.assignment_id: note for note in latest}


def _evidence(carried: AssignmentQuerySet, day: date) -> dict[int, list[str]]:
    """Documents and files by assignment, the newest first, each named once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    shelf = Evidence.objects.filter(note__assignment__in=carried.values("pk"), note__said_on__lte=day)
    for each in shelf.select_related("note", "upload").order_by("-note__said_on", "-pk"):
        found[each.note.assignment_id][_name(each)] = None
    return defaultdict(list, {key: list(names) for key, names in found.items()})


def _name(evidence: Evidence) -> str:
    if evidence.document_number:
        dated = f" ngày {short_date(evidence.document_on)}" if evidence.document_on else ""
        return shown(evidence.document_number + dated, 120)
    return shown(str(evidence.upload), 120)


def _coordinators(tasks: Sequence[Task]) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows: Iterable[Coordinator] = Coordinator.objects.filter(task__in=tasks).order_by("task_id", "position")
    for row in rows:
        found[row.task_id].append(printable(row.name))
    return found
