"""/healthz, asked directly: what it says and how long it takes when a server is frozen."""

import json
import socket
import time

import pytest
from django.db import connection

from kttt_tracker import health, heartbeat


@pytest.fixture
def ask(rf):
    def asked(**options):
        response = health.healthz(rf.get("/healthz", **options))
        return response, json.loads(response.content)

    return asked


@pytest.fixture
def silent_port():
    """Accepts connections and says nothing: a frozen server."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield server.getsockname()[1]


def all_well(**changes):
    return {"redis": True, "worker": True, "beat": True} | changes


def test_all_is_well(ask, monkeypatch):
    monkeypatch.setattr(health, "database_answers", lambda: True)
    monkeypatch.setattr(health, "redis_parts", all_well)
    response, body = ask()
    assert response.status_code == 200
    assert body == dict.fromkeys(("status", "web", "database", "redis", "worker", "beat"), "ok")
    assert "no-store" in response["Cache-Control"]


def test_what_is_down_is_named(ask, monkeypatch):
    monkeypatch.setattr(health, "database_answers", lambda: True)
    monkeypatch.setattr(health, "redis_parts", lambda: all_well(worker=False))
    response, body = ask()
    assert response.status_code == 503
    assert body["down"] == ["worker"]
    assert (body["status"], body["worker"], body["beat"]) == ("down", "down", "ok")
    assert "no-store" in response["Cache-Control"]


def test_frozen_servers_are_given_up_within_about_three_seconds(ask, settings, monkeypatch, silent_port):
    settings.CELERY_BROKER_URL = f"redis://:x@127.0.0.1:{silent_port}/0"
    parameters = {"host": "127.0.0.1", "port": silent_port, "user": "kttt", "dbname": "kttt"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: dict(parameters), raising=False)
    start = time.monotonic()
    response, body = ask()
    assert time.monotonic() - start < 4
    assert response.status_code == 503
    assert body["down"] == ["database", "redis", "worker", "beat"]


def test_nothing_is_said_about_why(ask, settings, silent_port):
    settings.CELERY_BROKER_URL = "redis://:mat-khau@127.0.0.1:1/0"
    response, _ = ask()
    assert b"mat-khau" not in response.content


def test_posting_is_refused(rf):
    assert health.healthz(rf.post("/healthz")).status_code == 405


def test_redis_itself_is_well_when_nobody_has_shown_life(settings, monkeypatch):
    class Empty:
        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def mget(self, keys):
            return [None for _ in keys]

    monkeypatch.setattr(heartbeat, "client", lambda timeout: Empty())
    assert health.redis_parts() == {"redis": True, "worker": False, "beat": False}
