"""How the cells and the printed pages of a workbook look."""

from __future__ import annotations

from typing import Any

from directives.reports import layout
from directives.reports.paper import Kind, Paper, RowKind
from directives.reports.workbook import FONT

DAY, WHOLE, PERCENT = "dd/mm/yyyy", "#,##0", "0.00%"
BORDER = {"border": 1, "border_color": "#7F7F7F"}
GREY = {"bg_color": "#EDEDED"}
HEAD = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, **BORDER, **GREY}
ALIGNED = {Kind.TEXT: "left", Kind.NUMBER: "right", Kind.DATE: "center"}
ROWS: dict[RowKind, dict[str, Any]] = {
    RowKind.PLAIN: {},
    RowKind.GROUP: {"bold": True, "left": 0, "right": 0, **GREY},
    RowKind.TOTAL: {"bold": True},
}
A4 = 9
# Height of a line; the most that Excel makes of a row.
POINTS, HIGHEST = 16.0, 409.0
# Excel measures columns in figures; so many letters of a text take the room of one, and at the end of a line a word
# leaves some of it empty.
LETTERS, LEFT_EMPTY = 1.2, 2


class Looks:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({**FONT, **wanted})
        return self.made[key]

    @property
    def head(self) -> Any:
        return self(**HEAD)

    def cell(self, kind: Kind, row: RowKind = RowKind.PLAIN, number: str = "") -> Any:
        """Of a cell in a table: `number` is its format where it holds a number or a day."""
        typed = {"num_format": number} if number else {"text_wrap": row is not RowKind.GROUP}
        return self(align=ALIGNED[kind], **typed, **{**BORDER, **ROWS[row]})


def marks(paper: Paper) -> str:
    """What has to be said on every sheet: that nothing is real, or that nothing is issued yet."""
    said = {layout.DRAFT: paper.is_draft, layout.ILLUSTRATIVE: paper.is_illustrative}
    return " – ".join(words for words, is_so in said.items() if is_so)


def unit(words: str) -> str:
    return f"Đơn vị tính: {words}" if words else ""


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in so many letters, roughly."""
    letters = max(1, int(width * LETTERS) - LEFT_EMPTY)
    return sum(max(1, -(-len(line) // letters)) for line in text.split("\n"))


def set_height(sheet: Any, row: int, lines: int) -> None:
    """Room for so many lines. Not left to who opens the file: LibreOffice does not measure wrapped cells."""
    if lines > 1:
        sheet.set_row(row, min(POINTS * lines, HIGHEST))


def set_up_print(sheet: Any, paper: Paper, *, is_wide: bool, heads: tuple[int, int] | None = None) -> None:
    """A4, one page wide, heads repeated, pages numbered, and what has to be said on every page."""
    sheet.set_default_row(POINTS)
    sheet.set_paper(A4)
    if is_wide:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.fit_to_pages(1, 0)
    sheet.set_header('&C&"Times New Roman,Regular"&12&P')
    said = marks(paper)
    if said:
        sheet.set_footer(f'&C&"Times New Roman,Bold"&9{said}')
    if heads:
        sheet.repeat_rows(*heads)
