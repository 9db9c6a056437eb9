"""The signed copy of a report: the file, and the number and day that stand on it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from agencies.errors import Refused
from agencies.forms_base import VerbForm
from agencies.models import User
from directives.actions.numbers import clerks_number
from directives.actions.signed_copies import keep_signed_copy, require_pdf
from directives.forms.base import Day
from directives.models import Office, Report, SignedCopy
from directives.models.report import of_figures
from directives.reports.examine import examine
from directives.reports.files import pdf_of


class SignedCopyForm(VerbForm):
    """`submission` makes a second press of the button find the first copy."""

    file = forms.FileField(
        label="Bản đã ký, đóng dấu (PDF)",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text="Bản ký số, hoặc bản quét của bản ký tay.",
        allow_empty_file=True,
        error_messages={"required": "Xin chọn tệp PDF.", "invalid": "Xin chọn tệp PDF."},
    )
    number = forms.CharField(
        label="Số",
        max_length=10,
        help_text="Ghi như trên bản ký, phần trước dấu gạch chéo. Ví dụ: 05.",
        error_messages={"required": "Xin ghi số văn thư đã cấp."},
    )
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=30,
        help_text="Phần sau dấu gạch chéo.",
        error_messages={"required": "Xin ghi ký hiệu."},
    )
    signed_on = Day(label="Ngày ban hành", error_messages={"required": "Xin ghi ngày trên bản ký."})
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        initial = {"submission": uuid.uuid4(), "symbol": _symbol(report), **_published(report)}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", "auto_id": "ban-ky-%s", **kwargs})
        self.report = report
        self.fields["file"].widget.attrs["data-max-bytes"] = str(settings.MAX_UPLOAD_BYTES)

    def clean_number(self) -> str:
        try:
            return clerks_number(self.cleaned_data["number"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def save(self, by: User, day: date) -> SignedCopy | None:
        """The copy; None where it was refused. What is read in the file is read before anything is kept."""
        data = self.cleaned_data
        try:
            found = examine(require_pdf(data["file"]), pdf_of(self.report), timezone.now())
        except Refused as refusal:
            self.refuse(refusal)
            return None
        return self.carry_out(
            keep_signed_copy,
            report=self.report,
            signatures=found.signatures,
            comparison=found.comparison,
            by=by,
            day=day,
            **data,
        )


def _published(report: Report) -> dict[str, Any]:
    """The number and day that were written down when it was published, if they were."""
    return {"number": report.publication.number, "signed_on": report.publication.issued_on}


def _symbol(report: Report) -> str:
    """As the report prints it; the office's own where it says nothing."""
    office = Report.objects.values_list(*of_figures("office").values()).get(pk=report.pk)[0] or {}
    return office.get("symbol") or Office.current().symbol
