"""Closing windows of the reporting calendar: the month runs from the 15th to the 14th (Decree 09/2019/NĐ-CP)."""

from dataclasses import dataclass
from datetime import date, timedelta

OPENS_ON = 15


@dataclass(frozen=True)
class Window:
    """A closed or running window; both days belong to it."""

    start: date
    end: date

    @property
    def name(self) -> str:
        """Named after the month in which it closes."""
        return f"tháng {self.end.month}/{self.end.year}"


def last_closed(day: date) -> Window:
    """The month's window that closed last before `day`."""
    end = day.replace(day=OPENS_ON - 1)
    if end >= day:
        end = _month_before(end)
    return Window(_month_before(end).replace(day=OPENS_ON), end)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=day.day)
