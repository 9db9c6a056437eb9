"""A workbook that came back: what was filled in, row by row, and what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from agencies.errors import Refused
from agencies.models import Agency
from directives.models import RaisedTo
from directives.workbooks.cells import Cell, CellError
from directives.workbooks.columns import KEY, LOCKED, OPEN, TO_WHOM, Column, Key, Kind, key_from, mark, plain
from directives.workbooks.reading import Row, Sheet, read_workbook

MOST = 200  # rows with something in them: what a person can still look through, and one transaction write
HEADS_WITHIN = 30  # rows from the top of the sheet


@dataclass
class FilledRow:
    """One row as filled in. `typed` has the shape of `Entry.typed`; `errors` names what is wrong by field.

    `locked`: what the locked cells say that are as they were given out, by name; `changed`: the others.
    `problem`: why nothing can be taken from the row at all.
    """

    number: int
    assignment: int | None = None
    version: int = 0
    typed: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    locked: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass
class Filled:
    """What came back: each column's letter by name, the rows with something in them, the keys of the blank ones."""

    letters: dict[str, str]
    rows: list[FilledRow]
    blank: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Filled:
        return cls(kept["letters"], [FilledRow(**row) for row in kept["rows"]], kept["blank"])


def read_filled(content: bytes, name: str, agency: Agency) -> Filled:
    """What an agency filled in. Raises Refused for a file that is no such workbook, or has nothing in it."""
    sheet, heads, places = _find(read_workbook(content, name), name)
    letters = {column: Cell(1, place).letter for column, place in places.items()}
    filled = Filled(letters, [])
    for row in sheet.rows:
        if row.number > heads:
            _take(_RowReader(sheet, row, places, agency), filled)
    _name_twins(filled.rows)
    if not filled.rows:
        raise Refused(f"Tệp “{name}” chưa có dòng nào được điền. Xin điền vào các ô nền vàng, lưu lại rồi nộp.")
    if len(filled.rows) > MOST:
        raise Refused(
            f"Tệp có {len(filled.rows)} dòng được điền; mỗi lần nhận tối đa {MOST} dòng. Xin chia thành vài tệp."
        )
    return filled


def _find(sheets: Iterable[Sheet], name: str) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet with our headings, wherever it stands and whatever it is called now; their row; each column's place."""
    found = [(sheet, *heads) for sheet in sheets if (heads := _heads(sheet))]
    if not found:
        raise Refused(
            f"Tệp “{name}” không phải bảng tải từ trang này: không thấy dòng tiêu đề có cột ẩn “{KEY}”. "
            "Xin tải bảng mới ở trang của cơ quan rồi điền vào đó."
        )
    if len(found) > 1:
        names = ", ".join(f"“{sheet.name}”" for sheet, _, _ in found)
        raise Refused(f"Tệp có {len(found)} trang cùng là bảng nhiệm vụ ({names}). Xin giữ lại một trang.")
    sheet, row, places = found[0]
    if missing := [column.head for column in (*LOCKED, *OPEN) if column.name not in places]:
        raise Refused(f"Trang “{sheet.name}” thiếu cột {', '.join(f'“{each}”' for each in missing)}. Xin tải bảng mới.")
    return sheet, row, places


