"""LibreOffice, for tests that open what people will open in Word or Excel: files in, their PDFs out."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 120


def to_pdfs(files, suffix, to="pdf"):
    """One call for many files (bytes by name): PDFs, or what `to` says, by the same names.

    It starts with nothing of this machine's user.
    """
    with tempfile.TemporaryDirectory(prefix="kttt-office-") as folder:
        home = Path(folder)
        sources = []
        for name, content in files.items():
            sources.append(home / f"{name}{suffix}")
            sources[-1].write_bytes(content)
        _convert(home, sources, to)
        return {name: (home / "out" / f"{name}.{to}").read_bytes() for name in files}


def to_pdf(content, suffix):
    return to_pdfs({"file": content}, suffix)["file"]


def resaved(content, suffix):
    """Opened and saved as what it was."""
    return to_pdfs({"file": content}, suffix, to=suffix.removeprefix("."))["file"]


def _convert(home, sources, to):
    """In a group of processes of its own, so that nothing of it is left behind; it can reach no network."""
    command = [
        *(["unshare", "--net", "--map-root-user"] if _may_unshare() else []),
        shutil.which("soffice") or "soffice",
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", to, "--outdir", str(home / "out")),
        *map(str, sources),
    ]
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    child = subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        said, _ = child.communicate(timeout=SECONDS)
    finally:
        _end_group(child.pid)
        child.communicate()
    assert child.returncode == 0, said


def _may_unshare():
    tried = ["unshare", "--net", "--map-root-user", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0


def _end_group(leader):
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass
