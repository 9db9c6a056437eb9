"""The folder of one machine's data: who owns it, who runs in it, its secrets."""

import fcntl
import json
import os
import pwd
import secrets
import time
from pathlib import Path
from typing import IO, Any

from kttt_tracker.local.errors import AlreadyRunning, LocalError


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


class Folder:
    """`var/` or a test's folder: data, logs, secrets, and `run/` for whoever runs in it now."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root).resolve()
        self.log = self.root / "log"
        self.run = self.root / "run"
        self._lock: IO[str] | None = None
        self._joined: IO[str] | None = None

    def prepare(self) -> None:
        """Make the folder; refuse one that belongs to another user, who could not use it after us."""
        self.root.mkdir(parents=True, exist_ok=True)
        owner = self.root.stat().st_uid
        if owner != os.geteuid():
            raise LocalError(self._foreign(user_name(owner), user_name(os.geteuid())))
        for folder in (self.log, self.run):
            folder.mkdir(mode=0o700, exist_ok=True)

    def _foreign(self, owner: str, me: str) -> str:
        return (
            f"Thư mục dữ liệu «{self.root}» do người dùng «{owner}» tạo, còn bạn là «{me}».\n"
            f"Xin đăng nhập lại là «{owner}», hoặc nhận thư mục về mình bằng lệnh:\n"
            f"    {'' if me == 'root' else 'sudo '}chown -R {me}: '{self.root}'"
        )

    def secret(self, name: str) -> str:
        """A random secret of this folder, made when first asked for."""
        path = self.root / "secrets" / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
            path.parent.chmod(0o700)
        return path.read_text().strip()

    # One holder at a time. The kernel lets the lock go however the holder ends.

    def try_lock(self) -> bool:
        if self._lock is None:
            self._lock = _locked(self.run / "lock", fcntl.LOCK_EX)
        return self._lock is not None

    def lock(self, patience: float = 0) -> None:
        """Become the holder, or raise AlreadyRunning with what the present holder says of itself."""
        end = time.monotonic() + patience
        while not self.try_lock():
            if time.monotonic() >= end:
                info = self.info()
                where = info.get("url") or f"tiến trình {info.get('pid', '?')}"
                raise AlreadyRunning(f"Chương trình đang chạy sẵn trên thư mục «{self.root}»: {where}", info)
            time.sleep(0.1)

    def unlock(self) -> None:
        if self._lock:
            (self.run / "services.json").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def publish(self, info: dict[str, Any]) -> None:
        """Tell others how to reach what runs here (passwords included, so only the owner reads it)."""
        write_private(self.run / "services.json", json.dumps({"pid": os.getpid(), **info}, indent=1))

    def info(self) -> dict[str, Any]:
        """What the holder published; {} when there is none. Without a holder it tells of a crash."""
        try:
            info = json.loads((self.run / "services.json").read_text())
        except (OSError, ValueError):
            return {}
        return info if isinstance(info, dict) else {}

    # Commands may use the services of another; a holder that is itself a command waits for them.

    def join(self) -> bool:
        """Be counted as a user of the services that run here; False when they are being stopped."""
        self._joined = _locked(self.run / "users", fcntl.LOCK_SH)
        return self._joined is not None

    def leave(self) -> None:
        if self._joined:
            self._joined.close()
            self._joined = None

    def close_to_users(self) -> bool:
        """Keep new users out; False while somebody still uses the services."""
        if self._joined is None:
            self._joined = _locked(self.run / "users", fcntl.LOCK_EX)
        return self._joined is not None


def _locked(path: Path, kind: int) -> IO[str] | None:
    file = path.open("a")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
