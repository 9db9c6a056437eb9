"""Starts a child again when it has died, with growing pauses."""

import time
from typing import Protocol

from kttt_tracker.local.errors import LocalError

LONGEST_PAUSE = 30.0
# A child that has run this long is well again: its next death is the first one.
WELL_AFTER = 60.0


class Child(Protocol):
    """What a program and a server have in common."""

    name: str

    @property
    def running(self) -> bool: ...
    @property
    def exit_code(self) -> int | None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...
    def tail(self) -> str: ...


class Keeper:
    """Looks after one child; `check` is called over and over by whoever owns it."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.deaths = 0
        self._started = time.monotonic()
        self._due: float | None = None

    def check(self, now: float) -> str | None:
        """Do what is due at this moment (monotonic seconds); a line for the log if anything was."""
        if self.child.running:
            return None
        if self._due is None:
            return self._plan(now)
        return self._start_again(now) if now >= self._due else None

    def _plan(self, now: float) -> str:
        self.deaths = 1 if now - self._started > WELL_AFTER else self.deaths + 1
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.deaths - 1))
        self._due = now + pause
        code = self.child.exit_code
        return f"«{self.child.name}» đã dừng (mã {code}); khởi động lại sau {pause:g} giây.".replace(".5", ",5")

    def _start_again(self, now: float) -> str:
        self._started, self._due = now, None
        try:
            self.child.start()
        except LocalError as error:
            return f"«{self.child.name}» chưa khởi động lại được: {error}"
        return f"«{self.child.name}» đã được khởi động lại."
