"""What the buttons of a round's page do: each gives the words for success, or leaves on the page what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from agencies.errors import Refused
from directives.actions.locking import Stale
from directives.actions.round_entries import own_files, same_words, save_entries, says_anything
from directives.actions.rounds import (
    Line,
    RowsRefused,
    check_lines,
    hand_in,
    send_round,
    submission_for,
    take_back,
)
from directives.actions.uploads import store
from directives.forms.round import LineForm, number_from, round_key, typed_from
from directives.models import Assignment, Submission
from directives.views.finding import me
from directives.views.round_rows import Row, Sheet, add_uploads
from directives.views.round_words import typed_text

FIELDS = {*LineForm.base_fields, "files"}


def keep(request: HttpRequest, sheet: Sheet) -> str:
    """Lưu nháp: every line as typed, right or wrong; files too. A line that a colleague has changed is shown."""
    taken = number_from(request.POST, "lay")
    for row in sheet.to_fill:
        if f"{row.prefix}version" in request.POST and row.pk != taken:
            _read(request, row)
    _tell_of_lost_lines(request, sheet)
    if _save(request, sheet):
        return "Đã lấy nội dung của đồng nghiệp." if taken else "Đã lưu nháp."
    return ""


def send_all(request: HttpRequest, sheet: Sheet) -> str:
    """Gửi tất cả: nothing goes while one line is wrong."""
    said = "Đã gửi báo cáo kỳ."
    if sheet.is_sent:
        said = "Đã gửi bổ sung, ghi là gửi muộn." if sheet.is_late else "Đã gửi bổ sung."
    return _with_lines(request, sheet, send_round, said)


def hand_in_all(request: HttpRequest, sheet: Sheet) -> str:
    """Trình thủ trưởng: as complete as if it were sent."""
    return _with_lines(request, sheet, hand_in, "Đã trình thủ trưởng duyệt báo cáo kỳ.")


def return_it(request: HttpRequest, sheet: Sheet) -> str:
    """The head gives it back to be prepared again; what they have put right on its lines is kept."""
    reason = request.POST.get("reason", "")
    if request.POST.getlist("hang"):
        keep(request, sheet)
        if sheet.error:
            return ""

    def verb(submission: Submission) -> None:
        take_back(submission=submission, reason=reason, **_who(request, sheet))

    return "Đã trả lại để sửa." if _try(sheet, lambda: verb(_submission(request, sheet))) else ""


def _with_lines(request: HttpRequest, sheet: Sheet, verb: Callable[..., Any], said: str) -> str:
    posted = request.POST.getlist("hang")
    if sheet.is_sent and not any(str(row.pk) in posted for row in sheet.to_fill):
        # A second press, the button "back", or a colleague was faster.
        _tell_of_lost_lines(request, sheet)
        return f"Báo cáo kỳ này đã gửi ngày {sheet.submission.sent_on:%d/%m/%Y}." if sheet.submission else ""
    keep(request, sheet)
    if sheet.error:
        return ""
    submission = _submission(request, sheet)
    lines = [line for row in sheet.to_fill if not row.clash and (line := _line(row, submission))]
    try:
        if sheet.refused:  # nothing goes; what else is wrong is told all the same
            check_lines(submission=submission, lines=lines, by=me(request))
        else:
            verb(submission=submission, lines=lines, **_who(request, sheet))
    except RowsRefused as refused:
        _place(sheet, refused)
    except Refused as refusal:
        sheet.error = str(refusal)
    return "" if sheet.error or sheet.refused else said


def _line(row: Row, submission: Submission) -> Line | None:
    """The line, checked; None where it has errors, or needs not be sent and says nothing."""
    if not (row.must or row.says_anything):
        return None
    form = LineForm(row.typed, parts=row.parts, uploads=row.uploads)
    if not form.is_valid():
        row.errors |= {_at(row, name): " ".join(map(str, errors)) for name, errors in form.errors.items()}
        return None
    return Line(row.assignment, form.said(round_key(submission, row.assignment)), row.seen)


def _place(sheet: Sheet, refused: RowsRefused) -> None:
    """Each refusal at its line; what somebody changed meanwhile may be sent again once it has been read."""
    rows = {row.pk: row for row in sheet.rows}
    for pk, refusal in refused.rows.items():
        if row := rows.get(pk):
            field = "unchanged_why" if refusal.field == "result" and row.typed.get("unchanged") else refusal.field
            row.errors[_at(row, field)] = str(refusal)
            row.seen = refusal.version if isinstance(refusal, Stale) else row.seen


def _at(row: Row, field: str) -> str:
    """Where on a line an error stands: at its field, or at the line where it shows no such field."""
    shown = {"percent": row.assignment.task.takes_percent, "parts": bool(row.parts)}.get(field, field in FIELDS)
    return field if shown else "row"


def _read(request: HttpRequest, row: Row) -> None:
    row.typed = typed_from(request.POST, row.prefix)
    row.seen = number_from(request.POST, f"{row.prefix}seen")
    for file in request.FILES.getlist(f"{row.prefix}files"):
        try:
            row.typed["kept"] = [*row.typed["kept"], str(store(file, by=me(request)).uuid)]
        except Refused as refusal:
            row.errors["files"] = str(refusal)


def _save(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether every line is kept."""
    lines: list[tuple[Assignment, dict[str, Any], int | None]] = []
    for row in sheet.to_fill:
        untouched = row.entry is None and same_words(row.typed, row.shown)
        if not untouched:
            lines.append((row.assignment, row.typed, number_from(request.POST, f"{row.prefix}version")))
    submission = _submission(request, sheet)

    def save() -> None:
        saved, overtaken = save_entries(submission=submission, lines=lines, **_who(request, sheet, version=False))
        for row in sheet.to_fill:
            row.clash = overtaken.get(row.pk)
            row.entry = row.clash or saved.get(row.pk) or row.entry
            row.typed = saved[row.pk].typed if row.pk in saved else row.typed
            if row.clash:
                theirs = row.clash.typed.get("kept", [])
                row.typed["kept"] = own_files(row.typed.get("kept", []), theirs, me(request), sheet.agency)
        add_uploads(sheet.rows)

    return _try(sheet, save) and not sheet.refused


