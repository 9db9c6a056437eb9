"""PostgreSQL and Redis of one machine, over one folder."""

from pathlib import Path
from types import TracebackType
from typing import Self

from kttt_tracker.local.folder import Folder
from kttt_tracker.local.postgres import Postgres
from kttt_tracker.local.redis import Redis


class Services:
    """Both servers, started and stopped together; a context manager.

    `root` holds pg/, redis/, log/, run/ and secrets/. `durable=False` trades safety for speed and
    is for tests only. A server that the environment already names can be left out.
    """

    def __init__(self, root: Path, *, durable: bool = True, postgres: bool = True, redis: bool = True) -> None:
        self.folder = Folder(root)
        self._durable = durable
        self._wanted = (postgres, redis)
        self._postgres: Postgres | None = None
        self._redis: Redis | None = None

    def start(self, patience: float = 0) -> None:
        """Raises AlreadyRunning when the folder is in use for longer than `patience` seconds."""
        self.folder.prepare()
        self.folder.lock(patience)
        try:
            self._make()
            for server in self.servers:
                server.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()
        self.folder.unlock()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def servers(self) -> list[Postgres | Redis]:
        return [server for server in (self._postgres, self._redis) if server]

    @property
    def postgres(self) -> Postgres:
        assert self._postgres, "no embedded PostgreSQL here, or not started"
        return self._postgres

    @property
    def redis(self) -> Redis:
        assert self._redis, "no embedded Redis here, or not started"
        return self._redis

    def environ(self) -> dict[str, str]:
        """DATABASE_URL and REDIS_URL of the servers that run here."""
        found = {
            "DATABASE_URL": self._postgres and self._postgres.url(),
            "REDIS_URL": self._redis and self._redis.url(),
        }
        return {name: url for name, url in found.items() if url}

    def _make(self) -> None:
        folder = self.folder
        if self._wanted[0] and not self._postgres:
            self._postgres = Postgres(
                folder.root / "pg",
                password=folder.secret("postgres"),
                log=folder.log / "postgres.log",
                durable=self._durable,
            )
        if self._wanted[1] and not self._redis:
            self._redis = Redis(
                folder.root / "redis",
                password=folder.secret("redis"),
                log=folder.log / "redis.log",
                durable=self._durable,
            )
