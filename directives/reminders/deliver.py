"""Sends what is owed: one parcel a person a morning, never nothing, and twice only where a sender died over it.

Claim some people's rows on one channel (asked again whether they hold, with the names of their parcels and a short
lease); of each parcel begin (nothing has changed since, and a lease for as long as a sending lasts), act (outside any
transaction), stamp. A sender that dies leaves its leases behind; when they have run out the next sweep sends the same
parcels under the same names. What may have got through is repeated alone, with nothing added, so that it stays
recognisable.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from agencies.models import User
from directives.models import Assignment, Reminder, ReminderState
from directives.models.reminder import ReminderQuerySet
from directives.reminders.channels import CHANNELS, Outgoing, Parcel, Unreachable
from directives.reminders.failures import Failure
from directives.reminders.owed import Only, Owed, key_of, what_is_owed
from kttt_tracker import leaving

log = logging.getLogger(__name__)

# Longer than any sending that is still alive (EMAIL_TIMEOUT for each of its few answers).
LEASE = max(timedelta(minutes=5) / settings.HASTE, timedelta(seconds=12))
# How many parcels are asked about at once, and how long those wait for their turn that were not begun.
BATCH, TURN = 50, max(timedelta(minutes=1) / settings.HASTE, timedelta(seconds=6))
# Parcels one after another over which the other side failed us: it is ill then, and the rest can wait.
STRIKES = 3
LIMIT = 300
# The sweep of the next minute goes on where a slow server made this one long.
LONGEST_RUN = timedelta(minutes=4)


@dataclass
class Counts:
    """Parcels sent and failed, rows cancelled because they no longer held."""

    sent: int = 0
    failed: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class Claim:
    """Parcels in our hand until their lease ends; none where nothing was left to send."""

    parcels: list[Parcel]
    cancelled: int


def send_all(day: date, *, limit: int = LIMIT) -> Counts:
    """Send what is ready, at most `limit` parcels; what fails stays owed. Safe beside any number of others."""
    counts, until = Counts(), monotonic() + LONGEST_RUN.total_seconds()
    for channel in (each() for each in CHANNELS if issubclass(each, Outgoing)):
        if _ready(channel, day, timezone.now()).exists():
            _send_by(channel, day, limit, until, counts)
    return counts


def _send_by(channel: Outgoing, day: date, limit: int, until: float, counts: Counts) -> None:
    strikes, parcels = 0, deque[Parcel]()
    try:
        while (left := limit - counts.sent - counts.failed) > 0 and strikes < STRIKES and monotonic() < until:
            if leaving.begun():
                break
            channel.connect()
            if not parcels:
                if not (claim := claim_next(channel, day, min(BATCH, left))):
                    break
                counts.cancelled += claim.cancelled
                parcels.extend(claim.parcels)
                continue
            parcel = parcels.popleft()
            if not begin(parcel):
                _put_back([parcel])
                continue
            failure = _send(parcel, channel)
            counts.sent += not failure
            counts.failed += bool(failure)
            strikes = strikes + 1 if failure and failure.unwell else 0
    except Unreachable as trouble:
        _put_back(parcels)
        parcels.clear()
        counts.failed += put_off_all(channel, day, trouble.failure)
    finally:
        channel.hang_up()
        _put_back(parcels)


def claim_next(channel: Outgoing, day: date, most: int = 1) -> Claim | None:
    """Take the rows of some people: those that hold no longer are cancelled, the rest get a parcel and a lease.

    None where nobody is left whom no other sender is busy with.
    """
    now = timezone.now()
    with transaction.atomic():
        holders = _free_holders(channel, day, now, most)
        if not holders:
            return None
        # Also what still rests after a failure: it is one parcel a morning.
        theirs = {f"{channel.holder}__in": holders, "planned_on__lte": day}
        unsent = Reminder.objects.by(channel.name).unleased(now).filter(**theirs).order_by("pk")
        rows = list(unsent.select_for_update(no_key=True, of=("self",)).select_related("assignment"))
        owed = _what_is_owed(rows, channel, holders, day)
        over = [row for row in rows if key_of(row) not in owed]
        cancelled = _pick(over).cancel() if over else 0
        parcels = []
        for holder in holders:
            mine = [row for row in rows if row.holder_id == holder.pk and key_of(row) in owed]
            # What may have got through is repeated alone, and not before its pause is over; news go without it.
            lasting = [row for row in mine if not (_is_doubtful(row) and row.rests_at(now))]
            if lasting:
                parcels.append(_parcel(holder, lasting, day, now))
        _write_claimed(parcels)
        return Claim(parcels, cancelled)


def _write_claimed(parcels: Iterable[Parcel]) -> None:
    """All rows of all parcels in one statement."""
    rows = [row for parcel in parcels for row in parcel.rows]
    if rows:
        columns = [rows[0].leased_until, [row.pk for row in rows], [row.digest for row in rows]]
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, columns)


_CLAIM = f"""
UPDATE {Reminder._meta.db_table} r SET digest = c.digest, leased_until = c.until, attempts = r.attempts + 1
FROM (SELECT id, digest, %s::timestamptz AS until FROM unnest(%s::bigint[], %s::uuid[]) AS one (id, digest)) AS c
WHERE r.id = c.id"""


def begin(parcel: Parcel) -> bool:
    """Its turn: a lease as long as a sending may last. False where it is ours no longer, or the work has changed."""
    seen = [list(each) for each in zip(*parcel.seen, strict=True)] or [[], [], [], []]
    with connection.cursor() as cursor:
        words = [timezone.now() + LEASE, parcel.digest, parcel.rows[0].leased_until, *seen]
        cursor.execute(_BEGIN, words)
        return cursor.rowcount > 0


# What is compared of an assignment says, without asking the whole rule again, that nothing has happened since then.
_BEGIN = f"""
UPDATE {Reminder._meta.db_table} SET leased_until = %s
WHERE state = '{ReminderState.OWED}' AND digest = %s AND leased_until = %s AND NOT EXISTS (
    SELECT FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::int[]) AS seen (id, life, deadline, version)
    LEFT JOIN {Assignment._meta.db_table} a ON a.id = seen.id AND a.life = seen.life
        AND a.deadline IS NOT DISTINCT FROM seen.deadline AND a.version = seen.version
    WHERE a.id IS NULL
)"""


def _in_hand(parcel: Parcel) -> ReminderQuerySet:
    """Its rows, as long as nobody else has taken them since: the lease is still the one that we wrote."""
    return _in_parcel(parcel.digest).filter(leased_until=parcel.rows[0].leased_until)


def stamp_sent(digest: UUID, day: date) -> int:
    """The other side has taken it: these rows are done. Gives their number; 0 where somebody else was faster."""
    done = {"state": ReminderState.SENT, "sent_at": timezone.now(), "sent_on": day}
    return _in_parcel(digest).update(leased_until=None, next_attempt_at=None, error="", **done)


def stamp_failed(digest: UUID, failure: Failure) -> None:
    """It stays owed, with what went wrong. A lease in the past says that it may have got through."""
    _in_parcel(digest).update(
        error=failure.words,
        next_attempt_at=failure.next_attempt(),
        leased_until=timezone.now() if failure.unknown else None,
    )


def _put_back(parcels: Iterable[Parcel]) -> None:
    """They were not begun: as they were before they were claimed, so that the next sender need not wait."""
    for parcel in parcels:
        before = timezone.now() if parcel.is_doubtful else None
        _in_hand(parcel).update(leased_until=before, attempts=F("attempts") - 1)


def put_off_all(channel: Outgoing, day: date, failure: Failure) -> int:
    """Nothing leaves at present: everything that was ready waits, and says why. Gives how many people wait."""
    with transaction.atomic():
        ready = _ready(channel, day, timezone.now()).order_by("pk")
        rows = list(ready.select_for_update(no_key=True, skip_locked=True))
        _pick(rows).update(attempts=F("attempts") + 1)
        _pick(rows).update(error=failure.words, next_attempt_at=failure.next_attempt())
        return len({(row.recipient_id, row.endpoint_id) for row in rows})


def _send(parcel: Parcel, channel: Outgoing) -> Failure | None:
    """Send a claimed parcel and stamp it; the failure, where it was not acknowledged."""
    try:
        channel.send(parcel)
    except Exception as error:
        failure = channel.failure(error)
        log.warning("%s to %s %s not sent: %s", channel.name, channel.holder, parcel.to.pk, failure.words)
        stamp_failed(parcel.digest, failure)
        if failure.of_address:
            channel.refused(parcel)
        if failure.unwell:
            channel.hang_up()
        return failure
    _stamp_surely(parcel)
    channel.taken(parcel)
    return None


def _stamp_surely(parcel: Parcel) -> None:
    """It is gone: a database that only starts anew must not have it sent again. Tries well within the lease."""
    until = monotonic() + LEASE.total_seconds() / 2
    while True:
        try:
            stamp_sent(parcel.digest, parcel.day)
            return
        except (OperationalError, InterfaceError):
            if monotonic() > until:
                raise
            connection.close()
            sleep(0.2)


def _ready(channel: Outgoing, day: date, now: datetime) -> ReminderQuerySet:
    return Reminder.objects.by(channel.name).ready(day, now)


def _free_holders(channel: Outgoing, day: date, now: datetime, most: int) -> list[Any]:
    """Some with rows to send whom no other sender is busy with; locked until their rows are leased."""
    ready = _ready(channel, day, now).filter(**{channel.holder: OuterRef("pk")})
    holders = channel.holders._default_manager.filter(Exists(ready)).order_by("pk")
    return list(holders.select_for_update(skip_locked=True, no_key=True)[:most])


def _what_is_owed(rows: Iterable[Reminder], channel: Outgoing, holders: Iterable[Any], day: date) -> set[Owed]:
    """What would be planned today as well, because these people still have to hear of it."""
    only = Only(
        channel=channel.name,
        holders={holder.pk for holder in holders},
        owners={holder.pk if isinstance(holder, User) else holder.user_id or 0 for holder in holders},
        assignments={row.assignment_id for row in rows if row.assignment_id},
        rounds=any(row.round_id for row in rows),
    )
    return {one for one, _ in what_is_owed(day, only)}


def _is_doubtful(row: Reminder) -> bool:
    """A sender had it in hand, and nobody knows whether it got through."""
    return row.digest is not None and row.leased_until is not None


def _parcel(holder: Any, rows: list[Reminder], day: date, now: datetime) -> Parcel:
    """What goes into one, and its name; its rows are changed, and not saved."""
    doubtful = next((row.digest for row in rows if _is_doubtful(row)), None)
    if doubtful:
        rows = [row for row in rows if row.digest == doubtful]
    names = {row.digest for row in rows}
    name = names.pop()
    digest = name if name and not names else uuid4()
    for row in rows:
        row.digest, row.leased_until, row.attempts = digest, now + TURN, row.attempts + 1
    return Parcel(holder, digest, day, rows, is_doubtful=doubtful is not None)


def _pick(rows) -> ReminderQuerySet:  # type: ignore[no-untyped-def]
    return Reminder.objects.filter(pk__in=[row.pk for row in rows])


def _in_parcel(digest: UUID) -> ReminderQuerySet:
    return Reminder.objects.owed().filter(digest=digest)
