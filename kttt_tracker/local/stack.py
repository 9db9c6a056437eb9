"""The whole product on one machine: both servers, a mail sink, web, worker and scheduler."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import redis

from kttt_tracker import heartbeat
from kttt_tracker.local import preparation, programs
from kttt_tracker.local.defaults import defaults, is_demo, is_ours, others
from kttt_tracker.local.errors import LocalError
from kttt_tracker.local.keeper import Child, Keeper
from kttt_tracker.local.net import LOCALHOST, free_port, get_json, next_free_port
from kttt_tracker.local.process import Process, rotate
from kttt_tracker.local.services import Services

TICK = 0.2
ROTATE_EVERY = 60.0
# A program that dies this often before the first sign of health will not get well by itself.
HOPELESS = 4


def silent(line: str) -> None:
    """The default `say`: tests want no chatter."""


class Stack:
    """What `make run` runs, and browser tests too. A context manager.

    `env` alone sets the product's variables: those of this process do not count. A DATABASE_URL
    or REDIS_URL in it replaces the embedded server. `port` 0 takes any free port. `seed=False`
    leaves the database without demonstration. Nothing happens behind the owner's back: `tick`, or
    any of the `wait_…`, starts dead children again. Use it from one thread.
    """

    def __init__(
        self,
        root: Path,
        *,
        env: Mapping[str, str] | None = None,
        port: int = 0,
        host: str = LOCALHOST,
        durable: bool = True,
        seed: bool = True,
        say: Callable[[str], None] = silent,
    ) -> None:
        self.overrides = dict(env or {})
        self.host = host
        self.seed = seed
        self.say = say
        self.services = Services(
            root,
            durable=durable,
            postgres="DATABASE_URL" not in self.overrides,
            redis="REDIS_URL" not in self.overrides,
        )
        self.folder = self.services.folder
        self.port = 0
        self.accounts = ""
        self.environ: dict[str, str] = {}
        self.programs: dict[str, Process] = {}
        self._wanted_port = port
        self._keepers: list[Keeper] = []
        self._rotated = time.monotonic()

    def start(self, timeout: float = 120) -> None:
        """Return once /healthz is 200. Raises LocalError with the last lines of what failed."""
        self.folder.prepare()
        crashed = self.folder.info()
        self.say("Khởi động PostgreSQL và Redis …")
        self.services.start()
        try:
            self._choose_port(crashed)
            self._make_environ()
            self.folder.publish({"kind": "run", "url": self.url, "environ": self._shared_environ()})
            self._prepare()
            self._start_programs()
            self.wait_healthy(timeout)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End every process; the data stays."""
        for program in self.programs.values():
            program.ask_to_stop()
        for program in self.programs.values():
            program.finish()
        self.services.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        host = LOCALHOST if self.host == "0.0.0.0" else self.host
        return f"http://{host}:{self.port}"

    @property
    def children(self) -> dict[str, Child]:
        """postgres, redis, mail, web, worker, beat: those that run here."""
        return {child.name: child for child in (*self.services.servers, *self.programs.values())}

    @property
    def mail_folder(self) -> Path:
        return self.folder.root / "mail"

    def kill(self, name: str) -> None:
        """SIGKILL a child (postgres, redis, mail, web, worker, beat); the next `tick` starts it again."""
        self.children[name].kill()

    def restart(self, name: str) -> None:
        self.children[name].stop()
        self.children[name].start()

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status and body of /healthz; 0 and {} when nobody answers."""
        return get_json(f"{self.url}/healthz")

    def tick(self) -> None:
        """Start what has died, cut what has grown. Call it a few times a second."""
        now = time.monotonic()
        for keeper in self._keepers:
            if line := keeper.check(now):
                self.say(line)
        if now - self._rotated > ROTATE_EVERY:
            self._rotated = now
            for log in self.folder.log.glob("*.log"):
                rotate(log)

    def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Tick until the condition holds; False when time runs out first."""
        end = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > end:
                return False
            self.tick()
            time.sleep(TICK)
        return True

    def wait_healthy(self, timeout: float = 60) -> None:
        """Tick until /healthz is 200, or say what is not well."""
        decided = self.wait_until(lambda: bool(self._hopeless()) or self.health()[0] == 200, timeout)
        if not decided or self._hopeless():
            raise LocalError(self._diagnosis())

    def _choose_port(self, crashed: dict[str, Any]) -> None:
        """An earlier run that was killed may still be letting its port go: then wait for it."""
        mine = str(crashed.get("url", "")).endswith(f":{self._wanted_port}")
        self.port = next_free_port(self._wanted_port, self.host, patience=10 if mine else 0)
        if self._wanted_port not in (0, self.port):
            self.say(f"Cổng {self._wanted_port} đang có chương trình khác dùng, nên dùng cổng {self.port}.")

    def _make_environ(self) -> None:
        mail_port = free_port()
        self.environ = {
            **others(),
            **programs.interpreter_environ(),
            **defaults(self.folder, self.overrides, url=self.url),
            "KTTT_EMAIL_URL": f"smtp://{LOCALHOST}:{mail_port}",
            **self.services.environ(),
            **self.overrides,
            "KTTT_BIND": f"{self.host}:{self.port}",
        }
        self.programs = {name: programs.script(name, self.environ, self.folder) for name in programs.SCRIPTS}
        if "KTTT_EMAIL_URL" not in self.overrides:
            self.programs["mail"] = programs.mail_sink(self.mail_folder, mail_port, self.environ, self.folder)

    def _shared_environ(self) -> dict[str, str]:
        """What a command needs to work on the same data."""
        return {name: value for name, value in self.environ.items() if is_ours(name)}

    def _prepare(self) -> None:
        self.say("Chuẩn bị cơ sở dữ liệu …")
        preparation.migrate(self.environ, self.folder)
        preparation.collect_static(self.environ, self.folder)
        if self.seed and is_demo(self.environ):
            self.say("Nạp dữ liệu minh hoạ …")
            self.accounts = preparation.seed_demo(self.environ, self.folder)

    def _start_programs(self) -> None:
        self.say("Khởi động trang web, tiến trình nền và bộ lập lịch …")
        with redis.Redis.from_url(self.environ["REDIS_URL"]) as connection:
            heartbeat.forget(connection)
        for program in self.programs.values():
            program.start()
        self._keepers = [Keeper(child) for child in self.children.values()]

    def _hopeless(self) -> list[str]:
        return [keeper.child.name for keeper in self._keepers if keeper.deaths >= HOPELESS]

    def _diagnosis(self) -> str:
        bad = self._hopeless() or self.health()[1].get("down") or ["web"]
        lines = [f"Chưa khởi động xong; phần chưa chạy: {', '.join(bad)}. Nhật ký ở «{self.folder.log}»."]
        lines += [f"--- {name}\n{self.children[name].tail()}" for name in bad if name in self.children]
        return "\n".join(lines)
