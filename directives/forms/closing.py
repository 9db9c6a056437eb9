"""Closing a directive: a verdict on every open assignment, by hand or for a whole addressee at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import User
from directives.actions.closing import Decided, close_directive
from directives.deadlines import Clock, Life, TimeState
from directives.forms.base import Day
from directives.forms.reports import DirectiveChoice
from directives.forms.stale import unlisted, unlisted_words
from directives.models import Addressee, Assignment, Directive, Task, Verdict

CHOICES = [("", "– Chọn –"), *((verdict.value, verdict.label) for verdict in Verdict)]


@dataclass
class TaskBlock:
    """One task of the form: where it may be carried to, the day it was achieved, and a line for each agency."""

    task: Task
    next: forms.BoundField | None
    day: forms.BoundField
    lines: list[tuple[Assignment, forms.BoundField, forms.BoundField]] = field(default_factory=list)


@dataclass
class Block:
    """An addressee, the two fields that fill all of its lines, and its tasks."""

    addressee: Addressee
    verdict: forms.BoundField
    reason: forms.BoundField
    tasks: list[TaskBlock] = field(default_factory=list)


class ClosingForm(forms.Form):
    """`rows`: what is to be decided, with their status on the day; `following`: where work may be carried on."""

    instrument = forms.CharField(
        label="Văn bản làm căn cứ",
        max_length=300,
        help_text="Số, ký hiệu, ngày của văn bản tổng kết hoặc thay thế. Ví dụ: Báo cáo 12/BC-UBND ngày 15/01/2024.",
        error_messages={"required": "Xin ghi văn bản làm căn cứ kết thúc theo dõi (số, ngày)."},
    )
    following = DirectiveChoice(
        label="Văn bản tiếp theo",
        queryset=Directive.objects.none(),
        required=False,
        empty_label="(không chuyển tiếp việc nào)",
        help_text="Chỉ cần khi có việc chuyển tiếp. Chọn xong, bấm “Lấy nhiệm vụ của văn bản này”.",
    )

    def __init__(
        self, *args: Any, directive: Directive, rows: list[Assignment], following: Directive | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.directive, self.rows = directive, rows
        others = Directive.objects.published().filter(closed_on=None).exclude(pk=directive.pk)
        self.fields["following"].queryset = others.defer("text", "segments")  # type: ignore[attr-defined]
        # Asked for once, not once for each task.
        self.tasks = list(Task.objects.filter(directive=following)) if following else []
        for task in {row.task_id: row.task for row in rows}.values():
            self._add_task(task)
        for row in rows:
            where = f"nhiệm vụ {row.task.position}, {row.agency.short_name}"
            self.fields[f"pc-{row.pk}-verdict"] = _verdict(f"Quyết định: {where}", default_of(row, following))
            self.fields[f"pc-{row.pk}-reason"] = _reason(f"Nhận xét, lý do: {where}")

    def _add_task(self, task: Task) -> None:
        if self.tasks:
            choices = [("", "– Chọn nhiệm vụ –"), *((each.pk, _short(each)) for each in self.tasks)]
            self.fields[f"nv-{task.pk}-next"] = forms.TypedChoiceField(
                label="Chuyển tiếp vào", choices=choices, coerce=int, empty_value=None, required=False
            )
        self.fields[f"nv-{task.pk}-day"] = Day(label="Ngày hoàn thành (nếu đạt)", required=False)
        addressee = task.addressee
        if f"muc-{addressee.pk}-verdict" not in self.fields:
            self.fields[f"muc-{addressee.pk}-verdict"] = _verdict("Quyết định cho cả mục", "")
            self.fields[f"muc-{addressee.pk}-reason"] = _reason("Nhận xét, lý do cho cả mục")

    def blocks(self) -> Iterator[Block]:
        """The fields in the order of the text."""
        found: dict[int, Block] = {}
        tasks: dict[int, TaskBlock] = {}
        for row in self.rows:
            task, addressee = row.task, row.task.addressee
            if addressee.pk not in found:
                verdict, reason = self[f"muc-{addressee.pk}-verdict"], self[f"muc-{addressee.pk}-reason"]
                found[addressee.pk] = Block(addressee, verdict, reason)
            if task.pk not in tasks:
                carried = self[f"nv-{task.pk}-next"] if self.tasks else None
                tasks[task.pk] = TaskBlock(task, carried, self[f"nv-{task.pk}-day"])
                found[addressee.pk].tasks.append(tasks[task.pk])
            tasks[task.pk].lines.append((row, self[f"pc-{row.pk}-verdict"], self[f"pc-{row.pk}-reason"]))
        yield from found.values()

    def unlisted(self, data: Mapping[str, Any]) -> list[str]:
        """Reasons that were typed for what is not to be decided any more, in words."""
        among, listed = Assignment.objects.filter(task__directive=self.directive), {row.pk for row in self.rows}
        return [unlisted_words(*each) for each in unlisted(data, "pc-{}-reason", listed, among)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for words in self.unlisted(self.data):
            self.add_error(None, words)
        for row in self.rows:
            verdict, reason = data.get(f"pc-{row.pk}-verdict"), data.get(f"pc-{row.pk}-reason", "").strip()
            if row.life == Life.AWAITING:
                self.add_error(None, f"Nhiệm vụ {row.task.position} ({row.agency.short_name}) đang chờ xác nhận.")
            elif not verdict:
                self.add_error(f"pc-{row.pk}-verdict", "Xin chọn quyết định.")
            elif verdict == Verdict.CARRIED and not data.get(f"nv-{row.task_id}-next"):
                name = f"nv-{row.task_id}-next"
                self.add_error(name if name in self.fields else "following", "Xin chọn nơi nhiệm vụ được chuyển tiếp.")
            elif verdict != Verdict.CARRIED and not reason:
                self.add_error(f"pc-{row.pk}-reason", "Xin ghi nhận xét, lý do.")
        return data

    def decisions(self) -> dict[int, Decided]:
        """What was decided on each row."""
        data, tasks = self.cleaned_data, {task.pk: task for task in self.tasks}
        return {
            row.pk: Decided(
                verdict=Verdict(data[f"pc-{row.pk}-verdict"]),
                reason=data[f"pc-{row.pk}-reason"],
                task=tasks.get(data.get(f"nv-{row.task_id}-next") or 0),
                completed_on=data[f"nv-{row.task_id}-day"],
            )
            for row in self.rows
        }

    def save(self, *, by: User, day: date) -> Directive | None:
        """The closed directive; None where it was refused, which then stands among the errors."""
        try:
            return close_directive(
                directive=self.directive,
                decisions=self.decisions(),
                instrument=self.cleaned_data["instrument"],
                by=by,
                day=day,
            )
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None


def default_of(row: Any, following: Directive | None) -> str:
    """By the clock: what is over is judged; what still runs goes on, where there is somewhere to go."""
    over = row.time_state in (TimeState.PERIOD_OVER, TimeState.OVERDUE)
    if over or (row.task.clock == Clock.PERIOD and row.life == Life.SUSPENDED):
        return Verdict.ACHIEVED if row.percent == 100 else Verdict.NOT_ACHIEVED
    return Verdict.CARRIED if following else ""


def _short(task: Task) -> str:
    text = task.text if len(task.text) <= 90 else task.text[:90].rstrip() + "…"
    return f"{task.position}. {text}"


def _verdict(label: str, initial: str) -> forms.ChoiceField:
    widget = forms.Select(attrs={"aria-label": label})
    return forms.ChoiceField(label=label, choices=CHOICES, required=False, initial=initial, widget=widget)


def _reason(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"aria-label": label})
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget)
