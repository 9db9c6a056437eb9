"""The doorbell of the worker: a page never waits for a Redis that is away."""

import logging
import socket
import time

import pytest

from directives import jobs


@pytest.fixture
def port():
    """Of this machine, with somebody who lets in and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "refused"])
def test_without_redis_the_page_goes_on_and_the_log_says_so(settings, caplog, port, frozen):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port if frozen else 1}/0"
    start = time.monotonic()
    with caplog.at_level(logging.WARNING, "directives.jobs"):
        jobs.ring(jobs.render_report, 86)
    assert time.monotonic() - start < 5
    assert "the next sweep does it" in caplog.text
