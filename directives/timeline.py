"""What happened to an assignment, in words: notes, decisions, changes of its task, reminders that went out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from agencies.history import SYSTEM, told
from agencies.models import Agency, User
from directives.actions.moves import predecessors
from directives.actions.words import verb_words
from directives.models import (
    Assignment,
    Clock,
    Decision,
    Evidence,
    Extension,
    Outcome,
    ProgressNote,
    Release,
    Reminder,
    Review,
    Urging,
    UrgingLetter,
)
from directives.models.request import GIVEN
from directives.workdays import working_days_between

TASK_WORDS = {
    "lead_id": "cơ quan chủ trì",
    "product": "sản phẩm",
    "follower_id": "người theo dõi",
    "clock": "loại thời hạn",
    "period_end": "cuối kỳ",
}


@dataclass(frozen=True)
class Shown:
    """A piece of evidence as a line: a file with its address, or a document by its number."""

    name: str
    url: str = ""
    size: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: the business day, what happened, who did it. `moment` only sorts."""

    on: date
    moment: datetime
    title: str
    who: str = ""
    text: str = ""
    icon: str = "dot"
    files: list[Shown] = field(default_factory=list)


def of_assignment(assignment: Assignment) -> list[Entry]:
    """Newest first. A constant number of queries."""
    found = [
        *_received(assignment),
        *_notes(assignment),
        *_decisions(assignment),
        *_requests(assignment),
        *_before(assignment),
        *_instructions(assignment),
        *_task_changes(assignment),
        *_reminders(assignment),
        *_urgings(assignment),
    ]
    return sorted(found, key=lambda entry: (entry.on, entry.moment), reverse=True)


def notes_of(assignment: Assignment) -> list[ProgressNote]:
    """The notes with all that is shown of them, oldest first."""
    notes = assignment.notes.select_related("author", "review__decided_by", "round")
    return list(notes.prefetch_related("evidence__upload", "parts"))


def shown(evidence: Evidence) -> Shown:
    """How a piece of evidence is named and reached."""
    if upload := evidence.upload:
        return Shown(upload.name, reverse("shelf_detail", args=[upload.uuid]), upload.size)
    words = [f"ngày {evidence.document_on:%d/%m/%Y}" if evidence.document_on else "", evidence.signer, evidence.summary]
    return Shown(f"Văn bản {evidence.document_number}", note=" · ".join(filter(None, words)))


def _received(assignment: Assignment) -> Iterator[Entry]:
    """Where the work came from another agency, that is told by its move."""
    if assignment.received_on and not assignment.moved_from.filter(moved_on=assignment.received_on).exists():
        moment = datetime.min.replace(tzinfo=timezone.get_current_timezone())
        came = "Vào sổ" if assignment.task.book_id else "Nhận"
        title = f"{came} nhiệm vụ theo {assignment.task.directive.doc_type} {assignment.task.directive.code}"
        yield Entry(assignment.received_on, moment, title, icon="inbox")


def _notes(assignment: Assignment) -> Iterator[Entry]:
    for note in notes_of(assignment):
        files = [shown(each) for each in note.evidence.all()]
        icon = "flag" if note.claims_completion else "message-square-text"
        yield Entry(note.said_on, note.created_at, note_title(note), str(note.author), note_text(note), icon, files)
        if review := getattr(note, "review", None):
            yield _review(review)


def note_title(note: ProgressNote) -> str:
    """What kind of note it was, and from which paper."""
    title = "Đề nghị hoàn thành" if note.claims_completion else "Báo cáo tiến độ"
    if note.round:
        late = ", gửi muộn" if note.round.came_late(note.came_on, note.assignment) else ""
        title += f" trong báo cáo kỳ {note.round.name}{late}"
    if not note.is_on_behalf:
        return title
    return (
        f"{title} (nhập hộ theo công văn {note.letter_number} ngày {note.letter_on:%d/%m/%Y}, "
        f"đến {note.letter_arrived_on:%d/%m/%Y})"
    )


