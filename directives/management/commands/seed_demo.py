"""manage.py seed_demo: accounts and story of the demonstration; harmless when they are there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.errors import Refused
from agencies.models import User
from directives.demo.seed import seed


class Command(BaseCommand):
    help = "Nạp dữ liệu minh hoạ: tài khoản, Thông báo 86/TB-UBND và một câu chuyện đến ngày 20/11/2023."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seed()
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Tài khoản minh hoạ (mật khẩu chung: {settings.DEMO_PASSWORD}):")
        for user in User.objects.filter(is_illustrative=True).select_related("agency").order_by("pk"):
            where = user.agency.short_name if user.agency else ""
            self.stdout.write(f"  {user.username:<11} {user.get_role_display():<20} {where}")
