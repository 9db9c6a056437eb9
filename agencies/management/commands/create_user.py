"""`manage.py create_user USERNAME --role liaison --agency CODE …`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from agencies import grants, people
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency, Role


class Command(BaseCommand):
    """Makes an account and shows its first password once."""

    help = "Tạo tài khoản. Đầu mối được cấp quyền ngay trên các cơ quan đã nêu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")
        parser.add_argument("--role", choices=Role.values, default=Role.LIAISON, help="vai trò (mặc định: liaison)")
        parser.add_argument(
            "--agency", nargs="+", default=[], metavar="MÃ", help="mã cơ quan; mã đầu tiên là nơi công tác"
        )
        parser.add_argument("--full-name", required=True, help="họ và tên")
        parser.add_argument("--title", default="", help="chức vụ")
        parser.add_argument("--email", default="", help="thư điện tử")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.make(options)
        except (Refused, ValidationError) as refusal:
            raise CommandError("\n".join(getattr(refusal, "messages", [str(refusal)]))) from refusal

    @transaction.atomic
    def make(self, options: dict[str, Any]) -> None:
        agencies = [self.agency(code) for code in options["agency"]]
        if options["email"]:
            validate_email(options["email"])
        wanted = {name: options[name] for name in ("username", "full_name", "role", "title", "email")}
        user = people.create_user(by=None, day=today(), agency=agencies[0] if agencies else None, **wanted)
        if user.is_liaison:
            grants.set_grants(user=user, agencies=agencies, by=None, day=today())
        password = people.set_first_password(user=user, by=None, day=today())
        self.stdout.write(f"Đã tạo tài khoản {user.username} ({user.full_name}), vai trò {user.get_role_display()}.")
        self.stdout.write(f"Mật khẩu lần đầu (chỉ hiện một lần): {password}")

    def agency(self, code: str) -> Agency:
        try:
            return Agency.objects.get(code=code)
        except Agency.DoesNotExist as missing:
            raise CommandError(f"Không có cơ quan với mã “{code}”.") from missing