def note_text(note: ProgressNote) -> str:
    """Everything that the note says, a line each."""
    to = f" (gửi {note.addressed_words})" if note.addressed_words else ""
    percent = "" if note.percent is None else f"{note.percent}%"
    parts = "; ".join(part.text for part in note.parts.all())
    lines = (
        ("Không thay đổi, lý do: " if note.is_unchanged else "", note.result),
        ("Tỷ lệ đạt chỉ tiêu: ", percent),
        ("Đầu việc đã xong: ", parts),
        (f"Khó khăn, vướng mắc{'' if note.proposal else to}: ", note.obstacle),
        (f"Kiến nghị{to}: ", note.proposal),
        ("", "Vướng mắc trước đã được tháo gỡ." if note.clears_obstacles else ""),
        ("Không có minh chứng, lý do: ", note.no_evidence_reason),
    )
    return "\n".join(label + value for label, value in lines if value)


def _review(review: Review) -> Entry:
    if review.outcome == Outcome.CONFIRMED:
        title = f"Xác nhận hoàn thành; ngày được tính: {review.completed_on:%d/%m/%Y}"
        icon = "circle-check"
    else:
        title = f"Đề nghị bổ sung, hạn bổ sung {review.supplement_due_on:%d/%m/%Y}"
        icon = "undo-2"
    sent, decided = review.note.said_on, review.decided_on
    days, workdays = (decided - sent).days, working_days_between(sent, decided)
    took = f"Thời gian xét: {days} ngày ({workdays} ngày làm việc), không tính cho đơn vị."
    text = "\n".join(filter(None, (review.reason, took)))
    return Entry(review.decided_on, review.created_at, title, str(review.decided_by), text, icon)


def _decisions(assignment: Assignment, but: str = "") -> Iterator[Entry]:
    for decision in assignment.decisions.exclude(verb=but).select_related("decided_by"):
        who = str(decision.decided_by) if decision.decided_by else SYSTEM
        yield Entry(decision.decided_on, decision.created_at, _verb(decision), who, _why(decision), "pencil-line")


def _instructions(assignment: Assignment) -> Iterator[Entry]:
    """What leaders and staff said, on this task or on the obstacle that it was made to remove."""
    yield from _said_on(assignment)
    if source := assignment.task.instruction:
        title = "Nhiệm vụ được giao từ ý kiến chỉ đạo"
        who, icon = str(source.given_by), "message-square-quote"
        yield Entry(source.given_on, source.created_at, title, who, source.text, icon)


def _said_on(assignment: Assignment) -> Iterator[Entry]:
    said = assignment.instructions.select_related("given_by", "note").prefetch_related("tasks__directive")
    for each in said:
        answer = f"Trả lời vướng mắc nêu ngày {each.note.said_on:%d/%m/%Y}" if each.note else "Ý kiến chỉ đạo"
        made = [f"Đã giao thành nhiệm vụ {task.position}, {task.directive.code}" for task in each.tasks.all()]
        lines = "\n".join((each.text, *made))
        yield Entry(each.given_on, each.created_at, answer, str(each.given_by), lines, "message-square-quote")


def _verb(decision: Decision) -> str:
    words = verb_words(decision.verb)
    change = f"{decision.old} → {decision.new}" if decision.old else decision.new
    return f"{words[:1].upper()}{words[1:]}: {change}"


def _why(decision: Decision) -> str:
    # What an old book says beside a task is no reason.
    why = "" if decision.verb == "bring_in" else "Lý do: "
    lines = ((why, decision.reason), ("Căn cứ: ", decision.instrument))
    return "\n".join(label + value for label, value in lines if value)


def _requests(assignment: Assignment) -> Iterator[Entry]:
    """What the agency asked for; an answer that moved something is told by its decision."""
    extensions = assignment.extensions.select_related("asked_by", "decision__decided_by")
    for asked in extensions:
        late = " (xin sau khi đã quá hạn)" if asked.is_late else ""
        title = f"Xin gia hạn đến {asked.asked_until:%d/%m/%Y}{late}"
        yield Entry(asked.asked_on, asked.created_at, title, str(asked.asked_by), asked.reason, "calendar-plus")
        yield from _answer(asked, "gia hạn")
    for release in assignment.releases.select_related("asked_by", "to_agency", "decision__decided_by"):
        target = f", chuyển cho {release.to_agency.name}" if release.to_agency else ""
        title = f"Đề nghị thôi giao: {release.get_ground_display().lower()}{target}"
        yield Entry(release.asked_on, release.created_at, title, str(release.asked_by), release.reason, "log-out")
        yield from _answer(release, "thôi giao")


