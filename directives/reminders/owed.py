"""What is owed to whom on a day: the one rule that the planner writes down and that the sender asks again.

One statement of SQL, however many assignments there are: what calls for a reminder (`calls.py`), joined with who
hears of it (`audience.py`) and by which ways they are reached (`channels/`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from directives.models import Endpoint, Office, OptOut, Reminder, Step
from directives.reminders.audience import Audience
from directives.reminders.calls import add_calls
from directives.reminders.channels import CHANNELS
from directives.reminders.tables import Tables

# How many rows a table of a WITH clause has PostgreSQL cannot know, and it takes few for granted.
NO_LOOPS, LOOPS = "SET LOCAL enable_nestloop = off", "SET LOCAL enable_nestloop = on"


class Owed(NamedTuple):
    """The key of a reminder: who, by which way, about what, why, for which day, since which day, caused by what.

    0 stands for what there is not.
    """

    recipient: int
    endpoint: int
    channel: str
    assignment: int
    agency: int
    round: int
    reason: str
    deadline: date
    rung: date
    source: int


def key_of(row: Reminder) -> Owed:
    """The key of a row, as the planner has it."""
    return Owed(
        recipient=row.recipient_id or 0,
        endpoint=row.endpoint_id or 0,
        channel=row.channel,
        assignment=row.assignment_id or 0,
        agency=row.agency_id or 0,
        round=row.round_id or 0,
        reason=row.reason,
        deadline=row.deadline,
        rung=row.rung,
        source=row.source,
    )


class Only(NamedTuple):
    """One channel to some people (or endpoints), and what it is asked about: keys of assignments, and rounds at all."""

    channel: str
    holders: Collection[int]
    owners: Collection[int]  # the people behind endpoints; the same where the holders are people
    assignments: Collection[int]
    rounds: bool


def owed_tables(day: date, only: Only | None = None) -> Tables:
    """The table `owed`: everything that is owed on `day`, sent or not, in the columns of Owed and `step`.

    `only`: to some people, about some things.
    """
    audience = Audience.current(day, only.owners if only else None)
    tables = Tables()
    add_calls(tables, day, list(only.assignments) if only else None, only is None or only.rounds)
    _reach(tables, audience, only)
    tables.add("owed", (*Owed._fields, "step"), _OWED, [sorted(audience.keepers)])
    return tables


def what_is_owed(day: date, only: Only | None = None) -> Iterator[tuple[Owed, str]]:
    """Each line that is owed, with the step at which its person hears of it."""
    tables = owed_tables(day, only)
    with transaction.atomic(), connection.cursor() as cursor:
        if only is None:
            cursor.execute(NO_LOOPS)
        cursor.execute(f"{tables.text} SELECT * FROM owed", tables.params)
        rows = cursor.fetchall()
        if only is None:
            cursor.execute(LOOPS)
    for *key, step in rows:
        yield Owed(*key), step


def _reach(tables: Tables, audience: Audience, only: Only | None) -> None:
    """Every way to everybody who hears, and what people do without."""
    office = Office.current()
    heard = list(audience.rows(only.owners if only else None))
    channels = [channel() for channel in CHANNELS if only is None or channel.name == only.channel]
    ways = [way for channel in channels for way in channel.reaches(audience, heard, office)]
    if only:
        ways = [way for way in ways if (way.recipient or way.endpoint) in only.holders]
    tables.rows("reach", _WAY, ways)
    without = OptOut.objects.filter(person__in=only.owners) if only else OptOut.objects.all()
    names = [channel.name for channel in channels if channel.respects_opt_outs]
    gates = dict(Endpoint.objects.in_use().filter(user__isnull=False).values_list("user", "pk"))
    rows = [
        (*to, reason, name)
        for who, reason in without.values_list("person", "reason")
        for name in names
        for to in ((who, 0), (0, gates.get(who, 0)))
        if any(to)
    ]
    tables.rows("opt_out", {"recipient": "bigint", "endpoint": "bigint", "reason": "text", "channel": "text"}, rows)


_WAY = {"step": "text", "about": "bigint", "recipient": "bigint", "endpoint": "bigint", "channel": "text"}


# Nobody hears twice of one thing: of several steps at which they do, the nearest counts.
_OWED = f"""
SELECT r.recipient, r.endpoint, r.channel, coalesce(c.assignment, 0),
    CASE WHEN c.round IS NULL THEN 0 ELSE c.agency END,
    coalesce(c.round, 0), c.reason, c.deadline, c.rung, c.source, min(c.step)
FROM call c
JOIN reach r ON r.step = c.step AND r.about = CASE c.step
    WHEN '{Step.STANDING}' THEN CASE WHEN c.follower = ANY(%s::bigint[]) THEN c.follower ELSE 0 END
    WHEN '{Step.LEADER}' THEN 0
    ELSE c.agency END
WHERE NOT EXISTS (
    SELECT FROM opt_out o WHERE o.recipient = r.recipient AND o.endpoint = r.endpoint AND o.reason = c.reason
        AND o.channel = r.channel
)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""
