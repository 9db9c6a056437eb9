"""What the page of a round shows: a line for each task of the agency, the last note beside what is being typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery

from agencies.delegation import has_approver
from agencies.models import Agency, User
from agencies.succession import successors
from directives import timeline
from directives.actions.notes import binding
from directives.actions.round_entries import approves, is_filled, says_anything
from directives.actions.uploads import is_uuid
from directives.models import Assignment, Entry, Office, Part, ProgressNote, Round, Submission, Upload
from directives.models.assignment import AssignmentQuerySet
from directives.models.move import Lineage, heirs_of
from directives.models.round import only_asked
from directives.views.round_words import typed_text


@dataclass
class Row:
    """One task: what was said last, or in this round already; what is being typed, and what is wrong with it."""

    assignment: Any  # an Assignment with its status and what `in_round` adds
    parts: list[Part] = field(default_factory=list)
    standing: list[ProgressNote] = field(default_factory=list)  # obstacles that were named and are not cleared
    note: ProgressNote | None = None
    entry: Entry | None = None
    typed: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)  # what the page showed before anything was typed
    uploads: list[Upload] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    clash: Entry | None = None
    seen: int | None = None
    is_open: bool = False  # whether words may go into the report for it now
    is_late: bool = False  # whether it was added to the report after its day

    @property
    def pk(self) -> int:
        return self.assignment.pk

    @property
    def prefix(self) -> str:
        return f"r{self.pk}-"

    @property
    def is_reported(self) -> bool:
        return self.assignment.own_note is not None

    @property
    def needs_words(self) -> bool:
        """Neither reported in this round nor waiting for a decision: there is something to fill in."""
        return self.assignment.is_to_do and not self.is_reported

    @property
    def must(self) -> bool:
        """Whether the report cannot go without it: not what came in too late for this round."""
        return self.needs_words and bool(self.assignment.is_settled)

    @property
    def is_filled(self) -> bool:
        return is_filled(self.typed)

    @property
    def says_anything(self) -> bool:
        """Whether anything is typed that must not be dropped in silence; what was ticked last time is nothing new."""
        known = _untouched(self).get("parts", ())
        return says_anything(
            {**self.typed, "parts": [each for each in self.typed.get("parts", ()) if each not in known]}
        )

    @property
    def is_left(self) -> bool:
        """Something is typed that goes with no report any more: its task was reported otherwise, or takes no words."""
        return self.entry is not None and not self.needs_words and self.says_anything

    @property
    def version(self) -> int:
        """Of the entry that the page shows or knows; 0 where there is none."""
        return self.entry.version if self.entry else 0

    @property
    def note_text(self) -> str:
        return timeline.note_text(self.note) if self.note else ""

    @property
    def note_files(self) -> list[timeline.Shown]:
        return [timeline.shown(each) for each in self.note.evidence.all()] if self.note else []

    @property
    def in_words(self) -> str:
        """What is typed, for reading."""
        return typed_text(self.typed, self.parts)

    @property
    def clash_words(self) -> str:
        return typed_text(self.clash.typed, self.parts) if self.clash else ""


@dataclass
class Account:
    """One agency's report of one round, as far as it has come; `approver`: whether this person may send it."""

    round: Round
    agency: Agency
    submission: Submission | None
    day: date
    approver: bool

    @property
    def is_sent(self) -> bool:
        return self.submission is not None and self.submission.is_sent

    @property
    def is_waiting(self) -> bool:
        """In the hands of the agency's head."""
        return self.submission is not None and self.submission.waits_for_head

    @property
    def lacks_approver(self) -> bool:
        """It needs a head's word, and there is nobody who could give it."""
        return self.agency.needs_approval and not has_approver(self.agency)

    @property
    def due(self) -> date:
        return self.round.due_of(self.agency)

    @cached_property
    def is_late(self) -> bool:
        """Whether its day is over; of a body that is only asked nobody says so."""
        return self.round.is_late(self.agency, self.day) and not only_asked([self.agency.pk])


