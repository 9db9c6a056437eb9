"""The guide that is committed is what the running demonstration says today."""

import pytest

from kttt_tracker.local.stack import Stack
from tests import services
from tests.guide.book import FOLDER
from tests.guide.papers import trust
from tests.guide.stories import write


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    from tests.browsers import launch_options

    return {**browser_type_launch_args, **launch_options()}


def test_the_guide_is_what_the_pages_say(browser, tmp_path):
    """Every button and heading that it names is there, and every step works. Else: `make guide`, and read it."""
    root, roots = services.fill(tmp_path / "var"), trust(tmp_path / "roots")
    with Stack(root, env=roots, durable=False) as stack:
        for name, text in write(browser, stack.url, with_pictures=False):
            assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == text, f"{name}.md is old: run `make guide`"
            for picture in range(1, text.count("](hinh/") + 1):
                assert (FOLDER / "hinh" / f"{name}-{picture}.png").exists()
