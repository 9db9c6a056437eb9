"""What an agency asks for (more time, to be released), and the words of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings

from agencies.errors import Refused
from agencies.models import Agency, User
from agencies.models.agency import AgencyQuerySet
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.releases import ask_release, decide_release
from directives.actions.uploads import ALLOWED, store
from directives.forms.base import ActionForm, Day, LongText
from directives.forms.tasks import AgencyByName
from directives.models import (
    Answer,
    Assignment,
    Extension,
    ExtensionDecision,
    Ground,
    Release,
    ReleaseDecision,
    Upload,
)

MEGABYTES = settings.MAX_UPLOAD_BYTES // 1024 // 1024
NO_REASON = {"required": "Xin ghi lý do."}


def takers_of_work() -> AgencyQuerySet:
    """The agencies that work may go to."""
    return Agency.objects.single().living().order_by("sort_key")


class AskForm(ActionForm):
    """A request of an agency about one of its tasks, perhaps with a file."""

    reason = LongText(label="Lý do", max_length=2000, error_messages=NO_REASON)
    attachment = forms.FileField(
        label="Tệp kèm theo", required=False, help_text=f"Không bắt buộc. Nhận {ALLOWED}, tối đa {MEGABYTES} MB."
    )
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, assignment: Assignment, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"version": assignment.version}, "label_suffix": "", **kwargs})
        self.assignment, self.by = assignment, by
        self.upload: Upload | None = None
        self.fields["attachment"].widget.attrs["data-max-bytes"] = str(settings.MAX_UPLOAD_BYTES)

    def keep_file(self) -> None:
        """Store what was uploaded, even where the rest is refused: nobody should have to send a file twice."""
        file, kept = self.cleaned_data.get("attachment"), self.cleaned_data.get("kept")
        if file:
            try:
                self.upload = store(file, by=self.by)
            except Refused as refusal:
                self.add_error("attachment", str(refusal))
        elif kept:
            self.upload = Upload.objects.filter(uuid=kept, uploaded_by=self.by).first()
        if self.upload:
            self.renew("kept", self.upload.uuid)

    def save(self, day: date) -> Extension | Release | None:
        """The request; None where it was refused."""
        raise TypeError("each form names its verb")


class ExtensionForm(AskForm):
    """Xin gia hạn."""

    asked_until = Day(label="Xin gia hạn đến ngày", error_messages={"required": "Xin ghi ngày xin gia hạn đến."})
    field_order = ["asked_until", "reason", "attachment"]

    def save(self, day: date) -> Extension | Release | None:
        data = self.cleaned_data
        return self.carry_out(
            ask_extension,
            assignment=self.assignment,
            asked_until=data["asked_until"],
            reason=data["reason"],
            upload=self.upload,
            by=self.by,
            day=day,
        )


class ReleaseForm(AskForm):
    """Đề nghị thôi giao hoặc chuyển cho cơ quan khác."""

    ground = forms.ChoiceField(
        label="Căn cứ",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn căn cứ."},
    )
    to_agency = AgencyByName(
        label="Đề nghị chuyển cho",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="(không đề nghị cơ quan nào)",
    )
    field_order = ["ground", "to_agency", "reason", "attachment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = takers_of_work().exclude(pk=self.assignment.agency_id)
        self.fields["to_agency"].queryset = others  # type: ignore[attr-defined]

    def save(self, day: date) -> Extension | Release | None:
        data = self.cleaned_data
        return self.carry_out(
            ask_release,
            assignment=self.assignment,
            ground=Ground(data["ground"]),
            to_agency=data["to_agency"],
            reason=data["reason"],
            upload=self.upload,
            by=self.by,
            day=day,
        )


def _answers(*answers: Answer) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Quyết định",
        choices=[(each.value, each.label) for each in answers],
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn một quyết định."},
    )


class DecideExtensionForm(ActionForm):
    """Đồng ý, rút ngắn, không đồng ý."""

    answer = _answers(Answer.APPROVED, Answer.SHORTENED, Answer.REFUSED)
    granted_until = Day(
        label="Gia hạn đến ngày", required=False, help_text="Chỉ cần khi rút ngắn, hoặc khi ngày đơn vị xin đã qua."
    )
    reason = LongText(
        label="Lý do", rows=2, max_length=2000, required=False, help_text="Cần ghi khi rút ngắn hoặc không đồng ý."
    )

    def save(self, extension: Extension, by: User, day: date) -> ExtensionDecision | None:
        """The decision; None where it was refused."""
        data = self.cleaned_data
        return self.carry_out(
            decide_extension,
            extension=extension,
            answer=Answer(data["answer"]),
            granted_until=data["granted_until"],
            reason=data["reason"],
            by=by,
            day=day,
        )


class DecideReleaseForm(ActionForm):
    """Đồng ý (có thể chuyển cho cơ quan khác) hoặc không đồng ý, luôn có lý do."""

    answer = _answers(Answer.APPROVED, Answer.REFUSED)
    to_agency = AgencyByName(
        label="Chuyển cho",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="(không chuyển, thôi theo dõi)",
        help_text="Chỉ dùng khi đồng ý.",
    )
    reason = LongText(label="Lý do", rows=2, max_length=2000, error_messages=NO_REASON)

    def __init__(self, *args: Any, takers: Sequence[Agency] | None = None, **kwargs: Any) -> None:
        """`takers`: the agencies that may be chosen, where a page with many of these forms has fetched them once."""
        super().__init__(*args, **kwargs)
        field = cast(AgencyByName, self.fields["to_agency"])
        field.queryset = takers_of_work()
        if takers is not None:
            named = [(each.pk, field.label_from_instance(each)) for each in takers]
            field.choices = [("", field.empty_label or ""), *named]

    def save(self, release: Release, by: User, day: date) -> ReleaseDecision | None:
        """The decision; None where it was refused."""
        data = self.cleaned_data
        return self.carry_out(
            decide_release,
            release=release,
            answer=Answer(data["answer"]),
            to_agency=data["to_agency"],
            reason=data["reason"],
            by=by,
            day=day,
        )
