"""Working days of Việt Nam: weekends, public holidays and swapped days as the library computes them, and above it
what staff have laid down by an official announcement.

The only home of "is this a working day". It asks no database itself: whoever has one says at the start how to read
what was laid down (`follow`); without that the library alone holds.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

import holidays

# No stretch of days off is longer: Tết with its weekends and swapped days stays below this, and staff lay down none.
LONGEST_HOLIDAY = 14
MADE_UP = "Làm việc bù"


class _Known(threading.local):
    """What was laid down, as this thread has read it: a planning asks thousands of times, and reads it once."""

    days: Mapping[date, bool] | None = None


_known = _Known()
_read: Callable[[], Mapping[date, bool]] = dict


def follow(read: Callable[[], Mapping[date, bool]]) -> None:
    """`read` gives the days that were laid down, and whether each is worked."""
    global _read
    _read = read
    forget()


def forget(**_: object) -> None:
    """Read anew at the next question: somebody may have laid down another day meanwhile, in whatever process."""
    _known.days = None


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`; swapped working Saturdays count."""
    if _known.days is None:
        _known.days = _read()
    laid_down = _known.days.get(day)
    return is_usually_worked(day) if laid_down is None else laid_down


def is_usually_worked(day: date) -> bool:
    """What the library says, whatever was laid down."""
    return bool(_library(day.year).is_working_day(day))


def usual_exceptions(year: int) -> dict[date, str]:
    """The public holidays and the swapped days that the library knows, by their names."""
    library = _library(year)
    named = dict(library.items()) | dict.fromkeys(library.weekend_workdays, MADE_UP)
    return {day: name for day, name in sorted(named.items()) if day.year == year}


def next_working_day(day: date) -> date:
    """`day` itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def previous_working_day(day: date) -> date:
    """`day` itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def days_off_around(day: date) -> int:
    """How long the stretch of days off is that `day` lies in; 0 for a working day."""
    return max((next_working_day(day) - previous_working_day(day)).days - 1, 0)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; none where `end` is not later."""
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=step)) for step in span)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself does not count."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


@cache
def _library(year: int) -> holidays.HolidayBase:
    """Whole when it is handed out, for many threads ask it; with the years beside, with which days are swapped."""
    return holidays.country_holidays("VN", language="vi", years=(year - 1, year, year + 1), expand=False)
