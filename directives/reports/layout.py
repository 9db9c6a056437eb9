"""What every drawing of a paper has in common: PDF and Word cannot differ in a dash, a full stop or a number.

Law: Decree 30/2020/NĐ-CP, Annex I.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from directives.reports.paper import Block, Cell, Chart, Column, Kind, Paragraph, Row, RowKind, Share, Style
from directives.reports.wording import UNPRINTED, short_date
from directives.templatetags.kttt import number, percent

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
ILLUSTRATIVE = "DỮ LIỆU MINH HOẠ – KHÔNG CÓ GIÁ TRỊ HÀNH CHÍNH"
DRAFT = "DỰ THẢO"
# Letters for each percent of its column's width: a row with a longer cell, some 28 lines, may break over two pages.
# Kept whole it could be higher than a page that lies across.
LONGEST_WHOLE = 26
# A chart with more bars goes on on the next page: it would leave the rest of the page before it white.
MOST_AT_ONE_GLANCE = 24


class Head(NamedTuple):
    """A cell in the head of a table."""

    title: str
    across: int = 1
    down: int = 1


def plain(text: str) -> str:
    """Without control characters and marks of direction, should a text still have some."""
    return UNPRINTED.sub(" ", text)


def words_of(cell: Cell) -> tuple[str, ...]:
    """The paragraphs of a cell as they are printed: 21.914; 84,46%; 08/9/2022."""
    if cell is None or cell == "":
        return ()
    if isinstance(cell, Share):
        return (str(percent(cell.part, cell.whole)),)
    if isinstance(cell, tuple):
        return tuple(plain(str(text)) for text in cell)
    if isinstance(cell, date):
        return (short_date(cell),)
    return (plain(cell) if isinstance(cell, str) else str(number(cell)),)


def clean(chart: Chart) -> Chart:
    """The same chart with texts that can be printed."""
    return replace(
        chart,
        caption=plain(chart.caption),
        unit=plain(chart.unit),
        series=[replace(each, name=plain(each.name)) for each in chart.series],
        bars=[replace(each, label=plain(each.label)) for each in chart.bars],
    )


def listed(names: Sequence[str]) -> list[str]:
    """ "- …;" for each, the last one with a full stop."""
    ends = [";"] * (len(names) - 1) + ["."]
    return [f"- {plain(name).rstrip(' .;')}{end}" for name, end in zip(names, ends, strict=True)] if names else []


def punctuated(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks; of the grounds that stand together each ends with ";", the last with a full stop."""
    done: list[Block] = []
    for are_grounds, group in groupby(blocks, _is_ground):
        together = list(group)
        done += _ended(together) if are_grounds else together
    return done


def heads(columns: Sequence[Column]) -> list[list[Head]]:
    """The one or two rows of a table's head."""
    if not any(column.over for column in columns):
        return [[Head(plain(column.title)) for column in columns]]
    above: list[Head] = []
    for over, group in groupby(columns, lambda column: column.over):
        named = list(group)
        above += [Head(plain(over), across=len(named))] if over else [Head(plain(each.title), down=2) for each in named]
    return [above, [Head(plain(column.title)) for column in columns if column.over]]


def stays_whole(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row is low enough to be kept on one page."""
    cells = zip(row.cells, columns, strict=False)
    lengths = ((sum(map(len, words_of(cell))), column.width) for cell, column in cells)
    return row.kind == RowKind.GROUP or all(letters <= LONGEST_WHOLE * width for letters, width in lengths)


def at_one_glance(chart: Chart) -> bool:
    """Whether a chart is kept on one page."""
    return len(chart.bars) <= MOST_AT_ONE_GLANCE


def alignment(column: Column, place: int) -> str:
    """ "left", "centre" or "right": days and numbers of order in the middle, other numbers digit under digit."""
    if column.kind == Kind.DATE or (column.kind == Kind.NUMBER and place == 0):
        return "centre"
    return "right" if column.kind == Kind.NUMBER else "left"


def bodies(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows with the one that names them."""
    found: list[list[Row]] = [[]]
    for row in rows:
        if row.kind == RowKind.GROUP and found[-1]:
            found.append([])
        found[-1].append(row)
    return found if rows else []


def _is_ground(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == Style.GROUND


def _ended(grounds: Sequence[Block]) -> list[Block]:
    ends = [";"] * (len(grounds) - 1) + ["."]
    return [
        replace(each, text=each.text.rstrip(" .;") + end) if isinstance(each, Paragraph) else each
        for each, end in zip(grounds, ends, strict=True)
    ]
