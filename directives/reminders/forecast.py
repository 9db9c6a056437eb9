"""What will go out on a day, to whom and why, before it goes: reads only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Agency, User
from directives.models import Assignment, ChannelName, Endpoint, Reason, Reminder, ReminderState, Round, Step
from directives.reminders.owed import Owed, key_of, what_is_owed
from directives.templatetags.kttt import day as day_words


@dataclass(frozen=True)
class ForecastLine:
    """One reminder that is owed and has not left."""

    owed: Owed
    step: str
    to: User | Endpoint
    assignment: Assignment | None
    agency: Agency
    round: Round | None

    @property
    def channel(self) -> str:
        return str(ChannelName(self.owed.channel).label)

    @property
    def why(self) -> str:
        """Quá hạn, hạn 15/11/2023 (phải nhắc từ 22/11/2023; đầu mối)"""
        of_deadlines = (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER, Reason.RETURNED, Reason.NUDGED)
        name = "hạn" if self.round or self.owed.reason in of_deadlines else "ngày"
        about = f"{Reason(self.owed.reason).label}, {name} {day_words(self.owed.deadline)}"
        return f"{about} (phải nhắc từ {day_words(self.owed.rung)}; {str(Step(self.step).label).lower()})"

    @property
    def what(self) -> str:
        if self.assignment is None:
            return f"{self.agency.short_name}, {self.round}"
        task = self.assignment.task
        return f"{self.agency.short_name}, {task.directive.code}, {task.label.lower()}: {task.text[:80]}"


@dataclass(frozen=True)
class Forecast:
    """`steps`: what waits on a day, in the order of people, with the step. Counts: what planning writes and cancels.

    The counts are of what leaves, not of what only the bell shows.
    """

    steps: Mapping[Owed, str]
    new: int
    obsolete: int

    def outgoing(self) -> list[Owed]:
        return [key for key in self.steps if key.channel != ChannelName.BELL]

    def only_bell(self) -> list[Owed]:
        """Of those whom nothing else reaches."""
        reached = {key.recipient for key in self.outgoing()}
        return [key for key in self.steps if key.channel == ChannelName.BELL and key.recipient not in reached]

    def named(self, keys: Collection[Owed]) -> Sequence[ForecastLine]:
        """These of them, with everything that a line names. Five queries at most."""
        people = User.objects.select_related("agency").in_bulk({key.recipient for key in keys if key.recipient})
        gates = Endpoint.objects.select_related("agency", "user").in_bulk({key.endpoint for key in keys})
        work = Assignment.objects.for_pages().in_bulk({key.assignment for key in keys if key.assignment})
        agencies = Agency.objects.in_bulk({key.agency for key in keys if key.agency})
        rounds = Round.objects.in_bulk({key.round for key in keys if key.round})
        return [
            ForecastLine(
                owed=key,
                step=self.steps[key],
                to=people[key.recipient] if key.recipient else gates[key.endpoint],
                assignment=work.get(key.assignment),
                agency=agencies[key.agency] if key.round else work[key.assignment].agency,
                round=rounds.get(key.round),
            )
            for key in keys
        ]


def forecast_of(day: date) -> Forecast:
    """What is owed on `day` and has not left."""
    owed = dict(what_is_owed(day))
    earliest = min((key.rung for key in owed), default=day)
    rows = Reminder.objects.filter(Q(state=ReminderState.OWED) | Q(rung__gte=earliest)).order_by()
    states = {key_of(row): row.state for row in rows.iterator(chunk_size=10_000)}
    steps = {key: owed[key] for key in sorted(owed) if states.get(key) != ReminderState.SENT}
    leaving = {key for key in steps if key.channel != ChannelName.BELL}
    waiting = {key for key, state in states.items() if state == ReminderState.OWED and key.channel != ChannelName.BELL}
    return Forecast(steps, len(leaving - waiting), len(waiting - owed.keys()))
