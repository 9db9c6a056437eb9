"""A report from asking for it to its files, as staff make one by keyboard alone; a real worker makes the files."""

import re
from io import BytesIO

import docx
import openpyxl
import pypdfium2
from playwright.sync_api import expect

from tests.keyboard import Keyboard

SAID = "Cơ quan thường trực kính đề nghị các đồng chí quan tâm chỉ đạo (minh hoạ)."
SLOW = 120_000  # milliseconds: the worker may have something else in hand
MOST_KEYS = 100


def fetched(page, name):
    link = page.get_by_role("link", name=re.compile(f"^{name}"))
    expect(link).to_be_visible(timeout=SLOW)
    answer = page.context.request.get(link.get_attribute("href"))
    assert answer.status == 200
    return BytesIO(answer.body())


def words_of_pdf(file):
    document = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_report_is_made_edited_published_and_fetched(sign_in):
    staff = sign_in("thuongtruc")
    keyboard, main = Keyboard(staff), staff.get_by_role("main")
    keyboard.open(staff.get_by_role("navigation").get_by_role("link", name="Báo cáo", exact=True))
    keyboard.open(main.get_by_role("link", name="Lập báo cáo").first)
    keyboard.open(main.get_by_role("button", name="Lập báo cáo"))
    expect(staff.get_by_role("heading", name="Xem thử dự thảo")).to_be_visible(timeout=SLOW)
    assert "DỰ THẢO" in words_of_pdf(fetched(staff, "PDF"))

    keyboard.open(staff.get_by_role("link", name="Sửa nội dung"))
    keyboard.type(staff.get_by_label("Kết thúc"), f"{SAID}\n")
    keyboard.open(staff.get_by_role("button", name="Lưu nội dung"))
    expect(staff.get_by_text("Đã lưu nội dung")).to_be_visible()
    expect(staff.get_by_role("heading", name="Xem thử dự thảo")).to_be_visible(timeout=SLOW)
    assert SAID in words_of_pdf(fetched(staff, "PDF"))

    keyboard.tick(staff.locator("summary", has_text="Phát hành"))
    keyboard.open(staff.get_by_role("button", name="Phát hành báo cáo"))
    expect(staff.get_by_text("Đã phát hành báo cáo")).to_be_visible()
    expect(staff.get_by_role("heading", name="Tệp báo cáo")).to_be_visible(timeout=SLOW)
    expect(staff.get_by_role("link", name="Sửa nội dung")).to_have_count(0)
    paper = docx.Document(keyboard.download(staff.get_by_role("link", name=re.compile("^Word"))))
    assert SAID in "\n".join(each.text for each in paper.paragraphs)
    assert keyboard.keys <= MOST_KEYS

    leader = sign_in("lanhdao")
    leader.goto(staff.url)
    text = words_of_pdf(fetched(leader, "PDF"))
    assert SAID in text and "DỰ THẢO" not in text
    assert SAID in "\n".join(each.text for each in docx.Document(fetched(leader, "Word")).paragraphs)
    assert "Từng nhiệm vụ" in openpyxl.load_workbook(fetched(leader, "Excel")).sheetnames
    assert len(pypdfium2.PdfDocument(fetched(leader, "Bản tóm tắt"))) == 1
    leader.reload()
    expect(leader.get_by_text("Đã tải 7 lần")).to_be_visible()
    leader.goto("/bao-cao/")
    expect(leader.get_by_role("row").nth(1)).to_contain_text("Đã phát hành")
