"""Asking for a report."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import User
from directives.actions.reports import request_report
from directives.models import Directive, Report


class DirectiveChoice(forms.ModelChoiceField):
    """Directives by number, date and what they are about."""

    def label_from_instance(self, directive: Directive) -> str:  # type: ignore[override]
        title = directive.title if len(directive.title) <= 80 else directive.title[:80].rstrip() + "…"
        return f"{directive.code} ngày {directive.issued_on:%d/%m/%Y}: {title}"


class ReportForm(forms.Form):
    """Which directive, as of which day. `submission` makes a second press of the button find the first report."""

    directive = DirectiveChoice(
        label="Văn bản",
        queryset=Directive.objects.none(),
        empty_label="(chọn văn bản)",
        error_messages={"required": "Xin chọn văn bản.", "invalid_choice": "Văn bản này không có trong danh sách."},
    )
    as_of = forms.DateField(
        label="Số liệu tính đến ngày",
        help_text="Thời hạn được xét tại ngày này; không chọn được ngày sau hôm nay.",
        error_messages={"required": "Xin ghi ngày chốt số liệu.", "invalid": "Xin ghi ngày theo mẫu 20/11/2023."},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, day: date, **kwargs: Any) -> None:
        visible = Directive.objects.visible_to(by).published()
        initial = {"as_of": day, "submission": uuid.uuid4(), "directive": visible.first()}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.by, self.day = by, day
        self.fields["directive"].queryset = visible  # type: ignore[attr-defined]

    def save(self) -> Report | None:
        """The report that was asked for; None where it was refused, which then stands among the errors."""
        try:
            return request_report(by=self.by, day=self.day, **self.cleaned_data)
        except Refused as refusal:
            self.add_error(refusal.field or None, str(refusal))
            return None
