"""A finished report whose PDF is gone from the disk: its figures are still there, so it can be made again."""

from __future__ import annotations

from datetime import date

from django.core.files.storage import default_storage

from agencies.history import acting
from directives.models import Report, ReportState

WORDS = "Tệp PDF không còn trên máy chủ. Số liệu đã chốt vẫn được giữ nguyên; có thể lập lại tệp từ số liệu đó."


def is_lost(report: Report) -> bool:
    """Whether it is finished and its file does not lie where the row says."""
    return report.is_ready and not default_storage.exists(report.pdf)


def give_up_if_lost(report: Report, day: date) -> None:
    """One that is lost has failed after all, so that it may be tried again; the frozen figures stay."""
    if is_lost(report):
        frozen = Report.objects.filter(pk=report.pk, state=ReportState.READY, figures__isnull=False)
        with acting(None, "lose_report_file", day):
            frozen.update(state=ReportState.FAILED, progress=0, error=WORDS)
