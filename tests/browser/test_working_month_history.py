"""What happened, in words, on the page of a task and of an agency, and as a file."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from playwright.sync_api import expect

from directives.actions.evidence import look_at
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.notes import Said, report_progress
from directives.actions.uploads import store
from directives.models import Answer
from tests.directives.test_shelf import NAME, pdf


def test_the_timeline_in_words_and_as_a_file(sit_down, make_assignment, liaison, leader, staff, day):
    row = make_assignment("dated", deadline=day + timedelta(5), task_fields={"deadline_by": staff})
    upload = store(SimpleUploadedFile(NAME, pdf()), by=liaison)
    said = Said(result="Đã trình dự thảo lần 2.", uploads=[upload])
    report_progress(assignment=row, said=said, by=liaison, day=day)
    look_at(upload=upload, viewer=leader, seen_through=None, is_download=False, day=day)
    asked = ask_extension(
        assignment=row, asked_until=date(2023, 12, 8), reason="Chờ góp ý (minh hoạ).", by=liaison, day=day
    )
    decide_extension(extension=asked, answer=Answer.APPROVED, by=staff, day=day)

    desk = sit_down(staff, f"/nhiem-vu/{row.task_id}/lich-su/")
    told = desk.get_by_role("main")
    for words in ("Đã trình dự thảo lần 2.", "25/11/2023", "08/12/2023", "Chờ góp ý", NAME, "Người lanhdao"):
        expect(told.get_by_text(words).first).to_be_visible()
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="Tải về Excel").click()
    assert coming.value.suggested_filename == "Lịch sử nhiệm vụ 1, 86-TB-UBND.xlsx"
    sheet = load_workbook(BytesIO(Path(coming.value.path()).read_bytes())).active
    cells = "\n".join(str(cell) for line in sheet.values for cell in line)
    assert "Đã trình dự thảo lần 2." in cells and "08/12/2023" in cells

    room = sit_down(leader, "/co-quan/skhdt/lich-su/")
    expect(room.get_by_text("Đã trình dự thảo lần 2.")).to_be_visible()
    expect(room.get_by_text("Xem tài liệu minh chứng")).to_be_visible()
