"""The dry run of a filled-in workbook: what each row would write, beside what the book holds now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from agencies.errors import Refused
from agencies.history import told
from agencies.models import User
from directives import timeline
from directives.actions.notes import Said, binding, check_note
from directives.actions.rounds import Line
from directives.actions.words import verb_words
from directives.forms.round import LineForm
from directives.models import Assignment, Office, Part, ProgressNote, RaisedTo, WorkbookUpload
from directives.views.finding import assignments_for
from directives.workbooks.columns import LABELS, OPEN, in_words, plain, shown_of
from directives.workbooks.filled import Filled, FilledRow

# Fields of a line that stand in the column of another name.
STANDS_IN = {"unchanged_why": "unchanged_more", "proposal_to": "raised_to"}
GONE = "nhiệm vụ này không còn do cơ quan thực hiện. Nội dung dòng này không được ghi."


@dataclass
class CheckedRow:
    """One row: its task and last note now, what is wrong with which cell, and who was faster."""

    filled: FilledRow
    letters: Mapping[str, str]
    assignment: Any = None  # an Assignment with its status
    note: ProgressNote | None = None
    said: Said | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)  # the cell ("ô F7", or "" for the row), what is wrong
    clash: str = ""  # who changed it since it was downloaded, and when
    left: str = ""  # why it cannot be written, where somebody's change is the reason
    moved: list[tuple[str, str, str]] = field(default_factory=list)  # heading, in the file, now
    is_ticked: bool = False

    @property
    def pk(self) -> int:
        return self.assignment.pk

    @property
    def filled_in(self) -> list[tuple[str, str]]:
        """What would be written, under its headings."""
        typed = self.filled.typed
        shown = [(column.head, _words(typed, column.name)) for column in OPEN]
        return [(head, words) for head, words in shown if words]

    @property
    def note_words(self) -> str:
        return timeline.note_text(self.note) if self.note else ""

    @property
    def changed(self) -> list[tuple[str, str]]:
        """Locked cells that were changed in the file: nothing is taken from them."""
        return [(self.cell(name), LABELS[name]) for name in self.filled.changed]

    @property
    def is_ready(self) -> bool:
        return not (self.errors or self.clash or self.left)

    def cell(self, name: str) -> str:
        """As people call it: "ô F7"; empty for what has no column."""
        letter = self.letters.get(STANDS_IN.get(name, name))
        return f"ô {letter}{self.filled.number}" if letter else ""

    def refuse(self, name: str, message: str) -> None:
        name = "unchanged_more" if name == "result" and self.filled.typed.get("unchanged") else name
        self.errors.append((self.cell(name), message))


@dataclass
class Check:
    """The whole dry run."""

    upload: WorkbookUpload
    rows: list[CheckedRow]
    blank: int
    missing: int  # tasks that the agency may report on and that stand in no row of the file
    error: str = ""
    refused: dict[int, Refused] = field(default_factory=dict)  # what the verb said of rows, by key of the assignment

    @property
    def wrong(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.errors]

    @property
    def clashes(self) -> list[CheckedRow]:
        return [row for row in self.rows if not row.errors and (row.clash or row.left)]

    @property
    def ready(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.is_ready]

    @property
    def changed(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.filled.changed]

    @property
    def may_write(self) -> bool:
        return not self.wrong and any(row.is_ready or not row.left for row in self.rows)

    def lines(self) -> list[Line]:
        """What is to be written: every row that is right, and those of the others that were ticked.

        What was done last time stays done: the workbook has no column for the parts of a task. One query.
        """
        chosen = [row for row in self.rows if row.said and (row.is_ready or row.is_ticked)]
        bound = binding(self.upload.agency_id)
        parts = set(Part.objects.filter(bound, task__in=[row.assignment.task_id for row in chosen]))
        return [_line(row, parts) for row in chosen]


def _line(row: CheckedRow, bound: set[Part]) -> Line:
    assert row.said
    done = [part for part in row.note.parts.all() if part in bound] if row.note else []
    # A row that was ticked was read as it stands now; any other is as it was downloaded, or it would not be ready.
    return Line(row.assignment, Said(**{**vars(row.said), "parts": done}), row.assignment.version)


def check(upload: WorkbookUpload, user: User, day: date, office: Office) -> Check:
    """What would be written now, in as many queries for many rows as for one."""
    filled = Filled.from_json(upload.content)
    mine = assignments_for(user, day, office).published().filter(agency=upload.agency_id)
    keys = [row.assignment for row in filled.rows if row.assignment]
    found = {each.pk: each for each in mine.filter(pk__in=keys)}
    notes = last_notes(found)
    missing = mine.open().exclude(pk__in=[*keys, *filled.blank]).count()
    rows = []
    for each in filled.rows:
        key = each.assignment or 0
        rows.append(CheckedRow(each, filled.letters, found.get(key), notes.get(key)))
    faster = _last_changes([row.pk for row in rows if _is_stale(row)])
    for row in rows:
        _judge(row, faster)
    return Check(upload, rows, len(filled.blank), missing)


def last_notes(keys: Iterable[int]) -> dict[int, ProgressNote]:
    """The last note on each of these assignments (keys), also by whoever carried the work before. Three queries."""
    last = ProgressNote.objects.of_work(OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = Assignment.objects.filter(pk__in=keys).order_by().values_list("pk", Subquery(last))
    by_assignment = {assignment: note for assignment, note in found if note}
    notes = ProgressNote.objects.select_related("author").prefetch_related("parts").in_bulk(by_assignment.values())
    return {assignment: notes[note] for assignment, note in by_assignment.items()}


def _is_stale(row: CheckedRow) -> bool:
    return row.assignment is not None and row.assignment.version != row.filled.version


def _judge(row: CheckedRow, faster: Mapping[int, str]) -> None:
    if row.filled.problem:
        row.errors.append(("", row.filled.problem))
        return
    if row.assignment is None:
        row.left = GONE
        return
    if _is_stale(row):
        row.clash = faster.get(row.pk, "đã có thay đổi sau khi tải bảng")
        row.moved = _moved(row)
    _read(row)


def _read(row: CheckedRow) -> None:
    """The rules of a line, then those of a note: the same as everywhere."""
    for name, message in row.filled.errors.items():
        row.refuse(name, message)
    form = LineForm(row.filled.typed)
    for name, messages in form.errors.items():
        if name not in row.filled.errors:
            row.refuse(name, " ".join(map(str, messages)))
    if row.errors:
        return
    said = form.said(uuid.uuid4())  # the verb gives it the key that counts
    try:
        check_note(row.assignment, said)
    except Refused as refusal:
        if row.clash and not refusal.field:
            row.left = str(refusal)
        else:
            row.refuse(refusal.field, str(refusal))
        return
    row.said = said


def _moved(row: CheckedRow) -> list[tuple[str, str, str]]:
    """What the file says of the task and what holds now, where these differ; the last note stands by itself."""
    now = {name: in_words(value) for name, value in shown_of(row.assignment, row.note).items()}
    old = {name: words for name, words in row.filled.locked.items() if name not in row.filled.changed}
    return [
        (LABELS[name], words, now[name])
        for name, words in old.items()
        if name != "last" and plain(words) != plain(now[name])
    ]


def _words(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name)
    if name == "raised_to":
        return typed.get("proposal_to") or dict(RaisedTo.choices).get(value or "", "")
    return "có" if value is True else value or ""


def _last_changes(keys: list[int]) -> dict[int, str]:
    """Of each assignment who changed it last, and when. One query."""
    events = Assignment.pgh_event_model.objects.filter(pgh_obj_id__in=keys)  # type: ignore[attr-defined]
    said = {}
    for event in events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id") if keys else ():
        last = told(event)
        moment = timezone.localtime(last.moment)
        said[event.pgh_obj_id] = f"{last.who} đã {verb_words(last.verb)} lúc {moment:%H:%M} ngày {last.day:%d/%m/%Y}"
    return said
