"""A report belongs to one worker at a time, for as long as that worker is heard of.

A worker that dies leaves its lease behind; when it has run out another one takes the report. Each lease has a mark of
its own: whoever comes back late, after somebody else has taken over or the words were changed, changes nothing.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from agencies.history import acting
from directives.models import Report, ReportState
from directives.reports.record import Record

# Longer than one step may take: each step that is told prolongs it.
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 3
GAVE_UP = (
    "Đã thử lập báo cáo 3 lần nhưng lần nào tiến trình lập cũng dừng giữa chừng, có thể do máy chủ thiếu bộ nhớ. "
    "Số liệu đã chốt vẫn được giữ. Xin thử lại; nếu vẫn không được, xin báo quản trị viên."
)


def claim(pk: int) -> Report | None:
    """Take a report that nobody renders; None when there is nothing to do. A third dead worker was enough."""
    with acting(None, "render_report"):
        free = Report.objects.claimable(timezone.now()).select_for_update(of=("self",), skip_locked=True)
        report = free.select_related("agency", "made_by", "publication").filter(pk=pk).first()
        if report is None:
            return None
        if report.attempts >= MAX_ATTEMPTS:
            _end(report, state=ReportState.FAILED, error=GAVE_UP)
            return None
        report.attempts += 1
        report.state, report.leased_until, report.lease = ReportState.RENDERING, timezone.now() + LEASE, uuid.uuid4()
        report.save(update_fields=["attempts", "state", "leased_until", "lease"])
        return report


class Lost(Exception):
    """Somebody else has this report by now, or its words were changed; whoever held it stops."""


def advance(report: Report, progress: int, step: str) -> None:
    """Tell how far it is, for the page that waits, and stay the owner. Raises Lost."""
    _mine(report, progress=progress, step=step, leased_until=timezone.now() + LEASE)


def keep_figures(report: Report, figures: Record, sha256: str) -> None:
    """Freeze what was gathered; inside the transaction that keeps the drafted text too. Raises Lost.

    Also where there are figures already: they never change.
    """
    if not _owned(report).filter(figures__isnull=True).update(figures=figures, figures_sha256=sha256):
        raise Lost
    report.figures, report.figures_sha256 = figures, sha256


def finish(report: Report, content_sha256: str) -> None:
    """Done: the files of this content are there. Raises Lost."""
    done = {"progress": 100, "step": "", "error": "", "finished_at": timezone.now(), "content_sha256": content_sha256}
    with acting(None, "finish_report", report.made_on):
        _mine(report, state=ReportState.READY, leased_until=None, lease=None, **done)


def fail(report: Report, reason: str) -> None:
    """Not possible, for a reason that the requester understands. The figures stay. Raises Lost."""
    with acting(None, "fail_report", report.made_on):
        _mine(report, state=ReportState.FAILED, leased_until=None, lease=None, step="", error=reason)


def _owned(report: Report) -> Any:
    return Report.objects.filter(pk=report.pk, state=ReportState.RENDERING, lease=report.lease)


def _mine(report: Report, **values: Any) -> None:
    with transaction.atomic():
        if not _owned(report).update(**values):
            raise Lost


def _end(report: Report, **values: Any) -> None:
    Report.objects.filter(pk=report.pk).update(leased_until=None, lease=None, step="", **values)
