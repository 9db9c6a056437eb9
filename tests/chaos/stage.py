"""The real programs of the trial, in a folder of its own, and what can befall them."""

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from kttt_tracker.local import preparation, programs
from kttt_tracker.local.defaults import BASE_DIR, others
from kttt_tracker.local.net import free_port
from kttt_tracker.local.process import Process
from kttt_tracker.local.services import Services
from tests.chaos.world import DAY
from tests.services import FIXED

POLITE = 30.0  # seconds in which a worker that was asked to stop must have ended


class Mails:
    """What the mail server wrote down so far."""

    def __init__(self, path):
        self.path = path
        self.path.touch()
        self._file = path.open()
        self._rest = ""
        self.found = []
        self.ids = set()

    def look(self):
        """Read on; gives how many different mails were kept."""
        *lines, self._rest = (self._rest + self._file.read()).split("\n")
        new = [json.loads(line) for line in lines]
        self.found += new
        self.ids.update(mail["id"] for mail in new if "id" in mail)
        return len(self.ids)


class Stage:
    """PostgreSQL, Redis, a mail server, a worker and two schedulers; a context manager.

    `root` may hold a database that is migrated already. `environ` is what the programs see.
    """

    def __init__(self, root, *, processes=2, haste=1, beats=2):
        self.services = Services(Path(root))
        self.processes, self.haste, self.beats = processes, haste, beats
        self.crashes = []
        self.polite = []
        self.deaths = []
        self.mail = self.mails = None

    def __enter__(self):
        self.services.start()
        try:
            self._prepare()
        except BaseException:
            self.services.stop()
            raise
        return self

    def __exit__(self, *_):
        for process in (*self.schedulers, self.worker, self.mail):
            if process:
                process.kill()
        self.services.stop()

    def _prepare(self):
        folder = self.services.folder
        self.mail_port = free_port()
        self.environ = {
            **others(),
            **programs.interpreter_environ(),
            **FIXED,
            "DJANGO_SETTINGS_MODULE": "kttt_tracker.settings",
            **self.services.environ(),
            "KTTT_VAR": str(folder.root),
            "KTTT_TODAY": DAY.isoformat(),
            "KTTT_EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "KTTT_HASTE": str(self.haste),
            "KTTT_WORKER_PROCESSES": str(self.processes),
        }
        if not self.services.postgres.has_tables():
            preparation.migrate(self.environ, folder)
        self.worker = programs.script("worker", self.environ, folder)
        self.schedulers = [self._scheduler(number) for number in range(self.beats)]

    def use(self):
        """Have this process ask the database of the stage and ring through its Redis; what it keeps stays elsewhere."""
        ours = {name: value for name, value in self.environ.items() if name.startswith("KTTT_") and name != "KTTT_VAR"}
        os.environ.update(ours | self.services.environ(), DJANGO_SETTINGS_MODULE=self.environ["DJANGO_SETTINGS_MODULE"])
        import django

        django.setup()

    def _scheduler(self, number):
        """Each with a memory of its own, as two machines would have."""
        own = self.services.folder.root / f"beat-{number}"
        beat = programs.script("beat", {**self.environ, "KTTT_VAR": str(own)}, self.services.folder)
        beat.log = beat.log.with_name(f"beat-{number}.log")
        return beat

    def open_mail(self, name, seed, troubled, slowest, loses_answers):
        """A mail server that begins with an empty book, in the place of the one before."""
        if self.mail:
            self.mail.stop()
        folder = self.services.folder
        self.mails = Mails(folder.root / f"mails-{name}.jsonl")
        words = [self.mails.path, self.mail_port, seed, troubled, slowest, int(loses_answers)]
        argv = [sys.executable, "-m", "tests.chaos.mail_server", *map(str, words)]
        self.mail = Process("mail", argv, log=folder.log / "mail.log", cwd=BASE_DIR, env=self.environ)
        self.mail.start()

    def open(self):
        for process in (self.worker, *self.schedulers):
            process.start()

    def keep_running(self):
        """What has ended by itself is started again, as a service manager does, and counted: nothing should."""
        for process in (self.worker, *self.schedulers, self.mail):
            if not process.running:
                self.deaths.append(process.name)
                process.start()

    def kill(self):
        """SIGKILL to the worker and all its processes; the next one starts at once."""
        self.crashes.append((time.time(), "kill"))
        self.worker.kill()
        self.worker.start()

    def stop(self):
        """A polite stop, as a new version of the program begins with; the next worker starts after it."""
        began = time.monotonic()
        self.worker.ask_to_stop()
        ended = self.worker.wait(POLITE)
        self.polite.append({"seconds": round(time.monotonic() - began, 2), "ended": ended})
        self.worker.kill()
        self.worker.start()

    def stop_group(self):
        """The same asked of every process at once, as systemd does."""
        began = time.monotonic()
        os.killpg(self.worker.pid, signal.SIGTERM)
        ended = self.worker.wait(POLITE)
        self.polite.append({"seconds": round(time.monotonic() - began, 2), "ended": ended, "group": True})
        self.worker.kill()
        self.worker.start()

    def lose_redis(self):
        """Killed, and back with nothing of what it held."""
        redis = self.services.redis
        redis.kill()
        for kept in redis.data.iterdir():
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
        redis.start()

    def restart_postgres(self):
        self._crash_of_postgres(signal.SIGINT)

    def crash_postgres(self):
        """Sessions end at once, and the next start recovers."""
        self._crash_of_postgres(signal.SIGQUIT)

    def _crash_of_postgres(self, number):
        self.crashes.append((time.time(), "postgres"))
        postgres = self.services.postgres
        postgres.signal(number)
        while postgres.running:
            time.sleep(0.02)
        postgres.start()
        self.crashes.append((time.time(), "postgres"))
