"""`manage.py grant USERNAME AGENCY_CODE [--revoke]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies import grants
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency, User


class Command(BaseCommand):
    """Gives or ends the right to act for an agency."""

    help = "Cấp (hoặc thu hồi) quyền thay mặt một cơ quan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")
        parser.add_argument("agency", metavar="MÃ_CƠ_QUAN")
        parser.add_argument("--revoke", action="store_true", help="thu hồi thay vì cấp")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"]).first()
        agency = Agency.objects.filter(code=options["agency"]).first()
        if not user:
            raise CommandError(f"Không có tài khoản “{options['username']}”.")
        if not agency:
            raise CommandError(f"Không có cơ quan với mã “{options['agency']}”.")
        self.stdout.write(self.done(user, agency, options["revoke"]))

    def done(self, user: User, agency: Agency, revoke: bool) -> str:
        if revoke:
            had = grants.revoke(agency=agency, user=user, by=None, day=today())
            return f"{'Đã thu hồi quyền' if had else 'Không có quyền nào để thu hồi'}: {user.username}, {agency}."
        try:
            new = grants.grant(agency=agency, user=user, by=None, day=today())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        return f"{'Đã cấp quyền' if new else 'Đã có quyền từ trước'}: {user.username} thay mặt {agency}."
