"""The trial in its short form: the whole of `make chaos`, with fewer people and fewer faults."""

import json
import subprocess
import sys

from tests import services
from tests.local.conftest import BASE_DIR, clean_environ

SHORT = {
    "reminders": 200,
    "kills": 3,  # and one over the planning
    "stops": 4,
    "redis": 1,
    "postgres": 1,
    "haste": 2400,
    # Slow answers make few mails last long enough for the faults to fall between them.
    "slowest": 0.15,
}


def test_no_reminder_is_lost_and_none_is_repeated_without_a_crash(tmp_path):
    root = services.fill(tmp_path / "var")
    words = [f"--{name}={value}" for name, value in {**SHORT, "root": root, "out": tmp_path}.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *words], cwd=BASE_DIR, env=clean_environ(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    parts = json.loads((tmp_path / "seed-1.json").read_text())["parts"]
    for part in parts.values():
        assert part["owed"] == part["arrived"] + part["settled"] == SHORT["reminders"]
        assert part["refused"]
    assert [what for what, _ in parts["killed"]["went_on_after"]].count("lose_redis") == 1
    assert len(parts["stopped"]["polite"]) == SHORT["stops"]
    assert parts["stopped"]["repeats"] == 0
