"""A chart in Word: a row for each bar, drawn with letters that anyone can edit, and its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length

from directives.reports import layout
from directives.reports import word_styles as styles
from directives.reports.layout import plain
from directives.reports.paper import Bar, Chart, Series, Tone
from directives.reports.word_table import add_cell, add_row, add_run, add_text, closed, started

# Each tone has a pattern of its own: a copy in black and white says the same.
PATTERNS = {Tone.DONE: "█", Tone.DONE_LATE: "▓", Tone.OPEN: "▒", Tone.OVERDUE: "▄", Tone.REST: "░"}
# Letters of the longest bar, and the parts of the width that name and bar take.
LONGEST, LABEL, BAR = 14, 0.28, 0.31


def draw(document: Document, chart: Chart, width: Length) -> None:
    """Kept on one page, where it fits."""
    document.add_paragraph(plain(chart.caption), style=styles.CAPTION)
    if chart.unit:
        document.add_paragraph(f"Đơn vị tính: {plain(chart.unit)}", style=styles.UNIT)
    document.add_paragraph(style=styles.BEFORE_TABLE)
    widths = _widths(width.twips, len(chart.series))
    table = started(document, styles.LINED, widths)
    _head(add_row(table, is_head=True), chart.series, widths)
    most = max((sum(bar.values) for bar in chart.bars), default=0) or 1
    for place, bar in enumerate(chart.bars, start=1):
        keep = layout.at_one_glance(chart) and place < len(chart.bars)
        _bar(add_row(table), bar, chart.series, widths, most, keep=keep)
    closed(document)


def _head(row: Any, series: Sequence[Series], widths: Sequence[int]) -> None:
    """Above each column of numbers its pattern and its name."""
    for width in widths[:2]:
        add_cell(row, [], styles.CHART_HEAD, width, keep=True)
    for each, width in zip(series, widths[2:], strict=True):
        cell = add_cell(row, [""], styles.CHART_HEAD, width, keep=True).getparent()
        add_run(cell.find(qn("w:p")), PATTERNS[each.tone] * 2, styles.BARS[each.tone][0])
        add_text(cell, plain(each.name), styles.CHART_HEAD, keep=True)


def _bar(row: Any, bar: Bar, series: Sequence[Series], widths: Sequence[int], most: int, *, keep: bool) -> None:
    """What is there has at least one letter."""
    add_cell(row, [plain(bar.label)], f"{styles.CELL}{styles.SMALL}", widths[0], keep=keep)
    drawn = add_cell(row, [""], styles.BAR, widths[1], keep=keep).getparent().find(qn("w:p"))
    for value, each in zip(bar.values, series, strict=True):
        if value:
            add_run(drawn, PATTERNS[each.tone] * max(1, round(LONGEST * value / most)), styles.BARS[each.tone][0])
    for value, width in zip(bar.values, widths[2:], strict=True):
        add_cell(row, layout.words_of(value), f"{styles.CELL_CENTRE}{styles.SMALL}", width, keep=keep)


def _widths(whole: int, series: int) -> list[int]:
    rest = whole * (1 - LABEL - BAR) / max(series, 1)
    return [round(whole * LABEL), round(whole * BAR), *[round(rest)] * series]
