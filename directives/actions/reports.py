"""What people do about reports: ask for one, ask again for one that failed."""

from __future__ import annotations

import uuid
from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.models import Directive, Report, ReportState


def request_report(
    *, directive: Directive, as_of: date, by: User | None, day: date, submission: uuid.UUID | None = None
) -> Report:
    """A report on `directive` as it stands on `as_of`, for a worker to render. Raises Refused.

    The same submission again gives its report. While one of the same directive and day is under way,
    whoever asks is given that one.
    """
    _require_overseer(directive, by)
    _check_day(directive, as_of, day)
    submission = submission or uuid.uuid4()
    with acting(by, "request_report", day):
        # Requests on one directive come one after another: two at once find each other.
        Directive.objects.select_for_update().get(pk=directive.pk)
        asked = Report.objects.filter(directive=directive, as_of=as_of)
        if earlier := asked.filter(submission=submission).first():
            return earlier
        if running := asked.unfinished().first():
            return running
        if Report.objects.filter(submission=submission).exists():
            submission = uuid.uuid4()  # the form was used for another report before: this one is new
        return Report.objects.create(
            directive=directive, as_of=as_of, made_by=by, made_on=day, submission=submission, step="Đang chờ đến lượt"
        )


def retry_report(*, report: Report, by: User | None, day: date) -> Report:
    """Put a failed report back to wait. Figures that were gathered stay as they are. Raises Refused.

    Whoever asks answers for it from now on: their rights are the ones that the worker looks at.
    """
    _require_overseer(report.directive, by)
    with acting(by, "retry_report", day):
        row = Report.objects.select_for_update().get(pk=report.pk)
        if row.is_unfinished:
            return row
        if not row.is_failed:
            raise Refused("Báo cáo đã lập xong nên không lập lại. Muốn có số liệu mới, xin lập một báo cáo khác.")
        row.state, row.progress, row.step = ReportState.WAITING, 0, "Đang chờ đến lượt"
        row.error, row.attempts, row.leased_until, row.made_by = "", 0, None, by
        row.save(update_fields=["state", "progress", "step", "error", "attempts", "leased_until", "made_by"])
        return row


def may_have_report(directive: Directive, by: User | None) -> bool:
    """Whether `by` (None: the system) may have a report on this directive; asked again when it is rendered."""
    return by is None or (by.oversees and Directive.objects.visible_to(by).filter(pk=directive.pk).exists())


def _require_overseer(directive: Directive, by: User | None) -> None:
    if not may_have_report(directive, by):
        raise Refused("Chỉ lãnh đạo và cán bộ thường trực được lập báo cáo.")


def _check_day(directive: Directive, as_of: date, day: date) -> None:
    if not directive.is_published:
        raise Refused("Văn bản chưa công bố nên chưa có gì để báo cáo.", "directive")
    if as_of > day:
        raise Refused("Ngày chốt số liệu không thể sau hôm nay.", "as_of")
    if as_of < directive.issued_on:
        raise Refused("Ngày chốt số liệu không thể trước ngày ban hành văn bản.", "as_of")
