"""Who did what: the words that every event row of the database carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from agencies.models import User

SYSTEM = "Hệ thống"


@dataclass(frozen=True)
class Told:
    """What an event row says of itself: the business day, who did it, by which verb; the moment is real."""

    day: date
    who: str
    verb: str
    moment: datetime


def told(event: Any) -> Told:
    """Read from a pghistory event the words that `acting` put there; what came without them was the system's."""
    words = event.pgh_context or {}
    day = words.get("day")
    return Told(
        day=date.fromisoformat(day) if day else timezone.localdate(event.pgh_created_at),
        who=words.get("user_name") or SYSTEM,
        verb=words.get("verb") or "",
        moment=event.pgh_created_at,
    )


@contextmanager
def acting(by: User | None, verb: str, day: date | None = None, **more: Any) -> Iterator[None]:
    """One transaction whose event rows name the actor (`None`: the system), the verb and the business day.

    The keys are `user`, `user_name`, `verb`, `day` (ISO) and whatever `more` gives (plain JSON values).
    One inside another: the inner words hold inside, the outer ones are back afterwards.
    """
    words = {
        "user": by.pk if by else None,
        "user_name": str(by) if by else SYSTEM,
        "verb": verb,
        "day": day.isoformat() if day else None,
        **more,
    }
    with transaction.atomic(), pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(words)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
