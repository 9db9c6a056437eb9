"""The words and days that a decision needs."""

from __future__ import annotations

from django import forms

from agencies.models import Agency
from directives.actions.reviews import MOST_DAYS
from directives.forms.base import ActionForm, Day, LongText
from directives.forms.tasks import AgencyByName
from directives.models import Directive


class StartForm(ActionForm):
    """Nothing but the wish."""


class ReasonForm(ActionForm):
    """A verb that needs its reason."""

    reason = LongText(label="Lý do", rows=3, max_length=2000, error_messages={"required": "Xin ghi lý do."})


class AskMoreForm(ReasonForm):
    """Đề nghị bổ sung: why, and how long the agency has for it; left empty, as the office has set it."""

    days = forms.IntegerField(
        label="Số ngày làm việc để bổ sung",
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"Xin ghi một số từ 1 đến {MOST_DAYS}."),
    )


class ConfirmForm(ActionForm):
    """Xác nhận hoàn thành: the day that counts may be corrected to that of the result document."""

    completed_on = Day(
        label="Ngày hoàn thành được tính",
        required=False,
        help_text="Ngày đơn vị gửi đề nghị, hoặc ngày của văn bản kết quả nếu nhập hộ. Chỉ sửa khi văn bản ghi khác.",
    )
    reason = LongText(
        label="Ghi chú", rows=2, max_length=2000, required=False, help_text="Cần ghi khi sửa ngày hoàn thành."
    )


class QueueForm(forms.Form):
    """What the list of waiting claims is narrowed to; everything stands in the address."""

    agency = AgencyByName(label="Cơ quan", queryset=Agency.objects.none(), required=False, empty_label="Tất cả")
    directive = forms.ModelChoiceField(
        label="Văn bản", queryset=Directive.objects.none(), required=False, empty_label="Tất cả"
    )
    kind = forms.ChoiceField(
        label="Người gửi",
        choices=[("", "Tất cả"), ("don-vi", "Đơn vị gửi"), ("nhap-ho", "Nhập hộ từ công văn")],
        required=False,
    )
    waited = forms.TypedChoiceField(
        label="Đã chờ",
        choices=[("", "Bao lâu cũng được"), *((days, f"Từ {days} ngày") for days in (3, 7, 14, 30))],
        coerce=int,
        empty_value="",
        required=False,
    )
    order = forms.ChoiceField(
        label="Sắp xếp",
        choices=[
            ("", "Chờ lâu nhất trước"),
            ("moi", "Mới gửi trước"),
            ("co-quan", "Theo cơ quan"),
            ("thoi-han", "Theo thời hạn"),
        ],
        required=False,
    )
    whose = forms.CharField(required=False, widget=forms.HiddenInput)

    NAMES = {
        "agency": "co-quan",
        "directive": "van-ban",
        "kind": "loai",
        "waited": "cho",
        "order": "xep",
        "whose": "ai",
    }

    def add_prefix(self, field_name: str) -> str:
        """Addresses are in Vietnamese."""
        return self.NAMES.get(field_name, field_name)

    def chosen(self) -> dict[str, object]:
        """What can be read of the address; what cannot be read narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
