"""The history of a directive: who changed what, task by task in the order of time, as JSON and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from directives import history
from directives.archive import names
from directives.archive.package import Package
from directives.archive.rows import document, dumped
from directives.archive.sheets import Sheet, Sheets
from directives.history.acts import newest_first
from directives.history.events import changes
from directives.history.line import Line
from directives.models import Addressee, Assignment, CitedDocument, Directive

TITLE = "Lịch sử"
HEADS = {
    "on": "ngày",
    "moment": "ghi lúc",
    "about": "thuộc",
    "where": "về",
    "what": "việc",
    "who": "người",
    "details": "chi tiết",
}


def write_history(package: Package, directive: Directive, sheets: Sheets) -> None:
    """One task at a time is in memory."""
    rows = _rows(directive, sheets.add(TITLE, HEADS.values()))
    with package.writing(f"{names.DATA}/lich-su.json", "Lịch sử: ai đã đổi gì, khi nào") as out:
        for piece in document({"title": TITLE, "fields": HEADS, "choices": {}}, rows):
            out.text(piece)


def _rows(directive: Directive, sheet: Sheet) -> Iterator[str]:
    for about, lines in _blocks(directive):
        for line in reversed(lines):
            details = "\n".join(line.details)
            moment = f"{timezone.localtime(line.moment):%H:%M:%S %d/%m/%Y}"
            cells = (line.on, moment, about, line.where, line.what, line.who, details)
            sheet.write(cells)
            yield dumped(dict(zip(HEADS, (line.on, line.moment, *cells[2:]), strict=True)))


def _blocks(directive: Directive) -> Iterator[tuple[str, list[Line]]]:
    """First the document itself, then each task with all who carry it; each newest first."""
    own = (
        *changes(Directive, Q(pgh_obj_id=directive.pk), where="Văn bản"),
        *changes(Addressee, Q(directive=directive.pk), where="Đơn vị được giao"),
        *changes(CitedDocument, Q(directive=directive.pk), where="Văn bản được viện dẫn"),
    )
    yield f"Văn bản {directive.code}", newest_first(own)
    for task in directive.tasks.order_by("position"):
        yield task.label, history.of_task(task, Assignment.objects.filter(task=task))
