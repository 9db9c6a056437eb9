"""The deadlines of a row: the first, and the one that holds now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from directives.actions.tasks import FARTHEST_YEARS
from directives.deadlines import Clock
from directives.workbooks.legacy.days import Days, read_days
from directives.workbooks.legacy.grid import Square
from directives.workbooks.legacy.problem import Problem, Unusable
from directives.workbooks.legacy.rows import Raw


@dataclass(frozen=True)
class Deadlines:
    """Both None unless the clock is dated."""

    clock: Clock = Clock.UNDATED
    first: date | None = None
    current: date | None = None


def read_clock(raw: Raw, issued_on: date | None) -> Deadlines:
    """Of several days in a cell the first was given first, and the last holds. Raises Unusable."""
    given, moved = _days(raw, "first", issued_on), _days(raw, "deadline", issued_on)
    days = (*given.days, *moved.days)
    if not days:
        is_standing = given.is_standing or moved.is_standing
        return Deadlines(Clock.STANDING if is_standing else Clock.UNDATED)
    found = Deadlines(Clock.DATED, days[0], days[-1])
    for name, day in (
        ("first" if given.days else "deadline", days[0]),
        ("deadline" if moved.days else "first", days[-1]),
    ):
        _require_believable(raw.square(name), raw, day, issued_on)
    if back := next(((one, then) for one, then in pairwise(days) if then < one), None):
        words = f"thời hạn sau ({back[1]:%d/%m/%Y}) trước thời hạn ban đầu ({back[0]:%d/%m/%Y})."
        raise Unusable(Problem.at(raw.square("deadline" if moved.days else "first"), raw.number, words))
    return found


def _days(raw: Raw, name: str, issued_on: date | None) -> Days:
    square = raw.square(name)
    read = read_days(square, issued_on)
    if read.problem:
        raise Unusable(Problem.at(square, raw.number, read.problem))
    return read


def _require_believable(square: Square, raw: Raw, day: date, issued_on: date | None) -> None:
    if issued_on is None:
        return
    if day < issued_on:
        words = f"thời hạn {day:%d/%m/%Y} trước ngày ban hành văn bản ({issued_on:%d/%m/%Y})."
        raise Unusable(Problem.at(square, raw.number, words))
    if day.year > issued_on.year + FARTHEST_YEARS:
        raise Unusable(Problem.at(square, raw.number, f"thời hạn {day:%d/%m/%Y} quá xa. Xin kiểm tra lại năm."))
