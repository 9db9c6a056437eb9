"""Asking for a report, changing its words, publishing it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from agencies.errors import Refused
from agencies.forms_base import VerbForm
from agencies.models import Agency, User
from directives.actions.locking import Stale
from directives.actions.report_hours import Hour, hour_of
from directives.actions.report_text import Edit, longest, publish_report, save_text
from directives.actions.reports import Wanted, request_report
from directives.forms.base import Day, LongText
from directives.forms.tasks import AgencyByName
from directives.models import Directive, Passage, Publication, Report, Scope
from directives.reports.content import checksum
from directives.reports.report_paper import content


class DirectiveChoice(forms.ModelChoiceField):
    """Directives by number, date and what they are about."""

    def label_from_instance(self, directive: Directive) -> str:  # type: ignore[override]
        return _told(directive)


class DirectiveBoxes(forms.ModelMultipleChoiceField):
    """The same, several at once."""

    def label_from_instance(self, directive: Directive) -> str:  # type: ignore[override]
        return _told(directive)


def _told(directive: Directive) -> str:
    title = directive.title if len(directive.title) <= 80 else directive.title[:80].rstrip() + "…"
    return f"{directive.code} ngày {directive.issued_on:%d/%m/%Y}: {title}"


class ReportForm(VerbForm):
    """What it is about, as of which day. `submission` makes a second press of the button find the first report."""

    scope = forms.ChoiceField(
        label="Phạm vi",
        choices=Scope.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn phạm vi báo cáo."},
    )
    directives = DirectiveBoxes(
        label="Văn bản",
        queryset=Directive.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dùng khi phạm vi là một hoặc nhiều văn bản.",
        error_messages={"invalid_choice": "Có văn bản không có trong danh sách."},
    )
    agency = AgencyByName(
        label="Cơ quan hoặc nhóm cơ quan",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="(chọn)",
        help_text="Dùng khi phạm vi là một cơ quan hoặc một nhóm cơ quan.",
        error_messages={"invalid_choice": "Cơ quan này không có trong danh sách."},
    )
    as_of = Day(
        label="Số liệu tính đến ngày",
        help_text="Thời hạn được xét tại ngày này; không chọn được ngày sau hôm nay.",
        error_messages={"required": "Xin ghi ngày chốt số liệu."},
    )
    as_of_time = forms.TimeField(
        label="Đến giờ",
        required=False,
        input_formats=("%H:%M", "%Hh%M", "%Hh", "%H"),
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        help_text=(
            "Không bắt buộc, ví dụ 17:00. Giờ chưa đến của hôm nay: số liệu được gom đúng lúc ấy. "
            "Giờ đã qua: chọn được khi từ giờ ấy chưa có việc nào được ghi thêm trong ngày."
        ),
        error_messages={"invalid": "Xin ghi giờ theo mẫu giờ:phút, ví dụ 17:00."},
    )
    period_start = Day(
        label="Kỳ báo cáo từ ngày", required=False, help_text="Không bắt buộc: để trống khi báo cáo tại một thời điểm."
    )
    period_name = forms.CharField(
        label="Tên kỳ", required=False, max_length=60, help_text="Ví dụ: tháng 11/2023, quý IV/2023."
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, day: date, **kwargs: Any) -> None:
        visible = Directive.objects.visible_to(by).published().defer("text", "segments")
        first = visible.first()
        initial = {
            "scope": Scope.DIRECTIVES,
            "as_of": day,
            "submission": uuid.uuid4(),
            "directives": [first] if first else [],
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.by, self.day = by, day
        self.fields["directives"].queryset = visible  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.visible_to(by)  # type: ignore[attr-defined]

    def save(self) -> Report | None:
        """The report that was asked for; None where it was refused, which then stands among the errors."""
        data = self.cleaned_data
        scope = Scope(data["scope"])
        wanted = Wanted(
            scope=scope,
            directives=list(data["directives"]) if scope == Scope.DIRECTIVES else (),
            agency=data["agency"] if scope in (Scope.AGENCY, Scope.GROUP) else None,
            as_of=data["as_of"],
            hour=self._hour(),
            period_start=data["period_start"],
            period_name=data["period_name"],
        )
        return self.carry_out(request_report, wanted=wanted, by=self.by, day=self.day, submission=data["submission"])

    def _hour(self) -> Hour | None:
        at = self.cleaned_data["as_of_time"]
        return hour_of(at, as_of=self.cleaned_data["as_of"], day=self.day, now=timezone.now()) if at else None


class TextForm(VerbForm):
    """Every passage of a draft on one page; each with the version that its editor saw.

    `theirs`, after somebody else was faster: the words that now stand, by place.
    """

    def __init__(self, *args: Any, passages: Sequence[Passage], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.passages, self.by = passages, by
        self.theirs: dict[str, str] = {}
        for each in passages:
            rows = min(14, max(2, len(each.words) // 90 + each.words.count("\n") + 1))
            self.fields[each.place] = LongText(
                label=each.get_place_display(), required=False, rows=rows, max_length=longest(each), initial=each.words
            )
            self.fields[_version(each)] = forms.IntegerField(widget=forms.HiddenInput, initial=each.version)

    def lines(self) -> Iterator[dict[str, Any]]:
        """For the page: each passage with its fields."""
        for each in self.passages:
            theirs = self.theirs.get(each.place)
            yield {"passage": each, "field": self[each.place], "version": self[_version(each)], "theirs": theirs}

    def save(self, report: Report, day: date) -> bool:
        """Whether it was kept; else the reason stands among the errors, and everything typed is still there."""
        data = self.cleaned_data
        edits = {each.place: Edit(data[each.place], data[_version(each)]) for each in self.passages}
        try:
            save_text(report=report, edits=edits, by=self.by, day=day)
        except Stale as stale:
            self.add_error(None, str(stale))
            self._show_theirs(report, edits)
        except Refused as refusal:
            self.refuse(refusal)
        return not self.errors

    def _show_theirs(self, report: Report, edits: dict[str, Edit]) -> None:
        """What stands now, beside what was typed; sent again, what was typed takes its place."""
        for now in report.passages.all():
            edit = edits[now.place]
            if now.version != edit.version and now.words != edit.words:
                self.theirs[now.place] = now.words
                self.renew(_version(now), now.version)


def _version(passage: Passage) -> str:
    return f"v-{passage.place}"


class PublishForm(VerbForm):
    """The clerk's number and day, or neither."""

    number = forms.CharField(
        label="Số báo cáo",
        required=False,
        max_length=10,
        help_text="Số văn thư đã cấp. Để trống thì tệp chừa chỗ cho văn thư ghi.",
    )
    issued_on = Day(label="Ngày ban hành", required=False, help_text="Ghi cùng với số.")
    seen = forms.CharField(widget=forms.HiddenInput)

    def save(self, report: Report, by: User, day: date) -> Publication | None:
        return self.carry_out(publish_report, report=report, by=by, day=day, write=_written, **self.cleaned_data)


def _written(report: Report, number: str, issued_on: date | None, day: date) -> tuple[dict[str, Any], str]:
    """What a published report shows for ever, and its checksum."""
    assert report.figures is not None  # it was ready
    words = dict(report.passages.values_list("place", "words"))
    record = content(report.figures, words, is_draft=False, number=number, issued_on=issued_on, published_on=day)
    return record, checksum(record)
