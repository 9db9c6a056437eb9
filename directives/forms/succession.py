"""One body takes over from another, and the codes of a body, as staff fill them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from agencies.codes import set_code
from agencies.errors import Refused
from agencies.forms import NOT_OFFERED, AgencyBoxes
from agencies.models import Agency, AgencyCode, Kind, Scheme, Shape, User
from agencies.succession_rules import NewBody, check
from directives.actions.succession import Succeeded, succeed
from directives.forms.base import Day, LongText
from directives.models import Assignment

MOST_NEW = 40
CHOOSE = {"invalid_choice": NOT_OFFERED, "invalid_pk_value": NOT_OFFERED}
BOX = "viec"


def _boxes(label: str, required: bool, help_text: str) -> AgencyBoxes:
    return AgencyBoxes(
        label=label,
        queryset=Agency.objects.none(),
        required=required,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        error_messages=CHOOSE | {"required": "Xin chọn cơ quan cũ."},
        help_text=help_text,
    )


class SuccessionForm(forms.Form):
    """Shape, day, instrument, the old bodies, and those that take over: living ones, or new ones, one a line."""

    shape = forms.ChoiceField(
        label="Hình thức",
        choices=[("", "– Chọn hình thức –"), *Shape.choices],
        error_messages={"required": "Xin chọn hình thức."},
    )
    on = Day(label="Có hiệu lực từ ngày", help_text="Ngày đầu tiên cơ quan kế thừa hoạt động. Không ghi trước ngày đó.")
    instrument = forms.CharField(
        label="Văn bản làm căn cứ",
        max_length=300,
        help_text="Số, ký hiệu, ngày. Ví dụ: Nghị quyết 1680/NQ-UBTVQH15 ngày 16/6/2025.",
        error_messages={"required": "Xin ghi văn bản làm căn cứ (số, ngày)."},
    )
    is_unverified = forms.BooleanField(label="Chưa đối chiếu với văn bản gốc", required=False)
    function = forms.CharField(
        label="Chức năng được chuyển", max_length=300, required=False, help_text="Chỉ ghi khi chuyển một chức năng."
    )
    old = _boxes("Cơ quan cũ", True, "Hợp nhất: chọn mọi cơ quan cũ. Các hình thức khác: chọn một.")
    new_lines = LongText(
        label="Cơ quan mới",
        rows=4,
        max_length=10_000,
        required=False,
        help_text="Mỗi dòng một cơ quan: tên đầy đủ; tên ngắn. Giữ nguyên tên cũ cũng ghi lại ở đây. "
        "Ví dụ: Sở Nông nghiệp và Môi trường; Sở NN&amp;MT",
    )
    kind = forms.ChoiceField(
        label="Loại của cơ quan mới", choices=[("", "(như cơ quan cũ)"), *Kind.choices], required=False
    )
    new = _boxes("Hoặc cơ quan đang hoạt động nhận kế thừa", False, "Khi nhập vào một cơ quan đã có.")

    def __init__(self, *args: Any, by: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.by, self.day = by, day
        # On the second sending of one form the old bodies have ended already; the verb knows.
        self.fields["old"].queryset = Agency.objects.order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["new"].queryset = Agency.objects.living().order_by("sort_key")  # type: ignore[attr-defined]
        living = [(agency.pk, self.fields["old"].label_from_instance(agency)) for agency in Agency.objects.living()]  # type: ignore[attr-defined]
        self.fields["old"].widget.choices = living  # type: ignore[attr-defined]

    def clean_new_lines(self) -> list[NewBody]:
        lines = [line for line in self.cleaned_data["new_lines"].splitlines() if line.strip()]
        if len(lines) > MOST_NEW:
            raise forms.ValidationError(f"Tối đa {MOST_NEW} cơ quan mới một lần.")
        found = []
        for line in lines:
            name, _, short = line.partition(";")
            if not name.strip() or len(name) > 200:
                raise forms.ValidationError(f"Xin ghi tên đầy đủ (tối đa 200 ký tự) ở dòng “{line[:60]}”.")
            found.append(NewBody(name=name.strip(), short_name=short.strip()))
        return found

    def successors(self) -> list[Agency | NewBody]:
        """Living ones first, then the new ones in the order of their lines."""
        data = self.cleaned_data
        kind, ok = data["kind"], not data["is_unverified"]
        made = [NewBody(each.name, each.short_name, kind, is_verified=ok) for each in data["new_lines"]]
        return [*data["new"], *made]

    def allows(self) -> bool:
        """Whether the rules allow it as it stands; what they refuse stands at its field."""
        data = self.cleaned_data
        words = (data["instrument"].strip(), data["function"].strip())
        try:
            check(Shape(data["shape"]), data["on"], *words, list(data["old"]), self.successors(), self.day)
        except Refused as refusal:
            self._refuse(refusal)
        return not self.errors

    def chosen(self, rows: Iterable[Assignment]) -> dict[int, list[int]]:
        """For each of the rows that the preview showed: the places of its successors."""
        ticked = {row.pk: self.data.getlist(f"{BOX}-{row.pk}") for row in rows if f"{BOX}-{row.pk}-co" in self.data}  # type: ignore[attr-defined]
        return {pk: [int(place) for place in places if place.isdecimal()] for pk, places in ticked.items()}

    def save(self, rows: Iterable[Assignment]) -> Succeeded | None:
        """What the succession did; None where it was refused, which then stands among the errors."""
        data = self.cleaned_data
        try:
            return succeed(
                shape=Shape(data["shape"]),
                on=data["on"],
                instrument=data["instrument"],
                function=data["function"],
                old=list(data["old"]),
                new=self.successors(),
                chosen=self.chosen(rows),
                is_verified=not data["is_unverified"],
                by=self.by,
                day=self.day,
            )
        except Refused as refusal:
            self._refuse(refusal)
            return None

    def _refuse(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class CodeForm(forms.Form):
    """A code of a body, with its days."""

    scheme = forms.ChoiceField(label="Loại mã", choices=Scheme.choices)
    code = forms.CharField(
        label="Mã định danh",
        max_length=60,
        help_text="Ví dụ: H50, H50.12 (Quyết định 20/2020/QĐ-TTg) hoặc 000.00.00.H50 (QCVN 102:2016).",
        error_messages={"required": "Xin ghi mã định danh."},
    )
    since = Day(label="Có hiệu lực từ ngày", required=False, help_text="Để trống: từ trước đến nay.")
    until = Day(label="Hết hiệu lực từ ngày", required=False, help_text="Ngày đầu tiên không còn dùng.")
    is_verified = forms.BooleanField(label="Đã đối chiếu với văn bản cấp mã", required=False)

    def __init__(self, *args: Any, agency: Agency, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.agency, self.by = agency, by

    def save(self, day: date) -> AgencyCode | None:
        """The code as written; None where it was refused."""
        data = self.cleaned_data
        try:
            return set_code(agency=self.agency, by=self.by, day=day, **data | {"scheme": Scheme(data["scheme"])})
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None
