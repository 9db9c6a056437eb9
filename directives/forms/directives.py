"""The forms about a document: loading one, and putting right what was read of it.

What is refused is said at its field and stays typed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MinValueValidator
from django.utils.datastructures import MultiValueDict

from agencies.errors import Refused
from agencies.models import User
from directives import notices
from directives.actions.drafts import CORRECTABLE, correct_draft, fingerprint
from directives.actions.import_notice import IDENTITY, Imported, Incomplete, import_notice
from directives.forms.base import ActionForm, Day, LongText
from directives.models import Directive

UNREADABLE = (notices.NotANotice, notices.UnreadableFile, notices.SecretDocument, Refused)
NUMBER = re.compile(r"\d{1,5}[a-z]?", re.IGNORECASE)
READ = "Đã đọc được trong văn bản; nếu chưa đúng, xin sửa ở bản nháp."
# No document of this state is older; an earlier year is a slip of the keyboard.
FIRST_DAY = date(1945, 9, 2)


def _line(name: str, label: str, help_text: str = "", required: str = "") -> forms.CharField:
    """One line as long as its column; `required` is what is asked where nothing was typed."""
    return forms.CharField(
        label=label,
        max_length=Directive._meta.get_field(name).max_length,  # type: ignore[union-attr]
        help_text=help_text,
        required=bool(required),
        error_messages={"required": required},
    )


class IdentityFields(forms.Form):
    """Number, symbol and date of issue, as they stand on the paper."""

    number = _line("number", "Số", "Phần trước dấu gạch chéo. Ví dụ: 86.", "Xin ghi số của văn bản.")
    symbol = _line("symbol", "Ký hiệu", "Phần sau dấu gạch chéo. Ví dụ: TB-UBND.", "Xin ghi ký hiệu của văn bản.")
    issued_on = Day(
        label="Ngày ban hành",
        error_messages={"required": "Xin ghi ngày ban hành."},
        validators=[MinValueValidator(FIRST_DAY, "Xin kiểm tra lại năm ban hành.")],
    )

    def clean_number(self) -> str:
        """Digits, perhaps with a letter: what follows the stroke has a field of its own."""
        number = self.cleaned_data["number"]
        if number and not NUMBER.fullmatch(number):
            raise forms.ValidationError("Chỉ ghi số đứng trước dấu gạch chéo, ví dụ: 86.")
        return number

    def clean_symbol(self) -> str:
        """Without the stroke before it."""
        return self.cleaned_data["symbol"].lstrip("/ ")


class NoticeForm(IdentityFields):
    """A file or a text. The bytes of a refused file are not kept anywhere.

    Number, symbol and date are asked for only where the text lacks one of them; `known` names what it says.
    """

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        help_text="Tệp văn bản thuần (.txt), Word (.docx) hoặc PDF chép được chữ (không phải bản quét), tối đa 5 MB. "
        "Không đưa văn bản mật vào đây.",
    )
    text = forms.CharField(
        label="Hoặc dán toàn văn",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Dán từ số, ký hiệu đến nơi nhận, giữ nguyên xuống dòng và gạch đầu dòng.",
    )
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_NOTICE_BYTES
        self.fields["file"].widget.attrs["data-max-bytes"] = str(limit)
        self.fields["file"].help_text = str(self.fields["file"].help_text).replace("5 MB", f"{limit / 1024**2:g} MB")
        for name in IDENTITY:
            self.fields[name].required = False
        self._lock(set(str(self.data.get("known", "")).split()))

    @property
    def asks_identity(self) -> bool:
        """Whether the person is asked, or was asked before, what the text does not say of itself."""
        return any(name in self.data for name in IDENTITY)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, and of a size that is read."""
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text", "")
        if file and text.strip():
            self.add_error("file", f"Đã chọn tệp “{file.name}” và cũng đã dán toàn văn. Xin chỉ dùng một cách.")
        elif not file and not text.strip() and not self.errors:
            self.add_error("file", "Xin chọn tệp văn bản, hoặc dán toàn văn vào ô bên dưới.")
        elif len(text.encode()) > settings.MAX_NOTICE_BYTES:
            self.add_error("text", f"Nội dung lớn quá giới hạn {settings.MAX_NOTICE_BYTES / 1024**2:g} MB.")
        return data

    def save(self, *, by: User, day: date) -> Imported | None:
        """What the import gives; None where it was refused, which then stands at its field."""
        file, text = self.cleaned_data["file"], self.cleaned_data["text"]
        typed = {name: self.cleaned_data[name] for name in IDENTITY if name not in self._known}
        kept: dict[str, Any] = {}
        try:
            if file:
                text, kept = _opened(file)
            return import_notice(text=text, by=by, day=day, **kept, **typed)
        except Incomplete as gap:
            self._ask(gap, text, file)
        except UNREADABLE as error:
            self.add_error("file" if file else "text", _said(str(error), file))
        return None

    def _ask(self, gap: Incomplete, text: str, file: UploadedFile | None) -> None:
        """Show the three fields, filled with what was read; browsers lose a chosen file, so its text is shown too."""
        words = f"{gap} Xin ghi theo bản giấy rồi gửi lại."
        if file:
            words += f" Nội dung của tệp “{file.name}” đã được chép vào ô “Hoặc dán toàn văn”, không cần chọn lại tệp."
        # What was read of another text, sent before, is not what this one says.
        stale = dict.fromkeys(self._known, "")
        shown = {name: self.data.get(name, "") for name in IDENTITY} | stale | gap.read
        self.data = MultiValueDict(self.data)  # type: ignore[arg-type]
        for name, value in (shown | {"text": text, "known": " ".join(gap.read)}).items():
            self.data.setlist(name, [value])
        self._lock(set(gap.read))
        self.add_error(None, words)
        for name in gap.missing:
            self.add_error(name, self.fields[name].error_messages["required"])

    def _lock(self, known: set[str]) -> None:
        """What was read is shown, and not to be typed over: the import would not listen."""
        self._known = known
        for name in IDENTITY:
            self.fields[name].widget.attrs["readonly"] = name in known
            self[name].help_text = READ if name in known else str(self.base_fields[name].help_text)


