"""Excel both ways in a browser: by keyboard alone download, fill in, hand in, read both texts, write."""

import io

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from directives.actions.notes import Said, report_progress
from directives.models import ProgressNote
from tests.browsers import launch_options
from tests.keyboard import Keyboard

from .cast import fill, saved

MOST_KEYS = 45


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(params=[360, 1280])
def page(request, live_server, browser, agency, liaison):
    """The agency's page, of its liaison; what a script complains about fails the test."""
    client, wrong = Client(), []
    client.force_login(liaison)
    context = browser.new_context(
        viewport={"width": request.param, "height": 800}, locale="vi-VN", base_url=live_server.url
    )
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda line: wrong.append(line.text) if line.type == "error" and "422" not in line.text else None
    )
    page.goto(f"/co-quan/{agency.code}/")
    yield page
    context.close()
    assert wrong == []


def test_the_round_trip(page, agency, tasks, liaison, day, tmp_path):
    page.reload()  # now with the tasks
    keyboard = Keyboard(page)
    path = keyboard.download(page.get_by_role("link", name="Tải bảng Excel để điền"))
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    fill(fill(book, 1, result="Trong tệp một"), 2, result="+84 912 345 678", percent=5)
    report_progress(assignment=tasks[0], said=Said(result="Ghi trên trang"), by=liaison, day=day)
    keyboard.open(page.get_by_role("link", name="Nộp bảng Excel"))
    hand_in(keyboard, book, tmp_path)
    expect(page.get_by_text("Dòng 6, ô K6:")).to_be_visible()
    expect(page.get_by_role("button", name="Ghi tất cả")).to_have_count(0)
    neat(page)

    keyboard.open(page.get_by_role("link", name="Nộp lại tệp đã sửa"))
    fill(book, 2, percent=None)
    hand_in(keyboard, book, tmp_path)
    expect(page.get_by_text("Ghi trên trang")).to_be_visible()
    expect(page.get_by_text("Trong tệp một")).to_be_visible()
    neat(page)
    keyboard.tick(page.get_by_label("Vẫn ghi dòng 5"))
    keyboard.open(page.get_by_role("button", name="Ghi tất cả"))
    expect(page.get_by_text("Đã ghi 2 báo cáo từ bảng Excel.")).to_be_visible()
    said = ProgressNote.objects.values_list("result", flat=True)
    assert sorted(said) == ["+84 912 345 678", "Ghi trên trang", "Trong tệp một"]
    assert keyboard.keys <= MOST_KEYS


def hand_in(keyboard, book, folder):
    (folder / "nhiệm vụ.xlsx").write_bytes(saved(book))
    neat(keyboard.page)
    keyboard.attach(keyboard.page.get_by_label("Bảng Excel đã điền"), folder / "nhiệm vụ.xlsx")
    keyboard.open(keyboard.page.get_by_role("button", name="Nộp và xem trước"))


def neat(page):
    """Nothing sticks out sideways, and nothing keeps a screen reader out."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
