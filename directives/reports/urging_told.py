"""What an urging letter lists of each task: its day, how late or silent it is, and how the agency was urged before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from directives.models import (
    LetterTask,
    Means,
    Move,
    ProgressNote,
    Reminder,
    UrgingTask,
    Why,
)
from directives.models.to_urge import is_asked, is_late
from directives.reports.wording import line, printable, short_date
from directives.rounds import Window

# More days of one kind than these are told by how many they were, and from when to when.
NAMED = 3
TEXT_LIMIT = 500
MEANS = {Means.PHONE: "Điện thoại", Means.ZALO: "Zalo", Means.IN_PERSON: "Trực tiếp"}

Cells = list[list[str]]


def cells_of(rows: Sequence[Any], window: Window | None) -> dict[int, Cells]:
    """By assignment the cells of its line but the first: the task, its day, where it stands, what was sent before.

    `rows`: of `to_urge`. A constant number of queries, and one for each generation of predecessors.
    """
    carried = _carried(rows)
    said, before = _last_said(carried), _urged_before(carried)
    return {
        row.pk: [_task(row), _due(row), _standing(row, window, said.get(row.pk)), before.get(row.pk) or ["Chưa có"]]
        for row in rows
    }


def _task(row: Any) -> list[str]:
    directive = row.task.directive
    text = f"{line(row.task.text, TEXT_LIMIT)} (nhiệm vụ {row.task.position}, {directive.code})"
    return [text, f"Phần việc của đơn vị: {printable(row.scope)}"] if row.scope else [text]


def _due(row: Any) -> list[str]:
    if not row.due:
        return [row.task.clock_words]
    first = row.task.first_deadline
    moved = [f"(ban đầu {short_date(first)})"] if first and first != row.due and not is_asked(row) else []
    return [short_date(row.due), *moved]


def _standing(row: Any, window: Window | None, said_on: date | None) -> list[str]:
    """Of what was asked it is never said that it is late."""
    in_round = f" kỳ {window.name}" if window and row.is_silent else ""
    if is_asked(row):
        last = f"Thông tin gần nhất: {short_date(said_on)}" if said_on else ""
        return [f"Chưa nhận được kết quả{in_round}", *filter(None, [last])]
    late = f"Quá hạn {row.late_by.days}\u00a0ngày" if is_late(row) else ""
    silent = f"Chưa báo cáo{in_round}" if in_round else ""
    last = f"Báo cáo gần nhất: {short_date(said_on)}" if said_on else "Chưa có báo cáo nào"
    return [*filter(None, (late, silent)), last]


def _carried(rows: Sequence[Any]) -> dict[int, int]:
    """Which of these rows each assignment stands for: themselves, and those of the bodies that they succeeded."""
    found = {row.pk: row.pk for row in rows}
    nearest = dict(found)
    while nearest:
        moves = Move.objects.filter(new__in=nearest, why=Why.SUCCESSION).values_list("old", "new")
        nearest = {old: nearest[new] for old, new in moves if old not in found}
        found |= nearest
    return found


def _last_said(carried: dict[int, int]) -> dict[int, date]:
    notes = ProgressNote.objects.filter(assignment__in=carried).order_by().values_list("assignment")
    last: dict[int, date] = {}
    for assignment, on in notes.annotate(last=Max("said_on")):
        last[carried[assignment]] = max(on, last.get(carried[assignment], on))
    return last


def _urged_before(carried: dict[int, int]) -> dict[int, list[str]]:
    """By row: mails, issued letters, calls; each kind with its days."""
    found: dict[int, list[str]] = defaultdict(list)
    for row, days in _mailed(carried).items():
        found[row].append(f"Thư điện tử: {_days(days)}")
    letters = LetterTask.objects.filter(assignment__in=carried, letter__state="issued").select_related("letter")
    for each in letters.order_by("letter__issued_on", "letter"):
        assert each.letter.issued_on  # it is issued
        found[carried[each.assignment_id]].append(
            f"Công văn số {each.letter.code} ngày {short_date(each.letter.issued_on)}"
        )
    called: dict[tuple[int, str], list[date]] = defaultdict(list)
    talks = UrgingTask.objects.filter(assignment__in=carried).select_related("urging").order_by("urging__on", "urging")
    for talk in talks:
        called[carried[talk.assignment_id], talk.urging.means].append(talk.urging.on)
    for (row, means), days in called.items():
        found[row].append(f"{MEANS[Means(means)]}: {_days(days)}")
    return found


def _mailed(carried: dict[int, int]) -> dict[int, list[date]]:
    """The days on which mail left to the people of the agency; what climbed to the standing staff is none of it."""
    sent = Reminder.objects.told_agencies().filter(assignment__in=carried)
    days: dict[int, list[date]] = defaultdict(list)
    for assignment, sent_on in sent.order_by("sent_on", "pk").values_list("assignment", "sent_on"):
        assert sent_on  # what is sent has a day
        days[carried[assignment]].append(sent_on)
    return days


def _days(days: Sequence[date]) -> str:
    """ "ngày 10/11/2023, 17/11/2023"; of many how often, and from when to when."""
    each = sorted(set(days))
    if len(each) <= NAMED:
        return f"ngày {', '.join(map(short_date, each))}"
    return f"{len(each)} lần, từ ngày {short_date(each[0])} đến ngày {short_date(each[-1])}"
