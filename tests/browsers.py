"""Which browser the tests drive: Debian's Chromium, or another of the same kind."""

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def launch_options():
    """For Playwright's `launch`."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {"executable_path": found} if found else {}