def _heads(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    known = {plain(KEY): "key"} | {plain(column.head): column.name for column in (*LOCKED, *OPEN)}
    for row in sheet.rows:
        if row.number > HEADS_WITHIN:
            return None
        named = [(known[head], cell) for cell in row.cells.values() if (head := _head(cell)) in known]
        places = {name: cell.column for name, cell in named}
        if "key" in places and len(places) > 2:
            if twice := next((cell for name, cell in named if places[name] != cell.column), None):
                raise Refused(f"Cột “{twice.text()}” có hai lần (ô {twice.name}). Xin bỏ bớt một cột.")
            return row.number, places
    return None


def _head(cell: Cell) -> str:
    return plain(cell.value) if isinstance(cell.value, str) else ""


def _take(reader: _RowReader, filled: Filled) -> None:
    row = reader.read()
    if any(row.typed.values()) or row.errors:
        filled.rows.append(row)
    elif row.assignment:
        filled.blank.append(row.assignment)


def _name_twins(rows: list[FilledRow]) -> None:
    """A row that was copied with its hidden word: which of the two is meant nobody can say."""
    numbers: dict[int, list[int]] = {}
    for row in rows:
        if row.assignment:
            numbers.setdefault(row.assignment, []).append(row.number)
    for row in rows:
        if row.assignment and len(same := numbers[row.assignment]) > 1:
            others = ", ".join(str(each) for each in same if each != row.number)
            row.problem = f"cùng một nhiệm vụ với dòng {others}. Xin giữ lại một dòng."


class _RowReader:
    """`places`: the number of each column by name."""

    def __init__(self, sheet: Sheet, row: Row, places: dict[str, int], agency: Agency) -> None:
        self.sheet, self.row, self.places, self.agency = sheet, row, places, agency

    def read(self) -> FilledRow:
        row = FilledRow(self.row.number)
        for column in OPEN:
            try:
                row.typed |= self._typed(column)
            except CellError as error:
                row.errors[column.name] = error.said
        row.typed["unchanged"] = bool(row.typed.get("unchanged") or row.typed.get("unchanged_more"))
        try:
            self._identify(row)
        except Refused as refusal:
            row.problem = str(refusal)
        return row

    def _typed(self, column: Column) -> dict[str, Any]:
        cell = self.row.cell(self.places[column.name])
        if self.sheet.is_merged(cell.row, cell.column) and not self.sheet.cell(cell.row, cell.column).is_blank:
            raise CellError(cell, "ô đã bị gộp với ô khác. Xin bỏ gộp ô và ghi riêng cho từng nhiệm vụ.")
        if column.kind == Kind.TICK:
            return {column.name: cell.ticked()}
        if column.kind == Kind.PERCENT:
            return {column.name: cell.percentage()}
        if column.kind == Kind.DAY:
            return {column.name: f"{day:%d/%m/%Y}" if (day := cell.day()) else ""}
        if column.kind == Kind.RAISED_TO:
            return _addressed(_not_longer(cell, column))
        return {column.name: _not_longer(cell, column)}

    def _identify(self, row: FilledRow) -> None:
        word = self.row.cell(self.places["key"])
        if word.is_blank:
            raise Refused("không có mã nhận biết (cột ẩn), nên không biết là nhiệm vụ nào. Xin điền vào dòng có sẵn.")
        key = key_from(word.text())
        if key.agency != self.agency.pk:
            raise Refused("là nhiệm vụ của cơ quan khác, nên không được nhận ở đây.")
        row.assignment, row.version = key.assignment, key.version
        self._compare(row, key)

    def _compare(self, row: FilledRow, key: Key) -> None:
        for column, given in zip(LOCKED, key.marks, strict=False):
            cell = self.row.cell(self.places[column.name])
            shown = "" if cell.problem else cell.text()
            if mark(shown) == given:
                row.locked[column.name] = shown
            else:
                row.changed.append(column.name)


def _not_longer(cell: Cell, column: Column) -> str:
    text = cell.text()
    if column.longest and len(text) > column.longest:
        raise CellError(cell, f"dài {len(text)} ký tự; ô này nhận nhiều nhất {column.longest} ký tự. Xin rút gọn.")
    return text


def _addressed(word: str) -> dict[str, Any]:
    """One cell says to whom: one of those in the list, or another body by its name."""
    known = {plain(label): value for label, value in TO_WHOM.items()}
    if not word or plain(word) in known:
        return {"raised_to": known.get(plain(word), ""), "proposal_to": ""}
    return {"raised_to": RaisedTo.OTHER.value, "proposal_to": word}
