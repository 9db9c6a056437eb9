"""Makes `.venv` and installs a lock file into it; does nothing when that is already done.

Runs before anything is installed, as a script, so it uses the standard library only.
Use: python3 kttt_tracker/local/bootstrap.py local|dev|server
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
SAY_EVERY = 5.0


class Refused(Exception):
    """Its text is a whole message for the person at the keyboard."""


def pins(lock: Path) -> dict[str, str]:
    """name -> version of every package that a lock file names."""
    found = {}
    for line in lock.read_text().splitlines():
        requirement = line.split(";")[0].split("\\")[0].strip()
        if "==" in requirement and not line.startswith((" ", "#", "-")):
            name, version = requirement.split("==")
            found[name.split("[")[0]] = version
    return found


def stamp(installed: dict[str, str]) -> dict[str, object]:
    return {"python": list(sys.version_info[:2]), "pins": installed}


def installed_pins() -> dict[str, str] | None:
    """What the stamp says; None when there is none, or when another Python wrote it."""
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return None
    return found["pins"] if found.get("python") == list(sys.version_info[:2]) else None


def check_owner() -> None:
    """Files made by root are a trap for an ordinary user, and the other way round."""
    me = os.geteuid()
    for path in (VENV, _data_folder()):
        if path.exists() and path.stat().st_uid != me:
            raise Refused(_foreign(path, path.stat().st_uid, me))
    if not VENV.exists() and not os.access(BASE_DIR, os.W_OK):
        raise Refused(
            f"Không được ghi vào thư mục «{BASE_DIR}». Xin chép (git clone) vào thư mục của bạn rồi chạy ở đó."
        )


def _foreign(path: Path, owner: int, me: int) -> str:
    folders = " ".join(f"'{folder}'" for folder in (VENV, _data_folder()) if folder.exists())
    return (
        f"Thư mục «{path}» do người dùng «{_name(owner)}» tạo, còn bạn là «{_name(me)}».\n"
        f"Xin chạy lại dưới tên «{_name(owner)}», hoặc nhận các thư mục ấy về mình bằng lệnh:\n\n"
        f"    {'' if me == 0 else 'sudo '}chown -R {_name(me)}: {folders}\n"
    )


def _data_folder() -> Path:
    return BASE_DIR / os.environ.get("KTTT_VAR", "var")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def usable_venv() -> bool:
    """Whether .venv has this very Python (x.y) and a pip. Looks at the truth, not at the stamp."""
    probe = "import sys, pip; print(*sys.version_info[:2])"
    if not os.access(PYTHON, os.X_OK):
        return False
    try:
        answer = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def make_venv() -> None:
    if usable_venv():
        return
    if VENV.exists():
        print("Môi trường Python cũ (.venv) không còn dùng được; đang tạo lại …", flush=True)
        shutil.rmtree(VENV)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        raise Refused(f"Không tạo được môi trường Python (.venv):\n{done.stdout.decode(errors='replace')}")


def pip_install(lock: Path) -> None:
    """Show that it lives, every few seconds: the first time takes about a minute."""
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "-r", str(lock)]
    log = VENV / "pip.log"
    print("Đang tải và cài các gói Python (lần đầu mất chừng một phút) …", flush=True)
    start = said = time.monotonic()
    with log.open("wb") as output:
        pip = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        while pip.poll() is None:
            time.sleep(0.2)
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                print(f"  … đã {said - start:.0f} giây, {_progress(log)}", flush=True)
    if pip.returncode:
        raise Refused(_pip_failed(log))
    print(f"Đã cài xong các gói Python ({time.monotonic() - start:.0f} giây).", flush=True)


def _progress(log: Path) -> str:
    text = log.read_text(errors="replace")
    if "Installing collected packages" in text:
        return "đang cài"
    return f"đã xem {text.count('Collecting ')} gói"


def _pip_failed(log: Path) -> str:
    end: list[str] = log.read_text(errors="replace").splitlines()[-15:]
    return (
        "Chưa cài được các gói Python. Xin kiểm tra mạng (và cấu hình pip của máy, nếu có), rồi chạy lại.\n"
        f"Nhật ký đầy đủ: {log}\nNhững dòng cuối:\n" + "\n".join(end)
    )


def bootstrap(name: str) -> None:
    check_owner()
    wanted = pins(BASE_DIR / "requirements" / f"{name}.lock")
    have = installed_pins()
    if have is not None and wanted.items() <= have.items() and os.access(PYTHON, os.X_OK):
        return
    make_venv()
    kept = installed_pins() or {}
    STAMP.unlink(missing_ok=True)  # an interrupted install must not look like a finished one
    pip_install(BASE_DIR / "requirements" / f"{name}.lock")
    STAMP.write_text(json.dumps(stamp({**kept, **wanted}), indent=1))


def main() -> int:
    try:
        bootstrap(sys.argv[1])
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng theo ý bạn. Gõ lại lệnh để làm tiếp.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
