"""Setting up a fresh machine: what is missing, what is installed, whose folder it is."""

import json
import os
import subprocess
import sys

import pytest

from kttt_tracker.local import bootstrap, system_parts
from tests.local.conftest import BASE_DIR


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout; pip is replaced by a note of what it was asked to install."""
    asked = []
    monkeypatch.setattr(bootstrap, "BASE_DIR", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.json")
    monkeypatch.setattr(bootstrap, "pip_install", lambda lock: asked.append(lock.stem))
    monkeypatch.delenv("KTTT_VAR", raising=False)
    (tmp_path / "requirements").mkdir()
    write_lock(tmp_path, "local", "django==5.2.19")
    write_lock(tmp_path, "dev", "django==5.2.19", "pytest==9.0")
    return tmp_path, asked


def write_lock(folder, name, *lines):
    body = "".join(f"{line} \\\n    --hash=sha256:00\n    # via x==9\n" for line in lines)
    (folder / "requirements" / f"{name}.lock").write_text(body)


def test_a_lock_is_installed_once_and_the_larger_one_serves_the_smaller(checkout):
    _, asked = checkout
    bootstrap.bootstrap("local")
    bootstrap.bootstrap("local")
    bootstrap.bootstrap("dev")
    bootstrap.bootstrap("dev")
    bootstrap.bootstrap("local")
    assert asked == ["local", "dev"]


def test_a_changed_lock_is_installed(checkout):
    folder, asked = checkout
    bootstrap.bootstrap("dev")
    write_lock(folder, "local", "django==5.2.20")
    bootstrap.bootstrap("local")
    bootstrap.bootstrap("dev")
    assert asked == ["dev", "local", "dev"]


def test_an_interrupted_install_is_done_again(checkout, monkeypatch):
    _, asked = checkout

    def interrupted(lock):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "pip_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.bootstrap("local")
    bootstrap.bootstrap("local")
    assert asked == ["local"]


def test_an_environment_of_another_python_is_made_anew(checkout):
    folder, asked = checkout
    bootstrap.bootstrap("local")
    stamp = folder / ".venv" / "installed.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"python": [3, 7]}))
    (folder / ".venv" / "bin" / "python").unlink()
    (folder / ".venv" / "bin" / "python").symlink_to("/không/còn/python3.7")
    bootstrap.bootstrap("local")
    assert asked == ["local", "local"]
    assert bootstrap.usable_venv()


def test_the_real_locks_pin_every_package_with_a_hash_and_name_no_host():
    for name in ("server", "local", "dev"):
        text = (BASE_DIR / "requirements" / f"{name}.lock").read_text()
        assert len(bootstrap.pins(BASE_DIR / "requirements" / f"{name}.lock")) > 40
        assert "--hash=sha256:" in text
        assert "://" not in text
    server, local, dev = (bootstrap.pins(BASE_DIR / f"requirements/{n}.lock") for n in ("server", "local", "dev"))
    assert server.items() <= local.items() <= dev.items()


def test_a_folder_of_another_user_is_refused_with_what_to_type(checkout, monkeypatch):
    folder, asked = checkout
    (folder / "var").mkdir()
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: os.stat(folder).st_uid + 4242)
    with pytest.raises(bootstrap.Refused, match=r"(?s)do người dùng.*chown -R"):
        bootstrap.bootstrap("local")
    assert asked == []


def test_a_pip_that_fails_shows_its_last_words(tmp_path):
    (tmp_path / "pip.log").write_text("một\nhai\nERROR: no matching distribution")
    assert "kiểm tra mạng" in bootstrap._pip_failed(tmp_path / "pip.log")
    assert "no matching distribution" in bootstrap._pip_failed(tmp_path / "pip.log")


def part(name, present, tests_only=False):
    return system_parts.Part(name, f"lib{name}", lambda: present, tests_only)


def test_only_what_is_missing_is_asked_for(monkeypatch):
    parts = (part("a", True), part("b", False), part("c", False, tests_only=True))
    monkeypatch.setattr(system_parts, "PARTS", parts)
    assert [p.name for p in system_parts.missing(tests=False)] == ["b"]
    assert [p.name for p in system_parts.missing(tests=True)] == ["b", "c"]


@pytest.mark.parametrize(("uid", "command"), [(0, "    apt-get update"), (1000, "    sudo apt-get update")])
def test_who_may_not_install_gets_one_line_to_type(monkeypatch, uid, command):
    monkeypatch.setattr(system_parts.os, "geteuid", lambda: uid)
    monkeypatch.setattr(system_parts.shutil, "which", lambda name: f"/usr/bin/{name}")
    message = system_parts.by_hand([part("pango", False)])
    assert command in message
    assert message.rstrip().endswith("libpango")


def test_the_libraries_are_looked_for_themselves():
    assert system_parts.has_library("libc.so.6")()
    assert not system_parts.has_library("libkhông-có.so.9")()


def test_an_office_without_its_writer_is_not_enough(tmp_path, monkeypatch):
    program = tmp_path / "program" / "soffice"
    program.parent.mkdir()
    program.touch(mode=0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "soffice").symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert not system_parts.has_office("sw")()
    (program.parent / "libswlo.so").touch()
    assert system_parts.has_office("sw")()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not system_parts.has_office("sw")()


@pytest.mark.parametrize("script", ["bootstrap.py", "system_parts.py"])
def test_the_scripts_import_nothing_but_the_standard_library(script):
    """-S: no site-packages at all, as on a fresh machine."""
    path = BASE_DIR / "kttt_tracker" / "local" / script
    code = f"import runpy; runpy.run_path({str(path)!r}, run_name='x')"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_an_old_liberation_is_not_enough(tmp_path):
    """1.07 lacks ơ, ư, ộ …: the report would mix two faces."""
    head = b"\0\1\0\0" + (1).to_bytes(2) + bytes(6) + b"head" + bytes(4) + (28).to_bytes(4) + bytes(4)
    font = tmp_path / "LiberationSerif-Regular.ttf"
    font.write_bytes(head + bytes(4) + round(1.07 * 65536).to_bytes(4))
    assert 1 < system_parts.font_version(font) < 2
    assert system_parts.font_version(tmp_path / "none.ttf") == 0
    assert system_parts.font_package() in ("fonts-liberation", "fonts-liberation2")
