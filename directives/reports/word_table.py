"""A table of a paper in Word. Its rows are written as XML: python-docx takes minutes for a thousand of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from lxml.etree import SubElement  # type: ignore[import-untyped]

from directives.reports import layout
from directives.reports import word_styles as styles
from directives.reports.paper import Column, Row, RowKind, Table

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PLAIN = {"left": styles.CELL, "centre": styles.CELL_CENTRE, "right": styles.CELL_RIGHT}
TOTAL = {"left": styles.CELL_TOTAL, "centre": styles.CELL_TOTAL_CENTRE, "right": styles.CELL_TOTAL_RIGHT}


def draw(document: Document, table: Table, width: Length, *, is_last: bool = False) -> None:
    """`width`: of the text that it stands in. `is_last`: the end of the paper follows, on the page of the last row."""
    if table.caption:
        document.add_paragraph(layout.plain(table.caption), style=styles.CAPTION)
    if table.unit:
        document.add_paragraph(f"Đơn vị tính: {layout.plain(table.unit)}", style=styles.UNIT)
    document.add_paragraph(style=styles.BEFORE_TABLE)
    widths = _widths(table.columns, width)
    made = started(document, styles.GRID, widths)
    small = styles.SMALL if table.is_small else ""
    _heads(made, table.columns, widths, f"{styles.CELL_HEAD}{small}")
    for row, after in zip(table.rows, [*table.rows[1:], None], strict=False):
        # A total does not stand alone on the next page.
        keep = is_last if after is None else after.kind == RowKind.TOTAL
        _row(made, row, table.columns, widths, small, keep=keep)
    closed(document, styles.BEFORE_TABLE if is_last else styles.THIN)


def started(document: Document, style: str, widths: Sequence[int]) -> Any:
    """An empty table at the end of the document, with fixed columns (twentieths of a point)."""
    made = OxmlElement("w:tbl")
    document.element.body.insert_element_before(made, "w:sectPr")
    properties = SubElement(made, qn("w:tblPr"))
    _named(properties, "w:tblStyle", styles.IDS[style])
    whole = SubElement(properties, qn("w:tblW"))
    whole.set(qn("w:w"), str(sum(widths)))
    whole.set(qn("w:type"), "dxa")
    _named(properties, "w:jc", "center")
    SubElement(properties, qn("w:tblLayout")).set(qn("w:type"), "fixed")
    grid = SubElement(made, qn("w:tblGrid"))
    for width in widths:
        SubElement(grid, qn("w:gridCol")).set(qn("w:w"), str(width))
    return made


def closed(document: Document, style: str = styles.THIN) -> None:
    """Word joins tables that touch, and wants a paragraph after the last one: a thin one."""
    document.add_paragraph(style=style)


def add_row(table: Any, *, is_head: bool = False, is_whole: bool = True) -> Any:
    made = SubElement(table, qn("w:tr"))
    if is_head or is_whole:
        properties = SubElement(made, qn("w:trPr"))
        if is_whole:
            SubElement(properties, qn("w:cantSplit"))
        if is_head:
            SubElement(properties, qn("w:tblHeader"))
    return made


def add_cell(row: Any, texts: Iterable[str], style: str, width: int, *, across: int = 1, keep: bool = False) -> Any:
    """A cell with a paragraph for each text; `keep`: on the page of the next row. Gives its properties."""
    cell = SubElement(row, qn("w:tc"))
    properties = SubElement(cell, qn("w:tcPr"))
    size = SubElement(properties, qn("w:tcW"))
    size.set(qn("w:w"), str(width))
    size.set(qn("w:type"), "dxa")
    if across > 1:
        _named(properties, "w:gridSpan", str(across))
    for text in list(texts) or [""]:
        add_text(cell, text, style, keep=keep)
    return properties


def add_text(cell: Any, text: str, style: str, *, keep: bool = False) -> Any:
    paragraph = SubElement(cell, qn("w:p"))
    properties = SubElement(paragraph, qn("w:pPr"))
    _named(properties, "w:pStyle", styles.IDS[style])
    if keep:
        SubElement(properties, qn("w:keepNext"))
    if text:
        add_run(paragraph, text)
    return paragraph


def add_run(paragraph: Any, text: str, style: str = "") -> None:
    run = SubElement(paragraph, qn("w:r"))
    if style:
        _named(SubElement(run, qn("w:rPr")), "w:rStyle", styles.IDS[style])
    words = SubElement(run, qn("w:t"))
    words.text = text
    words.set(SPACE, "preserve")


def _heads(made: Any, columns: Sequence[Column], widths: Sequence[int], style: str) -> None:
    """One or two rows that stand again on every page; what has no common title reaches over both."""
    if not any(column.over for column in columns):
        row = add_row(made, is_head=True)
        for column, width in zip(columns, widths, strict=True):
            _middle(add_cell(row, [layout.plain(column.title)], style, width))
        return
    above, below = add_row(made, is_head=True), add_row(made, is_head=True)
    place = 0
    for head in layout.heads(columns)[0]:
        span = widths[place : place + head.across]
        cell = add_cell(above, [head.title], style, sum(span), across=head.across)
        if head.down > 1:
            _named(cell, "w:vMerge", "restart")
            SubElement(add_cell(below, [], style, sum(span)), qn("w:vMerge"))
        else:
            for column, width in zip(columns[place : place + head.across], span, strict=True):
                _middle(add_cell(below, [layout.plain(column.title)], style, width))
        _middle(cell)
        place += head.across


def _row(made: Any, row: Row, columns: Sequence[Column], widths: Sequence[int], small: str, *, keep: bool) -> None:
    added = add_row(made, is_whole=layout.stays_whole(row, columns))
    if row.kind == RowKind.GROUP:
        whole = sum(widths)
        shaded = add_cell(
            added, layout.words_of(row.cells[0]), f"{styles.CELL_GROUP}{small}", whole, across=len(columns)
        )
        _shade(shaded)
        return
    looks = TOTAL if row.kind == RowKind.TOTAL else PLAIN
    for place, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
        style = f"{looks[layout.alignment(column, place)]}{small}"
        add_cell(added, layout.words_of(cell), style, width, keep=keep)


def _widths(columns: Sequence[Column], width: Length) -> list[int]:
    whole = sum(column.width for column in columns)
    return [round(width.twips * column.width / whole) for column in columns]


def _shade(properties: Any) -> None:
    shade = SubElement(properties, qn("w:shd"))
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F0F0F0")):
        shade.set(qn(f"w:{name}"), value)


def _middle(properties: Any) -> None:
    _named(properties, "w:vAlign", "center")


def _named(parent: Any, name: str, value: str) -> None:
    SubElement(parent, qn(name)).set(qn("w:val"), value)
