"""From a row that waits to its files: what the worker does for one report."""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from celery.signals import worker_init
from django.db import transaction
from django.utils import timezone

from agencies.history import acting
from directives.actions.leases import Lost
from directives.actions.reports import may_have_report
from directives.models import FileKind, Passage, Report
from directives.reports import content, files, lease, making
from directives.reports.child import CannotRender
from directives.reports.drafts import drafted
from directives.reports.record import Record
from directives.reports.report_paper import content as content_of

log = logging.getLogger(__name__)

NO_RIGHT = (
    "Người yêu cầu không còn được xem báo cáo này (tài khoản đã khóa hoặc đã đổi vai trò), nên chưa lập. "
    "Lãnh đạo hoặc cán bộ thường trực khác có thể bấm thử lại."
)
UNEXPECTED = (
    "Có lỗi ngoài dự kiến khi lập báo cáo; lỗi đã được ghi vào nhật ký máy chủ. "
    "Xin thử lại; nếu vẫn không được, xin báo quản trị viên."
)
OLD = (
    "Báo cáo này được lập bằng phiên bản trước của phần mềm nên không lập lại tệp được. Số liệu đã chốt vẫn được giữ. "
    "Xin lập một báo cáo mới."
)
PASSED = "Đã quá giờ chốt số liệu mà máy chủ chưa gom được, nên không lập được báo cáo của giờ ấy. Xin lập báo cáo mới."
NOTHING = "Tại ngày chốt số liệu không có nhiệm vụ nào thuộc phạm vi này nên không có gì để báo cáo."
LATE = timedelta(minutes=15)
KINDS = tuple(FileKind)

# The typesetter is loaded once, before the worker forks its children: each report starts from a warm copy.
worker_init.connect(making.warm)


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
    except Lost:
        log.warning("report %s was taken over, or changed meanwhile", pk)


def _render(report: Report) -> None:
    try:
        if report.figures is None and not may_have_report(report, report.made_by):
            raise CannotRender(NO_RIGHT)
        _freeze(report)
        _make(report, to_show(report))
    except CannotRender as reason:
        lease.fail(report, str(reason))
    except Lost:
        raise
    except Exception:
        log.exception("report %s", report.pk)
        lease.fail(report, UNEXPECTED)


def to_show(report: Report) -> Record:
    """What its files show: as it was published; before that its figures with the words as they stand."""
    if report.is_published:
        record: Record = report.publication.record
        return record
    assert report.figures is not None  # frozen before
    words = dict(report.passages.values_list("place", "words"))
    return content_of(report.figures, words, is_draft=True)


def _freeze(report: Report) -> None:
    """The figures as an earlier attempt gathered them, else gathered now, once and for all, with a draft of text."""
    lease.advance(report, 5, "Đang gom số liệu")
    if report.figures is not None:
        if report.figures["version"] != content.VERSION:
            raise CannotRender(OLD)
        return
    if report.gather_at and timezone.now() > report.gather_at + LATE:
        raise CannotRender(PASSED)
    record = content.gather(report)
    if not record["directives"]:
        raise CannotRender(NOTHING)
    with acting(None, "freeze_figures", report.made_on), transaction.atomic():
        lease.keep_figures(report, record, content.checksum(record))
        Passage.objects.bulk_create(
            Passage(report=report, place=place.value, position=position, drafted=text, words=text)
            for position, (place, text) in enumerate(drafted(record).items(), start=1)
        )


def _make(report: Report, shown: Record) -> None:
    sha256 = content.checksum(shown)
    with tempfile.TemporaryDirectory(prefix="kttt-report-") as folder:
        made = making.make(shown, Path(folder), KINDS, tell=partial(lease.advance, report))
        lease.advance(report, 95, "Đang lưu tệp")
        files.keep(report, made, sha256)
    lease.finish(report, sha256)
