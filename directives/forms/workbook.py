"""Handing in a filled-in workbook."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import Agency, User
from directives.actions.workbooks import keep_workbook, shown_name
from directives.models import WorkbookUpload
from directives.workbooks.archive import MAX_BYTES, MEGABYTE
from directives.workbooks.filled import Filled, read_filled


class WorkbookForm(forms.Form):
    """One file; what is wrong with it as a whole stands at the field, what is wrong within it in the dry run."""

    workbook = forms.FileField(
        label="Bảng Excel đã điền",
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-bytes": str(MAX_BYTES)}),
        help_text=f"Tệp .xlsx tải từ trang này, tối đa {MAX_BYTES // MEGABYTE} MB.",
        error_messages={"required": "Xin chọn tệp Excel đã điền.", "empty": "Tệp này rỗng. Xin chọn tệp khác."},
        max_length=None,
    )
    submission = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": "Xin tải lại trang rồi nộp lại."}
    )

    def __init__(self, *args: Any, agency: Agency, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "initial": {"submission": uuid.uuid4()}, **kwargs})
        self.agency, self.by = agency, by
        self.filled: Filled | None = None

    def clean_workbook(self) -> Any:
        file = self.cleaned_data["workbook"]
        name = shown_name(file.name or "")
        if file.size > MAX_BYTES:  # before it is held in memory
            raise forms.ValidationError(f"Tệp “{name}” lớn hơn {MAX_BYTES // MEGABYTE} MB. Xin chọn tệp nhỏ hơn.")
        try:
            self.filled = read_filled(file.read(), name, self.agency)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def save(self, day: date) -> WorkbookUpload | None:
        """What is kept for the dry run; None where it was refused, which then stands among the errors."""
        assert self.filled
        data = self.cleaned_data
        words = {"key": data["submission"], "agency": self.agency, "name": data["workbook"].name or ""}
        try:
            return keep_workbook(content=self.filled.as_json(), by=self.by, day=day, **words)
        except Refused as refusal:
            self.add_error(None, str(refusal))
            return None
