"""Sends what is owed: one mail a person a morning, never nothing, and twice only where a sender died over it.

Claim (rows of one person, with a lease and the name of their mail), act (SMTP, outside any transaction), stamp. A
sender that dies leaves its lease behind; when it has run out the next sweep sends the same mail under the same
Message-ID. What may have got through is repeated alone, with nothing added, so that it stays recognisable.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic, sleep
from uuid import UUID, uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from agencies.history import acting
from agencies.models import User
from directives.models import Office, Reminder, ReminderState
from directives.models.reminder import ReminderQuerySet
from directives.reminders import failures
from directives.reminders.audience import Audience
from directives.reminders.digest import message
from directives.reminders.failures import Failure
from directives.reminders.owed import Owed, what_is_owed
from directives.reminders.post import Post, Unreachable
from kttt_tracker import leaving

log = logging.getLogger(__name__)

# Longer than any sending that is still alive (EMAIL_TIMEOUT for each of its few answers).
LEASE = max(timedelta(minutes=5) / settings.HASTE, timedelta(seconds=12))
# Mails one after another over which the server failed us: it is the server then, and the rest can wait.
STRIKES = 3
LIMIT = 300
# The sweep of the next minute goes on where a slow server made this one long.
LONGEST_RUN = timedelta(minutes=4)


@dataclass
class Counts:
    """Mails sent and failed, rows cancelled because they no longer held."""

    sent: int = 0
    failed: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class Claim:
    """One person's mail, in our hand until its lease ends. Without `digest` nothing was left to send."""

    recipient: User
    digest: UUID | None
    cancelled: int


def send_all(day: date, *, limit: int = LIMIT) -> Counts:
    """Send what is ready, at most `limit` mails; what fails stays owed. Safe beside any number of others."""
    counts = Counts()
    if not Reminder.objects.ready(day, timezone.now()).exists():
        return counts
    post, strikes, until = Post(), 0, monotonic() + LONGEST_RUN.total_seconds()
    try:
        while counts.sent + counts.failed < limit and strikes < STRIKES and monotonic() < until and not leaving.begun():
            post.connect()
            if not (claim := claim_next(day)):
                break
            counts.cancelled += claim.cancelled
            failure = _send(claim, post, day)
            counts.sent += bool(claim.digest and not failure)
            counts.failed += bool(failure)
            strikes = strikes + 1 if failure and failure.unwell else 0
    except Unreachable as trouble:
        counts.failed += put_off_all(day, trouble.failure)
    finally:
        post.hang_up()
    return counts


def claim_next(day: date) -> Claim | None:
    """Take one person's rows: those that hold no longer are cancelled, the rest get a mail and a lease."""
    now = timezone.now()
    with acting(None, "claim_reminders", day):
        recipient = _free_recipient(day, now)
        if recipient is None:
            return None
        # Also what still rests after a failure: it is one mail a morning.
        unsent = Reminder.objects.unleased(now).filter(recipient=recipient, planned_on__lte=day)
        rows = list(unsent.select_for_update(no_key=True))
        lasting, over = _still_owed(rows, recipient, day)
        cancelled = _pick(over).cancel()
        if not lasting:
            return Claim(recipient, None, cancelled)
        digest, leaving = _digest_of(lasting)
        _pick(leaving).update(digest=digest, leased_until=now + LEASE, attempts=F("attempts") + 1)
        return Claim(recipient, digest, cancelled)


def stamp_sent(digest: UUID, day: date) -> int:
    """The server has taken it: these rows are done. Gives their number; 0 where somebody else was faster."""
    with acting(None, "send_reminders", day):
        return _in_mail(digest).update(
            state=ReminderState.SENT, sent_at=timezone.now(), leased_until=None, next_attempt_at=None, error=""
        )


def stamp_failed(digest: UUID, failure: Failure, day: date) -> None:
    """It stays owed, with what went wrong. A lease in the past says that it may have got through."""
    with acting(None, "send_reminders", day):
        _in_mail(digest).update(
            error=failure.words,
            next_attempt_at=failure.next_attempt(),
            leased_until=timezone.now() if failure.unknown else None,
        )


def put_off_all(day: date, failure: Failure) -> int:
    """No mail leaves at present: everything that was ready waits, and says why. Gives how many people wait."""
    with acting(None, "send_reminders", day):
        ready = Reminder.objects.ready(day, timezone.now()).order_by("pk")
        rows = list(ready.select_for_update(no_key=True, skip_locked=True))
        _pick(rows).update(attempts=F("attempts") + 1)
        _pick(rows).update(error=failure.words, next_attempt_at=failure.next_attempt())
        return len({row.recipient_id for row in rows})


def _send(claim: Claim, post: Post, day: date) -> Failure | None:
    """Send a claimed mail, if there is one, and stamp it; the failure, where it was not acknowledged."""
    if claim.digest is None:
        return None
    try:
        post.send(message(claim.recipient, claim.digest, day))
    except Exception as error:
        failure = failures.of_sending(error)
        log.warning("reminders to user %s not sent: %s", claim.recipient.pk, failure.words)
        stamp_failed(claim.digest, failure, day)
        if failure.unwell:
            post.hang_up()
        return failure
    _stamp_surely(claim.digest, day)
    return None


def _stamp_surely(digest: UUID, day: date) -> None:
    """The mail is gone: a database that only starts anew must not have it sent again. Tries well within the lease."""
    until = monotonic() + LEASE.total_seconds() / 2
    while True:
        try:
            stamp_sent(digest, day)
            return
        except (OperationalError, InterfaceError):
            if monotonic() > until:
                raise
            connection.close()
            sleep(0.2)


def _free_recipient(day: date, now: datetime) -> User | None:
    """Somebody with rows to send whom no other sender is busy with; locked until their rows are leased."""
    ready = Reminder.objects.ready(day, now).filter(recipient=OuterRef("pk"))
    people = User.objects.filter(Exists(ready)).order_by("pk")
    return people.select_for_update(skip_locked=True, no_key=True).first()


def _still_owed(rows: list[Reminder], recipient: User, day: date) -> tuple[list[Reminder], list[Reminder]]:
    """Those that would be planned today as well, because the person still has to hear of them; and the others."""
    about = {row.assignment_id for row in rows}
    audience = Audience.current(day, recipient.pk)
    owed = set(what_is_owed(day, audience, Office.current(), about)) if recipient.email else set()
    lasting = [row for row in rows if _key(row) in owed]
    return lasting, [row for row in rows if _key(row) not in owed]


def _key(row: Reminder) -> Owed:
    return Owed(row.recipient_id, row.assignment_id, row.reason, row.deadline, row.rung)


def _digest_of(rows: list[Reminder]) -> tuple[UUID, list[Reminder]]:
    """The name of the mail and what goes into it."""
    for row in rows:
        if row.digest and row.leased_until:
            return row.digest, [other for other in rows if other.digest == row.digest]
    names = {row.digest for row in rows}
    name = names.pop()
    return (name if name and not names else uuid4()), rows


def _pick(rows) -> ReminderQuerySet:  # type: ignore[no-untyped-def]
    return Reminder.objects.filter(pk__in=[row.pk for row in rows])


def _in_mail(digest: UUID) -> ReminderQuerySet:
    return Reminder.objects.owed().filter(digest=digest)
