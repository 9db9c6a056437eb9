"""A real browser on the whole stack: gunicorn, worker, beat, PostgreSQL, Redis and a mail server, as `make run` starts them."""

import re
import threading

import pytest
from playwright.sync_api import expect

from kttt_tracker.local.stack import Stack
from tests import services
from tests.browser.working_month import seats, sit_down, size  # noqa: F401
from tests.browsers import launch_options
from tests.directives.conftest import (  # noqa: F401
    agency,
    day,
    directive,
    district,
    group,
    leader,
    liaison,
    make_assignment,
    make_task,
    month,
    november,
    other_agency,
    staff,
    standing,
    stranger,
)
from tests.directives.test_closing import following  # noqa: F401
from tests.directives.test_groups import given  # noqa: F401

PASSWORD = "htx-quangtri-2023"
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """The demonstration on its training day, told afresh for each module."""
    with Stack(services.fill(tmp_path_factory.mktemp("trình duyệt") / "var"), durable=False) as running:
        stop = threading.Event()
        yield running
        stop.set()


@pytest.fixture
def opened(stack, browser):
    """Opens a browser in which nobody has signed in; what it complains about fails the test."""
    contexts = []

    def enter(**options):
        context = browser.new_context(locale="vi-VN", base_url=stack.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: page.complaints.append(line.text) if _is_complaint(line) else None)
        return page

    yield enter
    for context in contexts:
        for page in context.pages:
            assert page.complaints == []
        context.close()


@pytest.fixture
def sign_in(opened):
    """Opens a browser of its own for a person."""

    def enter(username, **options):
        page = opened(**options)
        page.goto("/dang-nhap/")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        return page

    return enter


def _is_complaint(line):
    """Errors and broken policies; a form that is refused answers 422, which the console reports too."""
    return line.type == "error" and not re.search(r"status of (422|404)", line.text)
