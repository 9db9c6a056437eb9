"""What leaders and staff say on a task, and the task that it becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.models import Agency, User
from directives.actions.instructions import give_instruction
from directives.actions.make_task import Paper, make_task
from directives.forms.base import ActionForm, Day, LongText
from directives.forms.directives import IdentityFields
from directives.forms.tasks import AgencyByName
from directives.models import Assignment, Directive, Instruction, ProgressNote, Task

PAPER = ("doc_type", "number", "symbol", "issued_on", "title")


class InstructionForm(ActionForm):
    """Ý kiến chỉ đạo; `seen` is the last answer that the person had before their eyes."""

    text = LongText(label="Ý kiến chỉ đạo", rows=4, error_messages={"required": "Xin ghi nội dung ý kiến."})
    note = forms.ModelChoiceField(ProgressNote.objects.none(), required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, assignment: Assignment, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.assignment, self.by = assignment, by
        self.fields["note"].queryset = ProgressNote.objects.filter(assignment=assignment)  # type: ignore[attr-defined]

    def save(self, day: date) -> Instruction | None:
        """The instruction; None where it was refused."""
        data = self.cleaned_data
        return self.carry_out(
            give_instruction, assignment=self.assignment, note=data["note"], text=data["text"], by=self.by, day=day
        )


class DirectiveByTitle(forms.ModelChoiceField):
    """Directives by number and what they are about."""

    def label_from_instance(self, directive: Directive) -> str:  # type: ignore[override]
        return f"{directive.code} – {directive.title[:80]}"


class NewTaskForm(IdentityFields, ActionForm):
    """Who is to do what by when, and under which document: one that is here, or the paper of the instruction."""

    agency = AgencyByName(
        label="Giao cho",
        queryset=Agency.objects.none(),
        empty_label="– Chọn cơ quan hoặc nhóm –",
        help_text="Giao cho một nhóm thì mỗi thành viên nhận một phân công.",
        error_messages={"required": "Xin chọn cơ quan hoặc nhóm."},
    )
    text = LongText(label="Nội dung nhiệm vụ", rows=5, error_messages={"required": "Xin ghi nội dung nhiệm vụ."})
    deadline = Day(label="Thời hạn", required=False, help_text="Để trống nếu ý kiến không ấn định ngày.")
    instrument = forms.CharField(
        label="Văn bản ấn định thời hạn",
        max_length=300,
        required=False,
        help_text="Để trống thì căn cứ là chính ý kiến chỉ đạo này.",
    )
    directive = DirectiveByTitle(
        label="Theo dõi trong văn bản",
        queryset=Directive.objects.none(),
        required=False,
        empty_label="Văn bản mới, ghi ở dưới",
    )
    doc_type = forms.CharField(label="Loại văn bản", max_length=100, required=False, help_text="Ví dụ: Công văn.")
    title = forms.CharField(label="Trích yếu", max_length=1000, required=False)
    field_order = ["agency", "text", "deadline", "instrument", "directive", *PAPER]

    def __init__(self, *args: Any, instruction: Instruction, by: User, **kwargs: Any) -> None:
        first = {"text": instruction.text, "directive": instruction.assignment.task.directive_id}
        super().__init__(*args, **{"initial": first, "label_suffix": "", **kwargs})
        self.instruction, self.by = instruction, by
        going_on = Directive.objects.published().filter(closed_on=None).defer("text", "segments")
        self.fields["directive"].queryset = going_on  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.filter(ended_on=None)  # type: ignore[attr-defined]
        for name in PAPER:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Either a document that is here, or all of a new one."""
        data = super().clean() or {}
        typed = [name for name in PAPER if self[name].data]
        if data.get("directive") and typed:
            self.add_error("directive", "Đã chọn văn bản có trong sổ, cũng đã ghi văn bản mới. Xin chỉ dùng một cách.")
        elif "directive" in data and data["directive"] is None:
            for name in PAPER:
                if not self[name].data:
                    self.add_error(name, f"Xin ghi {str(self.fields[name].label).lower()} như trên bản giấy.")
        return data

    def save(self, day: date) -> Task | None:
        """The task; None where it was refused."""
        data = self.cleaned_data
        fields = {name: data[name] for name in ("agency", "text", "deadline", "instrument")}
        directive = data["directive"] or Paper(**{name: data[name] for name in PAPER})
        return self.carry_out(
            make_task, instruction=self.instruction, directive=directive, by=self.by, day=day, **fields
        )
