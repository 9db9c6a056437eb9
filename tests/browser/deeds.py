"""What people do until they stand before a page; after each `yield` the page is looked at where it is."""

import re

from tests.browser import paper_deeds
from tests.guide.papers import NOTICE, pdf


def deeds_of_staff(page, sign_in):
    page.goto("/phan-cong/?xem=nhiem-vu")
    tasks = page.locator("[name=nv]").evaluate_all("all => all.slice(0, 2).map(at => at.value)")
    page.goto("/thay-doi-hang-loat/lap/?" + "&".join(f"nv={task}" for task in tasks))
    yield "bulk form"
    page.locator("[name=kind][value=lead]").check()
    page.locator("[name=lead]").select_option(index=1)
    page.get_by_role("button", name="Xem trước").click()
    page.locator("button[name=ghi]").wait_for()
    yield "bulk preview"
    page.locator("button[name=ghi]").click()
    page.wait_for_url(re.compile(r"/thay-doi-hang-loat/\d+/"))
    yield "bulk detail"

    page.goto("/lich-lam-viec/?nam=2026&ngay=2026-01-02")
    page.get_by_label("Văn bản quy định").fill("Thông báo (minh hoạ)")
    page.get_by_role("button", name="Ghi ngày này").click()
    page.get_by_role("link", name="Sửa văn bản").wait_for()
    yield "a day that was laid down"
    page.get_by_role("link", name="Sửa văn bản").click()
    page.get_by_role("button", name="Lưu văn bản").wait_for()
    yield "its document"
    page.goto("/lich-lam-viec/?nam=2026")
    page.get_by_text("Bỏ", exact=True).click()
    page.get_by_role("button", name="Bỏ ngày 02/01/2026").click()
    page.get_by_text("lại theo lịch tính sẵn").wait_for()
    yield "a day that was taken back"

    page.goto("/co-quan/ke-thua/moi/")
    page.get_by_label("Hình thức").select_option(label="Đổi tên")
    page.get_by_label("Văn bản làm căn cứ").fill("Quyết định 25/QĐ-UBND (minh hoạ)")
    page.get_by_role("checkbox", name="Sở GTVT").check()
    page.get_by_label("Cơ quan mới", exact=True).fill("Sở Vận tải (minh hoạ); Sở Vận tải")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="phân công đang làm").wait_for()
    yield "succession preview"
    page.locator("button[name=buoc][value=ghi]").click()
    page.wait_for_url("**/co-quan/ke-thua/")
    yield "succession result"

    page.goto("/van-ban/nap/")
    page.get_by_label("Hoặc dán toàn văn").fill(NOTICE)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_text("Có thể trùng với việc đang làm").first.wait_for()
    yield "draft with twins"
    page.get_by_role("link", name="Sửa thông tin văn bản").click()
    page.get_by_role("link", name="Quay lại").wait_for()
    yield "draft edit"
    page.go_back()
    page.locator("summary", has_text="Công bố văn bản").click()
    page.get_by_role("button", name="Công bố", exact=True).click()
    page.get_by_role("link", name="Kết thúc theo dõi").click()
    page.get_by_label("Văn bản làm căn cứ").fill("Báo cáo 12/BC-UBND (minh hoạ)")
    for verdict in page.locator("select[name^=pc-]").all():
        verdict.select_option(index=2)
    for reason in page.locator("[name^=pc-][name$=-reason]").all():
        reason.fill("Không còn phù hợp (minh hoạ)")
    page.get_by_role("button", name="Xem lại trước khi kết thúc").click()
    page.locator("button[name=buoc][value=ghi]").wait_for()
    yield "closing preview"
    page.locator("button[name=buoc][value=ghi]").click()
    yield from paper_deeds.archive(page)

    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Nguyễn Thị Bích Ngọc").click()
    page.wait_for_url(re.compile(r"/nguoi-dung/\d+/"))
    page.goto(f"{page.url}vang-mat/")
    yield "absence of somebody"
    page.get_by_label("Người thay").select_option(index=1)
    page.get_by_label("Vắng từ ngày").fill("27/11/2023")
    page.get_by_label("Đến hết ngày").fill("01/12/2023")
    page.get_by_role("button", name="Ghi và bàn giao").click()
    page.goto("/co-quan/dongha/nhan-su/")
    page.get_by_role("link", name="Sửa đợt vắng").first.click()
    page.get_by_label("Đến hết ngày").wait_for()
    yield "absence edit"

    page.goto("/don-doc/soan/conco/")
    page.get_by_role("button", name="Soạn dự thảo").click()
    page.wait_for_url(re.compile(r"/don-doc/\d+/"))
    assert page.request.get(f"{page.url}pdf/").headers["content-type"] == "application/pdf"
    yield "urging letter"

    page.goto("/vuong-mac/?xem=da-tra-loi")
    page.get_by_role("link", name="Giao thành nhiệm vụ").first.click()
    page.get_by_role("heading", name="Giao nhiệm vụ từ ý kiến chỉ đạo").wait_for()
    yield "a task from a leader's word"

    letter_arrives(page)
    yield "a letter"

    yield from paper_deeds.report(page)
    yield from paper_deeds.old_book(page)


