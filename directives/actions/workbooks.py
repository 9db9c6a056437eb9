"""A filled-in workbook: kept for its dry run, written as notes all or none, put away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any
from unicodedata import normalize

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.notes import report_progress
from directives.actions.round_entries import Typed, save_entries
from directives.actions.rounds import Line, RowsRefused, submission_for
from directives.models import Assignment, Entry, ProgressNote, Round, WorkbookUpload

MOST_WAITING = 20  # workbooks of one person between dry run and writing
NOT_YOURS = "Ông/bà không được giao thay mặt cơ quan này."


def keep_workbook(
    *, key: uuid.UUID, agency: Agency, name: str, content: dict[str, Any], by: User, day: date
) -> WorkbookUpload:
    """Keep what was read from a file until it is written or put away. The same key again gives what is there."""
    if not by.represents(agency.pk):
        raise Refused(NOT_YOURS)
    with acting(by, "keep_workbook", day):
        mine = WorkbookUpload.objects.visible_to(by).waiting().exclude(pk=key)
        if mine.count() >= MOST_WAITING:
            raise Refused(f"Ông/bà đang có {MOST_WAITING} bảng đã nộp mà chưa ghi. Xin ghi hoặc bỏ bớt rồi nộp tiếp.")
        words = {"user": by, "agency": agency, "name": shown_name(name), "content": content}
        kept, _ = WorkbookUpload.objects.get_or_create(uuid=key, defaults=words)
        if (kept.user_id, kept.agency_id) != (by.pk, agency.pk):
            raise Refused("Mẫu nộp này đã được dùng. Xin tải lại trang rồi nộp lại.")
        return kept


def shown_name(name: str) -> str:
    """What a file is called, composed and without its folder."""
    return PurePath(normalize("NFC", name.replace("\0", "")) or "bảng.xlsx").name[:255]


def write_workbook(*, upload: WorkbookUpload, lines: Sequence[Line], by: User, day: date) -> int:
    """Each line becomes a note by `report_progress`, all or none; gives how many are there. Twice is once.

    Raises RowsRefused with every line that is wrong or stale, by the key of its assignment.
    """
    with acting(by, "write_workbook", day):
        row = _locked(upload, by)
        if row.written_on:
            return row.written_count
        if not lines:
            raise Refused("Chưa có dòng nào để ghi.")
        wrong: dict[int, Refused] = {}
        for line in sorted(lines, key=lambda each: each.assignment.pk):  # one order of locks for all
            try:
                _write(row, line, by, day)
            except Refused as refusal:
                wrong[line.assignment.pk] = refusal
        if wrong:
            raise RowsRefused(wrong)
        return _finish(row, len(lines), day)


def draft_workbook(
    *, upload: WorkbookUpload, round: Round, lines: Sequence[tuple[Assignment, Typed]], by: User, day: date
) -> int:
    """The lines become drafts in the agency's report of a round, all or none; gives how many. Twice is once.

    `lines`: what was typed for each assignment; the caller knows which the report still takes. Raises RowsRefused
    where the report holds other words already: nobody's draft is written over.
    """
    with acting(by, "draft_workbook", day):
        row = _locked(upload, by)
        if row.written_on:
            return row.written_count
        if not lines:
            raise Refused("Chưa có dòng nào để đưa vào báo cáo kỳ.")
        submission = submission_for(round=round, agency=row.agency, by=by, day=day)
        wanted = [(assignment, typed, 0) for assignment, typed in lines]
        _, overtaken = save_entries(submission=submission, lines=wanted, by=by, day=day)
        if overtaken:
            raise RowsRefused({pk: Refused(_drafted_by(entry)) for pk, entry in overtaken.items()})
        return _finish(row, len(lines), day)


def _drafted_by(entry: Entry) -> str:
    return f"báo cáo kỳ đang có nội dung khác do {entry.edited_by} soạn. Xin xem và sửa ở trang của kỳ."


def _finish(row: WorkbookUpload, count: int, day: date) -> int:
    row.written_on, row.written_count = day, count
    row.save(update_fields=["written_on", "written_count"])
    return count


def _write(upload: WorkbookUpload, line: Line, by: User, day: date) -> ProgressNote:
    if line.assignment.agency_id != upload.agency_id:
        raise Refused("Nhiệm vụ này không phải của cơ quan.")
    said = replace(line.said, submission=note_key(upload, line.assignment.pk))
    return report_progress(assignment=line.assignment, said=said, by=by, day=day, version=line.version)


def note_key(upload: WorkbookUpload, assignment: int) -> uuid.UUID:
    """One workbook gives each assignment one note, however often it is sent."""
    return uuid.uuid5(upload.uuid, str(assignment))


def drop_workbook(*, upload: WorkbookUpload, by: User, day: date) -> None:
    """Put away what was not written; what was written stays in the notes. Twice is harmless."""
    with acting(by, "drop_workbook", day):
        WorkbookUpload.objects.visible_to(by).waiting().filter(pk=upload.pk).delete()


def sweep_workbooks(moment: datetime) -> int:
    """Delete what nobody needs any more; gives how many."""
    return WorkbookUpload.objects.expired(moment).delete()[0]


def _locked(upload: WorkbookUpload, by: User) -> WorkbookUpload:
    row = WorkbookUpload.objects.select_for_update().filter(pk=upload.pk, user=by).first()
    if row is None:
        raise Refused("Bảng này đã được bỏ hoặc đã quá hạn giữ. Xin nộp lại tệp.")
    if not by.represents(row.agency_id):
        raise Refused(NOT_YOURS)
    return row
