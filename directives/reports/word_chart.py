"""A chart in Word: a row for each bar, drawn with letters that anyone can edit, and its numbers in words beside it."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length

from directives.reports import layout
from directives.reports import word_styles as styles
from directives.reports.paper import Bar, Chart, Series, Tone
from directives.reports.word_table import add_cell, add_row, add_run, closed, started

# Each tone has a pattern of its own: a copy in black and white says the same.
PATTERNS = {Tone.DONE: "█", Tone.DONE_LATE: "▓", Tone.OPEN: "▒", Tone.OVERDUE: "▄", Tone.REST: "░"}
LONGEST = 16
PARTS = (0.22, 0.36, 0.42)


def draw(document: Document, chart: Chart, width: Length) -> None:
    document.add_paragraph(layout.plain(chart.caption), style=styles.CAPTION)
    legend = "; ".join(f"{PATTERNS[each.tone]} {layout.plain(each.name)}" for each in chart.series)
    document.add_paragraph(f"{legend} ({layout.plain(chart.unit)})", style=styles.LEGEND)
    widths = [round(width.twips * part) for part in PARTS]
    table = started(document, styles.BARE, widths)
    most = max((sum(bar.values) for bar in chart.bars), default=0) or 1
    for place, bar in enumerate(chart.bars, start=1):
        row, keep = add_row(table), place < len(chart.bars)
        add_cell(row, [layout.plain(bar.label)], styles.CELL, widths[0], keep=keep)
        _draw_bar(add_cell(row, [""], styles.BAR, widths[1], keep=keep).getparent(), bar, chart, most)
        add_cell(row, [_told(bar, chart)], f"{styles.CELL}{styles.SMALL}", widths[2], keep=keep)
    closed(document)


def _draw_bar(cell: Any, bar: Bar, chart: Chart, most: int) -> None:
    """A run for each series; what is there has at least one letter."""
    paragraph = cell.find(qn("w:p"))
    for value, series in zip(bar.values, chart.series, strict=True):
        if value:
            name, _ = styles.BARS[series.tone]
            add_run(paragraph, PATTERNS[series.tone] * max(1, round(LONGEST * value / most)), name)


def _told(bar: Bar, chart: Chart) -> str:
    """ "3 hoàn thành đúng hạn; 1 quá hạn"."""
    pairs: list[tuple[int, Series]] = list(zip(bar.values, chart.series, strict=True))
    return "; ".join(f"{layout.words_of(value)[0]} {layout.plain(each.name)}" for value, each in pairs if value) or "0"
