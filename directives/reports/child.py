"""Work in a child process that can be stopped.

Whatever a note contains, the worst that happens is a file that is not made: the child has a limit of processor time and
of memory, a wall clock, and none of its parent's connections.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import billiard
from django.db import connections

Made = TypeVar("Made")
# (percent, words): what the page that waits shows
Tell = Callable[[int, str], None]

# What the child says last, and its exit code when memory ran out in it or in a child of its own.
DONE = "done"
MEMORY_GONE = 3
TOO_LONG = (
    "Dàn trang quá thời gian cho phép nên đã dừng. Số liệu đã chốt vẫn được giữ. "
    "Xin thử lại; nếu vẫn không được, xin báo quản trị viên."
)
TOO_LARGE = (
    "Dàn trang cần nhiều bộ nhớ hơn mức cho phép nên đã dừng. Số liệu đã chốt vẫn được giữ. Xin báo quản trị viên."
)
BROKEN = "Không dàn được trang. Số liệu đã chốt vẫn được giữ. Xin thử lại; nếu vẫn không được, xin báo quản trị viên."


class CannotRender(Exception):
    """No file was made; the message says why, for the person who asked."""


class Ended(Exception):
    """A process that this one started ended so, without having done its work."""

    def __init__(self, exitcode: int) -> None:
        super().__init__(exitcode)
        self.exitcode = exitcode


@dataclass(frozen=True)
class Limits:
    """What the child may use: seconds of processor, seconds by the clock, bytes of memory."""

    cpu: int = 150
    wall: float = 240
    memory: int = 2 * 1024**3


def run(work: Callable[[Tell], None], *, tell: Tell = lambda *_: None, limits: Limits | None = None) -> None:
    """Do `work` in a child; what it tells is passed on, its results are files. Raises CannotRender."""
    _Child(work, limits or Limits()).run(tell)


def answer_of(work: Callable[..., Made], *arguments: Any, limits: Limits | None = None) -> Made:
    """What `work(*arguments)` gives (a plain value), made in a child. Raises CannotRender."""
    given: list[Made] = []
    run(
        lambda tell: tell(100, work(*arguments)),  # type: ignore[arg-type]
        tell=lambda _, value: given.append(value),  # type: ignore[arg-type]
        limits=limits,
    )
    return given[0]


class _Child:
    def __init__(self, work: Callable[[Tell], None], limits: Limits) -> None:
        self.work, self.limits = work, limits

    def run(self, tell: Tell) -> None:
        context: Any = billiard.get_context("fork")
        steps, writer = context.Pipe(duplex=False)
        child = context.Process(target=_work, args=(self.work, self.limits, writer))
        child.start()
        writer.close()
        try:
            self._listen(steps, tell)
        finally:
            steps.close()
            was_stopped = _stop(child)
        if child.exitcode != 0:
            raise CannotRender(TOO_LONG if was_stopped else _reason(child.exitcode))

    def _listen(self, steps: Any, tell: Tell) -> None:
        """Pass the steps on until the child closes the pipe. Raises CannotRender when it takes too long."""
        until = time.monotonic() + self.limits.wall
        while steps.poll(max(0.0, until - time.monotonic())):
            try:
                step = steps.recv()
            except EOFError:
                return
            if step == DONE:
                return
            tell(*step)
        raise CannotRender(TOO_LONG)


def _stop(child: Any) -> bool:
    """Let it end by itself for a moment, then end it. Whether that was needed."""
    child.join(2)
    if not child.is_alive():
        return False
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    return True


def _reason(exitcode: int | None) -> str:
    """Of an end that our clock did not bring. What kills a child from outside is the machine, out of memory."""
    if exitcode == -signal.SIGXCPU:
        return TOO_LONG
    gone = (MEMORY_GONE, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL)
    return TOO_LARGE if exitcode in gone else BROKEN


def _work(work: Callable[[Tell], None], limits: Limits, steps: Any) -> None:
    """In the child. Whatever goes wrong is told by the exit code."""
    _leave_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work(lambda *step: steps.send(step))
    except MemoryError:
        raise SystemExit(MEMORY_GONE) from None
    except Ended as ended:
        _end_like(ended.exitcode)
    steps.send(DONE)


def _end_like(exitcode: int) -> NoReturn:
    """The reason is told as it was, through however many processes."""
    if exitcode < 0:
        with suppress(OSError):  # of some signals nobody can change the effect
            signal.signal(-exitcode, signal.SIG_DFL)
        os.kill(os.getpid(), -exitcode)
    raise SystemExit(exitcode)


def _leave_parent() -> None:
    """Die with the parent, obey signals plainly, and forget its database: one socket must not have two users."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    for connection in connections.all(initialized_only=True):
        connection.connection = None
