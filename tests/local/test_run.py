"""`make run` and `manage.py` as a person starts them: words, ports, Ctrl-C, kill -9."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading

import pytest

from kttt_tracker.local.command import needs_database
from tests.local.conftest import BASE_DIR, clean_environ, eventually, processes_of, start_python


class Running:
    """`python -m kttt_tracker.local.run` with what it has said so far."""

    def __init__(self, root, *options):
        self.process = start_python(
            "-m", "kttt_tracker.local.run", *options, env=clean_environ(KTTT_VAR=str(root)), start_new_session=True
        )
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, words, timeout=240):
        assert eventually(lambda: words in self.said or self.process.poll() is not None, timeout), self.said
        assert words in self.said, self.said
        return self

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def data(module_root):
    """One data folder for the whole module: each start after the first finds what was there."""
    yield module_root
    assert eventually(lambda: not processes_of(module_root)), processes_of(module_root)


def test_it_says_where_it_runs_and_ctrl_c_ends_everything(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = Running(data, "--port", str(port)).wait_for("Mời mở: http://127.0.0.1:")
    assert f"Cổng {port} đang có chương trình khác dùng" in run.said
    address = re.search(r"Mời mở: (\S+)", run.said)[1]
    assert "thuongtruc" in run.said, "the demonstration accounts"

    second = Running(data).wait_for("đang chạy sẵn")
    assert address in second.said
    assert second.process.wait(20) == 1

    assert run.end(signal.SIGINT) == 0
    assert "Đã dừng hết" in run.said
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def test_it_starts_again_after_a_kill_and_sigterm_ends_everything(data):
    run = Running(data, "--port", "0").wait_for("Mời mở")
    os.kill(run.process.pid, signal.SIGKILL)
    again = Running(data, "--port", "0").wait_for("Mời mở")
    assert again.end(signal.SIGTERM) == 0
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def test_a_child_that_cannot_start_shows_its_last_lines(data, tmp_path):
    env = clean_environ(KTTT_VAR=str(data), KTTT_WEB_WORKERS="nhiều")
    done = subprocess.run(
        [sys.executable, "-m", "kttt_tracker.local.run", "--port", "0"],
        cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 1
    assert "--- web" in done.stderr
    assert "nhiều" in done.stderr
    assert "Traceback" not in done.stderr


def manage(*argv, **env):
    command = [sys.executable, "manage.py", *argv]
    return subprocess.run(command, cwd=BASE_DIR, env=clean_environ(**env), capture_output=True, text=True, timeout=300)


def test_a_command_alone_starts_and_stops_the_services(data):
    code = "import sys; from django.conf import settings; print(settings.TODAY)"
    done = manage("shell", "--no-imports", "-c", code, KTTT_VAR=str(data))
    assert done.stdout.strip() == "2023-11-20", done.stderr
    assert eventually(lambda: not processes_of(data)), processes_of(data)


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("migrate", True),
        ("plan_reminders --day 2023-11-20", True),
        ("check --database default", True),
        ("shell", True),
        ("", False),
        ("help", False),
        ("migrate --help", False),
        ("read_notice f.txt", False),
        ("collectstatic --noinput", False),
        ("check", False),
        ("makemessages", False),
    ],
)
def test_which_commands_want_a_database(line, needs):
    assert needs_database(["manage.py", *line.split()]) is needs


def test_without_a_database_nothing_is_started(tmp_path):
    done = manage("version", KTTT_VAR=str(tmp_path / "var"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "var").exists()


def test_an_interpreter_without_the_packages_is_told_what_to_type(tmp_path):
    (tmp_path / "manage.py").write_text((BASE_DIR / "manage.py").read_text())
    done = subprocess.run([sys.executable, "-S", "manage.py", "version"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "make run" in done.stderr
