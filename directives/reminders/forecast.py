"""What will go out on a day, to whom and why, before it goes: reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Agency, User
from directives.models import Assignment, ChannelName, Reason, Reminder, ReminderState, Round, Step
from directives.reminders.owed import Owed, key_of, what_is_owed
from directives.templatetags.kttt import day as day_words


@dataclass(frozen=True)
class ForecastLine:
    """One reminder that is owed and has not left."""

    owed: Owed
    step: str
    person: User
    assignment: Assignment | None
    agency: Agency
    round: Round | None
    is_new: bool  # no row is written yet

    @property
    def why(self) -> str:
        """Quá hạn, hạn 15/11/2023 (phải nhắc từ 22/11/2023; với tư cách đầu mối)"""
        step = str(Step(self.step).label).lower()
        about = f"{self._date_name} {day_words(self.owed.deadline)}"
        return f"{Reason(self.owed.reason).label}, {about} (phải nhắc từ {day_words(self.owed.rung)}; {step})"

    @property
    def _date_name(self) -> str:
        of_deadlines = (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER, Reason.RETURNED, Reason.NUDGED)
        return "hạn" if self.round or self.owed.reason in of_deadlines else "ngày"

    @property
    def what(self) -> str:
        if self.assignment is None:
            return f"{self.agency.short_name}, {self.round}"
        task = self.assignment.task
        return f"{self.agency.short_name}, {task.directive.code}, {task.label.lower()}: {task.text[:80]}"


@dataclass(frozen=True)
class Forecast:
    """`lines`: in the order of people. `new`, `obsolete`: what planning writes and cancels of what leaves."""

    lines: Sequence[ForecastLine]
    new: int
    obsolete: int

    @property
    def only_bell(self) -> list[ForecastLine]:
        reached = {line.owed.recipient for line in self.lines if line.owed.channel != ChannelName.BELL}
        return [line for line in self.lines if line.owed.recipient not in reached]

    @property
    def outgoing(self) -> list[ForecastLine]:
        return [line for line in self.lines if line.owed.channel != ChannelName.BELL]


def forecast_of(day: date) -> Forecast:
    """What is owed on `day` and has not left. A handful of queries, however many lines."""
    owed = dict(what_is_owed(day))
    rows = known_rows(min((one.rung for one in owed), default=day))
    sent = {key for key, state in rows.items() if state == ReminderState.SENT}
    known = {key for key, state in rows.items() if state == ReminderState.OWED}
    waiting = sorted(key for key in owed if key not in sent)
    people = User.objects.select_related("agency").in_bulk({key.recipient for key in waiting})
    named = Assignment.objects.select_related("agency", "task__directive", "task__addressee")
    named = named.defer("task__directive__text", "task__directive__segments")
    work = named.in_bulk({key.assignment for key in waiting if key.assignment})
    agencies = Agency.objects.in_bulk({key.agency for key in waiting if key.agency})
    rounds = Round.objects.in_bulk({key.round for key in waiting if key.round})
    lines = [
        ForecastLine(
            owed=key,
            step=owed[key],
            person=people[key.recipient],
            assignment=work.get(key.assignment),
            agency=agencies[key.agency] if key.round else work[key.assignment].agency,
            round=rounds.get(key.round),
            is_new=key not in known,
        )
        for key in waiting
    ]
    obsolete = [key for key in known - owed.keys() if key.channel != ChannelName.BELL]
    return Forecast(lines, sum(line.is_new for line in lines if line.owed.channel != ChannelName.BELL), len(obsolete))


def known_rows(earliest: date) -> dict[Owed, str]:
    """State by key, of rows that wait, and of all since that rung. One query."""
    rows = Reminder.objects.filter(Q(state=ReminderState.OWED) | Q(rung__gte=earliest)).order_by()
    return {key_of(row): row.state for row in rows.iterator(chunk_size=10_000)}
