"""Which reports the office asks for, one form for each cadence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import User
from directives.actions.round_rules import CHANGEABLE, LAST_DAY, set_round_rule
from directives.forms.base import Day
from directives.models import RoundRule
from directives.rounds import Cadence

WRONG = f"Xin ghi một ngày trong tháng, từ 1 đến {LAST_DAY}."


def _day_of_month(label: str, help_text: str = "") -> forms.IntegerField:
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG)
    return forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=LAST_DAY, error_messages=errors)


class RoundRuleForm(forms.Form):
    """One cadence: on or off, from which day, and its days."""

    is_on = forms.BooleanField(label="Áp dụng", required=False)
    since = Day(
        label="Từ ngày", required=False, help_text="Kỳ khóa trước ngày này không bị tính. Bỏ trống: từ hôm nay."
    )
    cut_off = _day_of_month("Chốt số liệu hết ngày", "Kỳ sau bắt đầu từ ngày kế tiếp.")
    due_local = _day_of_month("Cấp xã, cấp huyện gửi chậm nhất ngày")
    due_agency = _day_of_month("Sở, ban, ngành gửi chậm nhất ngày")
    due_standing = _day_of_month("Cơ quan thường trực gửi chậm nhất ngày")

    def __init__(self, *args: Any, rule: RoundRule, by: User, **kwargs: Any) -> None:
        initial = {name: getattr(rule, name) for name in CHANGEABLE}
        given = {"initial": initial, "prefix": rule.cadence, "label_suffix": "", **kwargs}
        super().__init__(*args, **given)
        self.cadence, self.by = Cadence(rule.cadence), by

    def save(self, day: date) -> list[str] | None:
        """Names of what was changed; None where it was refused, which then stands among the errors."""
        try:
            return set_round_rule(self.cadence, by=self.by, day=day, **self.cleaned_data)
        except Refused as refusal:
            self.add_error(refusal.field or None, str(refusal))
            return None
