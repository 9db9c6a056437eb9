"""All components together, in a browser: they fit a phone, axe finds nothing, no inline style or script is asked for."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from agencies.models import Role
from tests.browsers import launch_options
from tests.ui.conftest import serve
from tests.ui.samples import as_page, gallery


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture
def html(db):
    return as_page("components/gallery.html", Role.STAFF, gallery())


@pytest.mark.parametrize("width", [360, 1280])
def test_the_components_fit(page, html, width):
    page.set_viewport_size({"width": width, "height": 900})
    serve(page, html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_components_are_accessible(page, html):
    serve(page, html)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:100] for node in each["nodes"]]) for each in found] == []


def test_nothing_breaks_the_policy(page, html):
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    serve(page, html)
    assert complaints == []
