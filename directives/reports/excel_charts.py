"""The charts of a paper as charts of Excel, each on a sheet with the numbers that it draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directives.reports.excel_look import WHOLE, Looks, lines_in, set_height, set_up_print, unit
from directives.reports.paper import Chart, Kind, Paper, Tone
from directives.reports.workbook import put

NAME = "Biểu đồ"
LABEL, NUMBER = 38, 12
HEAD = 2  # the row of the heads
# Pixels of a bar, and of title, axis and legend together.
BAR, AROUND, WIDE = 26, 150, 760
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


def names(charts: Sequence[Chart]) -> list[str]:
    """ "Biểu đồ"; of several "Biểu đồ 1", "Biểu đồ 2" …"""
    return [NAME] if len(charts) == 1 else [f"{NAME} {number}" for number, _ in enumerate(charts, 1)]


def draw(book: Any, name: str, chart: Chart, paper: Paper, looks: Looks) -> None:
    """A sheet, printed on one page; zeros are left off the bars, not the table."""
    page = book.add_worksheet(name)
    page.set_column(0, 0, LABEL)
    page.set_column(1, len(chart.series), NUMBER)
    _draw_numbers(page, chart, looks)
    said = f"{chart.caption}. Các số ở bảng phía trên."
    page.insert_chart(HEAD + len(chart.bars) + 2, 0, _chart(book, name, chart), {"description": said[:255]})
    set_up_print(page, paper, is_wide=False)
    page.fit_to_pages(1, 1)


def _draw_numbers(page: Any, chart: Chart, looks: Looks) -> None:
    """Caption, unit, heads, a row for each bar."""
    put(page, 0, 0, chart.caption, looks(bold=True, font_size=14))
    page.set_row(0, 20)
    put(page, 1, 0, unit(chart.unit), looks(italic=True))
    put(page, HEAD, 0, "", looks.head)
    set_height(page, HEAD, max(lines_in(series.name, NUMBER - 1) for series in chart.series))
    for place, series in enumerate(chart.series, 1):
        put(page, HEAD, place, series.name, looks.head)
    for number, bar in enumerate(chart.bars, HEAD + 1):
        put(page, number, 0, bar.label, looks.cell(Kind.TEXT))
        set_height(page, number, lines_in(bar.label, LABEL))
        for place, value in enumerate(bar.values, 1):
            page.write_number(number, place, value, looks.cell(Kind.NUMBER, number=WHOLE))


def _chart(book: Any, sheet: str, chart: Chart) -> Any:
    """Every word in it is a reference to a cell: a caption that begins with "=" would else be read as one."""
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = HEAD + len(chart.bars)
    for place, series in enumerate(chart.series, 1):
        drawn.add_series(
            {
                "name": [sheet, HEAD, place],
                "categories": [sheet, HEAD + 1, 0, last, 0],
                "values": [sheet, HEAD + 1, place, last, place],
                "border": {"color": "#000000", "width": 0.75},
                "gap": 45,
                "data_labels": {"value": True, "num_format": "#,##0;;", **LABELS.get(series.tone, ON_PAPER)},
                **FILLS[series.tone],
            }
        )
    drawn.set_title({"name": [sheet, 0, 0], "name_font": {"size": 12, "name": "Times New Roman"}})
    drawn.set_y_axis({"reverse": True, "crossing": "max", "num_font": {"size": 10}})
    drawn.set_x_axis(
        {"num_format": "#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    drawn.set_legend({"position": "bottom", "font": {"size": 10}})
    drawn.set_size({"width": WIDE, "height": AROUND + BAR * len(chart.bars)})
    return drawn
