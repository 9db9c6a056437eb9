"""One piece of work in a child process that can be stopped: what comes from outside cannot hold or fill a server."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import billiard
from django.db import connections

Made = TypeVar("Made")


class Stopped(Exception):
    """It took too long or too much memory, or it broke: nothing was made."""


@dataclass(frozen=True)
class Bounds:
    """What the child may use: seconds of processor, seconds by the clock, bytes of memory."""

    cpu: int = 30
    wall: float = 45
    memory: int = 2 * 1024**3


def in_child(work: Callable[..., Made], *arguments: Any, bounds: Bounds = Bounds()) -> Made:
    """What `work(*arguments)` gives (a plain value), made in a forked child. Raises Stopped.

    An error of `work` breaks it: what it wants to say it gives back.
    """
    context: Any = billiard.get_context("fork")
    answer, writer = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(work, arguments, bounds, writer))
    child.start()
    writer.close()
    try:
        if not answer.poll(bounds.wall):
            raise Stopped("time")
        return answer.recv()
    except EOFError:
        raise Stopped("broken") from None
    finally:
        answer.close()
        _end(child)


def _end(child: Any) -> None:
    child.join(1)
    if child.is_alive():
        os.kill(child.pid, signal.SIGKILL)
        child.join()


def _work(work: Callable[..., Any], arguments: tuple[Any, ...], bounds: Bounds, writer: Any) -> None:
    """In the child: it dies with the parent, obeys signals plainly, and forgets its database connections."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    for connection in connections.all(initialized_only=True):
        connection.connection = None
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu, bounds.cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    writer.send(work(*arguments))
