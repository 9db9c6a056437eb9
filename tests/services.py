"""PostgreSQL and Redis for the suite: started before Django reads its settings, shared by all workers.

Loaded by `-p tests.services`. A DATABASE_URL in the environment names real servers instead.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from kttt_tracker.local.services import Services

_running: list[Services] = []

FIXED = {
    "KTTT_SECRET_KEY": "only-for-tests-" + "x" * 40,
    "KTTT_DEMO": "1",
    "KTTT_BASE_URL": "http://127.0.0.1:8000",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright runs a loop of its own in the thread of the tests
}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    if "KTTT_TEST_SERVICES" not in os.environ:
        for name in [name for name in os.environ if name.startswith("KTTT_")]:
            del os.environ[name]
        root = Path(tempfile.mkdtemp(prefix="kttt-tests-"))
        os.environ.update(FIXED, KTTT_VAR=str(root / "app"), KTTT_TEST_SERVICES=str(root))
        (root / "app" / "static").mkdir(parents=True)
        if "DATABASE_URL" not in os.environ:
            services = Services(root, durable=False)
            services.start()
            _running.append(services)
            os.environ.update(services.environ())
    return (yield)


def pytest_unconfigure() -> None:
    for services in _running:
        services.stop()
        shutil.rmtree(services.folder.root, ignore_errors=True)
