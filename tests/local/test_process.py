"""Logs and second lives of children."""

import signal
import sys
from pathlib import Path

import pytest

from kttt_tracker.local.errors import LocalError
from kttt_tracker.local.keeper import LONGEST_PAUSE, Keeper
from kttt_tracker.local.process import Process, last_lines, rotate
from tests.local.conftest import eventually


class FakeChild:
    name = "worker"
    exit_code = -9
    running = True
    fails = False

    def start(self):
        if self.fails:
            raise LocalError("không được")
        self.running = True


def test_a_dead_child_is_started_again_after_a_growing_pause():
    keeper = Keeper(child := FakeChild())
    now, pauses = keeper._started, []
    for _ in range(9):
        child.running = False
        assert "đã dừng (mã -9)" in keeper.check(now)
        planned = keeper._due
        assert keeper.check(planned - 0.01) is None
        assert "đã được khởi động lại" in keeper.check(planned)
        pauses.append(planned - now)
        now = planned
    assert pauses == sorted(pauses)
    assert (round(pauses[0], 3), round(pauses[-1], 3)) == (0.5, LONGEST_PAUSE)


def test_a_child_that_ran_well_for_a_while_starts_from_the_first_pause():
    keeper = Keeper(child := FakeChild())
    keeper.deaths = 7
    child.running = False
    keeper.check(keeper._started + 61)
    assert keeper.deaths == 1


def test_a_server_that_will_not_start_is_tried_again():
    keeper = Keeper(child := FakeChild())
    child.running, child.fails = False, True
    keeper.check(now := keeper._started)
    assert "chưa khởi động lại được: không được" in keeper.check(now + 1)
    assert keeper.check(now + 1.1) is not None, "planned once more"


def test_a_grown_log_is_cut_and_one_older_copy_kept(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("x" * 100)
    rotate(log, limit=1000)
    assert log.stat().st_size == 100
    rotate(log, limit=50)
    assert log.stat().st_size == 0
    assert (tmp_path / "web.log.1").stat().st_size == 100


def test_the_last_lines_of_a_log_that_is_not_there():
    assert last_lines(Path("/không/có")) == ""


def shell(tmp_path, script, **options):
    return Process("thử", ["sh", "-c", script], log=tmp_path / "thử.log", cwd=tmp_path, **options)


def test_what_a_child_left_behind_is_ended_with_it(tmp_path):
    child = shell(tmp_path, "sleep 60 & echo $! > pid; wait")
    child.start()
    assert eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
    child.kill()
    grandchild = int((tmp_path / "pid").read_text())
    assert eventually(lambda: not is_alive(grandchild))


def test_a_child_that_ignores_the_request_to_stop_is_ended(tmp_path):
    child = shell(tmp_path, "trap '' TERM; echo ready; while :; do sleep 0.05; done", grace=0.3)
    child.start()
    assert eventually(lambda: "ready" in child.tail())
    child.stop()
    assert child.exit_code == -signal.SIGKILL


@pytest.mark.parametrize("code", [0, 3])
def test_the_exit_code_is_known_before_and_after_reaping(tmp_path, code):
    child = Process("thử", [sys.executable, "-c", f"exit({code})"], log=tmp_path / "log", cwd=tmp_path)
    child.start()
    assert child.wait(10)
    assert child.exit_code == code
    child.kill()
    assert child.exit_code == code


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
