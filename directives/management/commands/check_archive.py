"""python manage.py check_archive FILE: whether an exported file of a directive is still whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directives.archive.check import NotAnArchive, check


class Command(BaseCommand):
    help = "Kiểm tra mã SHA-256 của từng tệp trong hồ sơ đã xuất (ZIP); không cần cơ sở dữ liệu."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            found = check(file)
        except NotAnArchive as reason:
            raise CommandError(str(reason)) from reason
        for words in found.missing:
            self.stdout.write(f"Thiếu từ lúc xuất: {words}")
        for words in found.problems:
            self.stdout.write(words)
        if found.problems:
            raise CommandError(f"{len(found.problems)} điểm không khớp; {found.good} tệp còn nguyên vẹn.")
        self.stdout.write(f"Nguyên vẹn: {found.good} tệp đúng mã kiểm tra.")
