"""From a row that waits to a file: what the worker does for one report."""

from __future__ import annotations

import logging
from functools import partial

from celery.signals import worker_init
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from directives.actions.reports import may_have_report
from directives.models import Report
from directives.reports import content, lease, pdf
from directives.reports.pdf import CannotRender
from directives.reports.record import Record

log = logging.getLogger(__name__)

NO_RIGHT = (
    "Người yêu cầu không còn được xem báo cáo này (tài khoản đã khóa hoặc đã đổi vai trò), nên chưa lập. "
    "Lãnh đạo hoặc cán bộ thường trực khác có thể bấm thử lại."
)
UNEXPECTED = (
    "Có lỗi ngoài dự kiến khi lập báo cáo; lỗi đã được ghi vào nhật ký máy chủ. "
    "Xin thử lại; nếu vẫn không được, xin báo quản trị viên."
)

# The typesetter is loaded once, before the worker forks its children: each report starts from a warm copy.
worker_init.connect(pdf.warm)


def waiting_reports() -> list[int]:
    """Keys of the reports that nobody renders, the oldest first."""
    return list(Report.objects.claimable(timezone.now()).order_by("pk").values_list("pk", flat=True))


def render_report(pk: int) -> None:
    """Claim a report and render it; does nothing where another worker has it. Never raises for its content."""
    report = lease.claim(pk)
    if report is None:
        return
    try:
        _render(report)
    except lease.Lost:
        log.warning("report %s was taken over by another worker", pk)


def _render(report: Report) -> None:
    try:
        if not may_have_report(report.directive, report.made_by):
            raise CannotRender(NO_RIGHT)
        made = pdf.make_pdf(_frozen(report), tell=partial(lease.advance, report))
        lease.advance(report, 95, "Đang lưu tệp")
        lease.finish(report, _store(report, made))
    except CannotRender as reason:
        lease.fail(report, str(reason))
    except lease.Lost:
        raise
    except Exception:
        log.exception("report %s", report.pk)
        lease.fail(report, UNEXPECTED)


def _frozen(report: Report) -> Record:
    """The figures as an earlier attempt gathered them, else gathered now, once and for all."""
    lease.advance(report, 5, "Đang gom số liệu")
    if report.figures is not None:
        return report.figures
    record = content.gather(report)
    lease.keep_figures(report, record, content.checksum(record))
    return record


def _store(report: Report, made: bytes) -> str:
    """Where the file lies. Each attempt writes a file of its own: one that lost its lease overwrites nothing."""
    name = f"reports/{report.as_of.year}/{report.pk}-{report.attempts}-{report.figures_sha256[:12]}.pdf"
    return default_storage.save(name, ContentFile(made))
