"""The dry run of a filled-in workbook: what each row would write, beside what the book holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from directives import timeline
from directives.actions.notes import Said, binding
from directives.actions.rounds import Line
from directives.forms.round import USUAL_REASONS
from directives.models import Assignment, Part, ProgressNote, RaisedTo, WorkbookUpload
from directives.views.round_call import Call
from directives.workbooks.columns import LABELS, OPEN
from directives.workbooks.filled import FilledRow

# Fields of a line that stand in the column of another name.
STANDS_IN = {"unchanged_why": "unchanged_more", "proposal_to": "raised_to"}


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
    told: list[tuple[int, str]] = field(default_factory=list)  # number of a row, and why the verb refused it
    call: Call | None = None  # the round that the agency reports on now

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
        """What is to be written: every row that is right, and those of the others that were ticked. One query.

        A row that was ticked was read as it stands now; any other is as it was downloaded, or it would not be ready.
        """
        rows = self._chosen()
        return [Line(row.assignment, replace(row.said, parts=parts), row.assignment.version) for row, parts in rows]

    def drafts(self) -> list[tuple[Assignment, dict[str, Any]]]:
        """The same rows as lines of a round. One query."""
        rows = self._chosen()
        return [(row.assignment, _as_line(row.filled.typed, parts)) for row, parts in rows]

    def _chosen(self) -> list[tuple[Any, list[Part]]]:
        """The rows, each with its duties that were done last time: these stay done, they have no column."""
        rows = [row for row in self.rows if row.said and (row.is_ready or row.is_ticked)]
        bound = binding(self.upload.agency_id)
        parts = set(Part.objects.filter(bound, task__in=[row.assignment.task_id for row in rows]))
        return [(row, [part for part in row.note.parts.all() if part in parts] if row.note else []) for row in rows]


def _as_line(typed: Mapping[str, Any], parts: Iterable[Part]) -> dict[str, Any]:
    """As the page of a round has it: a usual reason is chosen there, any other is typed beside it."""
    line = {**typed, "parts": [str(part.pk) for part in parts]}
    if line.get("unchanged_more") in USUAL_REASONS:
        line |= {"unchanged_why": line["unchanged_more"], "unchanged_more": ""}
    return line


def _words(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name)
    if name == "raised_to":
        return typed.get("proposal_to") or dict(RaisedTo.choices).get(value or "", "")
    return "có" if value is True else value or ""
