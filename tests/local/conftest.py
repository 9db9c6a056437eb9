"""Folders and helpers of the trials of one machine: real processes, 127.0.0.1 only."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def root(tmp_path):
    """A data folder whose path has spaces and Vietnamese letters, as on people's machines."""
    return tmp_path / "Thư mục của tôi" / "var"


@pytest.fixture(scope="module")
def module_root(tmp_path_factory):
    return tmp_path_factory.mktemp("Thư mục của tôi") / "var"


def processes_of(root):
    """Living processes whose working folder or arguments name this data folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            folder = str((entry / "cwd").readlink())
            environ = (entry / "environ").read_bytes().decode(errors="replace")
        except (OSError, ValueError):
            continue
        if words and any(str(root) in text for text in (words, folder, environ)):
            found.append(f"{entry.name} {words}")
    return found


def eventually(condition, timeout=15.0):
    """Whether the condition comes true in time."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return bool(condition())


def clean_environ(**more):
    """This process's environment without anything that names a database or a choice of the product."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("KTTT_") and not k.endswith("_URL")}
    return {**mine, **more}


def start_python(*argv, env=None, **options):
    return subprocess.Popen(
        [sys.executable, *argv],
        cwd=BASE_DIR,
        env=env or clean_environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
