"""`make guide`: starts the demonstration, walks through every story, writes pages and pictures."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kttt_tracker.local.stack import Stack
from tests.browsers import launch_options
from tests.guide.book import FOLDER
from tests.guide.papers import trust
from tests.guide.stories import write

if __name__ == "__main__":
    for old in (FOLDER / "hinh").glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        root = Path(folder)
        with Stack(root / "var", env=trust(root / "roots"), durable=False) as stack:
            for name, text in write(browser, stack.url, with_pictures=True):
                (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
                sys.stdout.write(f"docs/huong-dan/{name}.md\n")
        browser.close()
