"""Working days of Việt Nam: weekends, public holidays, Tết, and the make-up days that the library knows."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`; swapped working Saturdays count."""
    return bool(_calendar().is_working_day(day))


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


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; none where `end` is not later."""
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=step)) for step in span)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself does not count."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day
