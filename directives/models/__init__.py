"""Directives, tasks, assignments, notes, decisions."""

from directives.deadlines import Clock, Figure, Life, TimeState
from directives.models.assignment import Assignment
from directives.models.directive import Addressee, CitedDocument, Directive
from directives.models.note import Decision, Evidence, Outcome, ProgressNote, Review, Upload
from directives.models.office import Office
from directives.models.reminder import Reason, Reminder, ReminderState
from directives.models.report import Report, ReportState
from directives.models.task import Coordinator, Part, Task

__all__ = [
    "Addressee",
    "Assignment",
    "CitedDocument",
    "Clock",
    "Coordinator",
    "Decision",
    "Directive",
    "Evidence",
    "Figure",
    "Life",
    "Office",
    "Outcome",
    "Part",
    "ProgressNote",
    "Reason",
    "Reminder",
    "ReminderState",
    "Report",
    "ReportState",
    "Review",
    "Task",
    "TimeState",
    "Upload",
]
