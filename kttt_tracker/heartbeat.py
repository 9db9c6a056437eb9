"""Signs of life of the programs that nobody can ask directly: the worker and the scheduler.

Each writes the moment into Redis every few seconds; a moment older than 90 seconds means "down".
"""

import time

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

MAX_AGE = 90.0
EVERY = 5.0
PARTS = ("worker", "beat")

_last: dict[str, float] = {}


def client(timeout: float = 1.0) -> "redis.Redis":
    """A client that gives up after `timeout` seconds instead of trying again."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_connect_timeout=timeout,
        socket_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
    )


def key(part: str) -> str:
    return f"kttt:heartbeat:{part}"


def write(part: str) -> None:
    """Show that `part` lives, at most every few seconds. An absent Redis is somebody else's to report."""
    if time.monotonic() - _last.get(part, -EVERY) < EVERY:
        return
    _last[part] = time.monotonic()
    try:
        with client() as connection:
            connection.set(key(part), repr(time.time()))
    except redis.RedisError:
        pass


def forget(connection: "redis.Redis") -> None:
    """Before a start: what an earlier run wrote says nothing about this one."""
    connection.delete(*map(key, PARTS))


def ages(connection: "redis.Redis", now: float) -> dict[str, float]:
    """Seconds since each part's last sign; infinity for one that never gave any."""
    moments = connection.mget(list(map(key, PARTS)))
    return {part: now - float(moment) if moment else float("inf") for part, moment in zip(PARTS, moments, strict=True)}


def alive(connection: "redis.Redis", part: str) -> bool:
    return ages(connection, time.time())[part] <= MAX_AGE
