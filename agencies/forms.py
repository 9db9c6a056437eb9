"""The form about one person. What it refuses stays typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import transaction

from agencies import grants, people
from agencies.errors import Refused
from agencies.models import Agency, Role, User


class AgencyChoice(forms.ModelChoiceField):
    """Agencies by name."""

    def label_from_instance(self, agency: Agency) -> str:  # type: ignore[override]
        return agency.name


class AgencyBoxes(forms.ModelMultipleChoiceField):
    """Agencies by short name, as a list to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, agency: Agency) -> str:  # type: ignore[override]
        return agency.short_name


class UserForm(forms.Form):
    """Makes a person (no `user`) or changes one, by the rules of `agencies.people`."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=30,
        help_text="Chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối; không đổi được về sau.",
        error_messages={"required": "Hãy nhập tên đăng nhập."},
    )
    full_name = forms.CharField(label="Họ và tên", max_length=100, error_messages={"required": "Hãy nhập họ và tên."})
    title = forms.CharField(label="Chức vụ", max_length=100, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Dùng để nhận nhắc việc và đặt lại mật khẩu.",
        error_messages={"invalid": "Địa chỉ thư không đúng, ví dụ đúng: ten@quangtri.gov.vn."},
    )
    role = forms.ChoiceField(label="Vai trò", error_messages={"required": "Hãy chọn vai trò."})
    agency = AgencyChoice(
        label="Cơ quan công tác", queryset=Agency.objects.none(), required=False, empty_label="(chưa rõ)"
    )
    grants = AgencyBoxes(
        label="Được thay mặt các cơ quan",
        queryset=Agency.objects.none(),
        required=False,
        help_text="Chỉ dành cho đầu mối: xem và báo cáo mọi nhiệm vụ của các cơ quan được chọn.",
    )

    def __init__(self, *args: Any, by: User, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(user), **kwargs})
        self.by, self.user = by, user
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (value, label)
            for value, label in reversed(Role.choices)
            if people.may_manage(by, value) or (user and user.role == value)
        ]
        for name in ("agency", "grants"):
            self.fields[name].queryset = Agency.objects.single()  # type: ignore[attr-defined]
        if user:
            del self.fields["username"]
            if not people.may_manage(by, user.role):
                for field in self.fields.values():
                    field.disabled = True

    def save(self, day: date) -> User | None:
        """The person as saved; None where a rule refused, which then stands among the errors."""
        data = dict(self.cleaned_data)
        wanted = data.pop("grants")
        try:
            with transaction.atomic():
                user = self._save_person(data, day)
                if user.is_liaison:
                    grants.set_grants(user=user, agencies=wanted, by=self.by, day=day)
        except Refused as refusal:
            self.add_error(None, str(refusal))
            return None
        return user

    def _save_person(self, data: dict[str, Any], day: date) -> User:
        if self.user is None:
            return people.create_user(by=self.by, day=day, **data)
        people.change_user(user=self.user, by=self.by, day=day, **data)
        return self.user


def _initial(user: User | None) -> dict[str, Any]:
    if user is None:
        return {"role": Role.LIAISON}
    values = {name: getattr(user, name) for name in ("full_name", "title", "email", "role", "agency")}
    return values | {"grants": grants.granted_to(user)}
