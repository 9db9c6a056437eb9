"""On which days somebody is reminded: the rungs of the ladder, moved to working days.

What should come before the deadline never comes after it: a rung before it, or on the day, that falls on a day off
goes out on the last working day before. A rung after the deadline waits for the next working day. Of several rungs
that have been passed only the latest counts, so days of outage end in one reminder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directives.models import Office
from directives.workdays import LONGEST_HOLIDAY, next_working_day, previous_working_day


@dataclass(frozen=True)
class Ladder:
    """The office's rhythm, in calendar days (design, section 3.10)."""

    steps: Sequence[int]
    every: int
    climb_after: int

    @classmethod
    def of(cls, office: Office) -> Ladder:
        return cls(tuple(office.reminder_steps), office.remind_late_every, office.climb_after)

    @property
    def reach(self) -> int:
        """Days before a deadline from which on a rung can have been passed: holidays move it no further."""
        return max(self.steps, default=0) + LONGEST_HOLIDAY

    def rung(self, due: date, day: date) -> date | None:
        """The latest rung for who does the work, up to `day`; None where none has been passed."""
        before = [previous_working_day(due - timedelta(days=step)) for step in self.steps]
        return _latest([*before, _repeated(due, self.every, self.every, day)], day)

    def headed(self, due: date, day: date) -> date | None:
        """The latest rung for the agency's head: from the first after the deadline, never later than who follows."""
        first = min(filter(None, (self.every, self.climb_after)), default=0)
        return _latest([_repeated(due, first, self.every, day)], day)

    def climbed(self, due: date, day: date) -> date | None:
        """The latest rung for who follows the work, once it is late for long enough."""
        return _latest([_repeated(due, self.climb_after, self.every, day)], day)

    def returned(self, due: date, returned_on: date | None, day: date) -> date | None:
        """The latest rung of a claim that was sent back on `returned_on`: first of all the next working morning."""
        rung = self.rung(due, day)
        if returned_on is None:
            return rung
        first = next_working_day(returned_on + timedelta(days=1))
        return _latest([first, rung if rung and rung > first else None], day)


def _latest(rungs: Sequence[date | None], day: date) -> date | None:
    return max((rung for rung in rungs if rung and rung <= day), default=None)


def _repeated(due: date, first: int, every: int, day: date) -> date | None:
    """The latest of `due` + first, + every, + every …, each moved on to a working day. Every 0 days: only once."""
    start = due + timedelta(days=first)
    # Nothing is moved past a working day, so the last one before `day` decides how many rounds there were.
    worked = previous_working_day(day)
    if first <= 0 or start > worked:
        return None
    rounds = (worked - start).days // every if every else 0
    return next_working_day(start + timedelta(days=rounds * every))
