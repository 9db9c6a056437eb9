"""What a parcel says: its reminders as lines in words, grouped by urgency. Mail, webhook and Zalo text share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from directives.models import (
    Answer,
    Assignment,
    ExtensionDecision,
    Instruction,
    Reason,
    ReleaseDecision,
    Reminder,
    Report,
    Step,
)
from directives.models.reminder import ReminderQuerySet
from directives.models.report import of_figures
from directives.models.round import only_asked
from directives.reminders.wording import ABOUT_TIME, GROUPS, Group, days_words, group_of, is_above, term_of
from directives.templatetags.kttt import day as day_words
from directives.templatetags.kttt import number

TEXT_LENGTH, SAID_LENGTH = 160, 300


@dataclass(frozen=True)
class Carrier:
    """An agency that carries the task: how far it is, where its page is, and what was said to it, if anything.

    `key`: of the reminder that names it.
    """

    name: str
    life: str
    url: str
    said: str
    key: int

    @property
    def path(self) -> str:
        """The same address for whoever is here already, by whatever name of the host they came."""
        return self.url.removeprefix(settings.BASE_URL)


@dataclass(frozen=True)
class Line:
    """One task in the mail, in words. What several agencies carry with one deadline is one line."""

    text: str
    place: str
    deadline: date | None
    term: str
    days: str
    carriers: Sequence[Carrier]


@dataclass(frozen=True)
class Section:
    """What is equally urgent; `key`: of GROUPS."""

    key: str
    group: Group
    lines: Sequence[Line]

    @property
    def agencies(self) -> int:
        return len({carrier.name for line in self.lines for carrier in line.carriers})


@dataclass(frozen=True)
class Letter:
    """All that leaves together. `agency`: where everything is about one, its name."""

    sections: Sequence[Section]
    agency: str
    is_above: bool  # the person hears of others' work only
    only_asked: bool
    illustrative: bool

    @property
    def only_past_asked(self) -> bool:
        """All of it was asked of others, is past the day that was proposed, and has no result."""
        return all(section.key == "climbed_asked" for section in self.sections)


def letter_of(digest: UUID, day: date) -> Letter:
    """What the parcel `digest` says as it stands on `day`. At most six queries."""
    return written(list(with_names(Reminder.objects.owed().filter(digest=digest))), day)


def written(rows: Sequence[Reminder], day: date) -> Letter:
    """These reminders, read by `with_names`, as a letter."""
    asked = _asked(rows)
    return Letter(
        sections=_sections(rows, day, asked, _said(rows)),
        agency=_only({_body(row).name for row in rows}),
        is_above=all(is_above(row) for row in rows),
        only_asked=all(row.pk in asked for row in rows),
        illustrative=settings.DEMO
        or any(row.assignment.task.directive.is_illustrative for row in rows if row.assignment),
    )


def with_names(rows: ReminderQuerySet) -> ReminderQuerySet:
    """With everything that a line names, in the order of lines."""
    task = "assignment__task"
    named = rows.select_related(
        "recipient", "assignment__agency", f"{task}__directive", f"{task}__addressee", "agency", "round"
    )
    named = named.defer(f"{task}__directive__text", f"{task}__directive__segments")
    return named.order_by("deadline", f"{task}__directive", f"{task}__position", "assignment__agency__sort_key", "pk")


def subject(letter: Letter, day: date) -> str:
    """[KTTT] 2 nhiệm vụ quá hạn, 1 sắp đến hạn – ngày 20/11/2023"""
    return f"[KTTT] {', '.join(_counts(letter.sections))} – ngày {day_words(day)}"


def _counts(sections: Sequence[Section]) -> Iterator[str]:
    noun = ""
    for section in sections:
        count, group = len(section.lines), section.group
        if group.subject and len(sections) == 1:
            yield group.subject.format(count)
        else:
            yield f"{count} {'' if group.noun == noun else f'{group.noun} '}{group.counted}"
        noun = group.noun


def _only(names: set[str]) -> str:
    return names.pop() if len(names) == 1 else ""


def _body(row: Reminder) -> Any:
    """The agency that it is about."""
    return row.assignment.agency if row.assignment else row.agency


def _asked(rows: Iterable[Reminder]) -> set[int]:
    """Keys of the reminders about what was asked of a body, not ordered."""
    of_rounds = {row.agency_id for row in rows if row.agency_id}
    courteous = only_asked(of_rounds) if of_rounds else set()
    return {
        row.pk
        for row in rows
        if (row.assignment.task.addressee.is_asked if row.assignment else row.agency_id in courteous)
    }


def _said(rows: Iterable[Reminder]) -> Mapping[tuple[str, int], str]:
    """What was said to the agency, by reason and what the words hang on: a query for each kind that there is."""
    sources: dict[str, set[int]] = {}
    for row in rows:
        if row.assignment_id:
            sources.setdefault(row.reason, set()).add(row.source or row.assignment_id)
    found: dict[tuple[str, int], str] = {}
    if back := sources.get(Reason.RETURNED):
        # (Any: the annotation `returned_because` is not a field.)
        returned: Any = Assignment.objects.filter(pk__in=back).returned()
        found |= {(Reason.RETURNED, row.pk): f"Lý do: {row.returned_because or ''}" for row in returned}
    if decided := sources.get(Reason.EXTENSION):
        for one in ExtensionDecision.objects.filter(pk__in=decided):
            found[Reason.EXTENSION, one.pk] = _answer(_granted(one), one.reason)
    if decided := sources.get(Reason.RELEASE):
        for other in ReleaseDecision.objects.filter(pk__in=decided):
            found[Reason.RELEASE, other.pk] = _answer(f"{other.get_answer_display()} thôi giao", other.reason)
    if told := sources.get(Reason.ANSWERED):
        for word in Instruction.objects.filter(pk__in=told).select_related("given_by"):
            found[Reason.ANSWERED, word.pk] = f"{word.given_by}: {word.text}"
    if drafted := {row.round_id for row in rows if row.reason == Reason.DRAFTED}:
        reports = Report.objects.filter(round__in=drafted, figures__isnull=False)
        for numbers in reports.values("round_id", **of_figures("tasks", "assignments")):
            found[Reason.DRAFTED, numbers["round_id"]] = _counted(numbers)
    return {key: shorten(words, SAID_LENGTH, placeholder=" …") for key, words in found.items()}


def _counted(figures: Mapping[str, Any]) -> str:
    """The frozen numbers, as the report itself has them."""
    tasks, given = figures["tasks"], figures["assignments"]
    return (
        f"Đã hoàn thành {number(tasks['done'])}/{number(tasks['total'])} nhiệm vụ, "
        f"{number(given['done'])}/{number(given['total'])} lượt giao; chưa hoàn thành, quá hạn "
        f"{number(tasks['open_overdue'])} nhiệm vụ, {number(given['open_overdue'])} lượt giao."
    )


def _granted(decision: ExtensionDecision) -> str:
    if decision.granted_until is None:
        return "Không đồng ý gia hạn"
    shorter = " (ngắn hơn đề nghị)" if decision.answer == Answer.SHORTENED else ""
    return f"Đồng ý gia hạn đến {day_words(decision.granted_until)}{shorter}"


def _answer(answer: str, reason: str) -> str:
    return f"{answer}. {reason}" if reason else f"{answer}."


def _sections(
    rows: Iterable[Reminder], day: date, asked: set[int], said: Mapping[tuple[str, int], str]
) -> list[Section]:
    found: dict[str, dict[tuple[object, ...], list[Reminder]]] = {}
    for row in rows:
        key = group_of(row, (row.deadline - day).days, row.pk in asked)
        about = (row.assignment.task_id if row.assignment else row.agency_id, row.deadline, row.reason, row.source)
        found.setdefault(key, {}).setdefault(about, []).append(row)
    told: set[int] = set()
    sections = []
    for key, group in GROUPS.items():
        each = [fresh for alike in found.get(key, {}).values() if (fresh := _not_told(alike, told))]
        if each:
            sections.append(Section(key, group, [_line(alike, day, asked, said) for alike in each]))
    return sections


def _not_told(alike: Iterable[Reminder], told: set[int]) -> list[Reminder]:
    """Those whose assignment stands in no more urgent line; they are noted as told."""
    fresh = [row for row in alike if row.reason not in ABOUT_TIME or row.assignment_id not in told]
    told.update(row.assignment_id for row in fresh if row.reason in ABOUT_TIME and row.assignment_id)
    return fresh


def _line(alike: Sequence[Reminder], day: date, asked: set[int], said: Mapping[tuple[str, int], str]) -> Line:
    row = alike[0]
    is_asked = row.pk in asked
    deadline = row.deadline if row.round_id or row.reason not in _NOT_ITS_DAY else row.assignment.deadline  # type: ignore[union-attr]
    left = (deadline - day).days if deadline else 0
    return Line(
        text=shorten(row.assignment.task.text, TEXT_LENGTH, placeholder=" …") if row.assignment else str(row.round),
        place=_place(row),
        deadline=deadline,
        term=term_of(row, is_asked),
        days=days_words(row, left, is_asked),
        carriers=[_carrier(each, said) for each in alike],
    )


# News: the day of the reminder is that of the event; what is written down is the deadline of the work.
_NOT_ITS_DAY = (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED)


def _carrier(row: Reminder, said: Mapping[tuple[str, int], str]) -> Carrier:
    if row.reason == Reason.DRAFTED:
        return Carrier(row.agency.short_name, "dự thảo", link_of(row), said.get((row.reason, row.round_id), ""), row.pk)  # type: ignore[union-attr, arg-type]
    if row.assignment is None:
        state = "chờ thủ trưởng duyệt" if row.step == Step.APPROVER else "chưa gửi"
        return Carrier(row.agency.short_name, state, link_of(row), "", row.pk)  # type: ignore[union-attr]
    words = said.get((row.reason, row.source or row.assignment.pk), "")
    agency = row.assignment.agency.short_name
    return Carrier(agency, row.assignment.get_life_display(), link_of(row), words, row.pk)


# Where a line leads: a liaison straight to the form, others to what the agency has said so far.
_TO_THE_FORM = (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER, Reason.NUDGED, Reason.RETURNED, Reason.ANSWERED)


def link_of(row: Reminder) -> str:
    """The whole address of the page where the reminder is settled; overseers have their own of a round."""
    if row.reason == Reason.DRAFTED:
        return settings.BASE_URL + reverse("round_report", args=[row.round_id])
    if row.assignment is None:
        if is_above(row):
            return settings.BASE_URL + reverse("round_detail", args=[row.round_id])
        return settings.BASE_URL + reverse("round_page", args=[row.round_id, row.agency.code])  # type: ignore[union-attr]
    to_the_form = row.step == Step.LIAISON and row.reason in _TO_THE_FORM
    page = "note_create" if to_the_form else "assignment_detail"
    return settings.BASE_URL + reverse(page, args=[row.assignment.task_id, row.assignment.agency.code])


def _place(row: Reminder) -> str:
    """Thông báo 86/TB-UBND, mục 12, nhiệm vụ 25"""
    if row.assignment is None:
        return row.agency.name  # type: ignore[union-attr]
    task = row.assignment.task
    item = f", mục {task.addressee.number}" if task.addressee.number else ""
    return f"{task.directive.doc_type} {task.directive.code}{item}, {task.label.lower()}"
