"""Forms of a head, or of the staff for them: who holds what, who is invited, who comes to look."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.delegation import colleagues, endable, rights_to_give
from agencies.forms import WRONG_ADDRESS
from agencies.forms_base import VerbForm
from agencies.models import RIGHT_WORDS, Agency, User

CHOOSE_RIGHT = {"required": "Xin chọn quyền.", "invalid_choice": "Quyền này không chọn được."}
CHOOSE_PERSON = {"required": "Xin chọn người.", "invalid_choice": "Người này không có trong danh sách."}
RIGHT_HELP = (
    "Đầu mối nhập và gửi báo cáo; cấp phó được uỷ quyền còn duyệt báo cáo; thủ trưởng còn cử đầu mối và cấp phó."
)


class PersonChoice(forms.ModelChoiceField):
    """People by name, with what tells two of one name apart."""

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]
        return f"{user.full_name} ({user.username})"


class GiveForm(VerbForm):
    """Names one of the agency's people."""

    user = PersonChoice(
        label="Người được cử",
        queryset=User.objects.none(),
        empty_label="(chọn người)",
        error_messages=CHOOSE_PERSON,
        help_text="Người có tài khoản đầu mối, công tác hoặc có quyền ở đơn vị; người khác thì mời bằng đường dẫn.",
    )
    right = forms.ChoiceField(label="Quyền", error_messages=CHOOSE_RIGHT, help_text=RIGHT_HELP)

    def __init__(self, *args: Any, agency: Agency, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "cu", **kwargs})
        self.fields["user"].queryset = colleagues(agency)  # type: ignore[attr-defined]
        self.fields["right"].choices = _choices(rights_to_give(by))  # type: ignore[attr-defined]


class InviteForm(VerbForm):
    """Invites somebody by a link."""

    full_name = forms.CharField(label="Họ và tên", max_length=100, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Có địa chỉ thì đường dẫn được gửi qua thư; không có thì ông/bà tự chuyển đường dẫn.",
        error_messages={"invalid": WRONG_ADDRESS},
    )
    right = forms.ChoiceField(label="Quyền", error_messages=CHOOSE_RIGHT)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "moi", **kwargs})
        self.fields["right"].choices = _choices(rights_to_give(by))  # type: ignore[attr-defined]


class EndForm(VerbForm):
    """Ends one right of a person on an agency, or all of them."""

    right = forms.ChoiceField(
        label="Kết thúc", required=False, error_messages={"invalid_choice": "Không kết thúc được quyền này."}
    )

    def __init__(self, *args: Any, agency: Agency, user: User, held: tuple[str, ...], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": f"thoi-{user.pk}", **kwargs})
        free = endable(by, agency, user, held)
        every = [("", "Tất cả quyền ở đơn vị")] if len(free) == len(held) > 0 else []
        self.fields["right"].choices = every + _choices(free)  # type: ignore[attr-defined]

    @property
    def offers(self) -> bool:
        """Whether there is anything that may be ended."""
        return bool(self.fields["right"].choices)  # type: ignore[attr-defined]


class LookForm(VerbForm):
    """Why somebody looks through another person's eyes."""

    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Người được xem cũng đọc được lý do này.",
        error_messages={"required": "Xin ghi lý do."},
    )


def _choices(rights: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(right, RIGHT_WORDS[right]) for right in rights]
