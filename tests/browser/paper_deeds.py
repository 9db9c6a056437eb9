"""The ways of papers, with every page on them: a report, the file of a closed directive, workbooks both ways."""

import re
from contextlib import contextmanager
from io import BytesIO

import openpyxl

from tests.directives.signing import sign
from tests.workbooks.cast import fill, saved
from tests.workbooks.old_book import PAPER, REAL
from tests.workbooks.old_book import workbook as old_workbook

SLOW = 120_000  # milliseconds: the worker may have something else in hand
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TWIN = (
    "Chủ trì, phối hợp cùng với các sở, ban, ngành và UBND cấp huyện thực hiện các giải pháp nâng cao hiệu quả quản lý, "
    "hướng dẫn hoạt động trong các hợp tác xã lĩnh vực giao thông vận tải."
)
# Rows of an old book that want a decision: an unknown body on a day that never was, and what is in the book already.
ODD = (
    ("5", *PAPER, "Nhiệm vụ của một cơ quan lạ", "Sở Thủy lợi", None, "31/02/2023", None, "theo dõi sau"),
    ("6", *PAPER, TWIN, "Sở Giao thông vận tải", None, None, None, "Đang thực hiện"),
)


def report(page):
    page.goto("/bao-cao/lap/")
    with as_it_stands(page):
        page.get_by_role("main").get_by_role("button", name="Lập báo cáo").click()
        page.wait_for_url(re.compile(r"/bao-cao/\d+/"))
        yield "a report in the making"
    page.reload()
    page.get_by_role("heading", name="Xem thử dự thảo").wait_for(timeout=SLOW)
    yield "draft of a report"
    address = page.url
    page.get_by_role("link", name="Sửa nội dung").click()
    page.get_by_role("button", name="Lưu nội dung").wait_for()
    yield "text of a report"
    page.goto(address)
    page.locator("summary", has_text="Phát hành").click()
    page.get_by_label("Số báo cáo").fill("05")
    page.get_by_role("button", name="Phát hành báo cáo").click()
    page.wait_for_url("**/phat-hanh/")
    yield "publishing, refused"
    page.get_by_label("Ngày ban hành").fill("20/11/2023")
    page.get_by_role("button", name="Phát hành báo cáo").click()
    page.get_by_role("heading", name="Tệp báo cáo").wait_for(timeout=SLOW)
    yield "published report"
    page.goto(f"{address}ban-ky/")
    yield "form of a signed copy"
    signed = sign(page.request.get(f"{address}tep/pdf/").body())
    page.get_by_label("Bản đã ký").set_input_files(
        {"name": "Bản ký.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    page.get_by_role("button", name="Lưu bản ký").click()
    page.get_by_role("heading", name="Chữ ký số trong tệp").wait_for()
    yield "signed copy"
    page.goto("/bao-cao/")
    yield "reports"


def archive(page):
    """On the page of a directive that was just closed."""
    page.get_by_role("link", name="Xuất toàn bộ hồ sơ").wait_for()
    yield "closed directive"
    page.get_by_role("link", name="Xuất toàn bộ hồ sơ").click()
    page.get_by_role("button", name="Xuất hồ sơ").wait_for()
    yield "no file of it yet"
    with as_it_stands(page):
        page.get_by_role("button", name="Xuất hồ sơ").click()
        page.get_by_role("link", name="Xem lại tiến độ").wait_for()
        yield "its file in the making"
    page.reload()
    page.get_by_role("link", name="Tải hồ sơ").wait_for(timeout=SLOW)
    yield "its file"


def old_book(page):
    page.goto("/van-ban/so-cu/nap/")
    file = {"name": "so-theo-doi.xlsx", "mimeType": EXCEL, "buffer": old_workbook([*REAL[:-2], *ODD])}
    page.get_by_label("Tệp sổ theo dõi").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_label("Nội dung nhiệm vụ").wait_for()
    yield "columns of an old book"
    page.get_by_role("button", name="Tiếp tục: ghép từ ngữ").click()
    page.get_by_label("“theo dõi sau”").select_option(label="Chưa thực hiện")
    yield "words of an old book"
    page.get_by_label("“Sở Thủy lợi”").select_option(label="Sở Kế hoạch và Đầu tư")
    page.get_by_role("button", name="Tiếp tục: xem trước").click()
    page.get_by_role("heading", name="Dòng có lỗi").wait_for()
    assert page.get_by_role("heading", name="Dòng giống nhiệm vụ đã có").is_visible()
    yield "dry run of an old book"
    page.get_by_role("button", name=re.compile(r"Đưa \d+ dòng vào sổ")).click()
    page.get_by_role("heading", name="Chưa đưa gì vào sổ").wait_for()
    yield "an old book, refused"
    page.get_by_label(re.compile("Không đưa dòng")).check()
    page.get_by_role("button", name=re.compile(r"Đưa \d+ dòng vào sổ")).click()
    page.get_by_text("Hoàn tác cả lần đưa vào").click()
    yield "an old book that was brought in"
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    page.get_by_text("không còn tính vào số liệu nào").first.wait_for()
    yield "an old book that was taken back"
    page.goto("/van-ban/so-cu/")
    yield "old books"


def workbook(page):
    """The second page has errors, the third what somebody has written meanwhile, and what can be written."""
    book = openpyxl.load_workbook(BytesIO(page.request.get("/co-quan/snnptnt/excel/").body()))
    page.goto("/")
    page.locator("a[href$='/bao-cao/']").first.click()
    task = page.url
    page.get_by_label("Kết quả thực hiện").fill("Ghi trên trang (minh hoạ)")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.wait_for_url(task.removesuffix("bao-cao/"))
    page.goto("/co-quan/snnptnt/excel/nop/")
    rows = range(1, book.worksheets[0].max_row - 3)
    for row in rows:
        fill(book, row, result="Ghi trong tệp (minh hoạ)")
    hand_in(page, fill(book, 1, percent=500))
    page.get_by_role("heading", name="Cần sửa trong tệp").wait_for()
    yield "workbook with errors"
    page.get_by_role("link", name="Nộp lại tệp đã sửa").click()
    yield "workbook to hand in"
    hand_in(page, fill(book, 1, percent=None))
    page.get_by_role("heading", name="Đã có người thay đổi").wait_for()
    page.get_by_role("heading", name="Sẽ ghi").wait_for()
    yield "workbook with conflicts"


def hand_in(page, book):
    file = {"name": "nhiệm vụ.xlsx", "mimeType": EXCEL, "buffer": saved(book)}
    page.get_by_label("Bảng Excel đã điền").set_input_files(file)
    page.get_by_role("button", name="Nộp và xem trước").click()


@contextmanager
def as_it_stands(page):
    """Within it a page that asks how far its work is gets no answer, and so stays as it is."""
    asked = "**/tien-do/"
    page.route(asked, lambda route: route.fulfill(status=204))
    yield
    page.unroute(asked)
