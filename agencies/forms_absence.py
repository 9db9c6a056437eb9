"""Forms about absences: who is away, from when to when, who stands in."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.absences import deputies_for
from agencies.forms_base import VerbForm
from agencies.forms_delegation import CHOOSE_PERSON, PersonChoice
from agencies.models import Absence, User

WRONG_DAY = {
    "required": "Xin ghi ngày.",
    "invalid": "Không có ngày này. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 20/11/2023.",
}


class AbsenceForm(VerbForm):
    """Records an absence of `user`, or changes one."""

    since = forms.DateField(label="Vắng từ ngày", error_messages=WRONG_DAY)
    until = forms.DateField(
        label="Đến hết ngày", error_messages=WRONG_DAY, help_text="Hôm sau, quyền và nhắc việc tự trở lại như cũ."
    )
    deputy = PersonChoice(
        label="Người thay", queryset=User.objects.none(), empty_label="(chọn người)", error_messages=CHOOSE_PERSON
    )
    reason = forms.CharField(label="Lý do", max_length=200, required=False)

    def __init__(self, *args: Any, user: User, by: User, absence: Absence | None = None, **kwargs: Any) -> None:
        initial = {}
        if absence:
            initial = {name: getattr(absence, name) for name in ("since", "until", "deputy", "reason")}
        super().__init__(*args, **{"initial": initial, **kwargs})
        kept = absence.deputy_id if absence else None
        self.fields["deputy"].queryset = deputies_for(user, by, kept)  # type: ignore[attr-defined]
