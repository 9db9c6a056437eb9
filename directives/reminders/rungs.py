"""On which days somebody is reminded: the rungs of the ladder, moved to working days.

What should come before the deadline never comes after it: a rung before it, or on the day, that falls on a day off
goes out on the last working day before. A rung after the deadline waits for the next working day. Of several rungs
that have been passed only the latest counts, so days of outage end in one reminder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directives.models import Reason, RungRule, Step
from directives.workdays import LONGEST_HOLIDAY, next_working_day, previous_working_day

# The steps of the ladder; who approves a report stands beside its liaison.
LADDER = (Step.LIAISON, Step.HEAD, Step.STANDING, Step.LEADER)
# News that nobody could be told of for this long are told by the pages.
NEWS_LAST = timedelta(days=10)


@dataclass(frozen=True)
class Ladder:
    """The office's rhythm, in calendar days (design, section 3.10). Everything gives None where no rung was passed."""

    rules: Mapping[str, RungRule]

    @classmethod
    def current(cls) -> Ladder:
        """One query."""
        return cls(RungRule.current())

    @property
    def reach(self) -> int:
        """Days before a deadline from which on a rung can have been passed: holidays move it no further."""
        before = (self.rules[Reason.BEFORE], self.rules[Reason.ON_DAY])
        return max((step for rule in before for step in rule.steps), default=0) + LONGEST_HOLIDAY

    def tells(self, reason: str, step: str) -> bool:
        """Whether somebody hears of news at all."""
        return self.rules[reason].after(step) is not None

    def rung(self, step: str, due: date, day: date) -> date | None:
        """The latest rung about a deadline up to `day`, for one of Step."""
        passed = (self._rung(reason, step, due, day) for reason in (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER))
        return max(filter(None, passed), default=None)

    def returned(self, step: str, until: date, returned_on: date | None, day: date) -> date | None:
        """The latest rung of a claim that was sent back on `returned_on`: first of all the next working morning.

        Whoever hears only some days after the day `until` hears nothing before.
        """
        after = self.rules[Reason.RETURNED].after(step)
        if after is None:
            return None
        rung = self._rung(Reason.RETURNED, step, until, day)
        first = next_morning(returned_on) if returned_on and not after else None
        if first is None or (rung and rung > first):
            return rung
        return first if first <= day else None

    def waiting(self, step: str, submitted_on: date, day: date) -> date | None:
        """The latest rung of a claim that nobody has decided on."""
        return self._rung(Reason.WAITING, step, submitted_on, day)

    def of_round(self, step: str, end: date, due: date, day: date) -> tuple[str, date] | None:
        """The latest rung of a round that closed on `end`, whose reports are due on `due`; with its reason."""
        opening = self.rules[Reason.ROUND_OPEN].after(step) == 0
        passed = {
            Reason.ROUND_OPEN: _latest([next_morning(end)] if opening else [], day),
            Reason.ROUND_SOON: self._rung(Reason.ROUND_SOON, step, due, day),
            Reason.ROUND_MISSED: self._rung(Reason.ROUND_MISSED, step, due, day),
        }
        # Of two on one day the later kind: what closes tomorrow need not be said to be open.
        found = [(rung, place, str(reason)) for place, (reason, rung) in enumerate(passed.items()) if rung]
        if not found:
            return None
        rung, _, reason = max(found)
        return reason, rung

    def _rung(self, reason: str, step: str, about: date, day: date) -> date | None:
        """The latest rung of one rule around the day that it is about."""
        rule = self.rules[reason]
        after = rule.after(step)
        if after is None:
            return None
        before = [previous_working_day(about - timedelta(days=days)) for days in rule.steps] if not after else []
        again = _repeated(about, max(rule.first, after), rule.every, day) if rule.first else None
        return _latest([*before, *([again] if again else [])], day)


def reason_at(rung: date, due: date) -> str:
    """Which reason a rung about a deadline has: by the rung, so that it stays the same until it is told."""
    if rung < due:
        return Reason.BEFORE
    return Reason.ON_DAY if rung == due else Reason.AFTER


def next_morning(day: date) -> date:
    """The working morning after a day on which something happened."""
    return next_working_day(day + timedelta(days=1))


def news(day: date) -> Iterator[tuple[date, date]]:
    """The days whose events are told by `day`, each with the morning on which they are told."""
    for back in range(1, NEWS_LAST.days + LONGEST_HOLIDAY):
        happened = day - timedelta(days=back)
        morning = next_morning(happened)
        if day - NEWS_LAST < morning <= day:
            yield happened, morning


def _latest(rungs: Sequence[date], day: date) -> date | None:
    return max((rung for rung in rungs if rung <= day), default=None)


def _repeated(about: date, first: int, every: int, day: date) -> date | None:
    """The latest of `about` + first, + every, + every …, each moved on to a working day. Every 0 days: only once."""
    start = about + timedelta(days=first)
    # Nothing is moved past a working day, so the last one before `day` decides how many rounds there were.
    worked = previous_working_day(day)
    if first <= 0 or start > worked:
        return None
    rounds = (worked - start).days // every if every else 0
    return next_working_day(start + timedelta(days=rounds * every))