class CorrectionForm(IdentityFields, ActionForm):
    """What was read of a draft, to be put right."""

    doc_type = _line("doc_type", "Loại văn bản", "Ví dụ: Thông báo, Kế hoạch, Chỉ thị.", "Xin ghi loại văn bản.")
    place = _line("place", "Nơi ban hành", "Địa danh ghi trước ngày tháng.")
    issuer = _line("issuer", "Cơ quan ban hành")
    title = LongText(label="Trích yếu", rows=3, error_messages={"required": "Xin ghi trích yếu."})
    chair = _line("chair", "Người kết luận", "Bỏ trống nếu văn bản không phải thông báo kết luận.")
    signer = _line("signer", "Người ký")
    field_order = CORRECTABLE

    def __init__(self, *args: Any, directive: Directive, by: User, **kwargs: Any) -> None:
        filled = {name: getattr(directive, name) for name in CORRECTABLE} | {"version": fingerprint(directive)}
        super().__init__(*args, **{"initial": filled, "label_suffix": "", **kwargs})
        self.directive, self.by = directive, by
        self.fields["issued_on"].help_text = "Sửa ngày này không làm thay đổi thời hạn đã đọc của các nhiệm vụ."

    def save(self, day: date) -> Directive | None:
        """The directive as corrected; None where it was refused."""
        changes = {name: self.cleaned_data[name] for name in CORRECTABLE}
        return self.carry_out(correct_draft, directive=self.directive, by=self.by, day=day, **changes)


def _opened(file: UploadedFile) -> tuple[str, dict[str, Any]]:
    """The text of a file, and what is kept of it. Raises the reader's errors."""
    limit, name = settings.MAX_NOTICE_BYTES, file.name or "tệp"
    # One byte more than is allowed is enough to know that it is too much.
    original = file.read(limit + 1)
    return notices.text_of(original, name, max_bytes=limit), {"name": name, "original": original}


def _said(words: str, file: UploadedFile | None) -> str:
    """The refusal, naming the file: browsers do not keep a chosen file, so the page must."""
    if file is None:
        return words.replace("Xin kiểm tra lại tệp", "Xin kiểm tra lại nội dung")
    words = words.removesuffix(" Xin kiểm tra lại tệp.")
    named = words if str(file.name) in words else f"Tệp “{file.name}” chưa được nạp. {words}"
    return f"{named} Xin kiểm tra rồi chọn lại tệp."
