"""Addresses that a mail server has refused for good: marked, so that staff and the person can mend them."""

from __future__ import annotations

from datetime import date

from agencies.history import acting
from agencies.models import User


def mark_refused(user: User, day: date) -> None:
    """The address that the person has now takes no mail; another address is not marked by it."""
    if user.email and user.refused_address != user.email:
        with acting(None, "mark_refused", day):
            User.objects.filter(pk=user.pk, email=user.email).update(refused_address=user.email)


def mark_taken(user: User, day: date) -> None:
    """It does take mail."""
    if user.refused_address:
        with acting(None, "mark_taken", day):
            User.objects.filter(pk=user.pk).update(refused_address="")
