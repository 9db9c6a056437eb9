"""What staff fix about a task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from agencies.models import Agency, Role, User
from directives.actions.tasks import change_task, set_clock, set_deadline
from directives.deadlines import Clock
from directives.forms.base import ActionForm, Day
from directives.models import Task


class AgencyByName(forms.ModelChoiceField):
    """Agencies by their full names, with their dates: two may have one name."""

    def label_from_instance(self, agency: Agency) -> str:  # type: ignore[override]
        return agency.label


class TaskForm(ActionForm):
    """One of the three forms about a task."""

    def __init__(self, *args: Any, task: Task, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": self.filled(task), "label_suffix": "", **kwargs})
        self.task, self.by = task, by

    def filled(self, task: Task) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {"version": task.version}

    def save(self, day: date) -> Task | None:
        """The task as saved; None where it was refused."""
        raise TypeError("each form names its verb")


class DetailsForm(TaskForm):
    """Lead, product, follower."""

    lead = AgencyByName(
        label="Cơ quan chủ trì", queryset=Agency.objects.none(), required=False, empty_label="(chưa rõ)"
    )
    product = forms.CharField(
        label="Sản phẩm phải có", max_length=300, required=False, help_text="Ví dụ: Quyết định kiện toàn Ban Chỉ đạo."
    )
    follower = forms.ModelChoiceField(
        label="Người theo dõi", queryset=User.objects.none(), required=False, empty_label="(chưa phân công)"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = Agency.objects.filter(Q(ended_on=None) | Q(pk=self.task.lead_id))  # type: ignore[attr-defined]
        keepers = Q(role__in=(Role.STAFF, Role.ADMIN), is_active=True) | Q(pk=self.task.follower_id)
        self.fields["follower"].queryset = User.objects.filter(keepers)  # type: ignore[attr-defined]

    def filled(self, task: Task) -> dict[str, Any]:
        return super().filled(task) | {"lead": task.lead, "product": task.product, "follower": task.follower}

    def save(self, day: date) -> Task | None:
        data = self.cleaned_data
        changes = {name: data[name] for name in ("lead", "product", "follower")}
        return self.carry_out(change_task, task=self.task, by=self.by, day=day, **changes)


class DeadlineForm(TaskForm):
    """A deadline, with the instrument that fixes it."""

    deadline = Day(label="Thời hạn", error_messages={"required": "Xin ghi ngày phải hoàn thành."})
    instrument = forms.CharField(
        label="Văn bản ấn định",
        max_length=300,
        help_text="Số, ký hiệu, ngày. Ví dụ: Kế hoạch 05/KH-BCĐ ngày 15/5/2023.",
        error_messages={"required": "Xin ghi văn bản ấn định thời hạn (số, ngày)."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if extended := self.task.assignments.open().exclude(extended_until=None).count():
            said = f"{extended} phân công đang được gia hạn sẽ theo thời hạn mới."
            self.fields["deadline"].help_text = said

    def save(self, day: date) -> Task | None:
        data = self.cleaned_data
        return self.carry_out(
            set_deadline,
            task=self.task,
            deadline=data["deadline"],
            instrument=data["instrument"],
            by=self.by,
            day=day,
        )


class ClockForm(TaskForm):
    """Another kind of clock than a deadline."""

    clock = forms.ChoiceField(
        label="Loại thời hạn",
        choices=[("", "– Chọn loại –"), *((clock.value, clock.label) for clock in Clock if clock != Clock.DATED)],
        error_messages={"required": "Xin chọn loại thời hạn."},
    )
    period_end = Day(label="Ngày cuối kỳ", required=False, help_text="Chỉ cần với loại “Theo kỳ của văn bản”.")
    instrument = forms.CharField(
        label="Văn bản làm căn cứ",
        max_length=300,
        required=False,
        help_text="Bắt buộc khi bỏ một thời hạn đã ấn định, khi đổi hoặc bỏ ngày cuối kỳ.",
    )

    def filled(self, task: Task) -> dict[str, Any]:
        clock = task.clock if task.clock != Clock.DATED else ""
        return super().filled(task) | {"clock": clock, "period_end": task.period_end}

    def save(self, day: date) -> Task | None:
        data = self.cleaned_data
        return self.carry_out(
            set_clock,
            task=self.task,
            clock=Clock(data["clock"]),
            instrument=data["instrument"],
            period_end=data["period_end"],
            by=self.by,
            day=day,
        )
