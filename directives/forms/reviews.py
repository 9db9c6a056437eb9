"""The words and days that a decision needs."""

from __future__ import annotations

from directives.forms.base import ActionForm, Day, LongText


class StartForm(ActionForm):
    """Nothing but the wish."""


class ReasonForm(ActionForm):
    """A verb that needs its reason."""

    reason = LongText(label="Lý do", rows=3, max_length=2000, error_messages={"required": "Xin ghi lý do."})


class ConfirmForm(ActionForm):
    """Xác nhận hoàn thành: the day that counts may be corrected to that of the result document."""

    completed_on = Day(
        label="Ngày hoàn thành được tính",
        required=False,
        help_text="Để trống: tính ngày đơn vị gửi đề nghị. Chỉ sửa khi văn bản kết quả ghi ngày khác.",
    )
    reason = LongText(
        label="Ghi chú", rows=2, max_length=2000, required=False, help_text="Cần ghi khi sửa ngày hoàn thành."
    )
