"""Each working morning: what is owed becomes rows, and rows that are owed no longer are cancelled.

Set-based: the same four statements, whatever the number of rows. Twice is harmless, and so are two at once: the
second waits for the first and finds nothing left to do. A morning that was missed is made up for by the next, with
the latest rung.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from agencies.history import acting
from directives.actions.turnstile import one_at_a_time
from directives.models import ChannelName, Nudge, Planning, Reminder, ReminderState
from directives.reminders.owed import LOOPS, NO_LOOPS, owed_tables
from directives.workdays import is_working_day


@dataclass(frozen=True)
class Planned:
    """Rows that were written (or owed again after a cancellation), and rows that were cancelled.

    Of those that leave; what the bell shows beside them is not counted.
    """

    written: int = 0
    cancelled: int = 0


def plan_reminders(day: date) -> Planned:
    """Write and cancel rows so that what waits is what is owed on `day`. On days off nothing happens."""
    if not is_working_day(day):
        return Planned()
    with acting(None, "plan_reminders", day):
        one_at_a_time("plan_reminders")
        tables = owed_tables(day)
        with connection.cursor() as cursor:
            cursor.execute(NO_LOOPS)
            # A table of its own, so that PostgreSQL knows how many rows it joins.
            cursor.execute(f"CREATE TEMP TABLE owed ON COMMIT DROP AS {tables.text} SELECT * FROM owed", tables.params)
            cursor.execute("ANALYZE owed")
            cursor.execute(_AGAIN, [day])
            again = cursor.fetchone()[0]
            cursor.execute(_GONE, [timezone.now()])
            gone = cursor.fetchone()[0]
            cursor.execute(_WRITE, [day])
            written = cursor.fetchone()[0]
            # Within one transaction a second planning (of a test, of a command) makes it anew.
            cursor.execute("DROP TABLE owed")
            cursor.execute(LOOPS)
        Planning.objects.update_or_create(day=day, defaults={"planned_at": timezone.now()})
        return Planned(written + again, gone)


def is_nudged(day: date) -> bool:
    return Nudge.objects.filter(made_on=day).exists()


def is_planned(day: date) -> bool:
    """Whether all that may be owed today stands as rows: the morning's work is done, and nobody has nudged since."""
    last = Planning.objects.filter(day=day).first()
    return last is not None and not Nudge.objects.filter(made_on=day, created_at__gt=last.planned_at).exists()


_TABLE = Reminder._meta.db_table
# A row and what is owed, by their key; an expression for what may be missing, so that they are joined by hashing.
_SAME = """o.recipient = coalesce(r.recipient_id, 0) AND o.endpoint = coalesce(r.endpoint_id, 0)
    AND o.channel = r.channel AND o.assignment = coalesce(r.assignment_id, 0)
    AND o.agency = coalesce(r.agency_id, 0) AND o.round = coalesce(r.round_id, 0) AND o.reason = r.reason
    AND o.deadline = r.deadline AND o.rung = r.rung AND o.source = r.source"""
_LEAVING = f"SELECT count(*) FROM changed WHERE channel <> '{ChannelName.BELL}'"
# The work was suspended or its deadline moved, and all is as it was; never sent, so owed again.
_AGAIN = f"""
WITH changed AS (
    UPDATE {_TABLE} r SET state = '{ReminderState.OWED}', step = o.step, planned_on = %s, digest = NULL,
        leased_until = NULL, attempts = 0, next_attempt_at = NULL, error = ''
    FROM owed o
    WHERE r.state = '{ReminderState.CANCELLED}' AND r.rung >= (SELECT min(rung) FROM owed) AND {_SAME}
    RETURNING r.channel
) {_LEAVING}"""
# All but those that are leaving at this moment; their sender has asked again itself. It waits for no lock, and
# neither does the writing: planner and senders can never come to wait for each other.
_GONE = f"""
WITH changed AS (
    UPDATE {_TABLE} SET state = '{ReminderState.CANCELLED}', leased_until = NULL, next_attempt_at = NULL
    WHERE id IN (
        SELECT r.id FROM {_TABLE} r
        WHERE r.state = '{ReminderState.OWED}' AND (r.leased_until IS NULL OR r.leased_until <= %s)
            AND NOT EXISTS (SELECT FROM owed o WHERE {_SAME})
        FOR NO KEY UPDATE OF r SKIP LOCKED
    )
    RETURNING channel
) {_LEAVING}"""
_WRITE = f"""
WITH changed AS (
    INSERT INTO {_TABLE} (recipient_id, endpoint_id, channel, assignment_id, agency_id, round_id, reason, deadline,
        rung, source, step, state, planned_on, attempts, error)
    SELECT nullif(recipient, 0), nullif(endpoint, 0), channel, nullif(assignment, 0), nullif(agency, 0),
        nullif(round, 0), reason, deadline, rung, source, step, '{ReminderState.OWED}', %s, 0, ''
    FROM owed o
    WHERE NOT EXISTS (SELECT FROM {_TABLE} r WHERE r.rung >= (SELECT min(rung) FROM owed) AND {_SAME})
    ON CONFLICT DO NOTHING
    RETURNING channel
) {_LEAVING}"""
