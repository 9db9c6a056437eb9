"""The lease of a report (`actions/leases.py`), and the figures that its first owner freezes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from directives.actions.leases import Lease, Lost, owned
from directives.models import Report, ReportState
from directives.reports.record import Record

GAVE_UP = (
    "Đã thử lập báo cáo 3 lần nhưng lần nào tiến trình lập cũng dừng giữa chừng, có thể do máy chủ thiếu bộ nhớ. "
    "Số liệu đã chốt vẫn được giữ. Xin thử lại; nếu vẫn không được, xin báo quản trị viên."
)
LEASE = Lease(
    lasts=timedelta(minutes=5),
    making=ReportState.RENDERING,
    verbs=("render_report", "finish_report", "fail_report"),
    gave_up=GAVE_UP,
)
advance, fail = LEASE.advance, LEASE.fail


def claim(pk: int) -> Report | None:
    """Take a report that nobody renders; None when there is nothing to do."""
    free = Report.objects.claimable(timezone.now()).select_related("agency", "made_by")
    return LEASE.claim(free.filter(pk=pk))


def keep_figures(report: Report, figures: Record, sha256: str) -> None:
    """Freeze what was gathered; inside the transaction that keeps the drafted text too. Raises Lost.

    Also where there are figures already: they never change.
    """
    if not owned(report).filter(figures__isnull=True).update(figures=figures, figures_sha256=sha256):
        raise Lost
    report.figures, report.figures_sha256 = figures, sha256


def finish(report: Report, content_sha256: str) -> None:
    """Done: the files of this content are there. Raises Lost."""
    LEASE.finish(report, content_sha256=content_sha256)
