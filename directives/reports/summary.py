"""One A4 for the leader's table, from the frozen record of a report: what needs a word first, then who is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from directives.deadlines import OFFICIAL
from directives.reports import layout
from directives.reports.drafts import results
from directives.reports.drafts.naming import moment, moved, numbered, on, what
from directives.reports.record import Record, current
from directives.reports.wording import line
from directives.templatetags.kttt import number, percent

# Letters that are shown of a name, a title, a text, an obstacle and a proposal.
NAME, TITLE, TEXT, PROPOSED = 60, 180, 110, 75
NAMED_TOGETHER = 2


@dataclass(frozen=True)
class Counted:
    """The figures of tasks, or of assignments: four numbers, their sum, and the share that is done, of each base."""

    name: str
    four: Sequence[int]
    total: int
    of_all: str
    of_due: str
    due: int
    apart: int  # in the sum, not among the four: without a deadline, or suspended


@dataclass(frozen=True)
class Item:
    """A line of a list: when or how long, who, and what."""

    when: str
    who: str
    what: str = ""


@dataclass(frozen=True)
class Summary:
    """What the page shows. `of_what`: which figures these are. `marks`, `apart`, `within`, `change`: words, or empty.

    `silent`: None where no round is on.
    """

    title: str
    office: str
    as_of: str
    counted: Sequence[Counted]
    of_what: str = "Số liệu"
    apart: str = ""
    within: str = ""
    change: str = ""
    obstacles: Sequence[Item] = field(default_factory=tuple)
    late: Sequence[Item] = field(default_factory=tuple)
    silent: Sequence[str] | None = None
    silent_in: str = ""
    due: Sequence[Item] = field(default_factory=tuple)
    due_title: str = ""
    marks: str = ""
    names: Sequence[str] = tuple(figure.label for figure in OFFICIAL)


def one_page(record: Record, *, is_draft: bool = False) -> Summary:
    """The summary of a report's record."""
    record = current(record)
    silent = record["unreported"]
    counted = [_counted("Nhiệm vụ", record["tasks"]), _counted("Lượt giao", record["assignments"])]
    return Summary(
        title=line(f"Tình hình thực hiện {what(record)}", TITLE),
        office=line(record["office"]["standing"] or record["office"]["name"], TITLE),
        as_of=moment(record),
        counted=counted,
        of_what="Số liệu lũy kế" if record["within"] else "Số liệu",
        apart=_apart(counted),
        within=" ".join(results.within(record)) if record["within"] else "",
        change=_change(record),
        obstacles=_obstacles(record),
        late=_late(record["late"]),
        silent=None if silent is None else [line(each["name"], NAME) for each in silent["agencies"]],
        silent_in=f"{on(silent['start'])} – {on(silent['end'])}" if silent else "",
        due=[_due(row, record) for row in record["next"]["rows"]],
        due_title=f"Đến hạn trong {number(record['next']['days'])} ngày tới "
        f"(đến hết {on(record['next']['until'])}): {number(record['next']['count'])} lượt giao",
        marks=_marks(record, is_draft),
    )


def _marks(record: Record, is_draft: bool) -> str:
    said = {layout.DRAFT: is_draft, layout.ILLUSTRATIVE: record["is_illustrative"]}
    return " – ".join(words for words, is_so in said.items() if is_so)


def _counted(name: str, figures: Record) -> Counted:
    four = [figures[figure] for figure in OFFICIAL]
    return Counted(
        name=name,
        four=four,
        total=figures["total"],
        of_all=str(percent(figures["done"], figures["total"])),
        of_due=str(percent(figures["done"], figures["already_due"])),
        due=figures["already_due"],
        apart=figures["total"] - sum(four),
    )


def _apart(counted: Sequence[Counted]) -> str:
    named = [f"{number(each.apart)} {each.name.lower()}" for each in counted if each.apart]
    return f"Tổng số gồm cả {', '.join(named)} không ấn định thời hạn hoặc tạm dừng." if named else ""


def _change(record: Record) -> str:
    """What is more and what is less than in the last report, in assignments and in tasks."""
    then = record["change"]
    if not then:
        return ""
    parts = []
    for key, words in (("tasks", "nhiệm vụ"), ("assignments", "lượt giao")):
        done, late = (moved(record[key][name] - then[key][name]) for name in ("done", "open_overdue"))
        parts.append(f"{words}: hoàn thành {done}, chưa hoàn thành quá hạn {late}")
    return f"So với báo cáo trước (đến {on(then['as_of'])}): {'; '.join(parts)}.{_other_directives(then)}"


def _other_directives(then: Record) -> str:
    left, came = len(then["left"]), len(then["came"])
    return f" Đã thôi theo dõi {number(left)}, thêm mới {number(came)} văn bản." if left or came else ""


def _obstacles(record: Record) -> list[Item]:
    """What waits for an answer, the longest first."""
    waiting = [row for row in record["obstacles"] if not row["answers"]]
    return [_obstacle(row, record) for row in sorted(waiting, key=lambda row: -row["waiting_days"])]


def _obstacle(row: Record, record: Record) -> Item:
    parts = [line(row["obstacle"], PROPOSED)]
    if row["proposal"]:
        parts.append(f"đề nghị {line(row['proposal_to'], NAME) or 'xem xét'}: {line(row['proposal'], PROPOSED)}")
    said = "; ".join(part.rstrip(" .;") for part in parts if part)
    return Item(f"{number(row['waiting_days'])} ngày", line(row["agency"], NAME), f"{_task(row, record)}: {said}")


def _late(late: Sequence[Record]) -> list[Item]:
    """The agency with most overdue work first; a body that is asked is not in the record's list."""
    ordered = sorted(late, key=lambda agency: (-len(agency["rows"]), -_longest(agency)))
    return [
        Item(f"{number(len(each['rows']))} lượt giao", line(each["name"], NAME), f"{number(_longest(each))} ngày")
        for each in ordered
    ]


def _longest(agency: Record) -> int:
    return max((row["days"] or 0 for row in agency["rows"]), default=0)


def _due(row: Record, record: Record) -> Item:
    named = [line(name, NAME) for name in row["agencies"][:NAMED_TOGETHER]]
    more = len(row["agencies"]) - len(named)
    who = "; ".join(named) + (f" và {number(more)} cơ quan khác" if more else "")
    asked = " (đề nghị thực hiện)" if row["asked"] else ""
    return Item(on(row["due"]), f"{who}{asked}", f"{_task(row, record)}: {line(row['text'], TEXT)}")


def _task(row: Record, record: Record) -> str:
    return f"NV {numbered(row, record)}"