def _answer(asked: Extension | Release, what: str) -> Iterator[Entry]:
    decision = getattr(asked, "decision", None)
    if decision is None or decision.answer in GIVEN:
        return
    title = f"Đề nghị {what}: {decision.get_answer_display().lower()}"
    who = str(decision.decided_by) if decision.decided_by else SYSTEM
    yield Entry(decision.decided_on, decision.created_at, title, who, decision.reason, "circle-minus")


def _before(assignment: Assignment) -> Iterator[Entry]:
    """What was said and decided while others carried the work; that it left them is told where it came to."""
    for earlier in predecessors(assignment):
        said = (*_notes(earlier), *_decisions(earlier, but="move"), *_requests(earlier), *_said_on(earlier))
        told = (*said, *_urgings(earlier))
        for entry in told:
            yield replace(entry, title=f"{entry.title} (trước đây: {earlier.agency.short_name})")


def _task_changes(assignment: Assignment) -> Iterator[Entry]:
    """From the event rows that the database wrote itself; who did it stands in each."""
    task_event = apps.get_model("directives", "TaskEvent")
    events = list(task_event.objects.filter(pgh_obj_id=assignment.task_id).order_by("pgh_id"))
    names = _Names()
    for before, after in pairwise(events):
        changes = [
            f"{word}: {names.say(field, getattr(before, field))} → {names.say(field, getattr(after, field))}"
            for field, word in TASK_WORDS.items()
            if getattr(before, field) != getattr(after, field)
        ]
        # A clock or a deadline is told by its decision, with its instrument.
        if changes and told(after).verb == "change_task":
            yield _change(after, changes)


def _change(event: Any, changes: list[str]) -> Entry:
    said = told(event)
    return Entry(said.day, said.moment, "Sửa thông tin nhiệm vụ", said.who, "\n".join(changes), "pencil-line")


class _Names:
    """The names behind keys, fetched when first needed."""

    def __init__(self) -> None:
        self.known: dict[str, dict[int, str]] = {}

    def say(self, field: str, value: Any) -> str:
        if value in (None, ""):
            return "(trống)"
        if field == "clock":
            return str(Clock(value).label)
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return self._names(field).get(value, "(không rõ)") if field.endswith("_id") else str(value)

    def _names(self, field: str) -> dict[int, str]:
        if field not in self.known:
            rows = (
                Agency.objects.values_list("pk", "short_name")
                if field == "lead_id"
                else User.objects.values_list("pk", "full_name")
            )
            self.known[field] = dict(rows)
        return self.known[field]


def _reminders(assignment: Assignment) -> Iterator[Entry]:
    for reminder in Reminder.objects.left().filter(assignment=assignment).select_related(*Reminder.TO):
        title = f"Đã gửi nhắc việc: {reminder.get_reason_display().lower()}"
        text = f"Gửi {reminder.to} ({reminder.get_channel_display().lower()})"
        assert reminder.sent_at  # what is sent has a moment
        on = reminder.sent_on or reminder.planned_on
        yield Entry(on, reminder.sent_at, title, SYSTEM, text, "mail")


def _urgings(assignment: Assignment) -> Iterator[Entry]:
    """Letters that were issued and calls that were logged about it; a draft is nobody's but the staff's."""
    for letter in assignment.urging_letters.issued().select_related("agency", "ended_by").defer("content"):
        title, text = letter_told(letter)
        assert letter.issued_on and letter.ended_at  # it is issued
        files = [Shown("Xem công văn", reverse("urging_letter", args=[letter.pk]))]
        yield Entry(letter.issued_on, letter.ended_at, title, str(letter.ended_by), text, "mail-check", files)
    for urging in assignment.urgings.select_related("made_by"):
        title, text = urging_told(urging)
        yield Entry(urging.on, urging.created_at, title, str(urging.made_by), text, "phone")


def letter_told(letter: UrgingLetter) -> tuple[str, str]:
    """An issued letter in a history: what happened, and what it asks."""
    return f"{letter} gửi {letter.agency.short_name}", f"Đề nghị báo cáo chậm nhất ngày {letter.report_by:%d/%m/%Y}."


def urging_told(urging: Urging) -> tuple[str, str]:
    """A logged call in a history: by what means, with whom and about what."""
    return f"Đã trao đổi: {urging.get_means_display().lower()}", f"Với {urging.spoken_to}.\n{urging.said}"
