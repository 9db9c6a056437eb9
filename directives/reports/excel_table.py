"""A table of a paper on a sheet of its own."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from directives.reports.excel_look import DAY, PERCENT, WHOLE, Looks, lines_in, marks, set_height, set_up_print, unit
from directives.reports.paper import Cell, Column, Kind, Paper, Row, RowKind, Share, Table
from directives.reports.wording import short_date
from directives.reports.workbook import put, put_across

# Letters over the whole width of an upright page and of one across; the least that a column needs.
UPRIGHT, ACROSS = 92.0, 132.0
LEAST = {Kind.TEXT: 7.0, Kind.NUMBER: 7.5, Kind.DATE: 12.0}
# Columns that stay in sight while one reads to the right, at most so wide together.
IN_SIGHT = 50.0
# Excel's calendar begins here.
FIRST_DAY = date(1900, 3, 1)


class Sheet(NamedTuple):
    """A table with the name of its sheet, its title, and the remarks that stand under it."""

    name: str
    title: str
    table: Table
    remarks: tuple[str, ...]
    is_wide: bool


def draw(page: Any, sheet: Sheet, paper: Paper, looks: Looks) -> None:
    """Title, what the figures are of, heads, rows, remarks; filters and print set-up."""
    columns, rows = sheet.table.columns, sheet.table.rows
    widths = _set_widths(page, sheet)
    head = _draw_title(page, sheet, paper, looks)
    first = _draw_heads(page, columns, widths, head, looks)
    for number, row in enumerate(rows, first):
        _draw_row(page, number, columns, row, looks)
        set_height(page, number, _lines(row, widths))
    _draw_remarks(page, first + len(rows), sum(widths), sheet, looks)
    page.freeze_panes(first, _kept_in_sight(sheet.table, widths))
    page.autofilter(first - 1, 0, max(first, first + _filtered(rows) - 1), len(columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{first + len(rows) + 1}"})
    set_up_print(page, paper, is_wide=sheet.is_wide, heads=(head, first - 1))


def _set_widths(page: Any, sheet: Sheet) -> list[float]:
    columns, whole = sheet.table.columns, ACROSS if sheet.is_wide else UPRIGHT
    base = sum(column.width for column in columns) or 1
    widths = [max(LEAST[column.kind], whole * column.width / base) for column in columns]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    return widths


def _draw_title(page: Any, sheet: Sheet, paper: Paper, looks: Looks) -> int:
    """Gives the row of the heads. Titles run over the cells to the right, which are empty."""
    put(page, 0, 0, sheet.title, looks(bold=True, font_size=14))
    page.set_row(0, 20)
    put(page, 1, 0, paper.description, looks(italic=True))
    put(page, 2, 0, unit(sheet.table.unit), looks(italic=True))
    said = marks(paper)
    if said:
        put(page, 3, 0, said, looks(bold=True))
    return 5 if said else 4


def _draw_heads(page: Any, columns: Any, widths: list[float], row: int, looks: Looks) -> int:
    """One row, or two where columns stand under a common title. Gives the first row of what follows."""
    is_double = any(column.over for column in columns)
    lines = max(lines_in(column.title, width) for column, width in zip(columns, widths, strict=True))
    for over, places in groupby(range(len(columns)), key=lambda place: columns[place].over):
        together = list(places)
        if over:
            put_across(page, row, (together[0], together[-1]), over, looks.head)
        for place in together:
            alone = is_double and not over
            down = row + 1 if is_double and over else row
            put_across(page, down, (place, place), columns[place].title, looks.head, rows=2 if alone else 1)
    set_height(page, row + is_double, lines + 1)
    return row + 1 + is_double


def _draw_row(page: Any, number: int, columns: Any, row: Row, looks: Looks) -> None:
    cells = [*row.cells, *[None] * (len(columns) - len(row.cells))]
    for place, (column, cell) in enumerate(zip(columns, cells, strict=False)):
        # The name of a group runs over the empty cells beside it: merged ones could not be sorted.
        kind = Kind.TEXT if row.kind is RowKind.GROUP else _kind(column, place)
        _draw_cell(page, (number, place), kind, row.kind, cell, looks)


def _lines(row: Row, widths: list[float]) -> int:
    if row.kind is RowKind.GROUP:
        return 1
    return max((lines_in(_words(cell), width) for cell, width in zip(row.cells, widths, strict=False)), default=1)


def _kind(column: Column, place: int) -> Kind:
    """Numbers of order stand in the middle, as days do."""
    return Kind.DATE if place == 0 and column.kind is Kind.NUMBER else column.kind


def _draw_cell(page: Any, at: tuple[int, int], kind: Kind, row: RowKind, cell: Cell, looks: Looks) -> None:
    if isinstance(cell, Share) and cell.whole:
        page.write_number(*at, cell.part / cell.whole, looks.cell(Kind.NUMBER, row, PERCENT))
    elif isinstance(cell, int):
        page.write_number(*at, cell, looks.cell(kind, row, WHOLE))
    elif isinstance(cell, date) and cell >= FIRST_DAY:
        page.write_datetime(*at, cell, looks.cell(kind, row, DAY))
    else:
        put(page, *at, _words(cell), looks.cell(kind, row))


def _words(cell: Cell) -> str:
    if cell is None or isinstance(cell, str | int):
        return str(cell or "")
    if isinstance(cell, date):
        return short_date(cell)
    return "–" if isinstance(cell, Share) else "\n".join(cell)


def _draw_remarks(page: Any, row: int, width: float, sheet: Sheet, looks: Looks) -> None:
    look = looks(italic=True, text_wrap=True)
    for number, text in enumerate(sheet.remarks, row + 1):
        put_across(page, number, (0, len(sheet.table.columns) - 1), text, look)
        set_height(page, number, lines_in(text, width))


def _kept_in_sight(table: Table, widths: list[float]) -> int:
    kept = table.head_column + 1
    return kept if sum(widths[:kept]) <= IN_SIGHT else 0


def _filtered(rows: Any) -> int:
    """How many rows are sorted and filtered: not the sums at the end."""
    count = len(rows)
    while count and rows[count - 1].kind is RowKind.TOTAL:
        count -= 1
    return count
