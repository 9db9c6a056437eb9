"""Django's rules for passwords, said in plain Vietnamese (its own translation leaves some in English)."""

import re
from typing import Any

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError

from agencies.names import fold


class LongEnough(rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return f"Mật khẩu quá ngắn: cần ít nhất {self.min_length} ký tự."

    def get_help_text(self) -> str:
        return f"Có ít nhất {self.min_length} ký tự."


class NotCommon(rules.CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        return "Mật khẩu này quá phổ biến, dễ bị đoán. Xin chọn mật khẩu khác."

    def get_help_text(self) -> str:
        return "Không phải mật khẩu thường gặp."


class NotOnlyDigits(rules.NumericPasswordValidator):
    """Not a telephone number or a birthday."""

    def get_error_message(self) -> str:
        return "Mật khẩu không được chỉ gồm chữ số."

    def get_help_text(self) -> str:
        return "Không chỉ gồm chữ số."


class NotLikeThePerson(rules.UserAttributeSimilarityValidator):
    """Not the name, the username or the address."""

    DEFAULT_USER_ATTRIBUTES = ("username", "full_name", "email")

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"user_attributes": self.DEFAULT_USER_ATTRIBUTES, **options})

    def validate(self, password: str, user: Any = None) -> None:
        """Also the name typed without its tone marks and spaces, which is what people do."""
        super().validate(password, user)
        name = _letters(getattr(user, "full_name", ""))
        if name and name in _letters(password):
            raise ValidationError(self.get_error_message(), code="password_too_similar")

    def get_error_message(self) -> str:
        return "Mật khẩu quá giống tên đăng nhập, họ tên hoặc địa chỉ thư."

    def get_help_text(self) -> str:
        return "Không giống tên đăng nhập, họ tên hoặc địa chỉ thư."


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
