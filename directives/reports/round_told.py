"""What an agency told in a round, as things stood when the report was sent: nothing in it that came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from directives import deadlines
from directives.deadlines import Clock
from directives.models import Assignment, Directive, ProgressNote, Review, Submission, Task
from directives.models.assignment import notes_in


@dataclass(frozen=True)
class Sent:
    """When the last lines of a report were sent: the business day, and the moment (None: no lines of its own)."""

    on: date
    at: datetime | None


@dataclass(frozen=True)
class Told:
    """One task in the report: what was said of it, the oldest first, and its time as it stood then."""

    task: Task
    notes: Sequence[ProgressNote]
    due: date | None
    clock: str
    sent: Sent

    @property
    def directive(self) -> Directive:
        return self.task.directive

    @property
    def place(self) -> str:
        """How the report points at it: "12, 86/TB-UBND"."""
        return f"{self.task.position}, {self.directive.code}"

    @property
    def claim(self) -> ProgressNote | None:
        """The claim that waited when the report was sent."""
        claim = next((note for note in reversed(self.notes) if note.claims_completion), None)
        return claim if claim and self.decided(claim) is None else None

    @property
    def claims(self) -> bool:
        return self.claim is not None

    def decided(self, note: ProgressNote) -> Review | None:
        """The decision on a claim, where it was there when the report was sent."""
        review: Review | None = getattr(note, "review", None)
        if review is None or review.decided_on > self.sent.on:
            return None
        return review if self.sent.at is None or review.created_at <= self.sent.at else None


def told_in(submission: Submission) -> list[Told]:
    """Task by task, in the order of the directive."""
    sent = _sent(submission)
    carried: dict[int, list[ProgressNote]] = {}
    for note in _notes(submission, sent):
        carried.setdefault(note.assignment_id, []).append(note)
    due = _due_then(carried, sent)
    clocks = _clocks_then([notes[0].assignment.task_id for notes in carried.values()], sent)
    told = []
    for pk, notes in carried.items():
        task = notes[0].assignment.task
        clock = str(Clock(clocks.get(task.pk, task.clock)).label)
        told.append(Told(task=task, notes=notes, due=due.get(pk), clock=clock, sent=sent))
    return told


def _sent(submission: Submission) -> Sent:
    assert submission.sent_on  # only what was sent is told
    # A letter that staff entered for the round is none of its lines, and moves nothing.
    last = submission.notes().filter(letter_number="").aggregate(on=Max("said_on"), at=Max("created_at"))
    return Sent(max(submission.sent_on, last["on"] or submission.sent_on), last["at"])


def _notes(submission: Submission, sent: Sent) -> QuerySet[ProgressNote]:
    """All of this report, and what was said in the round by notes of their own before it was sent."""
    before = Q(created_at__lte=sent.at) if sent.at else Q(said_on__lte=sent.on)
    counted = notes_in(submission.round.judged).filter(before, assignment__agency=submission.agency_id)
    named = counted.select_related("assignment__task__directive", "review").prefetch_related("parts", "evidence")
    ordered = named.order_by("assignment__task__directive", "assignment__task__position", "pk")
    return ordered.defer("assignment__task__directive__text", "assignment__task__directive__segments")


def _due_then(assignments: Any, sent: Sent) -> dict[int, date | None]:
    """By assignment: the last event before the sending tells what its deadline was."""
    events = _last_events(Assignment, assignments, sent)
    return dict(events.values_list("pgh_obj_id", deadlines.due_then()))


def _clocks_then(tasks: Any, sent: Sent) -> dict[int, str]:
    return dict(_last_events(Task, tasks, sent).values_list("pgh_obj_id", F("clock")))


def _last_events(model: Any, keys: Any, sent: Sent) -> QuerySet[Any]:
    """One for each row: what it was after the last change until then, by the moment and by the product's clock."""
    told_day = Coalesce(KeyTextTransform("day", "pgh_context"), Value("", TextField()))  # not always told
    events = model.pgh_event_model.objects.annotate(day=told_day)
    until = Q(day__lte=sent.on.isoformat())
    if sent.at:
        until &= Q(pgh_created_at__lte=sent.at)
    found: QuerySet[Any] = events.filter(until, pgh_obj_id__in=list(keys))
    return found.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
