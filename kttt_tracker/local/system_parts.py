"""The parts that pip cannot install: shared libraries, fonts, a browser for the tests.

Runs before anything is installed, as a script, so it uses the standard library only. It looks for
the parts themselves, not for packages: they may have come from anywhere.
"""

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

FONT = "LiberationSerif-Regular.ttf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Part(NamedTuple):
    """A part by the name that a person would look for, its Debian package, and how to see it."""

    name: str
    package: str
    present: Callable[[], bool]
    tests_only: bool = False


def has_library(soname: str) -> Callable[[], bool]:
    def look() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return look


def has_font() -> bool:
    """Whether Liberation 2 is here: 1.07, which Debian 12 still calls fonts-liberation, lacks half of Vietnamese."""
    home = Path.home()
    folders = ["/usr/share/fonts", "/usr/local/share/fonts", f"{home}/.fonts", f"{home}/.local/share/fonts"]
    return any(font_version(file) >= 2 for folder in folders for file in Path(folder).rglob(FONT))


def font_version(file: Path) -> float:
    """`fontRevision` of a TrueType file, from its table "head"; 0 for what cannot be read."""
    try:
        data = file.read_bytes()
        for entry in range(12, 12 + 16 * int.from_bytes(data[4:6]), 16):
            if data[entry : entry + 4] == b"head":
                start = int.from_bytes(data[entry + 8 : entry + 12])
                return int.from_bytes(data[start + 4 : start + 8]) / 65536
    except OSError:
        pass
    return 0


def font_package() -> str:
    """The Debian package of Liberation 2: Debian before 13 and Ubuntu before 24.04 call 1.07 fonts-liberation."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "fonts-liberation"
    about = {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}
    renamed_in = {"debian": 13.0, "ubuntu": 24.04}.get(about.get("ID", ""), 0)
    return "fonts-liberation2" if float(about.get("VERSION_ID") or "99") < renamed_in else "fonts-liberation"


def has_browser() -> bool:
    return any(map(shutil.which, BROWSERS))


def has_office(module: str) -> Callable[[], bool]:
    """Whether LibreOffice is here with this module of it ("sw": Writer, "sc": Calc); each is a package of its own."""

    def look() -> bool:
        program = shutil.which("soffice")
        return bool(program) and (Path(str(program)).resolve().parent / f"lib{module}lo.so").exists()

    return look


def has_venv() -> bool:
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


PARTS = (
    Part("venv của Python", "python3-venv", has_venv),
    Part("Pango", "libpango-1.0-0", has_library("libpango-1.0.so.0")),
    Part("Pango FT2", "libpangoft2-1.0-0", has_library("libpangoft2-1.0.so.0")),
    Part("HarfBuzz subset", "libharfbuzz-subset0", has_library("libharfbuzz-subset.so.0")),
    Part("phông chữ Liberation 2", font_package(), has_font),
    Part("trình duyệt Chromium", "chromium", has_browser, tests_only=True),
    Part("LibreOffice Writer", "libreoffice-writer-nogui", has_office("sw"), tests_only=True),
    Part("LibreOffice Calc", "libreoffice-calc-nogui", has_office("sc"), tests_only=True),
    Part("libatomic", "libatomic1", has_library("libatomic.so.1"), tests_only=True),
)


def missing(tests: bool) -> list[Part]:
    return [part for part in PARTS if (tests or not part.tests_only) and not part.present()]


def apt_prefix() -> list[str]:
    """How this user may install packages: directly, by sudo without a password, or not at all ([])."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["env"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "env"]
    return []


def install(prefix: list[str], packages: list[str]) -> bool:
    """Whether apt-get installed them; a stale or absent package list is refreshed first."""
    apt = [*prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    steps = ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages])
    return [subprocess.run(step, stdout=subprocess.DEVNULL, check=False).returncode for step in steps][-1] == 0


def by_hand(parts: list[Part]) -> str:
    """The one thing to type where we may not install."""
    names = ", ".join(part.name for part in parts)
    if not shutil.which("apt-get"):
        return f"Máy còn thiếu: {names}.\nXin cài các thành phần ấy bằng trình quản lý gói của máy, rồi chạy lại."
    sudo = "" if os.geteuid() == 0 else "sudo "
    packages = " ".join(part.package for part in parts)
    return (
        f"Máy còn thiếu: {names}. Xin gõ lệnh sau (cần quyền quản trị), rồi chạy lại:\n\n"
        f"    {sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Tìm và cài các thành phần hệ thống còn thiếu.")
    parser.add_argument("--tests", action="store_true", help="kể cả những thứ để chạy kiểm thử")
    tests = parser.parse_args().tests
    parts = missing(tests)
    if parts and (prefix := apt_prefix()):
        names = ", ".join(part.name for part in parts)
        print(f"Đang cài thành phần hệ thống: {names} (có thể mất vài phút) …", flush=True)
        install(prefix, [part.package for part in parts])
        parts = missing(tests)
    if parts:
        print(by_hand(parts), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
