"""What people do about reports: ask for one, ask again for one that failed, change its words, publish it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import lock_directives
from directives.models import Directive, Download, Office, Report, ReportFile, ReportState, Round, Scope

WAITS = "Đang chờ đến lượt"
SWEPT_EVERY = 5  # minutes: how often the schedule looks for reports whose hour has come


@dataclass(frozen=True)
class Wanted:
    """What a report is to be about, as of when. `directives` of the scope "directives", else `agency`, else neither.

    `as_of_time`: an hour still to come of today, at which the figures are gathered. `period_start`: first day of a
    period that ends with `as_of`; `period_name`: "tháng 11/2023".
    """

    scope: Scope
    as_of: date
    directives: Sequence[Directive] = ()
    agency: Agency | None = None
    as_of_time: time | None = None
    period_start: date | None = None
    period_name: str = ""
    round: Round | None = None

    @property
    def key(self) -> str:
        return ",".join(str(pk) for pk in sorted(each.pk for each in self.directives))


def request_report(*, wanted: Wanted, by: User | None, day: date, submission: uuid.UUID | None = None) -> Report:
    """A report for a worker to make. `by` None: the system itself. Raises Refused.

    The same submission again gives its report. While one about the same and of the same day is under way, whoever asks
    is given that one.
    """
    _require_overseer(by)
    submission = submission or uuid.uuid4()
    with acting(by, "request_report", day):
        # An old workbook that brought one of them may be on its way out: it goes first, or is held by the report.
        lock_directives([each.pk for each in wanted.directives])
        _check(wanted, by, day)
        # Requests come one after another: two at once find each other.
        Office.locked()
        asked = Report.objects.filter(
            scope=wanted.scope,
            directives_key=wanted.key,
            agency=wanted.agency,
            as_of=wanted.as_of,
            as_of_time=wanted.as_of_time,
            period_start=wanted.period_start,
            round=wanted.round,
        )
        if earlier := asked.filter(submission=submission).first():
            return earlier
        if wanted.round and (drafted := Report.objects.filter(round=wanted.round).first()):
            return drafted
        if running := asked.unfinished().filter(publication=None, finished_at=None).first():
            return running
        if Report.objects.filter(submission=submission).exists():
            submission = uuid.uuid4()  # the form was used for another report before: this one is new
        report = Report.objects.create(
            scope=wanted.scope,
            directives_key=wanted.key,
            agency=wanted.agency,
            as_of=wanted.as_of,
            as_of_time=wanted.as_of_time,
            gather_at=_moment(wanted.as_of_time),
            period_start=wanted.period_start,
            period_name=wanted.period_name.strip(),
            round=wanted.round,
            made_by=by,
            made_on=day,
            submission=submission,
            step=f"Đợi đến {wanted.as_of_time:%H:%M} để chốt số liệu" if wanted.as_of_time else WAITS,
        )
        report.directives.set(wanted.directives)
        return report


def retry_report(*, report: Report, by: User | None, day: date) -> Report:
    """Put a failed report back to wait. Figures that were gathered stay as they are. Raises Refused.

    Until they are gathered whoever asks answers for it: their rights are the ones that the worker looks at.
    """
    _require_overseer(by)
    with acting(by, "retry_report", day):
        row = locked_report(report)
        if row.is_unfinished:
            return row
        if not row.is_failed:
            raise Refused("Báo cáo đã lập xong nên không lập lại. Muốn có số liệu mới, xin lập một báo cáo khác.")
        if row.figures is None:
            row.made_by = by
            row.save(update_fields=["made_by"])
        wait_again(row)
        return row


def locked_report(report: Report) -> Report:
    """The row under a lock; a report that was published meanwhile says so.

    Its publication is asked for afterwards: joined to it would be the one of before the lock was waited for.
    """
    return Report.objects.select_for_update(no_key=True).get(pk=report.pk)


def may_have_report(report: Report, by: User | None) -> bool:
    """Whether `by` (None: the system) may have this report; asked again when it is rendered."""
    return by is None or Report.objects.visible_to(by).filter(pk=report.pk).exists()


def record_download(*, file: ReportFile, by: User, day: date) -> Download:
    """Who fetched what is kept for good."""
    with acting(by, "download_report", day):
        return Download.objects.create(file=file, by=by, on=day)


def wait_again(row: Report) -> None:
    """Its files are to be made anew: whoever is making them now makes them in vain. Saves the row, which is locked."""
    row.state, row.progress, row.step = ReportState.WAITING, 0, WAITS
    row.error, row.attempts, row.leased_until, row.lease = "", 0, None, None
    row.save(
        update_fields=[
            "state",
            "progress",
            "step",
            "error",
            "attempts",
            "leased_until",
            "lease",
            "content_sha256",
        ]
    )


def _require_overseer(by: User | None) -> None:
    if by is not None and not (by.is_active and by.oversees):
        raise Refused("Chỉ lãnh đạo và cán bộ thường trực được lập báo cáo.")


def _check(wanted: Wanted, by: User | None, day: date) -> None:
    if wanted.as_of > day:
        raise Refused("Ngày chốt số liệu không thể sau hôm nay.", "as_of")
    if (moment := _moment(wanted.as_of_time)) and (wanted.as_of != day or moment <= timezone.now()):
        raise Refused(
            "Chỉ chốt được số liệu tại một giờ chưa đến của hôm nay. Số liệu của ngày khác tính đến hết ngày; "
            "câu chữ về thời điểm sửa được trong nội dung báo cáo.",
            "as_of_time",
        )
    if wanted.as_of_time and wanted.as_of_time.minute % SWEPT_EVERY:
        raise Refused(f"Xin chọn giờ tròn {SWEPT_EVERY} phút, ví dụ 16:30 hoặc 17:00.", "as_of_time")
    if wanted.period_name.strip() and not wanted.period_start:
        raise Refused("Xin ghi ngày đầu kỳ cùng với tên kỳ.", "period_start")
    if wanted.period_start and wanted.period_start > wanted.as_of:
        raise Refused("Ngày đầu kỳ không thể sau ngày chốt số liệu.", "period_start")
    if wanted.scope == Scope.DIRECTIVES:
        _check_directives(wanted, by)
    elif wanted.scope != Scope.ALL and wanted.agency is None:
        raise Refused("Xin chọn cơ quan hoặc nhóm cơ quan.", "agency")
    elif wanted.agency and wanted.agency.is_group != (wanted.scope == Scope.GROUP):
        body, other = ("một nhóm", "một cơ quan") if wanted.scope == Scope.GROUP else ("một cơ quan", "nhóm")
        raise Refused(f"Phạm vi là {body}: xin chọn {body}, không chọn {other}.", "agency")


def _moment(at: time | None) -> datetime | None:
    """That hour of this very day; the training clock has no hours of its own."""
    return timezone.localtime().replace(hour=at.hour, minute=at.minute, second=0, microsecond=0) if at else None


def _check_directives(wanted: Wanted, by: User | None) -> None:
    if not wanted.directives:
        raise Refused("Xin chọn ít nhất một văn bản.", "directives")
    if not all(each.is_published for each in wanted.directives):
        raise Refused("Văn bản chưa công bố nên chưa có gì để báo cáo.", "directives")
    if wanted.as_of < max(each.issued_on for each in wanted.directives):
        raise Refused("Ngày chốt số liệu không thể trước ngày ban hành văn bản.", "as_of")
    seen = Directive.objects.visible_to(by) if by else Directive.objects.published()
    if seen.filter(pk__in=[each.pk for each in wanted.directives]).count() != len(wanted.directives):
        raise Refused("Có văn bản không có trong danh sách của ông/bà.", "directives")
