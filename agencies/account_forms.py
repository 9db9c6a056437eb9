"""allauth's forms with our labels."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms

from agencies.forms import WRONG_ADDRESS


def _say(form: forms.BaseForm, labels: dict[str, str]) -> None:
    """Our labels, and who left a field empty is told which; no placeholders, which vanish while one types."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.error_messages["required"] = f"Xin {_asked(label)}."
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _asked(label: str) -> str:
    """What to do about a field of this label: "nhập mật khẩu", "nhập lại mật khẩu mới"."""
    words = label[0].lower() + label[1:]
    return words if words.startswith("nhập ") else f"nhập {words}"


class _Twice:
    """A new password is typed twice."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}  # type: ignore[arg-type]
        if {"password1", "password2"} <= cleaned.keys() and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", "Hai lần nhập mật khẩu mới không giống nhau.")  # type: ignore[attr-defined]
        return cleaned


class LoginForm(allauth_forms.LoginForm):
    """Fields `login` and `password`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"login": "Tên đăng nhập hoặc thư điện tử", "password": "Mật khẩu"})
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["password"].help_text = ""  # the page has its own link to "Quên mật khẩu"


class ChangePasswordForm(_Twice, allauth_forms.ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": "Mật khẩu hiện tại", "password1": "Mật khẩu mới", "password2": "Nhập lại mật khẩu mới"}
        _say(self, labels)
        self.fields["oldpassword"].help_text = ""


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks for a letter with a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": "Địa chỉ thư điện tử"})
        self.fields["email"].error_messages["invalid"] = WRONG_ADDRESS


class ResetPasswordKeyForm(_Twice, allauth_forms.ResetPasswordKeyForm):
    """The new password twice, from a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password1": "Mật khẩu mới", "password2": "Nhập lại mật khẩu mới"})
