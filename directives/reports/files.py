"""The files of a report: where they lie, and which of them show what the report says now."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Max

from agencies.history import acting
from directives.actions.tidying import LEFT, tidy
from directives.models import FileKind, Report, ReportFile, ReportState

LOST = "Tệp của báo cáo không còn trên máy chủ. Số liệu đã chốt vẫn được giữ nguyên; có thể lập lại tệp từ số liệu đó."


def keep(report: Report, made: dict[FileKind, Path], content_sha256: str) -> None:
    """Store what was made. Each attempt writes files of its own: one that lost its lease overwrites nothing."""
    for kind, path in made.items():
        ending = "pdf" if kind == FileKind.SUMMARY else kind.value
        name = f"reports/{report.as_of.year}/{report.pk}-{content_sha256[:12]}-{kind.value}.{ending}"
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            kept = default_storage.save(name, File(file))
        ReportFile.objects.create(
            report=report, kind=kind, path=kept, size=path.stat().st_size, sha256=sha256, content_sha256=content_sha256
        )


def current(report: Report) -> dict[str, ReportFile]:
    """By kind, the newest of each that shows what the report says now. One query."""
    rows = report.files.filter(content_sha256=report.content_sha256).order_by("kind", "-pk").distinct("kind")
    return {row.kind: row for row in rows}


def at_hand(report: Report) -> dict[str, ReportFile]:
    """Those of `current` that lie where their row says. One query."""
    return {kind: row for kind, row in current(report).items() if default_storage.exists(row.path)}


def pdf_of(report: Report) -> bytes:
    """Our own PDF of what the report says now; empty where it is away."""
    row = current(report).get(FileKind.PDF)
    if row is None or not default_storage.exists(row.path):
        return b""
    with default_storage.open(row.path) as file:
        made: bytes = file.read()
        return made


def is_lost(report: Report) -> bool:
    """Whether it is finished and one of its files does not lie where its row says."""
    if not report.is_ready:
        return False
    rows = current(report).values()
    return not rows or not all(default_storage.exists(row.path) for row in rows)


def give_up_if_lost(report: Report, day: date) -> None:
    """One that is lost has failed after all, so that it may be tried again; the frozen figures stay."""
    if is_lost(report):
        frozen = Report.objects.filter(pk=report.pk, state=ReportState.READY, figures__isnull=False)
        with acting(None, "lose_report_file", day):
            frozen.update(state=ReportState.FAILED, progress=0, error=LOST)


def sweep(moment: datetime) -> None:
    """Delete from the disk what no row names and what is never shown again; the rows stay."""
    before = moment - LEFT
    newest = Report.objects.aggregate(newest=Max("pk"))["newest"] or 0
    tidy("reports", newest, partial(_needed, before), before)


def _needed(before: datetime, names: list[str]) -> set[str]:
    rows = ReportFile.objects.filter(path__in=names)
    return set(rows.exclude(pk__in=rows.superseded(before)).values_list("path", flat=True))


def file_name(report: Report, kind: str) -> str:
    """ "Báo cáo 86-TB-UBND đến 20-11-2023.pdf"."""
    what = "Tóm tắt" if kind == FileKind.SUMMARY else "Báo cáo"
    ending = "pdf" if kind == FileKind.SUMMARY else kind
    return f"{what} {report.name} đến {report.as_of:%d-%m-%Y}.{ending}".replace("/", "-")
