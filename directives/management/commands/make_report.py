"""manage.py make_report --directive 86/TB-UBND --as-of 2023-11-20 --out DIR: the report's files on disk."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from agencies.clock import today
from agencies.errors import Refused
from directives.actions.reports import Wanted, request_report
from directives.models import Directive, FileKind, Report, Scope
from directives.reports import files, render

NAMES = {
    FileKind.PDF: "report.pdf",
    FileKind.WORD: "report.docx",
    FileKind.EXCEL: "report.xlsx",
    FileKind.SUMMARY: "summary.pdf",
}


class Command(BaseCommand):
    help = (
        "Lập báo cáo tiến độ của một hoặc nhiều văn bản đã công bố và ghi report.pdf, report.docx, report.xlsx, "
        "summary.pdf, figures.json vào một thư mục."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directive", required=True, action="append", help="số, ký hiệu, ví dụ 86/TB-UBND; ghi được nhiều lần"
        )
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="ngày chốt số liệu, YYYY-MM-DD")
        parser.add_argument("--out", type=Path, required=True, help="thư mục nhận tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        day = today()
        directives = [_directive(code) for code in options["directive"]]
        wanted = Wanted(Scope.DIRECTIVES, as_of=options["as_of"] or day, directives=directives)
        try:
            report = request_report(wanted=wanted, by=None, day=day)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        render.render_report(report.pk)
        report.refresh_from_db()
        if not report.is_ready:
            raise CommandError(report.error or "Báo cáo đang được một tiến trình khác lập. Xin thử lại sau ít phút.")
        self._write(report, options["out"])

    def _write(self, report: Report, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        for kind, row in files.current(report).items():
            with default_storage.open(row.path) as file:
                (out / NAMES[FileKind(kind)]).write_bytes(file.read())
        figures = json.dumps(report.figures, ensure_ascii=False, indent=2, sort_keys=True)
        (out / "figures.json").write_text(figures + "\n", encoding="utf-8")
        self.stdout.write(f"{report}: {out}")


def _directive(code: str) -> Directive:
    """The newest published directive of that number and symbol."""
    number, _, symbol = code.partition("/")
    found = Directive.objects.published().filter(number=number.strip(), symbol=symbol.strip()).first()
    if found is None:
        raise CommandError(f"Không có văn bản đã công bố nào mang số “{code}”.")
    return found
