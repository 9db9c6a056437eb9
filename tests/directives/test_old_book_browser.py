"""An old tracking workbook in a browser, from the file to the undoing: with scripts and without, on a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from directives.actions.bring_in import bring_in
from directives.actions.old_lines import Line, Paper
from directives.deadlines import Life
from directives.models import Assignment, Directive, OldBook, Task
from directives.workbooks.legacy.words import with_guesses
from tests.browsers import launch_options

from .old_book_cast import PAPER, REAL, upload, workbook

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = (Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt").read_text()
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


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_ticks_survive_going_to_another_page_and_back(desk, monkeypatch, staff, day, width, scripts):
    monkeypatch.setattr("directives.views.old_book_preview.ROWS_PER_PAGE", 2)
    book = with_guesses(upload(workbook([*REAL[:-2], WRONG, (*WRONG[:3], "Một dòng lỗi nữa", *WRONG[4:])]), staff, day))
    book.save()
    page = desk(width, scripts)
    page.goto(f"/van-ban/so-cu/{book.pk}/xem-truoc/")
    page.get_by_label("Không đưa dòng 13 vào").check()
    page.get_by_role("button", name="Trang sau").click()
    expect(page.get_by_role("button", name="Trang trước")).to_be_visible()
    expect(page.get_by_label("Không đưa dòng 13 vào")).to_be_checked()
    expect(page.get_by_label("Không đưa dòng 14 vào")).not_to_be_checked()
    page.get_by_label("Không đưa dòng 13 vào").uncheck()
    page.get_by_label("Không đưa dòng 14 vào").check()
    page.get_by_role("button", name="Trang trước").click()
    expect(page.get_by_role("button", name="Trang sau")).to_be_visible()
    expect(page.get_by_label("Không đưa dòng 13 vào")).not_to_be_checked()
    expect(page.get_by_label("Không đưa dòng 14 vào")).to_be_checked()


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_the_real_notice_is_loaded_and_its_tasks_are_matched(desk, staff, agency, day, width, scripts):
    look = looked_at if scripts else lambda page, name: None
    paper = Paper("86", "TB-UBND", PAPER[1], "Thông báo")
    said = "Rà soát, bổ sung, hoàn thiện các chính sách hỗ trợ phát triển KTTT, HTX phù hợp với tình hình thực tiễn"
    line = Line(7, paper, (agency,), agency.name, said, Life.IN_PROGRESS)
    draft = OldBook.objects.create(name="so.xlsx", sha256="a" * 64, uploaded_on=day, uploaded_by=staff)
    bring_in(book=draft, lines=[line], by=staff, day=day)
    page = desk(width, scripts)
    page.goto(f"/van-ban/{Directive.objects.get().pk}/")
    page.get_by_role("link", name="nạp vào đây").click()
    page.get_by_label("Hoặc dán toàn văn").fill(TEXT)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("Đã nạp toàn văn của 86/TB-UBND")).to_be_visible()
    look(page, "Nhiệm vụ đọc được trong toàn văn")
    choices = page.get_by_label("Sở Kế hoạch và Đầu tư")
    choices.nth(2).select_option(label=f"Là nhiệm vụ 1 từ sổ cũ: {said[:90]}… ({agency.name})")
    choices.nth(3).select_option(label="Giao thành nhiệm vụ mới")
    page.get_by_role("button", name="Ghi các lựa chọn").click()
    expect(page.get_by_text("Đã ghép 1 nhiệm vụ và giao 1 nhiệm vụ mới")).to_be_visible()
    assert [task.start is not None for task in Task.objects.all()] == [True, True]
    page.get_by_role("link", name="Về văn bản").click()
    expect(page.locator("#doan-1")).to_be_visible()
    look(page, "Thông báo 86/TB-UBND")
