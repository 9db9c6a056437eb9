"""manage.py plan_reminders [--day 2023-11-20] [--dry-run]: who is owed which reminder, and why."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from agencies.clock import today
from agencies.models import User
from directives.models import Endpoint
from directives.reminders.forecast import ForecastLine, forecast_of
from directives.reminders.plan import plan_reminders
from directives.templatetags.kttt import day as day_words
from directives.workdays import is_working_day


class Command(BaseCommand):
    help = "Lập danh sách nhắc việc của một ngày và in ra: nhắc ai, việc gì, vì sao. Thư do worker gửi sau đó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, help="ngày, dạng 2023-11-20; mặc định hôm nay")
        parser.add_argument("--dry-run", action="store_true", help="chỉ in ra, không ghi gì")

    def handle(self, *args: Any, **options: Any) -> None:
        day: date = options["day"] or today()
        if not is_working_day(day):
            self.stdout.write(f"{day_words(day)} không phải ngày làm việc: không lập nhắc việc.")
            return
        forecast = forecast_of(day)
        self._print(forecast.named(forecast.outgoing()))
        if only_bell := forecast.only_bell():
            self.stdout.write("Chỉ thấy trong phần mềm, vì không có kênh nào khác:")
            self._print(forecast.named(only_bell))
        if options["dry_run"]:
            self.stdout.write(f"Chạy thử, chưa ghi gì: sẽ lập {forecast.new}, bỏ {forecast.obsolete} lời nhắc.")
            return
        planned = plan_reminders(day)
        self.stdout.write(f"Đã lập {planned.written}, bỏ {planned.cancelled} lời nhắc ngày {day_words(day)}.")

    def _print(self, lines: Sequence[ForecastLine]) -> None:
        for to, mine in groupby(lines, key=lambda line: line.to):
            self.stdout.write(_named(to))
            for line in mine:
                self.stdout.write(f"  {line.why}: {line.what}")


def _named(to: User | Endpoint) -> str:
    if isinstance(to, Endpoint):
        return f"Cổng tin nhắn của {to}"
    return f"{to} ({to.username}) <{to.email or 'chưa có địa chỉ thư'}>"
