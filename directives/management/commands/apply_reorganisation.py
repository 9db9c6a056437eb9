"""`manage.py apply_reorganisation sap-xep-2025 [--dry-run]`: a shipped reorganisation, step by step."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.clock import today
from agencies.errors import Refused
from directives.actions.reorganise import Step, apply_reorganisation, preview_reorganisation

STATES = {
    "done": "đã ghi, chuyển {moved} phân công",
    "there": "đã có trong sổ",
    "ahead": "bỏ qua: {why}",
    "refused": "KHÔNG GHI: {why}",
}


class Command(BaseCommand):
    """Applies what holds today; running it again changes nothing."""

    help = "Áp dụng một đợt sắp xếp cơ quan có sẵn. Chạy lại không làm thay đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="TÊN", help="tên đợt sắp xếp, ví dụ sap-xep-2025")
        parser.add_argument("--dry-run", action="store_true", help="chỉ in ra những gì sẽ làm")
        parser.add_argument("--day", type=date.fromisoformat, help="ngày ghi, YYYY-MM-DD; mặc định: hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verb = preview_reorganisation if options["dry_run"] else apply_reorganisation
            done = verb(name=options["name"], by=None, day=options["day"] or today())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{done.title}{' (chạy thử, không ghi gì)' if options['dry_run'] else ''}")
        for step in done.steps:
            self.stdout.write(_line(step))
        for words in done.not_found:
            self.stdout.write(f"? {words}")


def _line(step: Step) -> str:
    unsure = "" if step.is_verified else " (chưa đối chiếu)"
    return f"- {step.words}{unsure}: {STATES[step.state].format(moved=step.moved, why=step.why)}"
