"""A round as a liaison meets it: ten tasks by keyboard on a phone, a lost line, a colleague on the same task."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from agencies.delegation import end_rights
from agencies.models import Role
from directives.actions import shelf
from directives.models import Entry, ProgressNote, Upload
from tests.browsers import launch_options

from .conftest import DAY, person
from .test_round_page import line, pinned  # noqa: F401

BOX = "[data-row] textarea[name$=result]"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture
def tasks(make_assignment):
    def make(count):
        return [make_assignment(position=number + 1) for number in range(count)]

    return make


@pytest.fixture
def opened(live_server, browser, november, agency):  # noqa: F811
    """Opens the round in a browser of its own for a person; what a script complains about fails the test."""
    contexts, wrong = [], []

    def enter(who):
        client = Client()
        client.force_login(who)
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN", base_url=live_server.url)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"/ky-bao-cao/{november.pk}/{agency.code}/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert wrong == []


def test_ten_tasks_by_keyboard_alone_at_360_px(opened, liaison, tasks):
    """Seven results and three "không thay đổi"; the letters of the results aside, every key is counted."""
    tasks(10)
    page, keys = opened(liaison), 0

    def press(key):
        nonlocal keys
        page.keyboard.press(key)
        keys += 1

    press("Tab")
    page.locator("[data-first]").first.focus()  # from the top of the page: a handful of Tabs, not counted ten times
    for number in range(10):
        if number:
            press("Alt+PageDown")
        assert page.evaluate("document.activeElement.hasAttribute('data-first')")
        if number % 3 == 2:
            press("Space")
            press("Tab")
            press("ArrowDown")
        else:
            press("Tab")
            page.keyboard.insert_text(f"Đã làm xong bước {number}.")
    while page.evaluate("document.activeElement.value") != "gui":
        press("Tab")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    press("Enter")
    expect(page.get_by_text("Tải báo cáo của đơn vị (Word)")).to_be_visible()
    assert ProgressNote.objects.count() == 10 and ProgressNote.objects.filter(is_unchanged=True).count() == 3
    # At a key a second this leaves more than four of the five minutes for the words.
    assert keys < 45
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_lost_line_loses_nothing(opened, liaison, tasks):
    tasks(2)
    page = opened(liaison)
    first, second = page.locator("[data-row] textarea[name$=result]").all()
    first.fill("Câu đã lưu.")
    expect(page.get_by_text("đã lưu lúc")).to_be_visible()
    page.context.set_offline(True)
    second.fill("Câu viết lúc mất mạng.")
    second.press("Control+Enter")
    expect(page.get_by_text("Mất kết nối: nội dung được giữ trên máy này")).to_be_visible()
    page.get_by_role("button", name="Gửi tất cả").click()  # stays on the page, and says why
    expect(second).to_have_value("Câu viết lúc mất mạng.")
    assert not ProgressNote.objects.exists()

    # The page is closed before the line is back; the next one has it all, and saves it.
    address = page.url
    page.evaluate("window.stop()")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator("[data-row] textarea[name$=result]").nth(1)).to_have_value("Câu viết lúc mất mạng.")
    expect(page.get_by_text("đã lưu lúc")).to_be_visible()
    assert {entry.typed["result"] for entry in Entry.objects.all()} == {"Câu đã lưu.", "Câu viết lúc mất mạng."}

    # The session has ended: told, kept, and back after the next sign-in.
    page.context.clear_cookies()
    page.locator("[data-row] textarea[name$=result]").nth(1).fill("Viết khi phiên đã hết.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    client = Client()
    client.force_login(liaison)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])
    page.reload()
    expect(page.locator("[data-row] textarea[name$=result]").nth(1)).to_have_value("Viết khi phiên đã hết.")
    expect(page.get_by_text("đã lưu lúc")).to_be_visible()

    # Signing out leaves nothing on the machine, and asks first while something has not arrived.
    page.route("**/luu/", lambda route: route.abort())
    page.locator("[data-row] textarea[name$=result]").nth(1).fill("Chưa kịp gửi.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator(".menu--phone summary").click()
    page.locator(".menu--phone [data-sign-out] button").click()
    page.wait_for_url("**/dang-nhap/**")
    assert "chưa gửi được" in asked[0] and page.evaluate("Object.keys(localStorage).length") == 0


def test_what_is_typed_before_the_script_has_come_is_saved_too(opened, liaison, tasks):
    """A slow line brings the page first. What an earlier visit left on this machine comes back beside it."""
    tasks(3)
    page, held = opened(liaison), []
    page.route("**/luu/", lambda route: route.abort())
    page.locator(BOX).nth(1).fill("Đã mở lớp; mạng rớt.")
    page.locator("[data-trouble]").filter(has_text="Mất kết nối").wait_for()
    page.route("**/js/round.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator(BOX).first.fill("Gõ khi trang vừa hiện.")
    for row in (1, 2):
        page.locator("[data-row]").nth(row).get_by_label("Không thay đổi so với lần trước").check()
    page.locator("[data-row]").nth(2).locator("select[name$=unchanged_why]").select_option(index=1)
    page.unroute("**/luu/")
    held[0].continue_()
    expect(page.locator("[data-saved]")).to_contain_text("đã lưu lúc")
    page.wait_for_function("() => Object.keys(localStorage).every((name) => !name.startsWith('kttt:nhap:'))")
    typed = [entry.typed for entry in Entry.objects.order_by("assignment")]
    assert typed[0]["result"] == "Gõ khi trang vừa hiện."
    assert (typed[1]["result"], typed[1]["unchanged"]) == ("Đã mở lớp; mạng rớt.", True)
    assert typed[2]["unchanged_why"]


def test_two_colleagues_on_one_task_and_a_photograph(opened, liaison, agency, tasks):
    tasks(1)
    mine, theirs = opened(liaison), opened(person("dongnghiep", Role.LIAISON, agency, [agency]))
    box = "[data-row] textarea[name$=result]"
    theirs.locator(box).fill("Của đồng nghiệp.")
    theirs.keyboard.press("Control+Enter")
    expect(theirs.get_by_text("đã lưu lúc")).to_be_visible()
    mine.locator(box).fill("Của tôi.")
    mine.keyboard.press("Control+Enter")
    expect(mine.get_by_text("Người dongnghiep đã sửa dòng này")).to_be_visible()
    expect(mine.locator(".round-clash .quote")).to_have_text("Của đồng nghiệp.")
    expect(mine.locator(box)).to_have_value("Của tôi.")
    mine.get_by_role("button", name="Giữ của tôi").click()
    expect(mine.locator(".round-clash")).to_have_count(0)
    expect(mine.get_by_text("đã lưu lúc")).to_be_visible()
    assert Entry.objects.get().typed["result"] == "Của tôi."
    theirs.locator(box).fill("Của đồng nghiệp, sửa tiếp.")
    theirs.keyboard.press("Control+Enter")
    theirs.get_by_role("button", name="Lấy của đồng nghiệp").click()
    expect(theirs.locator(box)).to_have_value("Của tôi.")

    # A photograph: smaller before it goes, again after a lost line, and still there after a reload.
    tries = []
    mine.route("**/tep/", lambda route: route.abort() if not tries.append(1) and len(tries) == 1 else route.continue_())
    mine.locator(".round-fold summary").nth(1).click()
    photo = BytesIO()
    Image.effect_noise((2000, 1000), 60).convert("RGB").save(photo, "JPEG", quality=95)
    file = {"name": "Hội nghị.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    mine.locator("input[type=file]").set_input_files(file)
    expect(mine.get_by_label("Hội nghị.jpg")).to_be_checked()
    upload = Upload.objects.get()
    assert len(tries) == 2 and upload.size < len(photo.getvalue()) / 2
    with shelf.open_kept(upload.sha256) as kept:
        assert Image.open(kept).size == (1600, 800)
    mine.reload()
    expect(mine.get_by_label("Hội nghị.jpg")).to_be_checked()
    mine.get_by_role("button", name="Gửi tất cả").click()
    expect(mine.get_by_text("Tải báo cáo của đơn vị (Word)")).to_be_visible()
    note = ProgressNote.objects.get()
    assert (note.result, note.evidence.get().upload) == ("Của tôi.", upload)


def test_going_back_after_the_sending_doubles_nothing_and_says_that_it_is_sent(opened, liaison, tasks):
    tasks(2)
    page = opened(liaison)
    for box in page.locator("[data-row] textarea[name$=result]").all():
        box.fill("Đã họp triển khai.")
    page.get_by_role("button", name="Gửi tất cả").click()
    expect(page.get_by_text("Tải báo cáo của đơn vị (Word)")).to_be_visible()
    page.go_back()
    again = page.get_by_role("button", name="Gửi tất cả")
    if again.count():  # the browser shows the page of before, as it may
        again.click()
        expect(page.get_by_text("Báo cáo kỳ này đã gửi ngày 20/11/2023.")).to_be_visible()
    expect(page.get_by_text("Tải báo cáo của đơn vị (Word)")).to_be_visible()
    assert ProgressNote.objects.count() == 2 and not Entry.objects.exists()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_whoever_jumps_to_an_error_on_a_phone_reads_it(opened, liaison, tasks):
    tasks(5)
    page = opened(liaison)
    page.get_by_role("button", name="Gửi tất cả").click()
    page.locator(".error-summary a").nth(1).click()
    row = page.locator("[data-row]").nth(1)
    expect(row.locator("textarea[name$=result]")).to_be_in_viewport(ratio=1)
    expect(row.locator(".errorlist")).to_be_in_viewport(ratio=1)


def test_an_old_tab_that_comes_back_overwrites_nothing_of_a_newer_one(opened, liaison, tasks):
    tasks(1)
    old = opened(liaison)
    old.route("**/luu/", lambda route: route.abort())
    old.locator(BOX).fill("Câu cũ, viết dở.")
    old.keyboard.press("Control+Enter")
    expect(old.get_by_text("Mất kết nối")).to_be_visible()
    new = old.context.new_page()
    new.goto(old.url)
    expect(new.get_by_text("đã lưu lúc")).to_be_visible()
    with new.expect_response("**/luu/"):
        new.locator(BOX).fill("Câu mới, đã viết xong.")
        new.keyboard.press("Control+Enter")
    old.unroute("**/luu/")
    old.keyboard.press("Control+Enter")
    expect(old.locator(".round-clash .quote")).to_have_text("Câu mới, đã viết xong.")
    assert Entry.objects.get().typed["result"] == "Câu mới, đã viết xong."


def test_the_report_does_not_go_while_a_photograph_that_failed_stands_there(opened, liaison, tasks):
    tasks(1)
    page = opened(liaison)
    held = []
    page.route("**/tep/", lambda route: route.fulfill(status=422, json={"error": "Tệp này không mở được."}))
    page.route("**/luu/", lambda route: held.append(route))
    page.locator(BOX).fill("Đã tổ chức hội nghị.")
    page.locator(".round-fold summary").nth(1).click()
    photo = BytesIO()
    Image.new("RGB", (300, 200)).save(photo, "JPEG")
    file = {"name": "Hội nghị.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("chưa gửi được: Tệp này không mở được.")).to_be_visible()
    send = page.get_by_role("button", name="Gửi tất cả")
    send.click()
    expect(page.locator("[data-trouble]")).to_contain_text("“Hội nghị.jpg” chưa gửi được")
    held[0].continue_()
    page.unroute("**/luu/")
    expect(page.get_by_text("đã lưu lúc")).to_be_visible()  # which answers something else
    expect(page.locator("[data-trouble]")).to_contain_text("“Hội nghị.jpg” chưa gửi được")
    page.get_by_role("button", name="Gửi lại").click()  # in vain again
    expect(page.get_by_role("button", name="Gửi lại")).to_be_visible()
    send.click()
    expect(page.locator("[data-trouble]")).to_contain_text("“Hội nghị.jpg” chưa gửi được")
    assert not ProgressNote.objects.exists()
    page.get_by_role("button", name="Bỏ tệp này").click()
    send.click()
    expect(page.get_by_text("Tải báo cáo của đơn vị (Word)")).to_be_visible()
    assert ProgressNote.objects.get().result == "Đã tổ chức hội nghị."


def test_whoever_lost_the_right_is_told_so_and_keeps_the_words(opened, liaison, staff, agency, tasks):
    tasks(1)
    page = opened(liaison)
    end_rights(agency=agency, user=liaison, by=staff, day=DAY)
    page.locator(BOX).fill("Câu đang viết.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-trouble]")).to_contain_text("Quyền báo cáo thay cơ quan này đã hết")
    page.get_by_role("button", name="Gửi tất cả").click()
    expect(page.locator(BOX)).to_have_value("Câu đang viết.")
