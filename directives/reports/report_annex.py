"""The annex of a report: every task, under its addressee, with what each agency has made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from directives.reports.paper import Block, Cell, Column, Kind, Paragraph, Row, RowKind, Style, Table
from directives.reports.record import Record
from directives.reports.wording import short_date
from directives.templatetags.kttt import number

COLUMNS = (
    Column("TT", 3.5, Kind.NUMBER),
    Column("Nội dung nhiệm vụ", 30),
    Column("Chủ trì", 10),
    Column("Phối hợp", 11),
    Column("Thời hạn", 8, Kind.DATE),
    Column("Kết quả mới nhất", 15),
    Column("Tình trạng", 12.5),
    Column("Minh chứng", 10),
)
REMARK = (
    "Nội dung dài được trích phần đầu (kết quả: 600 ký tự; nhiệm vụ: 2.000 ký tự) và đánh dấu “…”; toàn văn lưu trong "
    "Sổ theo dõi nhiệm vụ."
)


def blocks(figures: Record) -> list[Block]:
    """One table however many directives: a line names each addressee (and its directive, where there are several)."""
    if not figures["annex"]:
        return []
    rows = [row for addressee in figures["annex"] for row in _addressee(addressee, len(figures["directives"]) > 1)]
    return [Table(COLUMNS, rows, sheet="Từng nhiệm vụ", head_column=1, is_small=True), Paragraph(REMARK, Style.REMARK)]


def _addressee(addressee: Record, is_one_of_many: bool) -> Iterator[Row]:
    of = f"{addressee['directive']}: " if is_one_of_many else ""
    numbered = f"{addressee['number']}. " if addressee["number"] else ""
    asked = " (đề nghị thực hiện)" if addressee["asked"] else ""
    yield Row((f"{of}{numbered}{addressee['name']}{asked}",), RowKind.GROUP)
    for task in addressee["tasks"]:
        yield from _shared(task) if task["is_shared"] else _single(task)


def _shared(task: Record) -> Iterator[Row]:
    """A group's task: where it stands as a whole, then each member."""
    stands = f"Hoàn thành {number(task['done'])}/{number(task['counted'])} cơ quan"
    if task["missing"] and task["done"]:
        stands += f"; còn: {', '.join(task['missing'])}"
    who = (task["lead"], _coordinators(task), task["clock"] or None)
    yield Row((task["position"], _text(task), *who, f"{stands}.", None, None))
    for line in task["assignments"]:
        yield Row((task["position"], None, line["agency"], None, *_line(line, "")))


def _single(task: Record) -> Iterator[Row]:
    for place, line in enumerate(task["assignments"]):
        if place:
            yield Row((None, None, line["agency"], None, *_line(line, task["clock"])))
        else:
            yield Row((task["position"], _text(task), line["agency"], _coordinators(task), *_line(line, task["clock"])))


def _text(task: Record) -> Cell:
    return (task["text"], f"Sản phẩm: {task['product']}") if task["product"] else task["text"]


def _coordinators(task: Record) -> Cell:
    return ", ".join(task["coordinators"]) or None


def _line(line: Record, clock: str) -> tuple[Cell, ...]:
    """Deadline, result, state and evidence of one assignment."""
    return _due(line, clock), _result(line), _state(line), _evidence(line)


def _due(line: Record, clock: str) -> Cell:
    """A day, so that the workbook can sort and filter by it; or the kind of clock."""
    return date.fromisoformat(line["due"]) if line["due"] else clock or None


def _result(line: Record) -> Cell:
    if not line["result"]:
        return "Chưa có báo cáo."
    return line["result"], f"({short_date(date.fromisoformat(line['said_on']))})"


def _state(line: Record) -> Cell:
    done = f" ({short_date(date.fromisoformat(line['done_on']))})" if line["done_on"] else ""
    first = line["first_deadline"]
    extended = (f"(thời hạn ban đầu {short_date(date.fromisoformat(first))})",) if first else ()
    return f"{line['status']}{done}", *extended


def _evidence(line: Record) -> Cell:
    more = (f"và {number(line['more_evidence'])} tài liệu khác",) if line["more_evidence"] else ()
    return (*line["evidence"], *more) or None
