"""What a new person fills in who was invited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from agencies.forms import WRONG_ADDRESS
from agencies.forms_base import VerbForm
from agencies.models import Invitation


class JoinForm(VerbForm):
    """Name, username, address, and the password twice; the rules are the verb's."""

    full_name = forms.CharField(
        label="Họ và tên",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Xin nhập họ và tên."},
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=30,
        help_text="Chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối; không đổi được về sau.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Xin nhập tên đăng nhập."},
    )
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Dùng để nhận nhắc việc và đặt lại mật khẩu.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": WRONG_ADDRESS},
    )
    password1 = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validation.password_validators_help_text_html,
        error_messages={"required": "Xin nhập mật khẩu."},
    )
    password2 = forms.CharField(
        label="Nhập lại mật khẩu",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Xin nhập lại mật khẩu."},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        initial = {"full_name": invitation.full_name, "email": invitation.email}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"password1", "password2"} <= cleaned.keys() and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", "Hai lần nhập mật khẩu không giống nhau.")
        return cleaned
