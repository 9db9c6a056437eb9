"""Sends what is owed: one parcel a person a morning, never nothing, and twice only where a sender died over it.

Claim (rows of one person on one channel, with a lease and the name of their parcel), act (outside any transaction),
stamp. A sender that dies leaves its lease behind; when it has run out the next sweep sends the same parcel under the
same name. What may have got through is repeated alone, with nothing added, so that it stays recognisable.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from agencies.history import acting
from agencies.models import User
from directives.models import Reminder, ReminderState
from directives.models.reminder import ReminderQuerySet
from directives.reminders.channels import CHANNELS, Channel, Parcel, Unreachable
from directives.reminders.failures import Failure
from directives.reminders.owed import Only, key_of, what_is_owed
from kttt_tracker import leaving

log = logging.getLogger(__name__)

# Longer than any sending that is still alive (EMAIL_TIMEOUT for each of its few answers).
LEASE = max(timedelta(minutes=5) / settings.HASTE, timedelta(seconds=12))
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
    """One person's parcel, in our hand until its lease ends; None where nothing was left to send."""

    parcel: Parcel | None
    cancelled: int


def send_all(day: date, *, limit: int = LIMIT) -> Counts:
    """Send what is ready, at most `limit` parcels; what fails stays owed. Safe beside any number of others."""
    counts, until = Counts(), monotonic() + LONGEST_RUN.total_seconds()
    for channel in (each() for each in CHANNELS if each.sends):
        if _ready(channel, day, timezone.now()).exists():
            _send_by(channel, day, limit, until, counts)
    return counts


def _send_by(channel: Channel, day: date, limit: int, until: float, counts: Counts) -> None:
    strikes = 0
    try:
        while counts.sent + counts.failed < limit and strikes < STRIKES and monotonic() < until and not leaving.begun():
            channel.connect()
            if not (claim := claim_next(channel, day)):
                break
            counts.cancelled += claim.cancelled
            failure = _send(claim.parcel, channel) if claim.parcel else None
            counts.sent += bool(claim.parcel and not failure)
            counts.failed += bool(failure)
            strikes = strikes + 1 if failure and failure.unwell else 0
    except Unreachable as trouble:
        counts.failed += put_off_all(channel, day, trouble.failure)
    finally:
        channel.hang_up()


def claim_next(channel: Channel, day: date) -> Claim | None:
    """Take one person's rows: those that hold no longer are cancelled, the rest get a parcel and a lease."""
    now = timezone.now()
    with acting(None, "claim_reminders", day):
        holder = _free_holder(channel, day, now)
        if holder is None:
            return None
        # Also what still rests after a failure: it is one parcel a morning.
        mine = {channel.holder: holder, "planned_on__lte": day}
        rows = list(Reminder.objects.by(channel.name).unleased(now).filter(**mine).select_for_update(no_key=True))
        lasting, over = _still_owed(rows, channel, holder, day)
        cancelled = _pick(over).cancel() if over else 0
        if not lasting:
            return Claim(None, cancelled)
        digest, leaving = _digest_of(lasting)
        _pick(leaving).update(digest=digest, leased_until=now + LEASE, attempts=F("attempts") + 1)
        return Claim(Parcel(holder, digest, day), cancelled)


def stamp_sent(digest: UUID, day: date) -> int:
    """The other side has taken it: these rows are done. Gives their number; 0 where somebody else was faster."""
    done = {"state": ReminderState.SENT, "sent_at": timezone.now(), "sent_on": day}
    with acting(None, "send_reminders", day):
        return _in_parcel(digest).update(leased_until=None, next_attempt_at=None, error="", **done)


def stamp_failed(digest: UUID, failure: Failure, day: date) -> None:
    """It stays owed, with what went wrong. A lease in the past says that it may have got through."""
    with acting(None, "send_reminders", day):
        _in_parcel(digest).update(
            error=failure.words,
            next_attempt_at=failure.next_attempt(),
            leased_until=timezone.now() if failure.unknown else None,
        )


def put_off_all(channel: Channel, day: date, failure: Failure) -> int:
    """Nothing leaves at present: everything that was ready waits, and says why. Gives how many people wait."""
    with acting(None, "send_reminders", day):
        ready = _ready(channel, day, timezone.now()).order_by("pk")
        rows = list(ready.select_for_update(no_key=True, skip_locked=True))
        _pick(rows).update(attempts=F("attempts") + 1)
        _pick(rows).update(error=failure.words, next_attempt_at=failure.next_attempt())
        return len({(row.recipient_id, row.endpoint_id) for row in rows})


def _send(parcel: Parcel, channel: Channel) -> Failure | None:
    """Send a claimed parcel and stamp it; the failure, where it was not acknowledged."""
    try:
        channel.send(parcel)
    except Exception as error:
        failure = channel.failure(error)
        log.warning("%s to %s %s not sent: %s", channel.name, channel.holder, parcel.to.pk, failure.words)
        stamp_failed(parcel.digest, failure, parcel.day)
        if failure.refused:
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


def _ready(channel: Channel, day: date, now: datetime) -> ReminderQuerySet:
    return Reminder.objects.by(channel.name).ready(day, now)


def _free_holder(channel: Channel, day: date, now: datetime) -> Any:
    """Somebody with rows to send whom no other sender is busy with; locked until their rows are leased."""
    ready = _ready(channel, day, now).filter(**{channel.holder: OuterRef("pk")})
    holders = channel.holders._default_manager.filter(Exists(ready)).order_by("pk")
    return holders.select_for_update(skip_locked=True, no_key=True).first()


def _still_owed(
    rows: list[Reminder], channel: Channel, holder: Any, day: date
) -> tuple[list[Reminder], list[Reminder]]:
    """Those that would be planned today as well, because the person still has to hear of them; and the others."""
    is_person = isinstance(holder, User)
    only = Only(
        channel=channel.name,
        recipient=holder.pk if is_person else 0,
        endpoint=0 if is_person else holder.pk,
        owner=holder.pk if is_person else holder.user_id or 0,
        assignments={row.assignment_id for row in rows if row.assignment_id},
        rounds=any(row.round_id for row in rows),
    )
    owed = {one for one, _ in what_is_owed(day, only)}
    lasting = [row for row in rows if key_of(row) in owed]
    return lasting, [row for row in rows if key_of(row) not in owed]


def _digest_of(rows: list[Reminder]) -> tuple[UUID, list[Reminder]]:
    """The name of the parcel and what goes into it."""
    for row in rows:
        if row.digest and row.leased_until:
            return row.digest, [other for other in rows if other.digest == row.digest]
    names = {row.digest for row in rows}
    name = names.pop()
    return (name if name and not names else uuid4()), rows


def _pick(rows) -> ReminderQuerySet:  # type: ignore[no-untyped-def]
    return Reminder.objects.filter(pk__in=[row.pk for row in rows])


def _in_parcel(digest: UUID) -> ReminderQuerySet:
    return Reminder.objects.owed().filter(digest=digest)
