"""Forms about people: the filters of their list, and one person. What is refused stays typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F, Q

from agencies import delegation, grants, people
from agencies.errors import Refused
from agencies.locking import lock_bodies
from agencies.models import Agency, Role, User
from agencies.models.agency import AgencyQuerySet
from agencies.names import fold

WRONG_ADDRESS = "Địa chỉ thư không đúng, ví dụ đúng: ten@quangtri.gov.vn."
NOT_OFFERED = "Cơ quan này không có trong danh sách."


class AgencyChoice(forms.ModelChoiceField):
    """Agencies by name."""

    def label_from_instance(self, agency: Agency) -> str:  # type: ignore[override]
        return _marked(agency, agency.name)


class AgencyBoxes(forms.ModelMultipleChoiceField):
    """Agencies by short name, as a list to tick."""

    def label_from_instance(self, agency: Agency) -> str:  # type: ignore[override]
        return _marked(agency, agency.short_name)


def _marked(agency: Agency, name: str) -> str:
    """A body that has ended, or that a notice brought and nobody has checked, is told apart."""
    if agency.ended_on:
        return f"{name} (đến trước {agency.ended_on:%d/%m/%Y})"
    return name if agency.is_verified else f"{name} (chưa đối chiếu)"


class PeopleFilter(forms.Form):
    """What narrows the list of people: `co-quan` (a code) and `tim` (text) in the address."""

    co_quan = forms.ModelChoiceField(
        label="Cơ quan công tác",
        queryset=Agency.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Tất cả",
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    tim = forms.CharField(
        label="Họ tên, tên đăng nhập hoặc thư",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"null_characters_not_allowed": "Nội dung tìm có ký tự không dùng được."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_work = Agency.objects.filter(pk__in=User.objects.values("agency"))
        self.fields["co_quan"].queryset = at_work  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        """Addresses of this site have hyphens."""
        return super().add_prefix(field_name).replace("_", "-")

    def people(self) -> list[User]:
        """Those who match, by agency; a filter that is not understood narrows nothing, and says so."""
        self.full_clean()
        wanted = self.cleaned_data  # without what was refused
        found = User.objects.select_related("agency").order_by(F("agency__sort_key").asc(nulls_last=True), "username")
        if agency := wanted.get("co_quan"):
            found = found.filter(agency=agency)
        text = fold(wanted.get("tim", ""))
        return [user for user in found if text in fold(f"{user.full_name} {user.username} {user.email}")]


class UserForm(forms.Form):
    """Makes a person (no `user`) or changes one, by the rules of `agencies.people`."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=30,
        help_text="Chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối; không đổi được về sau.",
        error_messages={"required": "Xin nhập tên đăng nhập."},
    )
    full_name = forms.CharField(label="Họ và tên", max_length=100, error_messages={"required": "Xin nhập họ và tên."})
    title = forms.CharField(label="Chức vụ", max_length=100, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Dùng để nhận nhắc việc và đặt lại mật khẩu.",
        error_messages={"invalid": WRONG_ADDRESS},
    )
    role = forms.ChoiceField(
        label="Vai trò",
        error_messages={"required": "Xin chọn vai trò.", "invalid_choice": "Vai trò này không chọn được."},
    )
    agency = AgencyChoice(
        label="Cơ quan công tác",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="(chưa rõ)",
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    grants = AgencyBoxes(
        label="Được thay mặt các cơ quan",
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        error_messages={"invalid_choice": NOT_OFFERED, "invalid_pk_value": NOT_OFFERED},
        help_text="Chỉ dành cho đầu mối: xem và báo cáo mọi nhiệm vụ của các cơ quan được chọn.",
    )

    ends_rights = forms.BooleanField(
        label="Khi đổi cơ quan công tác: kết thúc mọi quyền ở cơ quan cũ",
        required=False,
        initial=True,
        help_text="Có hiệu lực ngay, dù cơ quan cũ còn được đánh dấu ở trên. Bỏ dấu nếu người này vẫn kiêm việc ở đó.",
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
            offered = _offered(user).order_by("-is_verified", "sort_key")
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
        if not user or not user.agency_id:
            del self.fields["ends_rights"]
        if user:
            del self.fields["username"]
            if not people.may_manage(by, user.role):
                for field in self.fields.values():
                    field.disabled = True

    def save(self, day: date) -> User | None:
        """The person as saved; None where a rule refused, which then stands among the errors."""
        data = dict(self.cleaned_data)
        wanted, ends_rights = list(data.pop("grants")), data.pop("ends_rights", False)
        left = self.user.agency if self.user and ends_rights else None
        try:
            with transaction.atomic():
                lock_bodies(wanted)
                user = self._save_person(data, day)
                if user.is_liaison:
                    if left and left != user.agency:
                        wanted = self._without(left, wanted, day)
                    delegation.end_all_but(user=user, agencies=wanted, by=self.by, day=day)
                    grants.set_grants(user=user, agencies=wanted, by=self.by, day=day)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None
        return user

    def _without(self, left: Agency, wanted: list[Agency], day: date) -> list[Agency]:
        """The person has moved: what they held at the old agency ends, and is not given again."""
        assert self.user
        before = set(grants.granted_to(self.user))
        delegation.end_rights(agency=left, user=self.user, by=self.by, day=day)
        ended = {left, *before} - set(grants.granted_to(self.user))
        return [agency for agency in wanted if agency not in ended]

    def _save_person(self, data: dict[str, Any], day: date) -> User:
        if self.user is None:
            return people.create_user(by=self.by, day=day, **data)
        people.change_user(user=self.user, by=self.by, day=day, **data)
        return self.user


def _offered(user: User | None) -> AgencyQuerySet:
    """Single bodies that live, and those that the person has already."""
    kept = [user.agency_id, *grants.granted_to(user).values_list("pk", flat=True)] if user else []
    return Agency.objects.single().filter(Q(ended_on=None) | Q(pk__in=kept))


def _initial(user: User | None) -> dict[str, Any]:
    if user is None:
        return {"role": Role.LIAISON}
    values = {name: getattr(user, name) for name in ("full_name", "title", "email", "role", "agency")}
    return values | {"grants": grants.granted_to(user)}
