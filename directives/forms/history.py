"""Between which days a history is told."""

from __future__ import annotations

from datetime import date

from django import forms

from directives.forms.base import Day


class Span(forms.Form):
    """`tu` and `den` in the address; what is not understood narrows nothing, and says so."""

    tu = Day(label="Từ ngày", required=False)
    den = Day(label="Đến ngày", required=False)

    def days(self, since: date, until: date) -> tuple[date, date]:
        """The span asked for; where an end is missing, the one given here."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        first, last = asked.get("tu") or since, asked.get("den") or until
        return (first, last) if first <= last else (last, first)
