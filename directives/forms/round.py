"""One line of a round: read from what was posted, checked only when it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from directives.actions.notes import Said, cited
from directives.actions.round_entries import LISTS, TEXTS, TICKS, Typed
from directives.forms.base import ActionForm, Day, LongText
from directives.models import Assignment, Part, RaisedTo, Submission, Upload

# Why nothing has changed: what agencies say most often; anything else is written beside it.
USUAL_REASONS = (
    "Đang chờ hướng dẫn hoặc ý kiến của cấp trên",
    "Đang chờ cơ quan phối hợp góp ý, thẩm định",
    "Đang chờ bố trí kinh phí",
    "Chưa đến thời điểm thực hiện theo kế hoạch",
    "Tiếp tục thực hiện thường xuyên như kỳ trước",
)
MAX_FILES = 10


def typed_from(post: QueryDict, prefix: str = "") -> dict[str, Any]:
    """A line as posted, in the shape of `Entry.typed`."""
    return {
        **{name: post.get(prefix + name, "") for name in TEXTS},
        **{name: prefix + name in post for name in TICKS},
        **{name: post.getlist(prefix + name) for name in LISTS},
    }


def number_from(post: QueryDict, name: str) -> int | None:
    """A version that the page was loaded with; None where it says none."""
    value = post.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def round_key(submission: Submission, assignment: Assignment) -> uuid.UUID:
    """One report gives each assignment one note."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"round {submission.pk} {assignment.pk}")


class LineForm(ActionForm):
    """The rules of a line that need nothing but the line; the verb knows the others."""

    result = LongText(label="Kết quả thực hiện", required=False)
    unchanged = forms.BooleanField(label="Không thay đổi", required=False)
    unchanged_why = forms.ChoiceField(
        label="Lý do không thay đổi", choices=[(each, each) for each in USUAL_REASONS], required=False
    )
    unchanged_more = forms.CharField(label="Lý do khác", max_length=1000, required=False)
    percent = forms.IntegerField(
        label="Tỷ lệ đạt chỉ tiêu (%)", required=False, error_messages={"invalid": "Xin ghi một số từ 0 đến 100."}
    )
    parts = forms.MultipleChoiceField(label="Đầu việc đã xong", required=False)
    obstacle = LongText(label="Khó khăn, vướng mắc", required=False)
    proposal = LongText(label="Đề xuất, kiến nghị", required=False)
    raised_to = forms.ChoiceField(label="Gửi tới", choices=RaisedTo.choices, required=False)
    proposal_to = forms.CharField(label="Cơ quan khác: tên", max_length=200, required=False)
    clears_obstacles = forms.BooleanField(label="Vướng mắc trước đã được tháo gỡ", required=False)
    claims_completion = forms.BooleanField(label="Đề nghị hoàn thành", required=False)
    document_number = forms.CharField(label="Văn bản kết quả: số, ký hiệu", max_length=60, required=False)
    document_on = Day(label="Ngày văn bản", required=False)
    document_signer = forms.CharField(label="Người ký", max_length=100, required=False)
    document_summary = forms.CharField(label="Trích yếu", max_length=500, required=False)
    no_evidence_reason = forms.CharField(label="Lý do không có minh chứng", max_length=1000, required=False)

    def __init__(self, typed: Typed, *, parts: Sequence[Part] = (), uploads: Sequence[Upload] = ()) -> None:
        super().__init__({name: value for name, value in typed.items() if value not in (False, None)})
        self.known = {str(part.pk): part for part in parts}
        self.uploads = list(uploads)
        self.fields["parts"].choices = [(key, part.text) for key, part in self.known.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("unchanged"):
            if not (data.get("unchanged_why") or data.get("unchanged_more")):
                self.add_error("unchanged_why", "Xin chọn hoặc ghi lý do không thay đổi.")
            if data.get("result"):
                self.add_error(
                    "result",
                    "Đã đánh dấu “Không thay đổi” mà còn kết quả ghi ở đây. Xin bỏ dấu để gửi kết quả, hoặc xóa nó.",
                )
            if data.get("claims_completion"):
                self.add_error("claims_completion", "Đề nghị hoàn thành thì xin ghi kết quả, thay vì “Không thay đổi”.")
        elif not data.get("result") and "result" not in self.errors:
            self.add_error("result", "Xin ghi kết quả, hoặc đánh dấu “Không thay đổi” kèm lý do.")
        if len(self.uploads) > MAX_FILES:
            self.add_error(None, f"Mỗi nhiệm vụ nhận tối đa {MAX_FILES} tệp. Xin bỏ bớt.")
        return data

    def said(self, key: uuid.UUID) -> Said:
        """The line as the content of a note; `key` makes it one note, however often it is sent."""
        data = self.cleaned_data
        reasons = filter(None, (data["unchanged_why"], data["unchanged_more"].strip()))
        return Said(
            result="; ".join(reasons) if data["unchanged"] else data["result"],
            is_unchanged=data["unchanged"],
            obstacle=data["obstacle"],
            proposal=data["proposal"],
            raised_to=data["raised_to"],
            proposal_to=data["proposal_to"],
            clears_obstacles=data["clears_obstacles"],
            percent=data["percent"],
            parts=[self.known[key] for key in data["parts"]],
            claims_completion=data["claims_completion"],
            no_evidence_reason=data["no_evidence_reason"],
            uploads=self.uploads,
            documents=cited(data),
            submission=key,
        )
