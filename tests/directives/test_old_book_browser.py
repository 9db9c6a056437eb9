"""An old tracking workbook in a browser, from the file to the undoing: with scripts and without, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from directives.models import Assignment, Directive
from tests.browsers import launch_options

from .old_book_cast import PAPER, REAL, workbook

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = ("5", *PAPER, "Nhiệm vụ của một cơ quan lạ", "Sở Thủy lợi", None, "31/02/2023", None, "theo dõi sau")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture
def desk(transactional_db, live_server, browser, settings, day, staff, agency, other_agency, district):
    """Opens a browser of the staff; what a script or the policy complains about fails the test."""
    settings.TODAY = day
    other_agency.aliases = ["Sở TC"]
    other_agency.save()
    client, wrong, contexts = Client(), [], []
    client.force_login(staff)

    def sit(width=1280, scripts=True):
        size = {"width": width, "height": 900}
        context = browser.new_context(
            viewport=size, locale="vi-VN", base_url=live_server.url, java_script_enabled=scripts
        )
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        # A form that is shown again answers 422, which the browser notes.
        page.on(
            "console", lambda line: wrong.append(line.text) if line.type == "error" and "422" not in line.text else None
        )
        return page

    yield sit
    for context in contexts:
        context.close()
    assert wrong == []


def looked_at(page, name):
    """Nothing runs out of the page, and nothing hinders anybody."""
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_from_the_file_to_the_undoing(desk, width, scripts, pictures=None):
    page = desk(width, scripts)
    look = looked_at if scripts else lambda page, name: None
    take = pictures or (lambda page, name: None)
    file = {"name": "so-theo-doi.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": workbook([*REAL[:-2], WRONG])}

    page.goto("/van-ban/so-cu/")
    take(page, "danh-sach")
    look(page, "Sổ theo dõi cũ")
    page.get_by_role("link", name="Đưa sổ cũ vào").click()
    take(page, "tep")
    look(page, "Đưa sổ theo dõi cũ vào")
    page.get_by_label("Tệp sổ theo dõi").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()

    expect(page.get_by_label("Nội dung nhiệm vụ")).to_have_value("4")
    take(page, "cot")
    look(page, "Ghép cột")
    page.get_by_role("button", name="Tiếp tục: ghép từ ngữ").click()

    take(page, "chu")
    look(page, "Ghép từ ngữ")
    page.get_by_label("“theo dõi sau”").select_option(label="Chưa thực hiện")
    page.get_by_label("“Sở Thủy lợi”").select_option(label="Sở Kế hoạch và Đầu tư")
    page.get_by_role("button", name="Tiếp tục: xem trước").click()

    expect(page.get_by_text("không có ngày “31/02/2023”")).to_be_visible()
    take(page, "xem-truoc")
    look(page, "Xem trước khi đưa vào")
    page.get_by_role("button", name="Đưa 4 dòng vào sổ").click()
    expect(page.get_by_text("Còn dòng có lỗi")).to_be_visible()
    assert not Assignment.objects.exists()
    take(page, "loi")
    page.get_by_label("Không đưa dòng").check()
    page.get_by_role("button", name="Đưa 4 dòng vào sổ").click()

    expect(page.get_by_text("Đã đưa vào sổ 4 nhiệm vụ")).to_be_visible()
    assert Assignment.objects.published().count() == 5
    take(page, "chi-tiet")
    look(page, "so-theo-doi.xlsx")
    page.get_by_role("link", name="Rà soát, tham mưu").click()
    expect(page.get_by_text("ưa vào từ sổ theo dõi cũ: dòng 8").first).to_be_visible()
    take(page, "nhiem-vu")
    page.goto("/van-ban/so-cu/")
    page.get_by_role("link", name="so-theo-doi.xlsx").click()
    page.get_by_text("Hoàn tác cả lần đưa vào").click()
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.get_by_text("không còn tính vào số liệu nào").first).to_be_visible()
    assert not Directive.objects.published().exists()
    take(page, "hoan-tac")
