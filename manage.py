#!/usr/bin/env python3
"""The commands of the product. Without servers in the environment they use those of this machine."""

import importlib.util
import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
VENV = BASE_DIR / ".venv"


def use_own_python() -> None:
    """Go on with the interpreter of .venv when this one has no Django."""
    if all(importlib.util.find_spec(package) for package in ("django", "celery")):
        return
    python = VENV / "bin" / "python"
    if Path(sys.prefix).resolve() == VENV.resolve() or not os.access(python, os.X_OK):
        sys.exit("Chưa cài các gói Python của chương trình. Xin gõ: make run (hoặc make setup để chỉ cài đặt)")
    os.execv(python, [str(python), *sys.argv])


def main() -> None:
    use_own_python()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kttt_tracker.settings")
    from django.core.management import execute_from_command_line

    from kttt_tracker.local.command import services_for
    from kttt_tracker.local.errors import LocalError

    try:
        with services_for(sys.argv):
            execute_from_command_line(sys.argv)
    except LocalError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
