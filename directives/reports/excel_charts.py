"""The charts of a paper as charts of Excel, each under the numbers that it draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directives.reports.excel_look import WHOLE, Looks, lines_in, set_height, set_up_print, unit
from directives.reports.paper import Chart, Kind, Paper, Tone
from directives.reports.workbook import put

NAME = "Biểu đồ"
LABEL, NUMBER = 38, 12
# Pixels of a row, of a bar, and of title, axis and legend together.
ROW, BAR, AROUND, WIDE = 21, 28, 150, 760
INK, PAPER = "#1F3864", "#FFFFFF"
# Told by pattern too: the sheet may be printed in black and white.
FILLS: dict[Tone, dict[str, Any]] = {
    Tone.DONE: {"fill": {"color": INK}},
    Tone.DONE_LATE: {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": PAPER}},
    Tone.OPEN: {"fill": {"color": "#DCE6F2"}},
    Tone.OVERDUE: {"pattern": {"pattern": "trellis", "fg_color": "#B3261E", "bg_color": PAPER}},
    Tone.REST: {"pattern": {"pattern": "narrow_horizontal", "fg_color": "#595959", "bg_color": PAPER}},
}
LABELS: dict[Tone, dict[str, Any]] = {
    Tone.DONE: {"font": {"color": PAPER, "bold": True}},
}
ON_PAPER = {"font": {"color": "#000000", "bold": True}, "fill": {"color": PAPER}}


def draw(book: Any, charts: Sequence[Chart], paper: Paper, looks: Looks) -> None:
    """A sheet with all of them, one under the other; zeros are left off the bars, not the tables."""
    page, row = book.add_worksheet(NAME), 0
    most = max(len(chart.series) for chart in charts)
    page.set_column(0, 0, LABEL)
    page.set_column(1, most, NUMBER)
    for chart in charts:
        head = _draw_numbers(page, row, chart, looks)
        tall = AROUND + BAR * len(chart.bars)
        said = f"{chart.caption}. Các số ở bảng phía trên."
        below = head + len(chart.bars) + 2
        page.insert_chart(below, 0, _chart(book, chart, row, head, tall), {"description": said[:255]})
        row = below + tall // ROW + 3
    set_up_print(page, paper, is_wide=False)


def _draw_numbers(page: Any, row: int, chart: Chart, looks: Looks) -> int:
    """Caption, unit, heads, a row for each bar. Gives the row of the heads."""
    put(page, row, 0, chart.caption, looks(bold=True, font_size=14))
    page.set_row(row, 20)
    put(page, row + 1, 0, unit(chart.unit), looks(italic=True))
    head = row + 2
    put(page, head, 0, "", looks.head)
    set_height(page, head, max(lines_in(series.name, NUMBER - 1) for series in chart.series))
    for place, series in enumerate(chart.series, 1):
        put(page, head, place, series.name, looks.head)
    for number, bar in enumerate(chart.bars, head + 1):
        put(page, number, 0, bar.label, looks.cell(Kind.TEXT))
        for place, value in enumerate(bar.values, 1):
            page.write_number(number, place, value, looks.cell(Kind.NUMBER, number=WHOLE))
    return head


def _chart(book: Any, chart: Chart, row: int, head: int, tall: int) -> Any:
    """Every word in it is a reference to a cell: a caption that begins with "=" would else be read as one."""
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = head + len(chart.bars)
    for place, series in enumerate(chart.series, 1):
        drawn.add_series(
            {
                "name": [NAME, head, place],
                "categories": [NAME, head + 1, 0, last, 0],
                "values": [NAME, head + 1, place, last, place],
                "border": {"color": "#000000", "width": 0.75},
                "gap": 45,
                "data_labels": {"value": True, "num_format": "#,##0;;", **LABELS.get(series.tone, ON_PAPER)},
                **FILLS[series.tone],
            }
        )
    drawn.set_title({"name": [NAME, row, 0], "name_font": {"size": 12, "name": "Times New Roman"}})
    drawn.set_y_axis({"reverse": True, "crossing": "max", "num_font": {"size": 10}})
    drawn.set_x_axis(
        {"num_format": "#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    drawn.set_legend({"position": "bottom", "font": {"size": 10}})
    drawn.set_size({"width": WIDE, "height": tall})
    return drawn
