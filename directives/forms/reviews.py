"""The words and days that a decision needs."""

from __future__ import annotations

from django import forms

from directives.forms.base import ActionForm, long_text


class StartForm(ActionForm):
    """Nothing but the wish."""


class ReasonForm(ActionForm):
    """A verb that needs its reason."""

    reason = forms.CharField(label="Lý do", widget=long_text(3, 2000), error_messages={"required": "Xin ghi lý do."})


class ConfirmForm(ActionForm):
    """Xác nhận hoàn thành: the day that counts may be corrected to that of the result document."""

    completed_on = forms.DateField(
        label="Ngày hoàn thành được tính",
        required=False,
        help_text="Để trống: tính ngày đơn vị gửi đề nghị. Chỉ sửa khi văn bản kết quả ghi ngày khác.",
    )
    reason = forms.CharField(label="Ghi chú", widget=long_text(2, 2000), required=False)
