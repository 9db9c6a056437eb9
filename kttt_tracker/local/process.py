"""One child process: its log file, its end together with its owner, its stop."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5 * 1024 * 1024

# Loaded before any fork: loading a library between fork and exec is not safe.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(death_signal: signal.Signals, parent: int) -> None:
    """Have the kernel signal this process when its parent dies, even by SIGKILL. Linux only."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
    if os.getppid() != parent:  # the parent died before the request was in place
        os.kill(os.getpid(), death_signal)


def _in_child(death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    return lambda: die_with_parent(death_signal, parent)


def rotate(log: Path, limit: int = LOG_LIMIT) -> None:
    """Keep one older copy of a log that has grown past `limit` bytes.

    Copies and truncates: the children append to the same open file all their lives.
    """
    if log.exists() and log.stat().st_size > limit:
        shutil.copyfile(log, log.with_name(log.name + ".1"))
        os.truncate(log, 0)


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for a message about a child that would not start."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 16_384))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])


class Process:
    """A child in a session of its own, so that only its owner handles Ctrl-C.

    Start it from a thread that lives as long as the owner: the kernel watches that thread.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        log: Path,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        death_signal: signal.Signals = signal.SIGTERM,
        grace: float = 10,
    ) -> None:
        self.name = name
        self.argv = list(argv)
        self.log = log
        self.cwd = cwd
        self.env = env
        self.stop_signal = stop_signal
        self.death_signal = death_signal
        self.grace = grace
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; whatever an earlier life of it left behind is ended first."""
        if self.running:
            return
        self._end_group()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        rotate(self.log)
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                self.argv,
                cwd=self.cwd,
                env=None if self.env is None else dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_in_child(self.death_signal),
            )

    @property
    def pid(self) -> int | None:
        return self._popen.pid if self._popen else None

    @property
    def exit_code(self) -> int | None:
        """None while it runs or has never run; negative: the signal that ended it.

        Looks without reaping: until `_end_group` has run, the number of the dead child must not
        be given to a stranger's process.
        """
        if self._popen is None or self._popen.returncode is not None:
            return self._popen.returncode if self._popen else None
        ended = os.waitid(os.P_PID, self._popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None:
            return None
        return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status

    @property
    def running(self) -> bool:
        return self._popen is not None and self.exit_code is None

    def signal(self, number: signal.Signals) -> None:
        if self._popen and self.running:
            self._popen.send_signal(number)

    def stop(self) -> None:
        """Ask it to end, wait `grace` seconds, then end it and all that it started."""
        self.ask_to_stop()
        self.finish()

    def ask_to_stop(self) -> None:
        self.signal(self.stop_signal)

    def finish(self) -> None:
        """The second half of `stop`: several children are asked first, then waited for."""
        self.wait(self.grace)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to it and to the rest of its group."""
        self._end_group()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within this time."""
        end = time.monotonic() + seconds
        while self.running and time.monotonic() < end:
            time.sleep(0.02)
        return not self.running

    def tail(self) -> str:
        return last_lines(self.log)

    def _end_group(self) -> None:
        if self._popen is None or self._popen.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
