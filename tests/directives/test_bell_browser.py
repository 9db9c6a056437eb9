"""The bell in a browser: counted, reached by keyboard, opened, and old once it has been looked at."""

from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import expect

from directives.models import ChannelName, Reminder
from directives.reminders.plan import plan_reminders
from tests.browsers import launch_options

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = "**/thong-bao/da-xem/"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture
def opened(transactional_db, live_server, browser, settings, day, liaison, make_assignment):
    """The liaison's browser with two new notices; what a script or the policy complains about fails the test."""
    settings.TODAY = day
    for position, deadline in enumerate((date(2023, 11, 22), date(2023, 11, 1)), 1):
        make_assignment("dated", deadline=deadline, position=position)
    plan_reminders(day)
    client, wrong = Client(), []
    client.force_login(liaison)
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN", base_url=live_server.url)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.goto("/vang-mat/")
    yield page
    context.close()
    assert wrong == []


def new():
    return Reminder.objects.by(ChannelName.BELL).owed().count()


def bell(page):
    return page.locator(".masthead .bell")


def test_counted_reached_by_keyboard_opened_and_counted_no_more_on_the_next_page(opened):
    expect(bell(opened)).to_have_accessible_name("2 thông báo chưa xem")
    for _ in range(10):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.className") == "bell":
            break
    with opened.expect_response(SEEN):
        opened.keyboard.press("Enter")
        expect(opened.locator(".told__new")).to_have_count(2)
        assert opened.evaluate("document.documentElement.scrollWidth") == 360
    opened.goto("/vang-mat/")
    expect(bell(opened)).to_have_accessible_name("Thông báo")
    assert new() == 0


def test_whoever_leaves_at_once_has_seen_nothing(opened):
    opened.clock.install()
    opened.goto("/thong-bao/")
    opened.clock.run_for(1_500)
    opened.goto("/vang-mat/")
    opened.clock.run_for(5_000)
    expect(bell(opened)).to_have_accessible_name("2 thông báo chưa xem")
    assert new() == 2


def test_the_button_does_it_at_once_and_stays_on_the_page(opened):
    opened.goto("/thong-bao/")
    opened.get_by_role("button", name="Đánh dấu đã xem tất cả").click()
    expect(opened.locator(".told__new")).to_have_count(0)
    expect(bell(opened)).to_have_accessible_name("Thông báo")
    expect(opened.get_by_role("heading", name="Quá hạn")).to_be_visible()
    assert new() == 0


def test_a_line_leads_to_the_form(opened):
    opened.goto("/thong-bao/")
    opened.get_by_role("link", name="rà soát chính sách").first.click()
    opened.wait_for_url("**/bao-cao/")
