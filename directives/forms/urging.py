"""Urging: the choices of a letter, the clerk's number, and what was said by telephone, Zalo or in person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from agencies.forms_base import VerbForm
from agencies.models import Agency, User
from directives.actions.urging import answer_day, draft_letter, issue_letter, log_urging
from directives.forms.base import Day, LongText
from directives.models import Issuer, Means, Office, Urging, UrgingLetter
from directives.models.to_urge import is_asked, is_late
from directives.reports import urging_content
from directives.reports.wording import line

NO_TASK = {"required": "Xin chọn ít nhất một nhiệm vụ.", "invalid_choice": "Có nhiệm vụ không còn trong danh sách."}


class _AboutTasks(VerbForm):
    """Which tasks of one agency; `submission` makes a second press of the button find what the first one wrote."""

    tasks = forms.TypedMultipleChoiceField(
        label="Nhiệm vụ", coerce=int, widget=forms.CheckboxSelectMultiple, error_messages=NO_TASK
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, agency: Agency, rows: Iterable[Any], ticked: Iterable[int], by: User, **kwargs: Any
    ) -> None:
        initial = {"tasks": list(ticked), "submission": uuid.uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.agency, self.by = agency, by
        self.fields["tasks"].choices = [(row.pk, _name(row)) for row in rows]  # type: ignore[attr-defined]


class LetterForm(_AboutTasks):
    """Công văn đôn đốc."""

    report_by = Day(label="Đề nghị báo cáo chậm nhất ngày", help_text="Mặc định: năm ngày làm việc kể từ hôm nay.")
    issuer = forms.ChoiceField(label="Nơi ban hành", choices=Issuer.choices, widget=forms.RadioSelect)
    words = LongText(
        label="Đoạn viết thêm",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Không bắt buộc. Đứng sau phần nêu tình hình; mỗi dòng là một đoạn.",
    )
    field_order = ["tasks", "report_by", "issuer", "words"]

    def __init__(self, *args: Any, day: date, office: Office, **kwargs: Any) -> None:
        initial = {"report_by": answer_day(day), "issuer": office.urging_issuer}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self, day: date) -> UrgingLetter | None:
        """The draft; None where it was refused."""
        data = self.cleaned_data
        return self.carry_out(
            draft_letter,
            agency=self.agency,
            assignments=data["tasks"],
            issuer=Issuer(data["issuer"]),
            report_by=data["report_by"],
            words=data["words"],
            submission=data["submission"],
            write=urging_content.compose,
            by=self.by,
            day=day,
        )


class ContactForm(_AboutTasks):
    """Ghi đã đôn đốc."""

    means = forms.ChoiceField(label="Hình thức", choices=Means.choices, widget=forms.RadioSelect)
    on = Day(label="Ngày trao đổi")
    spoken_to = forms.CharField(
        label="Trao đổi với ai",
        max_length=200,
        help_text="Ví dụ: ông A, chuyên viên Phòng Kế hoạch.",
        error_messages={"required": "Xin ghi đã trao đổi với ai."},
    )
    said = LongText(
        label="Nội dung trao đổi",
        max_length=2000,
        help_text="Đơn vị đọc được nội dung này trong diễn biến của nhiệm vụ. Ghi rồi không sửa, không xóa.",
        error_messages={"required": "Xin ghi nội dung đã trao đổi."},
    )
    field_order = ["tasks", "means", "on", "spoken_to", "said"]

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"means": Means.PHONE, "on": day}, **kwargs)

    def save(self, day: date) -> Urging | None:
        """The entry; None where it was refused."""
        data = self.cleaned_data
        return self.carry_out(
            log_urging,
            agency=self.agency,
            assignments=data["tasks"],
            on=data["on"],
            means=Means(data["means"]),
            spoken_to=data["spoken_to"],
            said=data["said"],
            submission=data["submission"],
            by=self.by,
            day=day,
        )


class IssueForm(VerbForm):
    """Số, ngày mà văn thư đã cấp."""

    number = forms.CharField(
        label="Số", max_length=10, help_text="Ví dụ: 125.", error_messages={"required": "Xin ghi số văn thư đã cấp."}
    )
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=30,
        help_text="Nơi ban hành và đơn vị soạn thảo. Ví dụ: LMHTX-VP.",
        error_messages={"required": "Xin ghi ký hiệu."},
    )
    issued_on = Day(label="Ngày ban hành")

    def __init__(self, *args: Any, letter: UrgingLetter, **kwargs: Any) -> None:
        initial = {"symbol": letter.content["office"]["symbol"]}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.letter = letter

    def save(self, by: User, day: date) -> UrgingLetter | None:
        """The letter with its number; None where it was refused."""
        data = {name: self.cleaned_data[name] for name in ("number", "symbol", "issued_on")}
        return self.carry_out(issue_letter, letter=self.letter, by=by, day=day, **data)


def _name(row: Any) -> str:
    """ "Nhiệm vụ 9, 86/TB-UBND: rà soát … – quá hạn 5 ngày, chưa báo cáo kỳ này"."""
    said = []
    if is_late(row):
        said.append("đã đến thời hạn đề nghị" if is_asked(row) else f"quá hạn {row.late_by.days} ngày")
    if getattr(row, "is_silent", False):
        said.append("chưa báo cáo kỳ vừa khóa")
    words = f"Nhiệm vụ {row.task.position}, {row.task.directive.code}: {line(row.task.text)}"
    return f"{words} – {', '.join(said)}" if said else words
