"""manage.py import_notice FILE [--publish]: a notice becomes a directive with its tasks."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.clock import today
from directives import notices
from directives.actions.import_notice import import_notice
from directives.actions.publish import publish
from directives.models import Assignment


class Command(BaseCommand):
    help = "Nạp một văn bản giao nhiệm vụ thành văn bản chỉ đạo, nhiệm vụ và phân công."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .txt, .docx hoặc .pdf")
        parser.add_argument("--publish", action="store_true", help="công bố ngay, không để bản nháp")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            text = notices.text_of(file, file.name)
            found = import_notice(text=text, name=file.name, by=None, day=today(), original=file.read_bytes())
            directive = found.directive
            if options["publish"]:
                directive = publish(directive=directive, by=None, day=today())
        except OSError as error:
            raise CommandError(f"Không mở được tệp “{file}”: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        tasks = directive.tasks.count()
        assignments = Assignment.objects.filter(task__directive=directive).count()
        done = "Đã nạp" if found.created else "Đã có sẵn, không nạp lại"
        if found.is_filled:
            done = "Đã nạp toàn văn (trước đây chỉ biết qua sổ cũ) của"
        state = "đã công bố" if directive.is_published else "bản nháp"
        self.stdout.write(f"{done} {directive.code} ({state}): {tasks} nhiệm vụ, {assignments} phân công.")
