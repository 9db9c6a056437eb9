"""How allauth behaves here: nobody signs up by themselves, and every word is ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import resolve_url

from agencies.models import User

# One sentence for a wrong name, a wrong password and a closed account: it tells a stranger nothing.
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Nếu tài khoản đã bị khóa, xin liên hệ cơ quan thường trực."
TOO_MANY = "Đã nhập sai quá nhiều lần. Xin chờ 5 phút rồi thử lại, hoặc dùng “Quên mật khẩu”."
SAID = {
    "account/messages/password_changed.txt": "Đã đổi mật khẩu.",
    "account/messages/password_set.txt": "Đã đặt mật khẩu.",
    "account/messages/logged_out.txt": "Đã đăng xuất.",
}


class Adapter(DefaultAccountAdapter):
    """Accounts are made by staff or by a command."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": WRONG,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": "Mật khẩu không đúng.",
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "invalid_password_reset": "Đường dẫn đặt lại mật khẩu không đúng hoặc đã hết hạn.",
        "invalid_or_expired_key": "Đường dẫn không đúng hoặc đã hết hạn.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": "Thao tác quá nhanh. Xin chờ một phút rồi thử lại.",
        "unknown_email": "Không có tài khoản nào dùng địa chỉ thư này.",
        "email_taken": "Địa chỉ thư này đã thuộc về một tài khoản khác.",
        "username_taken": "Tên đăng nhập này đã có người dùng.",
        "username_blacklisted": "Không dùng được tên đăng nhập này. Xin chọn tên khác.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """allauth gives back closed accounts too, for a page that says so; here they are simply not known."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active and (settings.DEMO or not user.is_illustrative) else None

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Only what is worth saying, in our words."""
        if said := SAID.get(message_template or ""):
            messages.add_message(request, level, said)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Letters about accounts stand beside our pages."""
        super().send_mail(template_prefix.replace("account/email/", "agencies/email/"), email, context)
