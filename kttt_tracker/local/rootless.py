"""PostgreSQL refuses to run as root; these prefixes let root start it all the same."""

import functools
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from kttt_tracker.local.errors import LocalError

MAPPED_UID = "1000"
# Where no user namespace may be made (most containers), the server runs as nobody. It keeps one
# capability of root: to pass through folders such as /root, where the checkout may lie.
CAPABILITY = "+dac_override"


@functools.cache
def _namespace() -> list[str]:
    prefix = ["unshare", "--user", f"--map-user={MAPPED_UID}", f"--map-group={MAPPED_UID}"]
    return prefix if _works(prefix) else []


@functools.cache
def _other_user() -> list[str]:
    nobody = pwd.getpwnam("nobody")
    prefix = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    capable = [*prefix, f"--inh-caps={CAPABILITY}", f"--ambient-caps={CAPABILITY}"]
    for choice in (capable, prefix):
        if _works(choice):
            return choice
    raise LocalError(
        "PostgreSQL không chạy dưới tên root, và máy này không cho đổi người dùng.\n"
        "Xin chạy lại dưới tên một người dùng thường."
    )


def command_prefix(death_signal: signal.Signals | None = None) -> list[str]:
    """What to put before a command of PostgreSQL: nothing for an ordinary user."""
    if os.geteuid() != 0:
        return []
    if namespace := _namespace():
        return namespace
    # Changing the user forgets the parent-death signal: setpriv asks for it again.
    return [*_other_user(), *([f"--pdeathsig={death_signal.name[3:]}"] if death_signal else [])]


def give_away(*paths: Path) -> None:
    """Hand files to the user that the server will run as. Does nothing when they are its already."""
    if os.geteuid() != 0:
        return
    uid = 0 if _namespace() else pwd.getpwnam("nobody").pw_uid
    for path in paths:
        if path.stat().st_uid != uid:
            subprocess.run(["chown", "-R", f"{uid}:{uid}", "--", str(path)], check=True)


def _works(prefix: list[str]) -> bool:
    if not shutil.which(prefix[0]):
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
