"""One A4 for the leader's table, from the frozen record of a report: what needs a word first, then who is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from directives.reports.record import Record
from directives.reports.wording import line, long_date, short_date, shown
from directives.templatetags.kttt import number, percent

# The four official numbers, by the keys of the figures.
FOUR = (
    ("done_on_time", "Hoàn thành đúng hạn"),
    ("done_late", "Hoàn thành quá hạn"),
    ("open_in_time", "Chưa hoàn thành, trong hạn"),
    ("open_overdue", "Chưa hoàn thành, quá hạn"),
)
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
    """What the page shows. `apart`, `change`: sentences, or empty. `silent`: None where no round is on."""

    title: str
    office: str
    as_of: str
    counted: Sequence[Counted]
    apart: str = ""
    change: str = ""
    obstacles: Sequence[Item] = field(default_factory=tuple)
    late: Sequence[Item] = field(default_factory=tuple)
    silent: Sequence[str] | None = None
    silent_in: str = ""
    due: Sequence[Item] = field(default_factory=tuple)
    due_title: str = ""
    is_illustrative: bool = False
    names: Sequence[str] = tuple(words for _, words in FOUR)


def one_page(record: Record, words: dict[str, str] | None = None) -> Summary:
    """The summary of a report's record. `words`: `title` and `as_of` where they are put otherwise than here."""
    day = date.fromisoformat(record["as_of"])
    said = {"title": f"Tình hình thực hiện {_subject(record)}", "as_of": f"hết {long_date(day)}"} | (words or {})
    silent = record["unreported"]
    counted = [_counted("Nhiệm vụ", record["tasks"]), _counted("Lượt giao", record["assignments"])]
    return Summary(
        title=line(said["title"], TITLE),
        office=line(record["office"]["standing"] or record["office"]["name"], TITLE),
        as_of=line(said["as_of"], TITLE),
        counted=counted,
        apart=_apart(counted),
        change=_change(record),
        obstacles=_obstacles(record, day),
        late=_late(record["late"]),
        silent=None if silent is None else [line(each["name"], NAME) for each in silent["agencies"]],
        silent_in=f"{_short(silent['start'])} – {_short(silent['end'])}" if silent else "",
        due=[_due(row, record) for row in record["next"]["rows"]],
        due_title=f"Đến hạn trong {number(record['next']['days'])} ngày tới "
        f"(đến hết {_short(record['next']['until'])}): {number(record['next']['count'])} lượt giao",
        is_illustrative=_is_illustrative(record),
    )


def _directives(record: Record) -> list[Record]:
    return record.get("directives") or [record["directive"]]


def _is_illustrative(record: Record) -> bool:
    return bool(record.get("is_illustrative") or any(each.get("is_illustrative") for each in _directives(record)))


def _subject(record: Record) -> str:
    directives = _directives(record)
    if len(directives) > 1:
        return f"{number(len(directives))} văn bản chỉ đạo"
    return f"{directives[0]['doc_type']} số {directives[0]['code']}"


def _counted(name: str, figures: Record) -> Counted:
    four = [figures[key] for key, _ in FOUR]
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
    then = record.get("change")
    if not then:
        return ""
    parts = []
    for key, words in (("tasks", "nhiệm vụ"), ("assignments", "lượt giao")):
        done, late = (record[key][name] - then[key][name] for name in ("done", "open_overdue"))
        parts.append(f"{words}: hoàn thành {_signed(done)}, quá hạn chưa hoàn thành {_signed(late)}")
    since = then.get("as_of") or then.get("since")
    return f"So với báo cáo trước (đến {_short(since)}): {'; '.join(parts)}."


def _signed(value: int) -> str:
    """ "tăng 3", "giảm 2", "không đổi"."""
    if not value:
        return "không đổi"
    return f"{'tăng' if value > 0 else 'giảm'} {number(abs(value))}"


def _obstacles(record: Record, day: date) -> list[Item]:
    """What waits for an answer, the longest first."""
    waiting = [row for row in record["obstacles"] if not (row.get("answers") or row.get("answer"))]
    return [_obstacle(row, record, _waits(row, day)) for row in sorted(waiting, key=lambda row: -_waits(row, day))]


def _waits(row: Record, day: date) -> int:
    days = row.get("waiting_days")
    return (day - date.fromisoformat(row["said_on"])).days if days is None else int(days)


def _obstacle(row: Record, record: Record, days: int) -> Item:
    parts = [line(row["obstacle"], PROPOSED)]
    if row["proposal"]:
        parts.append(f"đề nghị {line(row['proposal_to'], NAME) or 'xem xét'}: {line(row['proposal'], PROPOSED)}")
    what = "; ".join(part.rstrip(" .;") for part in parts if part)
    return Item(f"{number(max(days, 0))} ngày", line(row["agency"], NAME), f"{_task(row, record)}: {what}")


def _late(late: Sequence[Record]) -> list[Item]:
    """The agency with most overdue work first; a body that is asked is not in the record's list."""
    ordered = sorted(late, key=lambda agency: (-len(agency["rows"]), -_longest(agency)))
    return [
        Item(f"{number(len(each['rows']))} lượt giao", line(each["name"], NAME), f"{number(_longest(each))} ngày")
        for each in ordered
        if not each.get("asked")
    ]


def _longest(agency: Record) -> int:
    return max((row["days"] or 0 for row in agency["rows"]), default=0)


def _due(row: Record, record: Record) -> Item:
    named = [line(name, NAME) for name in row["agencies"][:NAMED_TOGETHER]]
    more = len(row["agencies"]) - len(named)
    who = "; ".join(named) + (f" và {number(more)} cơ quan khác" if more else "")
    asked = " (đề nghị thực hiện)" if row["asked"] else ""
    return Item(_short(row["due"]), f"{who}{asked}", f"{_task(row, record)}: {line(row['text'], TEXT)}")


def _task(row: Record, record: Record) -> str:
    of = f" ({shown(row['directive'], NAME)})" if len(_directives(record)) > 1 and row.get("directive") else ""
    return f"NV {number(row['task'])}{of}"


def _short(day: str) -> str:
    return short_date(date.fromisoformat(day))
