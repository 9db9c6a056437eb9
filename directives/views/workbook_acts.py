"""What the buttons of the dry run do: each gives where to go when it is done, or leaves on the page why it was not."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from agencies.clock import today
from agencies.errors import Refused
from directives.actions.locking import Stale
from directives.actions.rounds import RowsRefused
from directives.actions.workbooks import draft_workbook, drop_workbook, write_workbook
from directives.forms.round import number_from
from directives.models import Office, WorkbookUpload
from directives.views.finding import me
from directives.views.round_call import missing_in
from directives.views.workbook_check import check
from directives.views.workbook_rows import Check


def write(request: HttpRequest, found: Check) -> HttpResponse | None:
    """Ghi tất cả: each row a note of its own."""

    def verb() -> int:
        return write_workbook(upload=found.upload, lines=found.lines(), by=me(request), day=today())

    if not (count := _try(request, found, verb)):
        return None
    messages.success(request, f"Đã ghi {count} báo cáo từ bảng Excel.")
    return redirect("agency_detail", code=found.upload.agency.code)


def draft(request: HttpRequest, found: Check) -> HttpResponse | None:
    """Đưa vào báo cáo kỳ: drafts, which are sent on the page of the round like any other."""
    if (call := found.call) is None:
        found.error = "Hiện không có kỳ báo cáo nào đang nhận."
        return None
    takes = missing_in(call.round, found.upload.agency, Office.current())

    def verb() -> int:
        lines = found.drafts()
        if late := {row.pk: Refused(NOT_IN_ROUND) for row, _ in lines if row.pk not in takes}:
            raise RowsRefused(late)
        return draft_workbook(upload=found.upload, round=call.round, lines=lines, by=me(request), day=today())

    if not (count := _try(request, found, verb)):
        return None
    messages.success(request, f"Đã đưa {count} dòng vào bản nháp. Xin xem lại, đính kèm tệp rồi gửi báo cáo kỳ.")
    return redirect("round_page", pk=call.round.pk, code=found.upload.agency.code)


def drop(request: HttpRequest, found: Check) -> HttpResponse:
    """Bỏ: nothing is written."""
    drop_workbook(upload=found.upload, by=me(request), day=today())
    messages.success(request, f"Đã bỏ bảng “{found.upload.name}”; chưa ghi gì vào sổ.")
    return redirect("agency_workbook_send", code=found.upload.agency.code)


ACTS: dict[str, Callable[[HttpRequest, Check], HttpResponse | None]] = {"ghi": write, "ky": draft, "bo": drop}
NOT_IN_ROUND = "báo cáo kỳ không nhận thêm về nhiệm vụ này: đã báo cáo trong kỳ, hoặc nhận sau ngày chốt."


def _try(request: HttpRequest, found: Check, verb: Callable[[], int]) -> int:
    """How many rows were taken; 0 where none was, and `error` says why."""
    _tick(request, found)
    if found.wrong:
        # The first press of the button may have written them while this one was on its way.
        if done := WorkbookUpload.objects.filter(pk=found.upload.pk).exclude(written_on=None).first():
            return done.written_count
        found.error = f"Chưa ghi dòng nào: còn {len(found.wrong)} dòng có lỗi."
        return 0
    try:
        return verb()
    except RowsRefused as refused:
        found.error = f"Chưa ghi dòng nào: {len(refused.rows)} dòng không ghi được."
        numbers = {row.pk: row.filled.number for row in found.rows if row.assignment}
        found.told = [(numbers[pk], _told(refusal)) for pk, refusal in refused.rows.items()]
    except Refused as refusal:
        found.error = str(refusal)
    return 0


def _told(refusal: Refused) -> str:
    """Whoever was faster stands beside the row, with their words."""
    return "vừa có người khác thay đổi; xin xem lại bên dưới." if isinstance(refusal, Stale) else str(refusal)


def again(request: HttpRequest, before: Check) -> Check:
    """The dry run as it stands after a refusal, with what was ticked."""
    now = check(before.upload, me(request), today(), Office.current())
    now.error, now.told = before.error, before.told
    _tick(request, now)
    return now


def _tick(request: HttpRequest, found: Check) -> None:
    """A row that somebody else has changed is written only as it was seen when it was ticked."""
    chosen = set(request.POST.getlist("ghi"))
    for row in found.clashes:
        if row.said and str(row.pk) in chosen:
            row.is_ticked = number_from(request.POST, f"v{row.pk}") == row.assignment.version
