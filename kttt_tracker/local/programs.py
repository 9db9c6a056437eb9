"""The programs of the product and how each is started: by the scripts that real servers use too."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from kttt_tracker.local.defaults import BASE_DIR
from kttt_tracker.local.folder import Folder
from kttt_tracker.local.process import Process

SCRIPTS = {"web": "deploy/web.sh", "worker": "deploy/worker.sh", "beat": "deploy/beat.sh"}
# When its owner was killed its Redis is gone too, and a worker that shuts down in good order waits for it for ever
# (Celery's last heartbeat is sent again and again). Rows say what is owed; its processes end with it by themselves.
DEATH_SIGNALS = {"worker": signal.SIGKILL}


def script(name: str, env: Mapping[str, str], folder: Folder) -> Process:
    """A program run by a script of deploy/."""
    return Process(
        name,
        ["sh", str(BASE_DIR / SCRIPTS[name])],
        log=folder.log / f"{name}.log",
        cwd=BASE_DIR,
        env=env,
        death_signal=DEATH_SIGNALS.get(name, signal.SIGTERM),
    )


def mail_sink(target: Path, port: int, env: Mapping[str, str], folder: Folder) -> Process:
    return Process(
        "mail",
        [sys.executable, "-m", "kttt_tracker.local.mail_sink", str(target), str(port)],
        log=folder.log / "mail.log",
        cwd=BASE_DIR,
        env=env,
    )


def once(name: str, argv: list[str], env: Mapping[str, str], folder: Folder) -> Process:
    """A command that ends by itself, with its output in a log of its own, fresh each time."""
    log = folder.log / f"{name}.log"
    log.unlink(missing_ok=True)
    return Process(name, argv, log=log, cwd=BASE_DIR, env=env, grace=2)


def interpreter_environ() -> dict[str, str]:
    """The scripts call `$PYTHON`: this very interpreter."""
    return {
        "PYTHON": sys.executable,
        "PYTHONUNBUFFERED": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
