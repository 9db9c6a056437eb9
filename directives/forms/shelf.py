"""Files for an agency's shelf of evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from agencies.errors import Refused
from agencies.models import Agency, User
from directives.actions.evidence import put_on_shelf
from directives.actions.uploads import ALLOWED
from directives.forms.notes import MAX_FILES, MEGABYTES, ManyFiles, ManyFilesInput
from directives.models import Upload


class ShelfForm(forms.Form):
    """Several files at once; each is judged by itself, and those that are refused are named."""

    attachments = ManyFiles(
        label="Tệp đưa vào kho",
        widget=ManyFilesInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
        help_text=f"{ALLOWED}; mỗi tệp tối đa {MEGABYTES} MB, tối đa {MAX_FILES} tệp mỗi lần.",
    )

    def __init__(self, *args: Any, agency: Agency, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.agency, self.by = agency, by
        self.fields["attachments"].widget.attrs["data-max-bytes"] = str(settings.MAX_UPLOAD_BYTES)

    def clean_attachments(self) -> list[Any]:
        files = self.cleaned_data["attachments"]
        if not files:
            raise forms.ValidationError("Xin chọn tệp.")
        if len(files) > MAX_FILES:
            raise forms.ValidationError(f"Mỗi lần nhận tối đa {MAX_FILES} tệp.")
        return files

    def save(self, day: date) -> list[tuple[Upload, bool]]:
        """What was put there, each with whether it is new; what was refused stands among the errors."""
        put = []
        for file in self.cleaned_data["attachments"]:
            try:
                put.append(put_on_shelf(agency=self.agency, file=file, by=self.by, day=day))
            except Refused as refusal:
                self.add_error("attachments", str(refusal))
        return put
