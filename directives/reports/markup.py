"""A paper as its templates take it, for the typesetter and for the page that shows a paper before it is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from directives.reports import layout
from directives.reports.layout import Head, plain
from directives.reports.paper import Annex, Block, Cell, Chart, Column, Heading, Paper, Paragraph, Row, RowKind, Table

# Numbers of documents and dates with strokes: on one line, where a line has room for them.
WITH_STROKES = re.compile(r"\b\d+[^\W\d_]?(?:[-/]\w[\w-]*)+")
MOST_WHOLE = 24
# A word that nobody wrote as a word, and the pieces in which it may go on on the next line.
ENDLESS, PIECE = re.compile(r"(\S{120,})"), 20
# How much of a column's percent one letter takes, at least.
PERCENT_OF_A_LETTER = 1.4


class Drawn(NamedTuple):
    """A block and the template that draws it."""

    template: str
    block: Any


class Title(NamedTuple):
    text: SafeString
    rank: int


class Text(NamedTuple):
    text: SafeString
    style: str


class LineCell(NamedTuple):
    """`scope` is empty for a plain cell; `look`: how it is aligned."""

    content: SafeString
    scope: str
    look: str
    across: int = 1


class Line(NamedTuple):
    cells: Sequence[LineCell]
    look: str


class Grid(NamedTuple):
    caption: str
    unit: str
    widths: Sequence[str]
    heads: Sequence[Sequence[Head]]
    bodies: Sequence[Sequence[Line]]
    is_small: bool


class Picture(NamedTuple):
    chart: Chart
    is_whole: bool


class Appendix(NamedTuple):
    title: str
    number: str
    goes_with: SafeString
    is_landscape: bool
    blocks: Sequence[Drawn]


def context_of(paper: Paper, *, rank: int = 1) -> dict[str, Any]:
    """What `reports/paper_body.html` takes; `rank`: the level of the heading that the paper's own title is."""
    head = paper.letterhead
    *above, name = [plain(line).upper() for line in head.name]
    return {
        "title": plain(paper.title),
        "author": plain(paper.author),
        "description": plain(paper.description),
        "head": head,
        "parent": plain(head.parent).upper(),
        "above": above,
        "name": name,
        "number": plain(head.number),
        "dateline": plain(head.dateline),
        "about": kept(head.about),
        "state": layout.STATE,
        "motto": layout.MOTTO,
        "party": layout.PARTY,
        "kind": plain(paper.kind),
        "subject": kept(paper.subject),
        "addressed": _addressed(paper.addressed),
        "blocks": drawn(paper.blocks, rank),
        "signs_as": [plain(words).upper() for words in paper.end.signs_as],
        "signer": plain(paper.end.signer),
        "recipients": layout.listed(paper.end.recipients),
        "annexes": [_appendix(annex, rank) for annex in paper.annexes],
        "rank": rank,
    }


def on_screen(paper: Paper) -> SafeString:
    """The paper for a page that has a title of its own: no inline style, headings one level lower."""
    return mark_safe(get_template("reports/paper_body.html").render(context_of(paper, rank=2) | {"on_screen": True}))


def drawn(blocks: Sequence[Block], rank: int) -> list[Drawn]:
    return [_drawn(block, rank) for block in layout.punctuated(blocks)]


def kept(text: str, most: int = MOST_WHOLE) -> SafeString:
    """The text, escaped; numbers of documents and dates in it stay on one line if they are not longer than `most`."""
    parts = ENDLESS.split(plain(text))
    drawn = [_in_pieces(part) if place % 2 else _held(part, most) for place, part in enumerate(parts)]
    return mark_safe("".join(drawn))


def _held(text: str, most: int) -> str:
    def hold(found: re.Match[str]) -> str:
        return f'<span class="whole">{found[0]}</span>' if len(found[0]) <= most else found[0]

    return WITH_STROKES.sub(hold, escape(text))


def _in_pieces(word: str) -> str:
    """The typesetter looks for the end of a line in the whole of a word: in pieces it takes seconds, not minutes."""
    pieces = (word[start : start + PIECE] for start in range(0, len(word), PIECE))
    return "".join(f"<span>{escape(piece)}&#8203;</span>" for piece in pieces)


def _drawn(block: Block, rank: int) -> Drawn:
    if isinstance(block, Heading):
        return Drawn("reports/paper_heading.html", Title(kept(block.text), rank + block.level))
    if isinstance(block, Paragraph):
        return Drawn("reports/paper_text.html", Text(kept(block.text), block.style.value))
    if isinstance(block, Chart):
        return Drawn("reports/paper_chart.html", Picture(layout.clean(block), layout.at_one_glance(block)))
    return Drawn("reports/paper_table.html", _grid(block))


def _addressed(names: Sequence[str]) -> list[str]:
    """One name as it is; several as a list."""
    return [plain(name) for name in names] if len(names) == 1 else layout.listed(names)


def _appendix(annex: Annex, rank: int) -> Appendix:
    return Appendix(
        title=plain(annex.title),
        number=plain(annex.number),
        goes_with=kept(annex.goes_with),
        is_landscape=annex.is_landscape,
        blocks=drawn(annex.blocks, rank),
    )


def _grid(table: Table) -> Grid:
    return Grid(
        caption=plain(table.caption),
        unit=plain(table.unit),
        widths=[f"{column.width:g}%" for column in table.columns],
        heads=layout.heads(table.columns),
        bodies=[[_line(row, table) for row in body] for body in layout.bodies(table.rows)],
        is_small=table.is_small,
    )


def _line(row: Row, table: Table) -> Line:
    if row.kind == RowKind.GROUP:
        return Line([LineCell(_content(row.cells[0]), "rowgroup", "left", len(table.columns))], "group")
    looks = ["total"] if row.kind == RowKind.TOTAL else []
    looks += [] if layout.stays_whole(row, table.columns) else ["long"]
    cells = zip(row.cells, table.columns, strict=True)
    return Line(
        [_cell(cell, column, place, place == table.head_column) for place, (cell, column) in enumerate(cells)],
        " ".join(looks),
    )


def _cell(cell: Cell, column: Column, place: int, is_head: bool) -> LineCell:
    most = min(MOST_WHOLE, int(column.width / PERCENT_OF_A_LETTER))
    return LineCell(_content(cell, most), "row" if is_head else "", layout.alignment(column, place))


def _content(cell: Cell, most: int = MOST_WHOLE) -> SafeString:
    texts = [kept(text, most) for text in layout.words_of(cell)]
    return texts[0] if len(texts) == 1 else format_html_join("", "<p>{}</p>", ((text,) for text in texts))