def _submission(request: HttpRequest, sheet: Sheet) -> Submission:
    if sheet.submission is None:
        arguments = _who(request, sheet, version=False)
        sheet.submission = submission_for(round=sheet.round, agency=sheet.agency, **arguments)
    return sheet.submission


def _try(sheet: Sheet, act: Callable[[], None]) -> bool:
    """Whether it was done; else why not stands on top of the page."""
    try:
        act()
    except Refused as refusal:
        sheet.error = str(refusal)
    return not sheet.error


def _who(request: HttpRequest, sheet: Sheet, version: bool = True) -> dict[str, Any]:
    who: dict[str, Any] = {"by": me(request), "day": sheet.day}
    return who | {"version": number_from(request.POST, "version")} if version else who


def _tell_of_lost_lines(request: HttpRequest, sheet: Sheet) -> None:
    """What was typed for a task that takes no words any more is told, with the words."""
    posted = {int(each) for each in request.POST.getlist("hang") if each.isdecimal() and len(each) < 18}
    gone = posted - {row.pk for row in sheet.to_fill}
    said = {row.pk: row.note.result for row in sheet.rows if row.is_reported and row.note}
    found = Assignment.objects.visible_to(me(request)).filter(pk__in=gone, agency=sheet.agency)
    for assignment in found.select_related("task", "agency"):
        typed = typed_from(request.POST, f"r{assignment.pk}-")
        words = str(typed["result"]).replace("\r\n", "\n").strip()
        if says_anything(typed | {"parts": ()}) and words != said.get(assignment.pk, ""):
            messages.warning(
                request,
                f"Nhiệm vụ {assignment.task.position} không còn nhận báo cáo trong kỳ này: "
                f"{_why_not(assignment, sheet, said)}. Nội dung ông/bà đã nhập mà chưa gửi: {typed_text(typed)}",
            )


def _why_not(assignment: Assignment, sheet: Sheet, said: dict[int, str]) -> str:
    if assignment.pk in said:
        return "đã có báo cáo"
    if sheet.is_sent and assignment.is_to_do:
        return "báo cáo kỳ đã gửi, có gì mới xin gửi ở trang của nhiệm vụ"
    return f"đang ở tình trạng “{assignment.get_life_display()}”"
