"""The reporting calendar (Decree 09/2019/NĐ-CP): closing windows, and the days by which their reports are sent.

A month runs from the 15th to the 14th; longer windows from the 15th before they begin. Pure: the office's choices
(which cadences are on, which days) stand in `models/round.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

CUT_OFF = 14  # the day of the month on which figures are closed, unless the office says otherwise


class Cadence(models.TextChoices):
    """How often a report is owed; in the order of their length."""

    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    HALF_YEAR = "half_year", "6 tháng"
    NINE_MONTHS = "nine_months", "9 tháng"
    YEAR = "year", "Hằng năm"


# Cadence: the months in whose middle its windows close, and how many months a window has.
_CLOSES = {
    Cadence.MONTH: (range(1, 13), 1),
    Cadence.QUARTER: ((3, 6, 9, 12), 3),
    Cadence.HALF_YEAR: ((6,), 6),
    Cadence.NINE_MONTHS: ((9,), 9),
    Cadence.YEAR: ((12,), 12),
}


@dataclass(frozen=True)
class Window:
    """A closed or running window; both days belong to it."""

    start: date
    end: date
    cadence: Cadence = Cadence.MONTH

    @property
    def name(self) -> str:
        """Named after the time in which it closes: "tháng 11/2023", "quý IV/2023", "6 tháng đầu năm 2023"."""
        year = self.end.year
        if self.cadence == Cadence.MONTH:
            return f"tháng {self.end.month}/{year}"
        if self.cadence == Cadence.QUARTER:
            return f"quý {('I', 'II', 'III', 'IV')[self.end.month // 3 - 1]}/{year}"
        if self.cadence == Cadence.HALF_YEAR:
            return f"6 tháng đầu năm {year}"
        return f"9 tháng năm {year}" if self.cadence == Cadence.NINE_MONTHS else f"năm {year}"


def closing_months(cadence: Cadence) -> Sequence[int]:
    """The months of the year in whose middle windows of this cadence close."""
    return tuple(_CLOSES[cadence][0])


def last_closed(day: date, cadence: Cadence = Cadence.MONTH, cut_off: int = CUT_OFF) -> Window:
    """The window of this cadence that closed last before `day`."""
    return next(window for window in _backwards(day, cadence, cut_off) if window.end < day)


def running(day: date, cadence: Cadence, cut_off: int = CUT_OFF) -> Window | None:
    """The window that `day` lies in; None between two windows (after 6 or 9 months, until the next year)."""
    found = next(window for window in _backwards(day, cadence, cut_off) if window.start <= day)
    return found if day <= found.end else None


def _backwards(day: date, cadence: Cadence, cut_off: int) -> Iterator[Window]:
    """Windows from one that ends well after `day`, back in time."""
    months, length = _CLOSES[cadence]
    at = day.year * 12 + day.month - 1 + 12
    while True:
        if at % 12 + 1 in months:
            end = date(at // 12, at % 12 + 1, cut_off)
            before = at - length
            yield Window(date(before // 12, before % 12 + 1, cut_off) + timedelta(days=1), end, cadence)
        at -= 1
