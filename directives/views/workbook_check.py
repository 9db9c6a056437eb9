"""How a filled-in workbook is judged: by the rules of a line and of a note, against what the book holds now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from agencies.errors import Refused
from agencies.history import told
from agencies.models import User
from directives.actions.notes import check_note
from directives.actions.words import verb_words
from directives.forms.round import LineForm
from directives.models import Assignment, Office, ProgressNote, WorkbookUpload
from directives.views.finding import assignments_for
from directives.views.round_call import round_call
from directives.views.workbook_rows import Check, CheckedRow
from directives.workbooks.columns import LABELS, in_words, plain, shown_of
from directives.workbooks.filled import Filled

GONE = "nhiệm vụ này không còn do cơ quan thực hiện. Nội dung dòng này không được ghi."


def check(upload: WorkbookUpload, user: User, day: date, office: Office) -> Check:
    """What would be written now, in as many queries for many rows as for one."""
    filled = Filled.from_json(upload.content)
    mine = assignments_for(user, day, office).published().filter(agency=upload.agency_id)
    keys = [row.assignment for row in filled.rows if row.assignment]
    found = {each.pk: each for each in mine.filter(pk__in=keys)}
    notes = last_notes(found)
    missing = mine.open().exclude(pk__in=[*keys, *filled.blank]).count()
    rows = []
    for each in filled.rows:
        key = each.assignment or 0
        rows.append(CheckedRow(each, filled.letters, found.get(key), notes.get(key)))
    faster = _last_changes([row.pk for row in rows if _is_stale(row)])
    for row in rows:
        _judge(row, faster)
    call = next(iter(round_call(user, upload.agency, day, office)), None)
    return Check(upload, rows, len(filled.blank), missing, call=call)


def last_notes(keys: Iterable[int]) -> dict[int, ProgressNote]:
    """The last note on each of these assignments (keys), also by whoever carried the work before. Three queries."""
    last = ProgressNote.objects.of_work(OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = Assignment.objects.filter(pk__in=keys).order_by().values_list("pk", Subquery(last))
    by_assignment = {assignment: note for assignment, note in found if note}
    notes = ProgressNote.objects.select_related("author").prefetch_related("parts").in_bulk(by_assignment.values())
    return {assignment: notes[note] for assignment, note in by_assignment.items()}


def _is_stale(row: CheckedRow) -> bool:
    return row.assignment is not None and row.assignment.version != row.filled.version


def _judge(row: CheckedRow, faster: Mapping[int, str]) -> None:
    if row.filled.problem:
        row.errors.append(("", row.filled.problem))
        return
    if row.assignment is None:
        row.left = GONE
        return
    if _is_stale(row):
        row.clash = faster.get(row.pk, "đã có thay đổi sau khi tải bảng")
        row.moved = _moved(row)
    _read(row)


def _read(row: CheckedRow) -> None:
    """The rules of a line, then those of a note: the same as everywhere."""
    for name, message in row.filled.errors.items():
        row.refuse(name, message)
    form = LineForm(row.filled.typed)
    for name, messages in form.errors.items():
        if name not in row.filled.errors:
            row.refuse(name, " ".join(map(str, messages)))
    if row.errors:
        return
    said = form.said(uuid.uuid4())  # the verb gives it the key that counts
    try:
        check_note(row.assignment, said)
    except Refused as refusal:
        if row.clash and not refusal.field:
            row.left = str(refusal)
        else:
            row.refuse(refusal.field, str(refusal))
        return
    row.said = said


def _moved(row: CheckedRow) -> list[tuple[str, str, str]]:
    """What the file says of the task and what holds now, where these differ; the last note stands by itself."""
    now = {name: in_words(value) for name, value in shown_of(row.assignment, row.note).items()}
    return [
        (LABELS[name], words, now[name])
        for name, words in row.filled.locked.items()
        if name != "last" and plain(words) != plain(now[name])
    ]


def _last_changes(keys: list[int]) -> dict[int, str]:
    """Of each assignment who changed it last, and when. One query."""
    events = Assignment.pgh_event_model.objects.filter(pgh_obj_id__in=keys)  # type: ignore[attr-defined]
    said = {}
    for event in events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id") if keys else ():
        last = told(event)
        moment = timezone.localtime(last.moment)
        said[event.pgh_obj_id] = f"{last.who} đã {verb_words(last.verb)} lúc {moment:%H:%M} ngày {last.day:%d/%m/%Y}"
    return said
