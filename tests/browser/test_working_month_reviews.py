"""A claim is confirmed or comes back with its reason; a letter on paper is entered by one and confirmed by another."""

from datetime import date, timedelta

from playwright.sync_api import expect

from agencies.models import Role
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Life, Outcome, ProgressNote, Review
from tests.browser.working_month import article, unfold
from tests.directives.conftest import person

WHY = "Xin gửi kèm quyết định ban hành danh mục (minh hoạ)."


def test_a_claim_comes_back_with_its_reason(sit_down, make_assignment, liaison, staff, day):
    row = make_assignment("dated", deadline=day + timedelta(10))
    said = Said(result="Đã trình danh mục chính sách.", claims_completion=True, documents=[Cited("45/TTr-SKH", day)])
    report_progress(assignment=row, said=said, by=liaison, day=day)

    desk = sit_down(staff, "/cho-xac-nhan/")
    ask = unfold(article(desk, "Đã trình danh mục chính sách."), "Đề nghị bổ sung")
    ask.get_by_label("Lý do").fill(WHY)
    ask.get_by_label("Số ngày làm việc để bổ sung").fill("3")
    ask.get_by_role("button", name="Đề nghị bổ sung").click()
    expect(desk.get_by_text("Không có đề nghị nào đang chờ")).to_be_visible()
    review, row = Review.objects.get(), type(row).objects.get()
    assert (review.outcome, review.reason, review.decided_by) == (Outcome.ASKED_MORE, WHY, staff)
    assert (row.life, row.supplement_due_on) == (Life.IN_PROGRESS, date(2023, 11, 23))

    own = sit_down(liaison)
    back = own.get_by_role("region", name="Được đề nghị bổ sung")
    expect(back).to_contain_text(WHY)
    expect(back).to_contain_text("hạn bổ sung 23/11/2023")
    back.get_by_role("link").click()
    expect(own.get_by_role("heading", name="Đề nghị bổ sung").first).to_contain_text("23/11/2023")
    expect(own.get_by_role("link", name="Báo cáo tiến độ")).to_be_visible()


def test_a_letter_is_entered_by_one_and_confirmed_by_another(sit_down, make_assignment, staff, standing, day):
    row = make_assignment("dated", deadline=date(2023, 11, 15))
    desk = sit_down(staff, f"/nhiem-vu/{row.task_id}/skhdt/nhap-ho/")
    for label, words in {
        "Số, ký hiệu công văn đã nhận": "321/SKH-TH",
        "Ngày công văn": "14/11/2023",
        "Ngày đến": "17/11/2023",
        "Kết quả thực hiện": "Đã ban hành danh mục.",
    }.items():
        desk.get_by_label(label).fill(words)
    desk.get_by_label("Đề nghị hoàn thành nhiệm vụ").check()
    proof = unfold(desk, "Văn bản kết quả")
    proof.get_by_label("Hoặc văn bản kết quả: số, ký hiệu").fill("300/QĐ-SKH")
    proof.get_by_label("Ngày văn bản").fill("10/11/2023")
    proof.get_by_label("lý do").fill("Bản giấy lưu tại văn thư.")
    desk.get_by_role("button", name="Lưu báo cáo nhập hộ").click()
    note = ProgressNote.objects.get()
    assert (note.is_on_behalf, note.letter_number, note.author) == (True, "321/SKH-TH", staff)

    desk.goto("/cho-xac-nhan/")
    card = article(desk, "Đã ban hành danh mục.")
    expect(card).to_contain_text("do cán bộ khác hoặc lãnh đạo xác nhận")
    expect(card.get_by_text("Xác nhận hoàn thành")).to_have_count(0)

    other = sit_down(person("canbo2", Role.STAFF, standing), "/cho-xac-nhan/")
    confirm = unfold(article(other, "Đã ban hành danh mục."), "Xác nhận hoàn thành")
    expect(confirm.get_by_label("Ngày hoàn thành được tính")).to_have_value("10/11/2023")
    confirm.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(other.get_by_text("Đã xác nhận hoàn thành")).to_be_visible()
    row.refresh_from_db()
    assert (row.life, row.completed_on) == (Life.DONE, date(2023, 11, 10))
