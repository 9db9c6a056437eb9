"""PostgreSQL and Redis for the suite: started before Django reads its settings, shared by all workers.

Loaded by `-p tests.services`. A DATABASE_URL in the environment names real servers instead.

The migrations take twenty seconds, so they run once, into the database READY; every worker copies it, and the
whole stacks that are not about a first start get its dump, and the static files that the first of them collected.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kttt_tracker.local import preparation, programs
from kttt_tracker.local.defaults import defaults, others
from kttt_tracker.local.folder import Folder
from kttt_tracker.local.postgres import binaries
from kttt_tracker.local.services import Services

READY = "kttt_ready"
STATIC = "kttt_static"
PROJECT = Path(__file__).resolve().parent.parent

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


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make READY beside the first file, which wants none (see LONG in conftest.py)."""
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw0" and _is_ours() and any(map(_wants_tables, session.items)):
        subprocess.Popen([sys.executable, "-m", "tests.services"], cwd=session.config.rootpath)


def has_ready() -> bool:
    """Whether there is a migrated database to copy, made now if need be: only on a server of our own."""
    return bool(_dump())


def fill(root: Path) -> Path:
    """A data folder for a stack whose database is migrated and whose static files are collected already."""
    if dump := _dump():
        with Services(root, durable=False, redis=False) as services:
            url = services.environ()["DATABASE_URL"]
            options = ["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
            subprocess.run([binaries() / "psql", *options, "-f", dump, url], check=True)
    with _first(STATIC) as (shared, is_first):
        if is_first:
            folder = Folder(shared)
            folder.prepare()
            environ = {**others(), **programs.interpreter_environ(), **defaults(folder, {})}
            preparation.collect_static(environ, folder)
    shutil.copytree(shared, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("log", "secrets"))
    return root


def _is_ours() -> bool:
    return (Path(os.environ["KTTT_TEST_SERVICES"]) / "pg").is_dir()


def _wants_tables(item: pytest.Item) -> bool:
    return bool({"db", "transactional_db", "stack"} & set(getattr(item, "fixturenames", ()))) or bool(
        item.get_closest_marker("django_db")
    )


def _dump() -> Path | None:
    """The dump of READY; whoever is first makes both, the others wait."""
    if not _is_ours():
        return None
    dump = _kept()
    with _first(READY) as (_, is_first):
        if is_first:
            _make_ready(dump)
    return dump


@contextmanager
def _first(name: str) -> Generator[tuple[Path, bool], None, None]:
    """A folder that all workers share, and whether this one is the first here and fills it; the others wait."""
    shared = Path(os.environ["KTTT_TEST_SERVICES"]) / name
    with shared.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared, not shared.exists()
        shared.mkdir(exist_ok=True)


def _kept() -> Path:
    """Where the dump of these tables is kept from run to run: under the checksum of all that makes them."""
    made_of = [*PROJECT.glob("*/migrations/*.py"), *PROJECT.glob("*/models/*.py"), PROJECT / "requirements/dev.lock"]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(made_of))).hexdigest()
    return Path(tempfile.gettempdir()) / f"kttt-ready-{os.getuid()}-{digest[:16]}.sql"


def _make_ready(dump: Path) -> None:
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    drop_and_make = [f"DROP DATABASE IF EXISTS {READY}", f"CREATE DATABASE {READY}"]
    psql = [binaries() / "psql", "-X", "-q", *(word for sql in drop_and_make for word in ("-c", sql))]
    subprocess.run([*psql, f"{server}/postgres"], check=True, stderr=subprocess.DEVNULL)
    if dump.exists():
        options = ["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
        subprocess.run([binaries() / "psql", *options, "-f", dump, f"{server}/{READY}"], check=True)
        return
    environ = {**os.environ, "DATABASE_URL": f"{server}/{READY}", "DJANGO_SETTINGS_MODULE": "kttt_tracker.settings"}
    migrate = [sys.executable, "-m", "django", "migrate", "--noinput", "-v", "0"]
    subprocess.run(migrate, cwd=PROJECT, env=environ, check=True)
    draft = dump.with_suffix(f".{os.getpid()}")
    subprocess.run([binaries() / "pg_dump", "-f", draft, f"{server}/{READY}"], check=True)
    draft.rename(dump)


if __name__ == "__main__":
    has_ready()
