"""manage.py read_notice FILE: what the reader understood, as JSON. Touches no database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directives import notices


class Command(BaseCommand):
    help = "In ra những gì đọc được từ một văn bản giao nhiệm vụ, dạng JSON; không dùng cơ sở dữ liệu."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .txt, .docx hoặc .pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            notice = notices.read(notices.text_of(file, file.name))
        except OSError as error:
            raise CommandError(f"Không mở được tệp “{file}”: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(notice.as_dict(), ensure_ascii=False, indent=2))
