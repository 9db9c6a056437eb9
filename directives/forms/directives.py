"""The form that loads a notice: a file, or its text. What is refused is said at its field and stays typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from agencies.errors import Refused
from agencies.models import User
from directives import notices
from directives.actions.import_notice import Imported, import_notice

UNREADABLE = (notices.NotANotice, notices.UnreadableFile, notices.SecretDocument, Refused)


class NoticeForm(forms.Form):
    """One of the two fields. The bytes of a refused file are not kept anywhere."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        help_text="Tệp chữ (.txt), Word (.docx) hoặc PDF có lớp chữ, tối đa 5 MB. Không đưa văn bản mật vào đây.",
    )
    text = forms.CharField(
        label="Hoặc dán toàn văn",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Dán từ số, ký hiệu đến nơi nhận, giữ nguyên xuống dòng và gạch đầu dòng.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_NOTICE_BYTES
        self.fields["file"].widget.attrs["data-max-bytes"] = str(limit)
        self.fields["file"].help_text = str(self.fields["file"].help_text).replace("5 MB", f"{limit / 1024**2:g} MB")

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
        file = self.cleaned_data["file"]
        try:
            return _load(file, by, day) if file else import_notice(text=self.cleaned_data["text"], by=by, day=day)
        except UNREADABLE as error:
            self.add_error("file" if file else "text", _said(str(error), file))
        return None


def _load(file: UploadedFile, by: User, day: date) -> Imported:
    limit, name = settings.MAX_NOTICE_BYTES, file.name or "tệp"
    # One byte more than is allowed is enough to know that it is too much.
    original = file.read(limit + 1)
    text = notices.text_of(original, name, max_bytes=limit)
    return import_notice(text=text, name=name, by=by, day=day, original=original)


def _said(words: str, file: UploadedFile | None) -> str:
    """The refusal, naming the file: browsers do not keep a chosen file, so the page must."""
    if file is None:
        return words.replace("Xin kiểm tra lại tệp", "Xin kiểm tra lại nội dung")
    words = words.removesuffix(" Xin kiểm tra lại tệp.")
    named = words if str(file.name) in words else f"Tệp “{file.name}” chưa được nạp. {words}"
    return f"{named} Xin kiểm tra rồi chọn lại tệp."
