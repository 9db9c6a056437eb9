"""An uploaded .xlsx -> its sheets, with limits on everything: rows, columns, cells, length of a text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet import _reader
from openpyxl.xml.functions import iterparse

from agencies.errors import Refused
from directives.workbooks.archive import damaged, require_workbook
from directives.workbooks.cells import Cell
from directives.workbooks.values import Letters, plain_value, text_cell

MAX_SHEETS = 60
MAX_ROWS = 10_000
MAX_COLUMNS = 200
MAX_CELLS = 200_000
LONGEST_NUMBER = 1000  # bits; Excel's own numbers end at 1024

NOT_WORKED_OUT = "công thức chưa có kết quả. Xin mở tệp bằng Excel, bấm Lưu, hoặc ghi giá trị thay cho công thức."


@dataclass(frozen=True)
class Row:
    """The cells of a row that hold something, by column number."""

    number: int
    cells: dict[int, Cell]

    def cell(self, column: int) -> Cell:
        return self.cells.get(column) or Cell(self.number, column)


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet that hold something, in their order."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    # (first column, first row, last column, last row), within what is used.
    merged: tuple[tuple[int, int, int, int], ...] = ()
    _covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict, repr=False)
    _by_number: dict[int, Row] = field(default_factory=dict, repr=False)

    def cell(self, row: int, column: int) -> Cell:
        """What stands there; in a merged range what its first cell says, under the name of the cell asked for."""
        first = self._covered.get((row, column), (row, column))
        there = self._by_number.get(first[0])
        found = there.cell(first[1]) if there else Cell(*first)
        if first == (row, column):
            return found
        return Cell(row, column, found.value, found.is_percent, found.is_formula, found.problem)

    def is_merged(self, row: int, column: int) -> bool:
        """Whether the cell belongs to a merged range."""
        return (row, column) in self._covered


def read_workbook(content: bytes, name: str) -> list[Sheet]:
    """The sheets of an uploaded file, hidden ones too, charts not. Raises Refused, in words for the person.

    `name` is what they call the file. Links to other files are never followed; formulas give their last value.
    """
    require_workbook(content, name)
    try:
        return list(_sheets(content, name))
    except Refused:
        raise
    except Exception as error:  # openpyxl raises errors of many kinds on damaged files
        raise damaged(name) from error


def _sheets(content: bytes, name: str) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if len(book.worksheets) > MAX_SHEETS:
            raise Refused(f"Tệp “{name}” có hơn {MAX_SHEETS} trang tính nên không được đọc.")
        left, letters = MAX_CELLS, Letters()
        for each in book.worksheets:
            sheet = _Reader(book, each, left, letters).sheet()
            left -= sum(len(row.cells) for row in sheet.rows)
            yield sheet
    finally:
        book.close()


class _Parser(_reader.WorkSheetParser):
    """Openpyxl's, telling of a formula whose value nobody has worked out."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        cell["formula"] = element.find(_reader.FORMULA_TAG) is not None
        return cell


class _Reader:
    """One sheet. `left` is how many cells may still be read of the file."""

    def __init__(self, book: Any, sheet: Any, left: int, letters: Letters) -> None:
        self.book, self.source, self.left, self.letters = book, sheet, left, letters
        self.rows: list[Row] = []
        self.merges: list[tuple[int, int, int, int]] = []

    def sheet(self) -> Sheet:
        with self.source._get_source() as source:
            self._read(source)
        is_hidden = self.source.sheet_state != "visible"
        merged, covered = self._covered()
        by_number = {row.number: row for row in self.rows}
        return Sheet(self.source.title, tuple(self.rows), is_hidden, merged, covered, by_number)

    def _read(self, source: Any) -> None:
        parser = _Parser(
            source,
            self.source._shared_strings,
            data_only=True,
            epoch=self.book.epoch,
            date_formats=self.book._date_formats,
            timedelta_formats=self.book._timedelta_formats,
        )
        for _, element in iterparse(source):
            if element.tag == _reader.ROW_TAG:
                self._keep(*parser.parse_row(element))
                element.clear()
            elif element.tag == _reader.MERGE_TAG:
                self.merges = [range_boundaries(each.get("ref")) for each in element]

    def _keep(self, number: int, cells: list[dict[str, Any]]) -> None:
        row = Row(number, {})
        for raw in cells:
            cell = self._cell(raw)
            if not cell.is_blank:
                self._require_within(cell)
                row.cells[cell.column] = cell
        if row.cells:
            self.left -= len(row.cells)
            self._require_left()
            self.rows.append(row)

    def _require_within(self, cell: Cell) -> None:
        if cell.column > MAX_COLUMNS:
            raise Refused(f"Trang “{self.source.title}”, ô {cell.name}: bảng có quá {MAX_COLUMNS} cột.")

    def _require_left(self) -> None:
        if self.left < 0 or len(self.rows) >= MAX_ROWS:
            raise Refused(
                f"Trang “{self.source.title}” quá dài: mỗi trang đọc tối đa {MAX_ROWS} dòng, cả tệp {MAX_CELLS} ô "
                "có nội dung. Xin chia tệp thành nhiều tệp nhỏ hơn."
            )

    def _cell(self, raw: dict[str, Any]) -> Cell:
        kind, value, is_formula = raw["data_type"], raw["value"], raw.pop("formula")
        row, column = raw["row"], raw["column"]
        if kind == "e":
            return Cell(row, column, None, False, is_formula, f"có lỗi {value} của bảng tính. Xin ghi lại giá trị.")
        if value is None:
            return Cell(row, column, None, False, is_formula, NOT_WORKED_OUT if is_formula else "")
        if isinstance(value, str):
            self.letters.take(len(value))  # before they are composed
            return text_cell(row, column, value, is_formula)
        if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
            return Cell(row, column, None, False, is_formula, "số quá lớn. Xin kiểm tra lại.")
        is_percent = isinstance(value, int | float) and "%" in ReadOnlyCell(self.source, **raw).number_format
        return Cell(row, column, plain_value(value), is_percent, is_formula)

    def _covered(self) -> tuple[tuple[tuple[int, int, int, int], ...], dict[tuple[int, int], tuple[int, int]]]:
        """Merged ranges cut down to what is used, and for each cell of theirs the first one."""
        last_row = max((row.number for row in self.rows), default=0)
        last_column = max((column for row in self.rows for column in row.cells), default=0)
        ranges: list[tuple[int, int, int, int]] = []
        covered: dict[tuple[int, int], tuple[int, int]] = {}
        for left, top, right, bottom in self.merges:
            if left > last_column or top > last_row:
                continue
            within = (left, top, min(right, last_column), min(bottom, last_row))
            ranges.append(within)
            for row in range(within[1], within[3] + 1):
                covered.update({(row, column): (top, left) for column in range(left, within[2] + 1)})
                if len(covered) > MAX_CELLS:
                    raise Refused(f"Trang “{self.source.title}” có quá nhiều ô gộp. Xin bỏ gộp ô rồi gửi lại.")
        return tuple(ranges), covered
