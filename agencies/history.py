"""Who did what: the words that every event row of the database carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import transaction

if TYPE_CHECKING:
    from agencies.models import User

SYSTEM = "Hệ thống"


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
