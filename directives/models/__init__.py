"""Directives, tasks, assignments, notes, decisions."""

from directives.deadlines import Clock, Figure, Life, TimeState
from directives.models.archive import Archive, ArchiveDownload, ArchiveState
from directives.models.assignment import Assignment
from directives.models.calendar import CalendarDay
from directives.models.directive import Addressee, CitedDocument, Directive
from directives.models.endpoint import Endpoint
from directives.models.finding import BulkChange, BulkKind, CalendarFeed, SavedView
from directives.models.instruction import Instruction
from directives.models.move import Closing, Move, Verdict, Why
from directives.models.note import Decision, Evidence, Outcome, ProgressNote, Review, Upload
from directives.models.obstacle import RaisedTo
from directives.models.office import Issuer, Office
from directives.models.old_book import OldBook
from directives.models.reminder import OF_ROUNDS, OPTIONAL, ChannelName, Reason, Reminder, ReminderState, Step
from directives.models.reminding import Nudge, OptOut, Pause, Planning, RungRule
from directives.models.report import (
    Download,
    FileKind,
    Passage,
    Place,
    Publication,
    Report,
    ReportDirective,
    ReportFile,
    ReportState,
    Scope,
)
from directives.models.request import GIVEN, Answer, Extension, ExtensionDecision, Ground, Release, ReleaseDecision
from directives.models.round import Entry, Round, RoundRule, Submission, SubmissionState
from directives.models.shelf import EvidenceView
from directives.models.signed_copy import SignedCopy
from directives.models.task import Coordinator, CoordinatorMember, Part, PartBinding, Task
from directives.models.urging import LetterState, LetterTask, Means, Urging, UrgingLetter, UrgingTask
from directives.models.workbook import WorkbookUpload

__all__ = [
    "Step",
    "RungRule",
    "Pause",
    "Planning",
    "OptOut",
    "Nudge",
    "ChannelName",
    "OPTIONAL",
    "OF_ROUNDS",
    "GIVEN",
    "Addressee",
    "Answer",
    "Archive",
    "ArchiveDownload",
    "ArchiveState",
    "Assignment",
    "BulkChange",
    "BulkKind",
    "CalendarDay",
    "CalendarFeed",
    "CitedDocument",
    "Clock",
    "Closing",
    "Coordinator",
    "CoordinatorMember",
    "Decision",
    "Directive",
    "Endpoint",
    "Entry",
    "Evidence",
    "EvidenceView",
    "Extension",
    "ExtensionDecision",
    "Figure",
    "Ground",
    "Instruction",
    "Issuer",
    "LetterState",
    "LetterTask",
    "Life",
    "Means",
    "Move",
    "Office",
    "OldBook",
    "Outcome",
    "Part",
    "PartBinding",
    "ProgressNote",
    "RaisedTo",
    "Reason",
    "Release",
    "ReleaseDecision",
    "Reminder",
    "ReminderState",
    "Download",
    "FileKind",
    "Passage",
    "Place",
    "Publication",
    "Report",
    "ReportDirective",
    "ReportFile",
    "ReportState",
    "Scope",
    "Review",
    "Round",
    "RoundRule",
    "SavedView",
    "SignedCopy",
    "Submission",
    "SubmissionState",
    "Task",
    "TimeState",
    "Upload",
    "Urging",
    "UrgingLetter",
    "UrgingTask",
    "Verdict",
    "Why",
    "WorkbookUpload",
]
