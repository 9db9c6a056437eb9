"""What happened to assignments: changes of their rows, and all that was said, asked, decided, sent and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from agencies.history import SYSTEM
from directives import timeline
from directives.actions.words import verb_words
from directives.history.events import changes
from directives.history.line import Line
from directives.models import (
    Assignment,
    Closing,
    Decision,
    EvidenceView,
    Extension,
    ExtensionDecision,
    Instruction,
    Move,
    Outcome,
    ProgressNote,
    Release,
    ReleaseDecision,
    Reminder,
    Review,
    Urging,
    UrgingLetter,
)
from directives.models.assignment import AssignmentQuerySet

# Which verbs may write a note; a decision that another verb than its own writes.
NOTING = ("report_progress", "claim_completion", "enter_for_agency", "send_round")
MOVING = ("succeed", "decide_release", "close_directive", "reopen_directive", "join_group", "leave_group")
WITHIN = {"extend": ("decide_extension",), "release": ("decide_release",), "move": MOVING, "take_over": MOVING}


def of_assignments(
    assignments: AssignmentQuerySet, since: date | None = None, until: date | None = None
) -> Iterator[Line]:
    """Lines about these assignments, in no order. A constant number of queries."""
    told = _Told(assignments, since, until)
    yield from changes(Assignment, Q(pgh_obj_id__in=told.places), since=since, until=until, where=told.event_place)
    for tell in (_notes, _reviews, _decisions, _requests, _answers, _instructions, _moves, _closings, _views):
        yield from tell(told)
    yield from _reminders(told)
    yield from _urgings(told)


class _Told:
    """The assignments with what each is called, and the days between which things are told."""

    def __init__(self, assignments: AssignmentQuerySet, since: date | None, until: date | None) -> None:
        rows = assignments.order_by().values_list(
            "pk", "agency__short_name", "task__position", "task__directive__number"
        )
        self.places = {pk: f"{agency} · nhiệm vụ {position}, VB {number}" for pk, agency, position, number in rows}
        self.since, self.until = since, until

    def place(self, assignment: int) -> str:
        return self.places.get(assignment, "")

    def event_place(self, event: Any) -> str:
        return self.place(event.pgh_obj_id)

    def rows(self, model: Any, day: str, assignment: str = "assignment", *named: str) -> models.QuerySet:
        """Rows of an append-only table about these assignments, `day` being the column of their business day."""
        return self.within(model.objects.filter(**{f"{assignment}__in": self.places}), day).select_related(*named)

    def within(self, found: models.QuerySet, day: str) -> models.QuerySet:
        for bound, limit in (("gte", self.since), ("lte", self.until)):
            if limit:
                found = found.filter(**{f"{day}__{bound}": limit})
        return found


def _notes(told: _Told) -> Iterator[Line]:
    named = ("author", "round", "assignment__agency", "assignment__task__addressee")
    notes = told.rows(ProgressNote, "said_on", "assignment", *named)
    for note in notes.prefetch_related("evidence__upload", "parts"):
        files = [f"Minh chứng: {each}" for each in note.evidence.all()]
        details = (*timeline.note_text(note).splitlines(), *files)
        icon = "flag" if note.claims_completion else "message-square-text"
        place = told.place(note.assignment_id)
        title = timeline.note_title(note)
        yield Line(note.said_on, note.created_at, str(note.author), title, place, details, icon, verbs=NOTING)


def _reviews(told: _Told) -> Iterator[Line]:
    for review in told.rows(Review, "decided_on", "note__assignment", "note", "decided_by"):
        until = f"Hạn bổ sung: {review.supplement_due_on:%d/%m/%Y}" if review.supplement_due_on else ""
        counted = f"Ngày được tính: {review.completed_on:%d/%m/%Y}" if review.completed_on else ""
        details = _some(review.reason, until, counted)
        place = told.place(review.note.assignment_id)
        verb = "confirm" if review.outcome == Outcome.CONFIRMED else "ask_more"
        yield _line(review.decided_on, review, review.decided_by, review.get_outcome_display(), place, details, verb)


def _decisions(told: _Told) -> Iterator[Line]:
    for decision in told.rows(Decision, "decided_on", "assignment", "decided_by"):
        words = verb_words(decision.verb)
        # What was brought in from an old book was nothing here before.
        old = "" if decision.verb == "bring_in" else f"{decision.old or '(trống)'} → "
        change = f"{old}{decision.new}" if decision.new else ""
        why = decision.reason if decision.verb == "bring_in" else _said("Lý do", decision.reason)
        details = _some(change, why, _said("Căn cứ", decision.instrument))
        place = told.place(decision.assignment_id)
        verbs = (decision.verb, *WITHIN.get(decision.verb, ()))
        yield _line(decision.decided_on, decision, decision.decided_by, _capital(words), place, details, *verbs)


def _requests(told: _Told) -> Iterator[Line]:
    for asked in told.rows(Extension, "asked_on", "assignment", "asked_by"):
        late = "Xin sau khi đã quá hạn" if asked.is_late else ""
        span = f"{asked.old_deadline:%d/%m/%Y} → {asked.asked_until:%d/%m/%Y}"
        details = _some(span, _said("Lý do", asked.reason), late)
        place = told.place(asked.assignment_id)
        yield _line(asked.asked_on, asked, asked.asked_by, "Xin gia hạn", place, details, "ask_extension")
    for asked in told.rows(Release, "asked_on", "assignment", "asked_by", "to_agency"):
        to = f"Đề nghị chuyển cho {asked.to_agency}" if asked.to_agency else ""
        details = _some(asked.get_ground_display(), to, _said("Lý do", asked.reason))
        place = told.place(asked.assignment_id)
        title = "Đề nghị thôi giao, chuyển nhiệm vụ"
        yield _line(asked.asked_on, asked, asked.asked_by, title, place, details, "ask_release")


def _answers(told: _Told) -> Iterator[Line]:
    for model, name, title in (
        (ExtensionDecision, "extension", "Quyết định về việc xin gia hạn"),
        (ReleaseDecision, "release", "Quyết định về đề nghị thôi giao"),
    ):
        for answer in told.rows(model, "decided_on", f"{name}__assignment", name, "decided_by"):
            granted = getattr(answer, "granted_until", None)
            until = f"Đến ngày {granted:%d/%m/%Y}" if granted else ""
            details = _some(answer.get_answer_display(), until, _said("Lý do", answer.reason))
            place = told.place(getattr(answer, name).assignment_id)
            yield _line(answer.decided_on, answer, answer.decided_by, title, place, details, f"decide_{name}")


def _instructions(told: _Told) -> Iterator[Line]:
    for given in told.rows(Instruction, "given_on", "assignment", "given_by"):
        place = told.place(given.assignment_id)
        yield _line(given.given_on, given, given.given_by, "Ý kiến chỉ đạo", place, (given.text,))


def _moves(told: _Told) -> Iterator[Line]:
    """Seen from where the work was and from where it went."""
    for end, other, words in (("old", "new", "Chuyển sang"), ("new", "old", "Nhận từ")):
        for move in told.rows(Move, "moved_on", end, f"{other}__agency", "moved_by"):
            title = f"{words} {getattr(move, other).agency.short_name}"
            details = _some(move.get_why_display(), _said("Căn cứ", move.instrument))
            place = told.place(getattr(move, f"{end}_id"))
            yield _line(move.moved_on, move, move.moved_by, title, place, details, *MOVING)


def _closings(told: _Told) -> Iterator[Line]:
    for closing in told.rows(Closing, "decided_on", "assignment", "decided_by"):
        details = _some(closing.get_verdict_display(), closing.reason)
        place = told.place(closing.assignment_id)
        title = "Chốt khi kết thúc văn bản"
        yield _line(closing.decided_on, closing, closing.decided_by, title, place, details, "close_directive")


def _views(told: _Told) -> Iterator[Line]:
    """Once for each look, though the file serves several of these assignments: at the first of them."""
    looks = told.rows(EvidenceView, "seen_on", "upload__evidence__note__assignment", "upload", "viewer", "seen_through")
    place = models.Min("upload__evidence__note__assignment")
    for look in looks.annotate(about=place).order_by("pk"):
        yield _look(look, told.place(look.about))
    for model in (Extension, Release):
        asked = model.objects.filter(assignment__in=told.places, upload__isnull=False)  # type: ignore[attr-defined]
        yield from _looks_at_requests(told, dict(asked.values_list("upload", "assignment")))


def _looks_at_requests(told: _Told, about: dict[int, int]) -> Iterator[Line]:
    """Looks at the files that came with requests; `about`: the assignment of each."""
    looks = EvidenceView.objects.filter(upload__in=about).select_related("upload", "viewer", "seen_through")
    for look in told.within(looks, "seen_on").order_by("pk"):
        yield _look(look, told.place(about[look.upload_id]))


def _look(look: EvidenceView, place: str) -> Line:
    title = "Tải tài liệu minh chứng" if look.is_download else "Xem tài liệu minh chứng"
    through = f"Xem như {look.seen_through}" if look.seen_through else ""
    return Line(look.seen_on, look.seen_at, str(look.viewer), title, place, _some(look.upload.name, through), "eye")


def _reminders(told: _Told) -> Iterator[Line]:
    """On the day when they left, which may be later than the day that they were planned for."""
    sent = Reminder.objects.left().filter(assignment__in=told.places)
    for reminder in told.within(sent, "sent_on").select_related(*Reminder.TO):
        channel = reminder.get_channel_display().lower()
        details = (f"{reminder.get_reason_display()}; gửi {reminder.to} ({channel})",)
        place = told.place(reminder.assignment_id)
        assert reminder.sent_at and reminder.sent_on  # what is sent has a moment
        yield Line(reminder.sent_on, reminder.sent_at, SYSTEM, "Đã gửi nhắc việc", place, details, "mail")


def _urgings(told: _Told) -> Iterator[Line]:
    """Once for each letter and each call, though it was about several of these assignments: at the first of them."""
    first = models.Min("tasks__assignment")
    letters = UrgingLetter.objects.issued().filter(tasks__assignment__in=told.places).defer("content")
    for letter in told.within(letters, "issued_on").annotate(about=first).select_related("agency", "ended_by"):
        title, text = timeline.letter_told(letter)
        place, who = told.place(letter.about), str(letter.ended_by)
        yield Line(letter.issued_on, letter.ended_at, who, title, place, (text,), "mail-check")
    calls = Urging.objects.filter(tasks__assignment__in=told.places)
    for call in told.within(calls, "on").annotate(about=first).select_related("made_by"):
        title, text = timeline.urging_told(call)
        place, details = told.place(call.about), tuple(text.splitlines())
        yield Line(call.on, call.created_at, str(call.made_by), title, place, details, "phone")


def _line(on: date, row: Any, who: Any, what: str, place: str, details: tuple[str, ...], *verbs: str) -> Line:
    name = str(who) if who else SYSTEM
    return Line(on, row.created_at, name, what, place, details, "pencil-line", verbs=verbs)


def _some(*words: str) -> tuple[str, ...]:
    return tuple(filter(None, words))


def _said(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
