"""From a liaison's note to the leader's numbers and the report in PDF, as three people do it."""

import re
import time

import pypdfium2
import pytest
from playwright.sync_api import expect

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def numbers(page):
    """The four official numbers on a page, as whole numbers."""
    return [int(text.replace(".", "")) for text in page.locator(".figures .figure__count").all_inner_texts()]


def test_from_a_note_to_the_report(sign_in, stack, tmp_path):
    leader = sign_in("lanhdao")
    on_time, late, in_time, overdue = numbers(leader)

    liaison = sign_in("skhdt")
    liaison.locator("section", has_text="Quá hạn").get_by_role("link", name=re.compile("^Báo cáo")).first.click()
    liaison.locator("[name=result]").fill("Đã trình UBND tỉnh danh mục chính sách.")
    liaison.get_by_label("Tệp minh chứng").set_input_files(
        {"name": "Tờ trình chính sách.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    liaison.get_by_label("Đề nghị hoàn thành nhiệm vụ").check()
    liaison.get_by_role("button", name="Gửi báo cáo").click()
    expect(liaison.get_by_text("Đang chờ xác nhận hoàn thành")).to_be_visible()
    address = liaison.url

    staff = sign_in("thuongtruc")
    staff.get_by_role("link", name="Chờ xác nhận").first.click()
    claim = staff.locator("article", has_text="Đã trình UBND tỉnh danh mục chính sách.")
    expect(claim.get_by_role("link", name="Tờ trình chính sách.pdf")).to_be_visible()
    claim.get_by_text("Xác nhận hoàn thành").first.click()
    claim.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(staff.get_by_text("Đã xác nhận hoàn thành (nhiệm vụ 9")).to_be_visible()

    liaison.goto(address)
    expect(liaison.get_by_text("Hoàn thành quá hạn").first).to_be_visible()

    leader.goto("/")
    assert numbers(leader) == [on_time, late + 1, in_time, overdue - 1]

    leader.get_by_role("link", name="Lập báo cáo PDF").click()
    leader.get_by_role("main").get_by_role("button", name=re.compile("Lập báo cáo")).click()
    link = leader.get_by_role("link", name=re.compile("PDF")).first
    expect(link).to_be_visible(timeout=90_000)
    answer = leader.context.request.get(link.get_attribute("href"))
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.body())
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert len(document) > 2 and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Đã trình UBND tỉnh danh mục chính sách." in re.sub(r"\s+", " ", text)


def test_what_was_typed_survives_a_refusal_and_the_other_agency_is_not_there(sign_in):
    page = sign_in("stc")
    assert page.goto("/co-quan/skhdt/").status == 404
    page = sign_in("sct")
    page.goto("/")
    page.get_by_role("link", name=re.compile("cảnh báo sớm")).first.click()
    expect(page.get_by_text("Đang chờ xác nhận hoàn thành")).to_be_visible()
    page.get_by_role("link", name="Báo cáo tiến độ").click()
    page.get_by_label("Đề nghị hoàn thành nhiệm vụ").check()
    page.locator("[name=result]").fill("Đã mở thêm một lớp tập huấn.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("alert")).to_contain_text("đang chờ xác nhận")
    expect(page.locator("[name=result]")).to_have_value("Đã mở thêm một lớp tập huấn.")


def test_a_liaison_reports_by_keyboard_alone(sign_in):
    """From the first page: the link by Tab, the text, and Tab to the button. Counts the keys besides the text."""
    page, keys = sign_in("sgtvt"), 0

    def press_until(condition, limit=60):
        nonlocal keys
        for _ in range(limit):
            page.keyboard.press("Tab")
            keys += 1
            if page.evaluate(f"(() => {{ const at = document.activeElement; return {condition}; }})()"):
                return
        pytest.fail(f"not reached by {limit} Tabs: {condition}")

    press_until("/bao-cao[/]$/.test(at.pathname) && /^Báo cáo/.test(at.textContent.trim())")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bao-cao/")
    press_until("at.name === 'result'")
    page.keyboard.type("Đã ban hành hướng dẫn cho các hợp tác xã vận tải.")
    press_until("at.type === 'submit' && /Gửi báo cáo/.test(at.textContent)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    assert keys < 60


def test_staff_see_what_goes_out_tomorrow_and_urge_one_agency_now(sign_in, stack):
    page = sign_in("thuongtruc")
    page.get_by_role("link", name="Nhắc việc").first.click()
    page.get_by_role("link", name="Sắp gửi").click()
    expect(page.get_by_text("Sẽ gửi ngày 21/11/2023, cho ai và vì sao")).to_be_visible()
    expect(page.get_by_text("phải nhắc từ 21/11/2023").first).to_be_visible()

    page.get_by_role("link", name="Đôn đốc").first.click()
    page.get_by_role("link", name="Nhắc ngay UBND thị xã Quảng Trị").click()
    expect(page.get_by_text("2 nhiệm vụ quá hạn")).to_be_visible()
    expect(page.get_by_text("quangtri@kttt.example")).to_be_visible()
    page.get_by_role("button", name="Gửi nhắc việc").click()
    expect(page.get_by_text("Đang gửi. Khoảng một phút nữa")).to_be_visible()

    def has_mail():
        return any("quangtri@kttt.example" in mail.read_text() for mail in stack.mail_folder.glob("*.eml"))

    assert stack.wait_until(has_mail, 60)
    page.goto("/nhac-viec/?tinh_trang=da-gui")
    expect(page.get_by_text("Đôn đốc", exact=True).nth(1)).to_be_visible()
    own = sign_in("quangtri")
    expect(own.get_by_role("link", name=re.compile("thông báo chưa xem"))).to_be_visible()


def test_a_reminder_lands_in_the_mailbox(sign_in, stack):
    """The morning's job, on the real worker, through a real SMTP server, once for each person."""
    page = sign_in("thuongtruc")
    page.goto("/nhac-viec/")
    page.get_by_text("Gửi nhắc việc hôm nay").first.click()
    expect(page.get_by_text("lời nhắc đã gửi không gửi lại")).to_be_visible()
    page.get_by_role("button", name="Gửi nhắc việc hôm nay").click()
    expect(page.get_by_text("Đang gửi. Khoảng một phút nữa")).to_be_visible()
    assert stack.wait_until(lambda: len(list(stack.mail_folder.glob("*.eml"))) > 3, 60)
    time.sleep(2)
    receivers = [
        line
        for mail in stack.mail_folder.glob("*.eml")
        for line in mail.read_text().splitlines()
        if line.startswith("X-Envelope-To")
    ]
    assert len(receivers) == len(set(receivers))

    page.get_by_role("link", name="Hòm thư minh hoạ").click()
    page.get_by_role("link", name=re.compile("quá hạn")).first.click()
    expect(page.get_by_text("86/TB-UBND").first).to_be_visible()
    page.goto("/nhac-viec/")
    expect(page.get_by_role("link", name=re.compile("^Đã gửi [1-9]"))).to_be_visible()


def test_back_from_a_sent_form_nothing_is_written_twice(sign_in):
    """The button lives again, whether the browser kept the page or asks for it anew."""
    page, words = sign_in("hailang"), "Đã rà soát 12 hợp tác xã trên địa bàn."
    page.locator("a[href$='/bao-cao/']").first.click()
    form = page.url
    page.locator("[name=result]").fill(words)
    send = page.get_by_role("button", name="Gửi báo cáo")
    send.click()
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    address = form.removesuffix("bao-cao/")
    told = page.context.request.get(address).text().count(words)
    page.go_back()
    expect(send).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator("form[data-sent]")).to_have_count(0)
    send.click()
    page.wait_for_load_state()
    assert page.context.request.get(address).text().count(words) == told > 0


def test_a_page_that_the_browser_kept_lets_its_forms_be_sent_again(sign_in):
    """What `pageshow` of a kept page does, without waiting for twenty seconds."""
    page = sign_in("hailang")
    page.locator("a[href$='/bao-cao/']").first.click()
    page.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    page.locator("[name=result]").fill("Đang chờ góp ý.")
    send = page.get_by_role("button", name="Gửi báo cáo")
    send.click()
    expect(send).to_have_attribute("aria-disabled", "true")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(send).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator("form[data-sent]")).to_have_count(0)


def test_what_was_typed_comes_back_after_the_session_has_ended(sign_in):
    page = sign_in("camlo")
    page.locator("a[href$='/bao-cao/']").first.click()
    form = page.url
    page.locator("[name=result]").fill("Đã phân loại thêm 5 hợp tác xã.")
    page.context.clear_cookies(name="sessionid")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.wait_for_url("**/dang-nhap/**")
    page.locator("[name=login]").fill("camlo")
    page.locator("[name=password]").fill("htx-quangtri-2023")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    page.goto(form)
    expect(page.locator("[name=result]")).to_have_value("Đã phân loại thêm 5 hợp tác xã.")
    expect(page.get_by_text("Đã khôi phục nội dung")).to_be_visible()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    page.goto(form)
    expect(page.locator("[name=result]")).to_have_value("")
