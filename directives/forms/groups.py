"""Who belongs to a group, what falls to each member, and who coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from agencies.errors import Refused
from agencies.models import Agency, Membership, User
from directives.actions.coordination import name_coordinators
from directives.actions.groups import join_group, leave_group, set_scope
from directives.forms.base import ActionForm, Day, LongText
from directives.models import Assignment, Coordinator


class AgencyBoxes(forms.ModelMultipleChoiceField):
    """Several agencies, by their names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, agency: Agency) -> str:  # type: ignore[override]
        return agency.label


class JoinForm(ActionForm):
    """Who joins a group, and since when."""

    agencies = AgencyBoxes(
        label="Thành viên mới",
        queryset=Agency.objects.none(),
        error_messages={"required": "Xin chọn ít nhất một cơ quan."},
    )
    since = Day(label="Là thành viên từ ngày", error_messages={"required": "Xin ghi ngày vào nhóm."})
    instrument = forms.CharField(label="Văn bản làm căn cứ", max_length=300, required=False)

    def __init__(self, *args: Any, group: Agency, by: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"since": day}, "label_suffix": "", **kwargs})
        self.group, self.by, self.day = group, by, day
        members = Agency.objects.members_of(group, day)
        others = Agency.objects.single().filter(ended_on=None).exclude(pk__in=members.values("pk"))
        self.fields["agencies"].queryset = others  # type: ignore[attr-defined]

    def save(self) -> list[Membership] | None:
        """The memberships that were made; None where it was refused."""
        data = self.cleaned_data
        try:
            return join_group(
                group=self.group,
                agencies=list(data["agencies"]),
                since=data["since"],
                instrument=data["instrument"],
                by=self.by,
                day=self.day,
            )
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return None


class LeaveForm(ActionForm):
    """From when on an agency is no member any more, and why."""

    until = Day(label="Không còn là thành viên từ ngày", error_messages={"required": "Xin ghi ngày."})
    reason = LongText(label="Lý do", rows=2, max_length=2000, error_messages={"required": "Xin ghi lý do."})

    def save(self, group: Agency, agency: Agency, by: User, day: date) -> Membership | None:
        """The membership that ended; None where it was refused."""
        data = self.cleaned_data
        try:
            return leave_group(group=group, agency=agency, until=data["until"], reason=data["reason"], by=by, day=day)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return None


class ScopeForm(ActionForm):
    """The part of a group's task that falls to one member."""

    scope = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, row: Assignment, **kwargs: Any) -> None:
        first = {"scope": row.scope, "version": row.version}
        super().__init__(*args, **{"initial": first, "label_suffix": "", "prefix": str(row.pk), **kwargs})
        self.row = row
        self.fields["scope"].label = row.agency.name

    def save(self, by: User, day: date) -> Assignment | None:
        """The assignment; None where it was refused."""
        return self.carry_out(set_scope, assignment=self.row, scope=self.cleaned_data["scope"], by=by, day=day)


class CoordinatorForm(ActionForm):
    """The bodies that a name in the text stands for."""

    agencies = AgencyBoxes(label="Các cơ quan", queryset=Agency.objects.none(), required=False)

    def __init__(
        self, *args: Any, coordinator: Coordinator, choices: Sequence[Agency], named: Sequence[int], **kwargs: Any
    ) -> None:
        first = {"agencies": named, "version": coordinator.task.version}
        super().__init__(*args, **{"initial": first, "label_suffix": "", "prefix": f"ph-{coordinator.pk}", **kwargs})
        self.coordinator = coordinator
        field = self.fields["agencies"]
        field.queryset = Agency.objects.single()  # type: ignore[attr-defined]
        # Read once for all the names of a task.
        field.choices = [(each.pk, each.label) for each in choices]  # type: ignore[attr-defined]

    def save(self, by: User, day: date) -> Coordinator | None:
        """The coordinator; None where it was refused."""
        agencies = list(self.cleaned_data["agencies"])
        return self.carry_out(name_coordinators, coordinator=self.coordinator, agencies=agencies, by=by, day=day)
