"""A paper as a workbook: what the figures are, a sheet for each table that has a name, the charts with their numbers.

All is values: a figure in it is the figure of the paper, never a formula that a later hand could turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from directives.reports import excel_charts, excel_intro, excel_table
from directives.reports.excel_look import Looks
from directives.reports.excel_table import Sheet
from directives.reports.paper import Annex, Block, Chart, Paper, Paragraph, Style, Table
from directives.reports.workbook import cell_text, new_book, sheet_names

# More columns than stand upright on a page.
MANY = 6


def write(paper: Paper) -> bytes:
    """The .xlsx file of a paper."""
    kept = BytesIO()
    charts = charts_of(paper)
    sheets = sheets_of(paper, taken=charts)
    with new_book(kept) as book:
        _name(book, paper)
        looks = Looks(book)
        intro = book.add_worksheet(excel_intro.NAME)
        for sheet in sheets:
            excel_table.draw(book.add_worksheet(sheet.name), sheet, paper, looks)
        for name, chart in charts.items():
            excel_charts.draw(book, name, chart, paper, looks)
        listed = [(sheet.name, sheet.title) for sheet in sheets] + [(name, charts[name].caption) for name in charts]
        excel_intro.draw(intro, paper, listed, looks)
    return kept.getvalue()


def sheets_of(paper: Paper, taken: Iterable[str] = ()) -> list[Sheet]:
    """The sheets of its tables, in the order of the paper, named as Excel allows."""
    found = [*_of_blocks(paper.blocks), *(each for annex in paper.annexes for each in _of_blocks(annex.blocks, annex))]
    names = sheet_names((sheet.table.sheet for sheet in found), taken=(excel_intro.NAME, *taken))
    return [sheet._replace(name=name) for sheet, name in zip(found, names, strict=True)]


def _of_blocks(blocks: Sequence[Block], annex: Annex | None = None) -> Iterator[Sheet]:
    for place, block in enumerate(blocks):
        if isinstance(block, Table) and block.sheet:
            wide = annex.is_landscape if annex else len(block.columns) > MANY
            title = block.caption or _title(annex) or block.sheet
            yield Sheet(block.sheet, title, block, _remarks(blocks[place + 1 :]), wide)


def _title(annex: Annex | None) -> str:
    return f"{f'Phụ lục {annex.number}'.strip()}. {annex.title}" if annex else ""


def _remarks(following: Sequence[Block]) -> tuple[str, ...]:
    """What stands in small letters under a table belongs to it."""
    found = []
    for block in following:
        if not (isinstance(block, Paragraph) and block.style is Style.REMARK):
            break
        found.append(block.text)
    return tuple(found)


def charts_of(paper: Paper) -> dict[str, Chart]:
    """By the name of its sheet; what has no bars is not drawn."""
    everywhere = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    charts = [block for block in everywhere if isinstance(block, Chart) and block.bars and block.series]
    return dict(zip(excel_charts.names(charts), charts, strict=True)) if charts else {}


def _name(book: Any, paper: Paper) -> None:
    words = {"title": paper.title, "author": paper.author, "company": paper.author, "comments": paper.description}
    book.set_properties({key: cell_text(text)[:255] for key, text in words.items()})
