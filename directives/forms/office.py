"""The settings of the office, as its administrator fills them in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import User
from directives.actions.office import CHANGEABLE, change_office
from directives.models import Issuer, Office


class Lines(forms.CharField):
    """A list with one entry a line; each at most `longest` characters, at most `most` of them."""

    def __init__(self, *, longest: int, most: int, rows: int = 4, **kwargs: Any) -> None:
        self.longest, self.most = longest, most
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = str(value or "").replace("\x00", "").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    def validate(self, value: Any) -> None:
        if len(value) > self.most:
            raise forms.ValidationError(f"Tối đa {self.most} dòng.")
        if any(len(line) > self.longest for line in value):
            raise forms.ValidationError(f"Mỗi dòng tối đa {self.longest} ký tự.")

    def run_validators(self, value: Any) -> None:
        """Those of CharField are for one string."""


def _text(label: str, length: int, help_text: str = "", required: bool = True) -> forms.CharField:
    missing = {"required": "Xin điền mục này."}
    return forms.CharField(
        label=label, max_length=length, help_text=help_text, required=required, error_messages=missing
    )


def _days(label: str, help_text: str, least: int = 0, most: int = 60) -> forms.IntegerField:
    wrong = f"Xin ghi một số từ {least} đến {most}."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most, error_messages=errors)


def _hour(label: str, help_text: str) -> forms.TimeField:
    """An hour as people write it; the browser's own field would show 19:00 as 07:00 PM where it speaks English."""
    written = ("%H:%M", "%Hh%M", "%Hh", "%H")
    words: dict[str, Any] = {"label": label, "help_text": help_text, "required": False}
    wrong = {"invalid": "Xin ghi giờ theo mẫu giờ:phút, ví dụ 19:00."}
    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})
    return forms.TimeField(input_formats=written, widget=widget, error_messages=wrong, **words)


SYMBOL_HELP = "Nơi ban hành, gạch nối, đơn vị soạn thảo; chưa ghi đơn vị thì chừa chỗ. Không ghi CV."


def _signs_as(label: str) -> Lines:
    return Lines(label=label, longest=100, most=4, rows=2, help_text="Mỗi dòng một ý. Họ tên để trống cho người ký.")


class OfficeForm(forms.Form):
    """Letterhead of reports, and the numbers that the rules leave to the office."""

    parent_name = _text("Cơ quan chủ quản", 200, "In hoa ở góc trái trên cùng của báo cáo.", required=False)
    name = _text("Cơ quan ban hành báo cáo", 200, "In hoa, đậm, dưới cơ quan chủ quản.")
    symbol = _text("Ký hiệu báo cáo", 30, "Ví dụ: BC-LMHTX. Số báo cáo luôn để trống cho văn thư.")
    place = _text("Địa danh", 100, "Ghi trước ngày tháng. Ví dụ: Quảng Trị.")
    signs_as = Lines(
        label="Quyền hạn, chức vụ của người ký",
        longest=100,
        most=4,
        rows=3,
        help_text="Mỗi dòng một ý. Ví dụ: dòng đầu “KT. CHỦ TỊCH”, dòng sau “PHÓ CHỦ TỊCH”.",
    )
    signer = _text("Họ tên người ký", 100, "Không ghi học hàm, học vị.", required=False)
    recipients = Lines(
        label="Nơi nhận",
        longest=200,
        most=20,
        rows=6,
        help_text="Mỗi dòng một nơi; không cần ghi dấu gạch đầu dòng. Dòng “Lưu: VT.” được thêm sẵn.",
    )
    report_addressees = Lines(
        label="Báo cáo kính gửi",
        longest=200,
        most=10,
        rows=2,
        help_text="Mỗi dòng một nơi. Để trống: gửi nơi ban hành văn bản. Từng báo cáo vẫn sửa được.",
    )
    soon_days = _days("Sắp đến hạn (ngày)", "Việc còn từng này ngày trở xuống được coi là sắp đến hạn.")
    mails_heads = forms.BooleanField(
        label="Gửi thư nhắc việc cho thủ trưởng cơ quan",
        required=False,
        help_text="Khi chưa bật, thủ trưởng chỉ thấy lời nhắc trong phần mềm.",
    )
    quiet_from = _hour("Không gửi thư từ", "Giờ:phút. Bỏ trống cả hai ô: gửi vào mọi giờ của ngày làm việc.")
    quiet_until = _hour("Đến", "Thư đến kỳ trong khoảng này được gửi ngay sau đó.")
    supplement_days = _days("Hạn bổ sung (ngày làm việc)", "Cho mỗi lần đề nghị bổ sung hồ sơ.", least=1, most=30)
    silent_after = _days(
        "Tính là chưa báo cáo khi nhận trước kỳ (ngày)",
        "Chỉ tính việc mà cơ quan đã nhận ít nhất từng này ngày trước ngày chốt kỳ báo cáo.",
    )
    extension_limit = _days(
        "Số lần gia hạn cho mỗi nhiệm vụ", "Quá số lần này, thời hạn chỉ đổi được bằng một văn bản khác.", most=10
    )

    urging_issuer = forms.ChoiceField(
        label="Công văn đôn đốc do",
        choices=Issuer.choices,
        help_text="Lựa chọn có sẵn khi soạn; từng công văn vẫn đổi được.",
        error_messages={"required": "Xin chọn nơi ban hành."},
    )
    letter_symbol = _text("Ký hiệu công văn", 30, f"{SYMBOL_HELP} Ví dụ: LMHTX-VP.")
    letter_recipients = Lines(
        label="Nơi nhận của công văn",
        longest=200,
        most=20,
        rows=3,
        help_text="Mỗi dòng một nơi. Dòng “Như trên” và dòng “Lưu: VT” được thêm sẵn.",
    )
    committee_name = _text("Tên Ban Chỉ đạo", 200)
    committee_symbol = _text("Ký hiệu công văn của Ban Chỉ đạo", 30, SYMBOL_HELP)
    committee_signs_as = _signs_as("Ban Chỉ đạo ký: quyền hạn, chức vụ")
    chancery_name = _text("Tên ở đầu công văn của Văn phòng UBND tỉnh", 200, "Đứng dưới cơ quan chủ quản ở trên.")
    chancery_symbol = _text("Ký hiệu công văn của Văn phòng UBND tỉnh", 30, SYMBOL_HELP)
    chancery_signs_as = _signs_as("Văn phòng UBND tỉnh ký: quyền hạn, chức vụ")

    def __init__(self, *args: Any, office: Office, by: User, **kwargs: Any) -> None:
        initial = {name: getattr(office, name) for name in CHANGEABLE}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.by = by

    def save(self, day: date) -> list[str] | None:
        """Names of what was changed; None where it was refused, which then stands among the errors."""
        try:
            return change_office(by=self.by, day=day, **self.cleaned_data)
        except Refused as refusal:
            self.add_error(refusal.field or None, str(refusal))
            return None
