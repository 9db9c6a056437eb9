"""What a person does about the reminders that are theirs: sees them, and says which mails they do without."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from agencies.history import acting
from agencies.models import User
from directives.models import OPTIONAL, ChannelName, OptOut, Reminder, ReminderState


def see_reminders(*, by: User, day: date, up_to: int) -> int:
    """They have looked at their bell: what it showed, up to the key `up_to`, is seen. Gives how many were new."""
    with acting(by, "see_reminders", day):
        mine = Reminder.objects.owed().by(ChannelName.BELL).filter(recipient=by, pk__lte=up_to)
        return mine.update(state=ReminderState.SENT, sent_at=timezone.now(), sent_on=day)


def choose_mails(*, by: User, day: date, wanted: Collection[str]) -> None:
    """Of OPTIONAL they get mail about those that are `wanted`, and of the others none."""
    with acting(by, "choose_mails", day):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        OptOut.objects.filter(person=by, reason__in=wanted).delete()
        have = set(OptOut.objects.filter(person=by).values_list("reason", flat=True))
        unwanted = [reason for reason in OPTIONAL if reason not in wanted and reason not in have]
        OptOut.objects.bulk_create(OptOut(person=by, reason=reason) for reason in unwanted)
