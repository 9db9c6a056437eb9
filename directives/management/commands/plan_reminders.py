"""manage.py plan_reminders [--day 2023-11-20] [--dry-run]: who is owed which reminder, and why."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from agencies.clock import today
from agencies.models import User
from directives.models import Assignment, Office, Reason
from directives.reminders.owed import Owed
from directives.reminders.plan import make_plan, plan_reminders
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
        plan = make_plan(day, Office.current())
        self._print(plan.waiting, day)
        if plan.silent:
            self.stdout.write("Chưa có địa chỉ thư nên không nhắc được:")
            self._print(plan.silent, day)
        if options["dry_run"]:
            self.stdout.write(
                f"Chạy thử, chưa ghi gì: sẽ lập {len(plan.new) + len(plan.again)}, bỏ {len(plan.obsolete)} lời nhắc."
            )
            return
        planned = plan_reminders(day)
        self.stdout.write(f"Đã lập {planned.written}, bỏ {planned.cancelled} lời nhắc ngày {day_words(day)}.")

    def _print(self, owed: Sequence[Owed], day: date) -> None:
        people = User.objects.in_bulk({one.recipient for one in owed})
        work = _work({one.assignment for one in owed})
        for recipient, lines in groupby(owed, key=lambda one: one.recipient):
            person = people[recipient]
            self.stdout.write(f"{person} ({person.username}) <{person.email or 'chưa có địa chỉ thư'}>")
            for one in lines:
                self.stdout.write(f"  {_why(one)}: {_what(work[one.assignment])}")


def _work(keys: set[int]) -> dict[int, Assignment]:
    return Assignment.objects.select_related("agency", "task__directive", "task__addressee").in_bulk(keys)


def _why(one: Owed) -> str:
    """Quá hạn, hạn 15/11/2023 (nhắc từ 15/11/2023)"""
    return f"{Reason(one.reason).label}, hạn {day_words(one.deadline)} (phải nhắc từ {day_words(one.rung)})"


def _what(row: Assignment) -> str:
    task = row.task
    return f"{row.agency.short_name}, {task.directive.code}, {task.label.lower()}: {task.text[:80]}"
