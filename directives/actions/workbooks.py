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
from directives.actions.rounds import Line, RowsRefused
from directives.models import ProgressNote, WorkbookUpload

NOT_YOURS = "Ông/bà không được giao thay mặt cơ quan này."


def keep_workbook(
    *, key: uuid.UUID, agency: Agency, name: str, content: dict[str, Any], by: User, day: date
) -> WorkbookUpload:
    """Keep what was read from a file until it is written or put away. The same key again gives what is there."""
    if not by.represents(agency.pk):
        raise Refused(NOT_YOURS)
    with acting(by, "keep_workbook", day):
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
        row.written_on, row.written_count = day, len(lines)
        row.save(update_fields=["written_on", "written_count"])
        return row.written_count


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
