"""What staff give to many tasks at one stroke."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import Agency, User
from directives.actions.bulk import Row, Wish, change_in_bulk, preview_bulk
from directives.deadlines import Clock
from directives.forms.base import ActionForm, Day
from directives.forms.tasks import AgencyByName
from directives.models import BulkChange, BulkKind, Task


class BulkForm(ActionForm):
    """One of three changes, with what it needs."""

    kind = forms.ChoiceField(label="Đổi gì", choices=BulkKind.choices, widget=forms.RadioSelect)
    lead = AgencyByName(
        label="Cơ quan chủ trì mới", queryset=Agency.objects.none(), required=False, empty_label="– Chọn cơ quan –"
    )
    deadline = Day(label="Thời hạn mới", required=False)
    clock = forms.ChoiceField(
        label="Loại thời hạn mới",
        choices=[("", "– Chọn loại –"), *((clock.value, clock.label) for clock in Clock if clock != Clock.DATED)],
        required=False,
    )
    period_end = Day(label="Ngày cuối kỳ", required=False, help_text="Chỉ cần với loại “Theo kỳ của văn bản”.")
    instrument = forms.CharField(
        label="Văn bản làm căn cứ",
        max_length=250,
        required=False,
        help_text="Số, ký hiệu, ngày. Bắt buộc khi ấn định hoặc bỏ thời hạn.",
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.by = by
        self.fields["lead"].queryset = Agency.objects.filter(ended_on=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if kind == BulkKind.LEAD and not data.get("lead"):
            self.add_error("lead", "Xin chọn cơ quan chủ trì.")
        if kind == BulkKind.DEADLINE:
            if not data.get("deadline") and "deadline" not in self.errors:
                self.add_error("deadline", "Xin ghi ngày phải hoàn thành.")
            if not data.get("instrument"):
                self.add_error("instrument", "Xin ghi văn bản ấn định thời hạn (số, ngày).")
        if kind == BulkKind.CLOCK and not data.get("clock"):
            self.add_error("clock", "Xin chọn loại thời hạn.")
        return data

    def wish(self) -> Wish:
        data = self.cleaned_data
        clock = Clock(data["clock"]) if data["clock"] else None
        return Wish(
            kind=BulkKind(data["kind"]),
            lead=data["lead"],
            deadline=data["deadline"],
            clock=clock,
            period_end=data["period_end"],
            instrument=data["instrument"].strip(),
        )

    def preview(self, tasks: Sequence[Task], day: date) -> list[Row]:
        return preview_bulk(tasks=tasks, wish=self.wish(), by=self.by, day=day)

    def save(self, seen: dict[int, int], day: date) -> tuple[BulkChange | None, list[Row]] | None:
        """The change and what became of each task; None where all of it was refused."""
        try:
            return change_in_bulk(seen=seen, wish=self.wish(), by=self.by, day=day)
        except Refused as refusal:
            self.add_error(None, str(refusal))
            return None
