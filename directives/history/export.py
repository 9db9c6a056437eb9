"""A history as a spreadsheet: every line with its day, its moment, who, what and the old and new values."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils import timezone

from directives.history.line import Line
from directives.reports.workbook import new_book, put

COLUMNS = (("Ngày", 12), ("Ghi lúc", 18), ("Về", 34), ("Việc", 34), ("Người", 26), ("Chi tiết", 90))


def spreadsheet(title: str, lines: Iterable[Line]) -> bytes:
    """An .xlsx file. Words stay words: nothing that begins with "=" becomes a formula, no address a link."""
    kept = BytesIO()
    with new_book(kept) as book:
        sheet = book.add_worksheet("Lịch sử")
        head, bold = book.add_format({"bold": True, "border": 1}), book.add_format({"bold": True, "font_size": 14})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        put(sheet, 0, 0, title, bold)
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            put(sheet, 2, column, name, head)
        sheet.freeze_panes(3, 0)
        for number, line in enumerate(lines, 3):
            moment = timezone.localtime(line.moment).strftime("%H:%M:%S %d/%m/%Y")
            sheet.write_datetime(number, 0, line.on, days)
            words = (moment, line.where, line.what, line.who, "\n".join(line.details))
            for column, text in enumerate(words, 1):
                put(sheet, number, column, text, wrapped)
    return kept.getvalue()