def deeds_of_head(page, sign_in):
    """Whoever heads an agency invites, and the guest opens the link."""
    page.goto("/nhan-su/")
    form = page.get_by_role("region", name="Mời bằng đường dẫn")
    form.get_by_label("Họ và tên").fill("Lê Thu Hương (minh hoạ)")
    form.get_by_role("button", name="Tạo lời mời").click()
    link = page.get_by_label("Đường dẫn", exact=True).input_value()
    yield "invitation made"
    page.context.clear_cookies(name="sessionid")
    page.goto(link)
    yield "invitation"


def deeds_of_admin(page, sign_in):
    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Phạm Thị Diệu Linh").click()
    page.get_by_role("link", name="Xem như người này").click()
    reason = page.get_by_label("Lý do")
    reason.wait_for()
    yield "look form"
    reason.fill("Không thấy nhiệm vụ 22 (minh hoạ)")
    page.get_by_role("button", name="Bắt đầu xem").click()
    page.get_by_text("Đang xem như Phạm Thị Diệu Linh").wait_for()
    yield "looking as somebody"
    page.get_by_role("button", name="Thôi xem").click()
    page.get_by_text("Đang xem như").wait_for(state="detached")

    page.go_back()
    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Phạm Thị Diệu Linh").click()
    yield "a person"
    page.get_by_role("button", name="Tạo đường dẫn đặt mật khẩu").click()
    link = page.get_by_label("Đường dẫn", exact=True).input_value()
    yield "a link for a new password"
    letter_arrives(page)
    page.goto(f"{page.url}html/")
    stop = page.locator("a[href*='/nhac-viec/thoi/']").get_attribute("href")
    page.context.clear_cookies(name="sessionid")
    page.goto(link)
    yield "a new password"
    page.goto(stop)
    yield "no more letters"


def deeds_of_liaison(page, sign_in):
    page.goto("/minh-chung/")
    page.locator("summary", has_text="Đưa tệp vào kho").click()
    page.locator("input[type=file]").set_input_files(pdf("Biên bản.pdf"))
    page.get_by_role("main").locator("form[enctype] button[type=submit]").click()
    page.get_by_role("link", name="Biên bản.pdf").first.click()
    page.wait_for_url("**/xem/")
    yield "shelf detail"
    staff = sign_in("thuongtruc")
    staff.goto("/nhiem-vu/9/phoi-hop/")
    form = staff.locator("main form:has([name=phan])").first
    form.locator("details").first.evaluate("fold => { fold.open = true; }")
    form.get_by_role("checkbox", name=re.compile("NN&PTNT|Nông nghiệp")).first.check()
    form.get_by_role("button", name="Lưu các cơ quan này").click()
    staff.wait_for_load_state()
    page.goto("/phoi-hop/9/")
    yield "coordination detail"
    yield from paper_deeds.workbook(page)


def letter_arrives(page):
    """Asks for the letters of the day, and opens one of them once the worker has sent it."""
    page.goto("/nhac-viec/")
    page.locator("summary", has_text="Gửi nhắc việc hôm nay").click()
    page.get_by_role("button", name="Gửi nhắc việc hôm nay").click()
    page.wait_for_load_state()
    page.goto("/hop-thu/")
    letter = page.locator("main th").get_by_role("link").first
    while not letter.count():
        page.wait_for_timeout(500)
        page.reload()
    letter.click()
    page.wait_for_url(re.compile(r"/hop-thu/.+/"))


DEEDS = {
    "thuongtruc": deeds_of_staff,
    "quantri": deeds_of_admin,
    "dongha": deeds_of_head,
    "snnptnt": deeds_of_liaison,
}
