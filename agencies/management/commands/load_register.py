"""`manage.py load_register quang-tri-2023`: the bodies of a shipped register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.clock import today
from agencies.errors import Refused
from agencies.registers import load_register


class Command(BaseCommand):
    """Loads a register; running it again changes nothing."""

    help = "Nạp danh mục cơ quan có sẵn. Chạy lại không làm thay đổi những gì cán bộ đã sửa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="TÊN", help="tên danh mục, ví dụ quang-tri-2023")
        parser.add_argument("--overwrite", action="store_true", help="ghi đè cả những mục cán bộ đã sửa")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_register(options["name"], day=today(), overwrite=options["overwrite"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Đã nạp danh mục {options['name']}: thêm {done.created} cơ quan, cập nhật {done.updated},"
            f" giữ nguyên {done.kept}; thêm {done.memberships} thành viên nhóm."
        )
