"""The tables in the text of a report, and the charts that show the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from directives.deadlines import OFFICIAL, Figure
from directives.reports.drafts.naming import numbered, on, span
from directives.reports.paper import (
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    Kind,
    Row,
    RowKind,
    Series,
    Share,
    Table,
    Tone,
)
from directives.reports.record import Record
from directives.templatetags.kttt import number

FINISHED = (Figure.DONE_ON_TIME, Figure.DONE_LATE, Figure.DONE_NO_DEADLINE)
OF_AGENCIES = ("total", "done_on_time", "done_late", "open_in_time", "open_overdue", "no_deadline", "suspended")
TONES = dict(zip(OFFICIAL, (Tone.DONE, Tone.DONE_LATE, Tone.OPEN, Tone.OVERDUE), strict=True))
SERIES = [*(Series(figure.label, tone) for figure, tone in TONES.items()), Series("Không hạn, tạm dừng", Tone.REST)]
BOTH = (Column("Chỉ tiêu", 64), Column("Nhiệm vụ", 18, Kind.NUMBER), Column("Lượt giao", 18, Kind.NUMBER))
BESIDE = (
    Column("Chỉ tiêu", 48),
    *(
        Column(name, 13, Kind.NUMBER, over=what)
        for what in ("Nhiệm vụ", "Lượt giao")
        for name in ("Kỳ này", "Kỳ trước")
    ),
)
UNIT = "lượt giao nhiệm vụ"


def overall(figures: Record) -> Table:
    """The four numbers and what stands apart, of tasks and of assignments, with both bases of percentages."""
    tasks, given = figures["tasks"], figures["assignments"]
    rows = [Row((each.label, tasks[each], given[each])) for each in Figure]
    rows.append(Row(("Tổng số", tasks["total"], given["total"]), RowKind.TOTAL))
    if given["released"]:
        rows.append(Row(("Thôi giao, đã chuyển (không tính vào tổng số)", tasks["released"], given["released"])))
    rows += [
        _share("Tỷ lệ hoàn thành trên tất cả", tasks, given, "total"),
        _share("Tỷ lệ hoàn thành trên số đã hoàn thành và quá hạn", tasks, given, "already_due"),
    ]
    return Table(BOTH, rows, caption=f"Bảng 1. Kết quả chung{_so_far(figures)}", sheet="Kết quả chung")


def _so_far(figures: Record) -> str:
    """Beside the figures of a period the others are told apart."""
    return " (lũy kế)" if figures["within"] else ""


def _share(words: str, tasks: Record, given: Record, base: str) -> Row:
    named = f"{words} ({number(tasks[base])} nhiệm vụ; {number(given[base])} lượt giao)"
    return Row((named, Share(tasks["done"], tasks[base]), Share(given["done"], given[base])))


def by_agency(figures: Record) -> Table:
    """A line for each agency; bodies that are asked stand under a line of their own, in no order of merit."""
    rows: list[Row] = []
    for is_asked in (False, True):
        group = [each for each in figures["agencies"] if each["asked"] == is_asked]
        if is_asked and group:
            rows.append(Row(("Cơ quan được đề nghị thực hiện",), RowKind.GROUP))
        rows += [Row((place, each["name"], *_of_agency(each))) for place, each in enumerate(group, start=1)]
    rows.append(Row((None, "Cộng", *_of_agency(figures["assignments"])), RowKind.TOTAL))
    return Table(
        (
            Column("TT", 5, Kind.NUMBER),
            Column("Cơ quan, đơn vị", 30),
            Column("Tổng số", 8, Kind.NUMBER),
            Column("đúng hạn", 9, Kind.NUMBER, over="Hoàn thành"),
            Column("quá hạn", 9, Kind.NUMBER, over="Hoàn thành"),
            Column("trong hạn", 10, Kind.NUMBER, over="Chưa hoàn thành"),
            Column("quá hạn", 10, Kind.NUMBER, over="Chưa hoàn thành"),
            Column("Không hạn", 10, Kind.NUMBER),
            Column("Tạm dừng", 9, Kind.NUMBER),
        ),
        rows,
        caption=f"Bảng 2. Lượt giao nhiệm vụ theo cơ quan{_so_far(figures)}",
        unit=UNIT,
        sheet="Theo cơ quan",
        head_column=1,
        is_small=True,
    )


def _of_agency(counted: Record) -> list[Cell]:
    return [counted[key] for key in OF_AGENCIES]


def within(figures: Record) -> Table:
    """What happened in the period, beside the one before it where its report is there; the finished are summed up."""
    now, before = figures["within"], figures["change"] and figures["change"]["within"]
    counted = [each[what] for what in ("tasks", "assignments") for each in (now, before) if each]
    lines = (("Mới giao", "given"), ("Đến hạn", "due"), *((each.label, each) for each in FINISHED))
    rows = [Row((words, *(each[key] for each in counted))) for words, key in lines]
    rows.append(Row(("Cộng hoàn thành", *(each["done"] for each in counted)), RowKind.TOTAL))
    return Table(
        BESIDE if before else BOTH,
        rows,
        caption=f"Bảng 3. Kết quả trong kỳ ({span(figures['period'])})",
        sheet="Trong kỳ",
    )


def change(figures: Record) -> Table:
    """Beside the figures of the last report, as that one froze them."""
    then, now = figures["change"], figures["assignments"]
    earlier, present = (f"Đến {on(each['as_of'])}" for each in (then, figures))
    rows = [Row((each.label, *_beside(then["assignments"], now, each))) for each in Figure]
    rows.append(Row(("Tổng số", *_beside(then["assignments"], now, "total")), RowKind.TOTAL))
    return Table(
        (
            Column("Chỉ tiêu", 52),
            Column(earlier, 16, Kind.NUMBER),
            Column(present, 16, Kind.NUMBER),
            Column("Tăng, giảm", 16, Kind.NUMBER),
        ),
        rows,
        caption=f"Bảng {4 if figures['within'] else 3}. So với báo cáo trước{_so_far(figures)}",
        unit=UNIT,
        sheet="So với báo cáo trước",
    )


def _beside(then: Record, now: Record, key: str) -> Sequence[Cell]:
    return then[key], now[key], now[key] - then[key]


def late(figures: Record) -> Table:
    """Agencies with overdue work, a line for each task."""
    rows = [
        Row((agency["name"], _task(row, figures), _day(row["due"]), row["days"]))
        for agency in figures["late"]
        for row in agency["rows"]
    ]
    columns = (
        Column("Cơ quan, đơn vị", 28),
        Column("Nhiệm vụ", 46),
        Column("Thời hạn", 14, Kind.DATE),
        Column("Quá hạn (ngày)", 12, Kind.NUMBER),
    )
    return Table(columns, rows, sheet="Quá hạn chưa hoàn thành")


def coming(figures: Record) -> Table:
    rows = [Row((_day(row["due"]), _task(row, figures), _named(row)), RowKind.PLAIN) for row in figures["next"]["rows"]]
    columns = (Column("Thời hạn", 14, Kind.DATE), Column("Nhiệm vụ", 49), Column("Cơ quan, đơn vị", 37))
    return Table(columns, rows, sheet="Đến hạn kỳ tới", head_column=1)


def _named(row: Record) -> str:
    return "; ".join(row["agencies"]) + (" (đề nghị thực hiện)" if row["asked"] else "")


def charts(figures: Record) -> list[Block]:
    """The agencies beside each other (in the office's order, never by merit), and their sum."""
    ordered = [each for each in figures["agencies"] if not each["asked"] and each["total"]]
    whole = Bar("Cộng", _values(figures["assignments"]))
    made: list[Block] = [Chart("Biểu đồ 1. Kết quả chung (số liệu tại Bảng 1)", SERIES, [whole], UNIT)]
    if ordered:
        bars = [Bar(each["name"], _values(each)) for each in ordered]
        made.append(Chart("Biểu đồ 2. Kết quả theo cơ quan (số liệu tại Bảng 2)", SERIES, bars, UNIT))
    return made


def _values(counted: Record) -> list[int]:
    return [*(counted[figure] for figure in TONES), counted["no_deadline"] + counted["suspended"]]


def _task(row: Record, figures: Record) -> str:
    return f"{numbered(row, figures)}. {row['text']}"


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
