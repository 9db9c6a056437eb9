"""A workbook written row by row: as little in memory for a million rows as for ten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from xlsxwriter import Workbook

from directives.archive.rows import Cell
from directives.reports.workbook import OPTIONS, cell_text

# Excel takes 1,048,576 rows.
MOST_ROWS = 1_000_000
WIDTH = 22


class Sheets:
    """Words stay words: nothing that begins with "=" becomes a formula, no address a link."""

    def __init__(self, path: Path) -> None:
        aside = {"in_memory": False, "constant_memory": True, "tmpdir": str(path.parent)}
        self._book = Workbook(str(path), {**OPTIONS, **aside})
        self._bold = self._book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._days = self._book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self._book.close()

    def add(self, title: str, heads: Iterable[str]) -> Sheet:
        """A sheet with its frozen head; the sheet before it is finished."""
        names = list(heads)
        sheet = self._book.add_worksheet(title[:31])
        sheet.set_column(0, max(len(names) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, max(len(names) - 1, 0))
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self._bold)
        return Sheet(sheet, self._wrapped, self._days)


class Sheet:
    """One of them, filled from the top down."""

    def __init__(self, sheet: Any, words: Any, days: Any) -> None:
        self._sheet, self._words, self._days, self._row = sheet, words, days, 0

    def write(self, cells: Iterable[Cell]) -> None:
        self._row += 1
        if self._row > MOST_ROWS:
            return
        for column, value in enumerate(cells):
            if isinstance(value, date):
                self._sheet.write_datetime(self._row, column, value, self._days)
            elif isinstance(value, int | float | Decimal):
                self._sheet.write_number(self._row, column, value, self._words)
            elif value:
                self._sheet.write_string(self._row, column, cell_text(value), self._words)
