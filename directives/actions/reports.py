"""What people do about reports: ask for one, ask again for one that failed, change its words, publish it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import lock_directives
from directives.actions.report_hours import Hour, require_nothing_since
from directives.models import Directive, Download, Office, Report, ReportFile, ReportState, Round, Scope

WAITS = "Đang chờ đến lượt"
SWEPT_EVERY = 5  # minutes: how often the schedule looks for reports whose hour has come


@dataclass(frozen=True)
class Wanted:
    """What a report is to be about, as of when. `directives` of the scope "directives", else `agency`, else neither.

    `hour`: of the day `as_of`, else its figures are those of the whole day. `period_start`: first day of a period that
    ends with `as_of`; `period_name`: "tháng 11/2023".
    """

    scope: Scope
    as_of: date
    directives: Sequence[Directive] = ()
    agency: Agency | None = None
    hour: Hour | None = None
    period_start: date | None = None
    period_name: str = ""
    round: Round | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What two reports about the same, as of the same moment, have in common: columns of `Report`."""
        return {
            "scope": self.scope,
            "directives_key": ",".join(str(pk) for pk in sorted(each.pk for each in self.directives)),
            "agency": self.agency,
            "as_of": self.as_of,
            "as_of_time": self.hour.at if self.hour else None,
            "period_start": self.period_start,
            "round": self.round,
        }


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
        asked = Report.objects.filter(**wanted.columns)
        if earlier := asked.filter(submission=submission).first():
            return earlier
        if wanted.round and (drafted := Report.objects.filter(round=wanted.round).first()):
            return drafted
        if running := asked.unfinished().filter(publication=None, finished_at=None).first():
            return running
        if Report.objects.filter(submission=submission).exists():
            submission = uuid.uuid4()  # the form was used for another report before: this one is new
        report = Report.objects.create(
            **wanted.columns,
            gather_at=wanted.hour.moment if wanted.hour else None,
            period_name=wanted.period_name.strip(),
            made_by=by,
            made_on=day,
            submission=submission,
            step=_waits_for(wanted.hour),
        )
        report.directives.set(wanted.directives)
        if wanted.hour and wanted.hour.has_passed:
            require_nothing_since(report, is_over=wanted.as_of < day)
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
        if not row.figures_sha256:
            row.made_by = by
            row.save(update_fields=["made_by"])
        wait_again(row)
        return row


def locked_report(report: Report) -> Report:
    """The row under a lock, without its figures; a report that was published meanwhile says so.

    Its publication is asked for afterwards: joined to it would be the one of before the lock was waited for.
    """
    return Report.objects.select_for_update(no_key=True).defer("figures").get(pk=report.pk)


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
    if wanted.hour and not wanted.hour.has_passed and wanted.hour.at.minute % SWEPT_EVERY:
        raise Refused(f"Với giờ chưa đến, xin chọn giờ tròn {SWEPT_EVERY} phút, ví dụ 16:30 hoặc 17:00.", "as_of_time")
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


def _waits_for(hour: Hour | None) -> str:
    return WAITS if hour is None or hour.has_passed else f"Đợi đến {hour.at:%H:%M} để chốt số liệu"


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
