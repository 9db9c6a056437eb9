"""`manage.py` on one machine: finds or starts the services that a command needs."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kttt_tracker.local import preparation, programs
from kttt_tracker.local.defaults import data_folder, defaults, is_demo, read_dotenv
from kttt_tracker.local.errors import AlreadyRunning
from kttt_tracker.local.services import Services

WITHOUT_DATABASE = {
    "check",
    "check_archive",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "read_notice",
    "startapp",
    "version",
}
# On an empty database these do their own preparing; every other command finds it as after `make run`.
WITHOUT_TABLES = {"migrate", "makemigrations", "optimizemigration", "restore", "showmigrations", "sqlmigrate"}
PATIENCE = 60.0


def tell(line: str) -> None:
    """On stderr: stdout belongs to the command."""
    print(line, file=sys.stderr, flush=True)


def needs_database(argv: list[str]) -> bool:
    """Whether `manage.py …` with these arguments touches the database."""
    if len(argv) < 2 or {"-h", "--help", "--version"} & set(argv):
        return False
    return argv[1] not in WITHOUT_DATABASE or "--database" in argv


@contextmanager
def services_for(argv: list[str]) -> Iterator[None]:
    """Around a command: the environment names a database that answers, if the command wants one."""
    read_dotenv()
    if "DATABASE_URL" in os.environ:
        yield
    elif not needs_database(argv):
        os.environ.setdefault("KTTT_DEMO", "1")
        yield
    else:
        with _embedded(argv[1]):
            yield


@contextmanager
def _embedded(command: str) -> Iterator[None]:
    services = Services(data_folder(), redis="REDIS_URL" not in os.environ)
    if not _start_or_join(services):
        try:
            yield
        finally:
            services.folder.leave()
        return
    try:
        _adopt(defaults(services.folder, os.environ) | services.environ())
        services.folder.publish({"kind": "command", "environ": _local_names(services)})
        if command not in WITHOUT_TABLES and not services.postgres.has_tables():
            _prepare(command, services)
        yield
        _wait_for_users(services)
    finally:
        services.stop()
        services.folder.leave()


def _start_or_join(services: Services) -> bool:
    """True: started, and ours to stop. False: those of a running `make run` or command are used."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            services.start()
            return True
        except AlreadyRunning as error:
            environ = error.info.get("environ")
            if isinstance(environ, dict) and services.folder.join():
                if services.folder.info() == error.info:
                    _adopt(environ)
                    return False
                services.folder.leave()
            if time.monotonic() > end:
                raise
            time.sleep(0.2)  # its holder is just starting or stopping


def _adopt(values: dict[str, str]) -> None:
    for name, value in values.items():
        os.environ.setdefault(name, value)


def _local_names(services: Services) -> dict[str, str]:
    return {name: os.environ[name] for name in defaults(services.folder, os.environ) | services.environ()}


def _prepare(command: str, services: Services) -> None:
    tell("Lần đầu trên máy này: đang tạo cơ sở dữ liệu …")
    env = {**os.environ, **programs.interpreter_environ()}
    preparation.migrate(env, services.folder)
    if command != "seed_demo" and is_demo(env):
        preparation.seed_demo(env, services.folder)


def _wait_for_users(services: Services) -> None:
    """Another command came to use these services: let it finish first."""
    told = False
    while not services.folder.close_to_users():
        if not told:
            tell("Đang chờ một lệnh khác dùng xong cơ sở dữ liệu …")
            told = True
        time.sleep(0.2)
