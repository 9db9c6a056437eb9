"""Celery's scheduler, which also shows that it is not stuck."""

from typing import Any

from celery.beat import PersistentScheduler

from kttt_tracker import heartbeat


class WatchedScheduler(PersistentScheduler):
    """Remembers past runs in a file, so that a round missed while switched off is made up for."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One round; the sign of life comes after it, so a round that hangs shows."""
        pause = super().tick(*args, **kwargs)
        heartbeat.write("beat")
        return pause
