"""Each working morning: what is owed becomes rows, and rows that are owed no longer are cancelled.

Set-based: a handful of queries however many rows. Twice is harmless, and so are two at once: the second waits for
the first and finds nothing left to do. A morning that was missed is made up for by the next, with the latest rung.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from agencies.history import acting
from directives.actions.turnstile import one_at_a_time
from directives.models import Office, Reminder, ReminderState
from directives.reminders.audience import Audience
from directives.reminders.owed import Owed, Served, what_is_owed
from directives.workdays import is_working_day

BATCH = 2000


@dataclass(frozen=True)
class Planned:
    """Rows that were written (or owed again after a cancellation), and rows that were cancelled."""

    written: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class Plan:
    """What a planning would do; `silent` are those owed to people without an address, who get no row."""

    new: tuple[Owed, ...]
    again: tuple[int, ...]
    obsolete: tuple[int, ...]
    waiting: tuple[Owed, ...]  # everything unsent that is owed, written before or now
    silent: tuple[Owed, ...]


def plan_reminders(day: date) -> Planned:
    """Write and cancel rows so that what waits is what is owed on `day`. On days off nothing happens."""
    if not is_working_day(day):
        return Planned()
    with acting(None, "plan_reminders", day):
        one_at_a_time("plan_reminders")
        plan = make_plan(day, Office.current())
        return Planned(_write(plan.new, day) + _owe_again(plan.again, day), _cancel(plan.obsolete))


def make_plan(day: date, office: Office) -> Plan:
    """What is owed on `day` against what is written. Reads only."""
    audience = Audience.current(day)
    owed = set(what_is_owed(day, audience, office))
    silent = {one for one in owed if one.recipient in audience.without_address}
    wanted = owed - silent
    written, served, obsolete = _read_rows(wanted, day)
    unsent = {one for one in wanted if _served(one) not in served}
    return Plan(
        new=tuple(sorted(unsent - written.keys())),
        again=tuple(written[one][0] for one in unsent if one in written and written[one][1] == ReminderState.CANCELLED),
        obsolete=tuple(obsolete),
        waiting=tuple(sorted(unsent)),
        silent=tuple(sorted(silent)),
    )


def _read_rows(wanted: set[Owed], day: date) -> tuple[dict[Owed, tuple[int, str]], set[Served], list[int]]:
    """Rows by their key, what has been sent, and the keys of rows that wait for nothing any more."""
    earliest = min((one.rung for one in wanted), default=day)
    rows = Reminder.objects.filter(Q(state=ReminderState.OWED) | Q(rung__gte=earliest)).order_by()
    written: dict[Owed, tuple[int, str]] = {}
    served, obsolete = set(), []
    for pk, state, *key in rows.values_list("pk", "state", *Owed._fields).iterator(chunk_size=10_000):
        one = Owed(*key)
        written[one] = (pk, state)
        if state == ReminderState.SENT:
            served.add(_served(one))
        elif state == ReminderState.OWED and one not in wanted:
            obsolete.append(pk)
    return written, served, obsolete


def _served(one: Owed) -> Served:
    return Served(one.recipient, one.assignment, one.deadline, one.rung)


def _write(new: Iterable[Owed], day: date) -> int:
    rows = [
        Reminder(
            recipient_id=one.recipient,
            assignment_id=one.assignment,
            reason=one.reason,
            deadline=one.deadline,
            rung=one.rung,
            planned_on=day,
        )
        for one in new
    ]
    Reminder.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _owe_again(rows: Iterable[int], day: date) -> int:
    """The work was suspended or the deadline moved, and all is as it was: never sent, so owed again."""
    cancelled = Reminder.objects.filter(pk__in=rows, state=ReminderState.CANCELLED)
    return cancelled.update(state=ReminderState.OWED, planned_on=day, digest=None, **Reminder.UNTRIED)


def _cancel(rows: Iterable[int]) -> int:
    """All but those that are leaving at this moment: their sender has asked again itself."""
    unsent = Reminder.objects.filter(pk__in=rows).unleased(timezone.now())
    free = unsent.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)
    return Reminder.objects.filter(pk__in=list(free)).cancel()
