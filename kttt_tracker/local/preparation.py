"""What must be done before the programs start: tables, static files, the demonstration."""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from kttt_tracker.local import programs
from kttt_tracker.local.defaults import BASE_DIR
from kttt_tracker.local.errors import LocalError
from kttt_tracker.local.folder import Folder, write_private
from kttt_tracker.local.process import last_lines

LIMIT = 900.0


def migrate(env: Mapping[str, str], folder: Folder) -> None:
    _run("migrate", ["sh", str(BASE_DIR / "deploy/migrate.sh")], env, folder)


def collect_static(env: Mapping[str, str], folder: Folder) -> None:
    """Only when a style sheet, a script or a package has changed since the last time."""
    stamp, now = folder.run / "static.stamp", _static_digest()
    if (folder.root / "static").is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    _run("collectstatic", [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear"], env, folder)
    write_private(stamp, now)


def seed_demo(env: Mapping[str, str], folder: Folder) -> str:
    """Load the demonstration where it is missing; what the command says about its accounts."""
    return _run("seed_demo", [sys.executable, "manage.py", "seed_demo"], env, folder)


def _run(name: str, argv: list[str], env: Mapping[str, str], folder: Folder) -> str:
    process = programs.once(name, argv, env, folder)
    process.start()
    try:
        finished = process.wait(LIMIT)
    finally:
        code = process.exit_code
        process.kill()
    if not finished or code:
        raise LocalError(
            f"Bước «{name}» không xong (mã {code}); xem «{process.log}». Những dòng cuối:\n{process.tail()}"
        )
    return last_lines(process.log, count=200)


def _static_digest() -> str:
    sources = [*(BASE_DIR / "static").rglob("*"), *_package_marks()]
    facts = (f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sorted(sources) if path.is_file())
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _package_marks() -> list[Path]:
    """Static files come from packages too, and these change with the installed set."""
    return [*(BASE_DIR / "requirements").glob("*.lock"), BASE_DIR / "kttt_tracker" / "assets.py"]
