"""What a workbook says, as kept until it is brought in: plain JSON, with merged cells said in each of their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from agencies.errors import Refused
from directives.workbooks.reading import Sheet
from directives.workbooks.values import Letters

MOST_ROWS = 6000
MOST_COLUMNS = 60
# What turns the direction of writing: a cell that reads otherwise than it says.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Of a cell so much is kept; a longer one is refused where it is used.
LONGEST = 5000


@dataclass(frozen=True)
class Square:
    """One cell: its words; its day, where the file holds a real one; why it holds nothing that can be taken."""

    row: int
    column: int
    text: str = ""
    day: date | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        """As people call it: "D7"."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_blank(self) -> bool:
        return not self.text and not self.problem


@dataclass(frozen=True)
class Page:
    """One sheet: its rows that hold something, by number, each by column."""

    name: str
    rows: dict[int, dict[int, Square]]

    def square(self, row: int, column: int) -> Square:
        return self.rows.get(row, {}).get(column) or Square(row, column)

    @property
    def columns(self) -> list[int]:
        """Those in which something stands."""
        return sorted({column for row in self.rows.values() for column in row})


def dump(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """The visible sheets that hold anything. Raises Refused: none does, or there is too much."""
    letters = Letters()
    pages = [
        {"name": sheet.name, "rows": _rows(sheet, letters)} for sheet in sheets if sheet.rows and not sheet.is_hidden
    ]
    if not pages:
        raise Refused("Tệp không có trang tính nào có nội dung.")
    if sum(len(page["rows"]) for page in pages) > MOST_ROWS:
        raise Refused(f"Tệp có hơn {MOST_ROWS} dòng. Xin tách thành nhiều tệp, ví dụ mỗi năm một tệp.")
    return {"sheets": pages}


def _rows(sheet: Sheet, letters: Letters) -> list[list[Any]]:
    """What a merged range says is said in each of its rows, but across only once: in the first of its columns."""
    spread: dict[int, set[int]] = defaultdict(set)
    for left, top, _, bottom in sheet.merged:
        for number in range(top, bottom + 1):
            spread[number].add(left)
    found: list[list[Any]] = []
    for row in sheet.rows:
        columns = sorted(spread[row.number].union(row.cells))[:MOST_COLUMNS]
        squares = {str(each): said for each in columns if (said := _said(sheet, row.number, each))}
        letters.take(sum(len(each) for each in squares.values() if isinstance(each, str)))
        if squares:
            found.append([row.number, squares])
    return found


def _said(sheet: Sheet, row: int, column: int) -> Any:
    """Words; {"d": day} of a real day; {"e": what is wrong}; nothing of a blank cell."""
    cell = sheet.cell(row, column)
    if cell.problem:
        return {"e": cell.problem}
    if cell.is_blank:
        return ""
    if isinstance(cell.value, date):
        return {"d": cell.value.isoformat()[:10]}
    text = cell.text().translate(_TURNING)
    return text if len(text) <= LONGEST else {"e": f"dài quá {LONGEST} ký tự."}


def pages(cells: dict[str, Any]) -> list[Page]:
    """The sheets as kept by `dump`."""
    return [
        Page(
            sheet["name"],
            {
                number: {int(column): _square(number, int(column), said) for column, said in squares.items()}
                for number, squares in sheet["rows"]
            },
        )
        for sheet in cells.get("sheets", ())
    ]


def _square(row: int, column: int, said: Any) -> Square:
    if isinstance(said, str):
        return Square(row, column, said)
    if "d" in said:
        day = date.fromisoformat(said["d"])
        return Square(row, column, f"{day:%d/%m/%Y}", day)
    return Square(row, column, problem=said["e"])
