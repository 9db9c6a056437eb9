"""Days that are worked, or are not, by an official announcement."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from agencies.models import User
from directives.actions.workdays import record_day
from directives.forms.base import ActionForm, Day
from directives.models import CalendarDay

OFF, WORKED = "nghi", "lam"


def _instrument() -> forms.CharField:
    return forms.CharField(
        label="Văn bản quy định",
        max_length=300,
        help_text="Số, ngày và cơ quan ban hành, như ghi trên văn bản.",
        error_messages={"required": "Xin ghi văn bản quy định ngày này."},
    )


class DayForm(ActionForm):
    """A day that is not what the computed calendar says."""

    date = Day(label="Ngày")
    kind = forms.ChoiceField(
        label="Ngày này",
        choices=[(OFF, "Nghỉ"), (WORKED, "Làm việc (làm bù)")],
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn nghỉ hay làm việc."},
    )
    instrument = _instrument()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def save(self, by: User, day: datetime.date) -> CalendarDay | None:
        data = self.cleaned_data
        named = {"date": data["date"], "is_working": data["kind"] == WORKED, "instrument": data["instrument"]}
        return self.carry_out(record_day, by=by, day=day, **named)


class InstrumentForm(ActionForm):
    """Another document for a day that is laid down: what else could be changed would be another day."""

    instrument = _instrument()

    def __init__(self, *args: Any, row: CalendarDay, **kwargs: Any) -> None:
        initial = {"instrument": row.instrument, "version": row.version}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.row = row

    def save(self, by: User, day: datetime.date) -> CalendarDay | None:
        named = {"date": self.row.date, "is_working": self.row.is_working}
        return self.carry_out(record_day, instrument=self.cleaned_data["instrument"], by=by, day=day, **named)
