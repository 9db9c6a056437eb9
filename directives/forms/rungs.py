"""All reminders that there are, in one form: which are on, on which days, whom they reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from agencies.models import User
from directives.actions.rungs import (
    AFTER,
    CHANGEABLE,
    MOST_AFTER,
    MOST_DAYS,
    change_rungs,
    climbs,
    faults_of,
    least_first,
    least_step,
    rungs_version,
)
from directives.forms.base import ActionForm
from directives.models import Reason, RungRule

# Ticked: what the office began with is taken, whatever else stands in the fields.
INITIAL = "initial"
LABELS = {
    "is_on": "Đang dùng",
    "steps": "Nhắc trước (ngày)",
    "first": "Nhắc lần đầu sau hạn (ngày)",
    "every": "Rồi nhắc lại sau mỗi (ngày)",
    "to_liaison": "Gửi đầu mối",
    "head_after": "Gửi thủ trưởng cơ quan",
    "standing_after": "Báo cơ quan thường trực",
    "leader_after": "Báo lãnh đạo",
    INITIAL: "Dùng lại giá trị ban đầu",
}


class Days(forms.CharField):
    """Whole numbers of days, separated by commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        try:
            return [int(part) for part in str(value or "").replace(",", " ").replace(";", " ").split()]
        except ValueError:
            raise forms.ValidationError("Xin ghi các số ngày, cách nhau bằng dấu phẩy. Ví dụ: 7, 3, 1.") from None

    def run_validators(self, value: Any) -> None:
        """Those of CharField are for one string."""


class RungsForm(ActionForm):
    """Fields `reason-name`. Where nobody can hear later than the liaison, who hears is a box to tick."""

    def __init__(self, *args: Any, rules: Mapping[str, RungRule], by: User, **kwargs: Any) -> None:
        initial = {f"{reason}-{name}": _shown(rule, name) for reason, rule in rules.items() for name in _names(reason)}
        super().__init__(*args, **{"initial": initial | {"version": rungs_version()}, "label_suffix": "", **kwargs})
        self.by = by
        for reason in rules:
            self.fields |= {f"{reason}-{name}": _field(reason, name) for name in _names(reason)}

    def fields_of(self, reason: str, *names: str) -> list[forms.BoundField]:
        """Those of `names` that the reason has, in this order; without names all of them."""
        return [self[f"{reason}-{name}"] for name in names or _names(reason) if f"{reason}-{name}" in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for reason in CHANGEABLE:
            if data.get(f"{reason}-{INITIAL}"):  # what is wrong with the other fields does not matter then
                for name in CHANGEABLE[reason]:
                    self.errors.pop(f"{reason}-{name}", None)
        self._tell_all_faults()
        return data

    def _tell_all_faults(self) -> None:
        """The verb stops at the first; here each stands at its field."""
        for reason, names in CHANGEABLE.items():
            if not any(f"{reason}-{name}" in self.errors for name in names):
                for name, words in faults_of(RungRule(reason=reason, **self._meant(reason))):
                    self.add_error(f"{reason}-{name}", words)

    def save(self, day: date) -> list[str] | None:
        """The reasons that were changed; None where it was refused."""
        changes = {reason: self._meant(reason) for reason in CHANGEABLE}
        return self.carry_out(change_rungs, by=self.by, day=day, changes=changes)

    def _meant(self, reason: str) -> dict[str, Any]:
        """The choices for one reason, as the verb takes them."""
        names = CHANGEABLE[reason]
        if self.cleaned_data[f"{reason}-{INITIAL}"]:
            first = RungRule.initial(reason)
            return {name: getattr(first, name) for name in names}
        return {name: _meant(reason, name, self.cleaned_data[f"{reason}-{name}"]) for name in names}


def label_of(reason: str, name: str) -> str:
    """A field by its full name: Quá hạn: Báo lãnh đạo"""
    return f"{Reason(reason).label}: {LABELS[name]}"


def _names(reason: str) -> tuple[str, ...]:
    return (*CHANGEABLE[reason], INITIAL)


def _shown(rule: RungRule, name: str) -> Any:
    """What stands in a field; a tick for whoever hears at once."""
    if name == INITIAL:
        return False
    value = getattr(rule, name)
    return value is not None if name in AFTER and not climbs(rule.reason) else value


def _meant(reason: str, name: str, value: Any) -> Any:
    if name in AFTER and not climbs(reason):
        return 0 if value else None
    return value


def _field(reason: str, name: str) -> forms.Field:
    label = _label(reason, name)
    if name in ("is_on", "to_liaison", INITIAL) or (name in AFTER and not climbs(reason)):
        field: forms.Field = forms.BooleanField(label=label, required=False)
    elif name == "steps":
        today = "" if least_step(reason) else " Số 0: trong ngày hạn."
        field = Days(label=label, required=False, help_text=f"Từ xa đến gần, ví dụ: 7, 3, 1.{today}")
        field.widget.attrs.update(inputmode="text", autocomplete="off")
    elif name == "first":
        least = least_first(reason)
        field = _number(label, least, MOST_DAYS, "" if least else "Số 0: không nhắc sau hạn.")
    elif name == "every":
        field = _number(label, 0, MOST_DAYS, "Số 0: chỉ nhắc một lần.")
    else:
        field = _number(label, 0, MOST_AFTER, "", required=False)
    field.full_label = label_of(reason, name)  # type: ignore[attr-defined]
    return field


def _label(reason: str, name: str) -> str:
    if name == "first" and reason == Reason.WAITING:
        return "Nhắc lần đầu khi đã chờ (ngày)"
    return f"{LABELS[name]} từ ngày thứ" if name in AFTER and climbs(reason) else LABELS[name]


def _number(label: str, least: int, most: int, help_text: str, required: bool = True) -> forms.IntegerField:
    wrong = f"Xin ghi một số từ {least} đến {most}{'' if required else ', hoặc bỏ trống'}."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    words: dict[str, Any] = {"label": label, "help_text": help_text, "required": required, "error_messages": errors}
    return forms.IntegerField(min_value=least, max_value=most, **words)
