"""`manage.py create_admin`: the first administrator of a real installation."""

import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from agencies.clock import today
from agencies.errors import Refused
from agencies.management.ask import ask, ask_password
from agencies.models import Role, User
from agencies.people import create_user, set_password


class Command(BaseCommand):
    """Asks for what is not given, and refuses a demonstration database."""

    help = "Tạo tài khoản quản trị. Những gì không nêu trong lệnh sẽ được hỏi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="tên đăng nhập")
        parser.add_argument("--email", help="thư điện tử")
        parser.add_argument("--full-name", help="họ và tên")
        parser.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_illustrative=True).exists():
            raise CommandError(
                "Cơ sở dữ liệu này có tài khoản minh hoạ. Không dùng dữ liệu chạy thử cho vận hành thật:"
                " cần cài đặt với một cơ sở dữ liệu trống."
            )
        try:
            self.make(options)
        except (Refused, ValidationError) as refusal:
            raise CommandError("\n".join(getattr(refusal, "messages", [str(refusal)]))) from refusal

    @transaction.atomic
    def make(self, options: dict[str, Any]) -> None:
        username = options["username"] or ask("Tên đăng nhập: ")
        full_name = options["full_name"] or ask("Họ và tên: ")
        email = options["email"] if options["email"] is not None else ask("Thư điện tử (có thể để trống): ")
        if email:
            validate_email(email)
        user = create_user(by=None, username=username, full_name=full_name, email=email, role=Role.ADMIN, day=today())
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else ask_password()
        validate_password(password, user)
        set_password(user=user, password=password, by=None, day=today())
        self.stdout.write(f"Đã tạo tài khoản quản trị {user.username} ({user.full_name}).")