@dataclass
class Sheet(Account):
    """The whole page for one person, with its lines."""

    user: User
    rows: list[Row]
    left: list[Row] = field(default_factory=list)  # what was typed for tasks that the report is not about any more
    error: str = ""

    @property
    def to_fill(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def total(self) -> int:
        return len(self.to_fill)

    @property
    def filled(self) -> int:
        return sum(row.is_filled for row in self.to_fill)

    @property
    def is_open(self) -> bool:
        """Whether this person may type."""
        return not self.agency.has_ended and not self.is_over and (self.approver or not self.is_waiting)

    @cached_property
    def is_over(self) -> bool:
        """Whether the round takes nothing any more."""
        return self.round.is_over(self.day)

    @property
    def is_whole(self) -> bool:
        """Nothing is left to type, since every task was reported by itself: the report only has to be sent."""
        return not self.is_sent and not self.to_fill and any(row.is_reported for row in self.rows)

    @property
    def came_from(self) -> list[str]:
        """Whose drafts came in with their work after this report was handed in, so that it is a draft again."""
        if self.submission is None or self.is_sent or not self.submission.prepared_by_id:
            return []
        return list(dict.fromkeys(filter(None, (row.typed.get("from") for row in self.to_fill))))

    @cached_property
    def heirs(self) -> list[Agency]:
        """Where the work of a body that has ended is reported now."""
        return successors(self.agency)

    @property
    def sends(self) -> bool:
        """Whether this person's button sends, rather than asks the head."""
        return self.approver or not self.agency.needs_approval

    @property
    def may_withdraw(self) -> bool:
        """Who handed it in may take it back without the head."""
        return self.is_waiting and self.submission is not None and self.submission.prepared_by_id == self.user.pk

    @property
    def refused(self) -> list[Row]:
        return [row for row in self.rows if row.errors or row.clash]


def listed(round: Round, agency: Agency, office: Office) -> AssignmentQuerySet:
    """The assignments that the agency's report of this round is about."""
    return Assignment.objects.filter(agency=agency).in_round(round.judged, office.silent_after)


def sheet_for(user: User, round: Round, agency: Agency, day: date, office: Office) -> Sheet:
    """Everything that the page needs, in as many queries for thirty tasks as for one."""
    mine = listed(round, agency, office).for_pages().with_status(day, office.soon_days)
    rows = [Row(each) for each in mine.order_by("task__directive", "task__position")]
    submission = Submission.objects.select_related("agency", "prepared_by", "sent_by").filter(
        round=round, agency=agency
    )
    sheet = Sheet(round, agency, submission.first(), day, approves(user, agency), user, rows)
    _add_notes(rows)
    _add_obstacles(rows, day)
    _add_entries(sheet)
    _add_parts([*rows, *sheet.left], agency)
    add_uploads([*rows, *sheet.left])
    for row in rows:
        # After the sending it stays open for what is missing in it: sent back, or come in since.
        row.is_open = row.must if sheet.is_sent else row.needs_words
        if row.note and row.note.round_id == round.pk:
            row.is_late = round.came_late(row.note.came_on, row.assignment)
    return sheet


def _add_notes(rows: list[Row]) -> None:
    """What was said in the round, else last of all, also by whoever carried the work before."""
    keys = {row.pk: row.assignment.own_note for row in rows if row.is_reported}
    last = ProgressNote.objects.of_work(OuterRef("pk")).order_by("-pk").values("pk")[:1]
    others = Assignment.objects.filter(pk__in=[row.pk for row in rows if not row.is_reported])
    keys |= dict(others.order_by().values_list("pk", Subquery(last)))
    shown = ProgressNote.objects.filter(pk__in=keys.values()).select_related("author")
    found = {note.pk: note for note in shown.prefetch_related("evidence__upload", "parts")}
    for row in rows:
        row.note = found.get(keys[row.pk])


def _add_parts(rows: list[Row], agency: Agency) -> None:
    found: dict[int, list[Part]] = {}
    tasks = [row.assignment.task_id for row in rows]
    for part in Part.objects.filter(binding(agency.pk), task__in=tasks).distinct().order_by("position"):
        found.setdefault(part.task_id, []).append(part)
    for row in rows:
        row.parts = found.get(row.assignment.task_id, [])


def _add_obstacles(rows: list[Row], day: date) -> None:
    """Also those of whoever carried the work before."""
    mine = Assignment.objects.filter(pk__in=[row.pk for row in rows]).values("pk")
    named = ProgressNote.objects.filter(assignment__in=Lineage(mine)).naming_obstacles(day)
    notes = list(named.select_related("assignment"))
    heirs = heirs_of(note.assignment for note in notes)
    found: dict[int, list[ProgressNote]] = {}
    for note in notes:
        for carried in heirs.get(note.assignment_id, [note.assignment]):
            found.setdefault(carried.pk, []).append(note)
    for row in rows:
        row.standing = found.get(row.pk, [])


def _add_entries(sheet: Sheet) -> None:
    kept = sheet.submission.entries.select_related("edited_by") if sheet.submission else []
    found = {entry.assignment_id: entry for entry in kept}
    for row in sheet.rows:
        row.entry = found.get(row.pk)
        row.typed = row.shown = dict(row.entry.typed) if row.entry else _untouched(row)
    listed_here = {row.pk for row in sheet.rows}
    sheet.left = _left([entry for entry in found.values() if entry.assignment_id not in listed_here])


def _left(entries: list[Entry]) -> list[Row]:
    """Those of them that say anything, for reading. One query."""
    said = {entry.assignment_id: entry for entry in entries if says_anything(entry.typed)}
    found = Assignment.objects.for_pages().in_bulk(said)
    return [Row(found[pk], entry=entry, typed=dict(entry.typed)) for pk, entry in said.items()]


def _untouched(row: Row) -> dict[str, Any]:
    """What was ticked last is still done."""
    return {"parts": [str(part.pk) for part in row.note.parts.all()]} if row.note and row.note.parts.all() else {}


def add_uploads(rows: Iterable[Row]) -> None:
    """Gives each line the files that are kept for it."""
    rows = list(rows)
    keys = {key for row in rows for key in row.typed.get("kept", ()) if is_uuid(key)}
    found = {str(each.uuid): each for each in Upload.objects.filter(uuid__in=keys)} if keys else {}
    for row in rows:
        row.uploads = [found[key] for key in row.typed.get("kept", ()) if key in found]
