"""What staff may do about reminders that do not get through."""

from __future__ import annotations

from datetime import date

from agencies.history import acting
from agencies.models import User
from directives.actions.locking import require_keeper
from directives.models import Reminder


def retry_reminders(*, by: User, day: date) -> int:
    """Let everything that rests after a failure be tried at the next sweep; gives how many rows that are.

    For an address that has been mended, or a mail server that is back before its pause is over.
    """
    require_keeper(by)
    with acting(by, "retry_reminders", day):
        return Reminder.objects.failing().exclude(next_attempt_at=None).update(next_attempt_at=None)
