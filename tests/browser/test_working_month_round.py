"""The round on one page: what is missing is said at its row, all of it is sent at once, and staff see who is silent."""

from docx import Document
from playwright.sync_api import expect

from directives.models import ProgressNote, Submission
from tests.browser.working_month import unfold

SAME = "Tiếp tục thực hiện thường xuyên như kỳ trước"


def test_the_round_is_sent_whole_and_staff_see_who_is_silent(
    sit_down, november, make_assignment, other_agency, liaison, staff
):
    for position in (1, 2):
        make_assignment(position=position)
    make_assignment(position=3, agency=other_agency)
    own = sit_down(liaison, f"/ky-bao-cao/{november.pk}/skhdt/")
    first, second = (own.get_by_role("group", name=f"Nhiệm vụ {number}", exact=True) for number in (1, 2))
    first.get_by_label("Kết quả thực hiện").fill("Đã rà soát 12 chính sách.")
    unfold(first, "Khó khăn, kiến nghị").get_by_label("Đề xuất, kiến nghị").fill("Xin hướng dẫn mẫu biểu.")
    second.get_by_label("Không thay đổi so với lần trước").check()
    own.get_by_role("button", name="Gửi tất cả").click()
    told = own.get_by_role("alert").get_by_role("link", name="Nhiệm vụ 2")
    expect(told).to_be_visible()
    assert not ProgressNote.objects.exists()

    told.click()
    expect(first.get_by_label("Kết quả thực hiện")).to_have_value("Đã rà soát 12 chính sách.")
    second.get_by_label("Lý do không thay đổi").select_option(SAME)
    own.get_by_role("button", name="Gửi tất cả").click()
    with own.expect_download() as coming:
        own.get_by_role("link", name="Tải báo cáo của đơn vị (Word)").click()
    written = Document(coming.value.path())
    words = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert "Đã rà soát 12 chính sách." in "\n".join([*words, *(each.text for each in written.paragraphs)])
    assert Submission.objects.get().sent_by == liaison
    assert [note.is_unchanged for note in ProgressNote.objects.order_by("assignment__task__position")] == [False, True]

    desk = sit_down(staff, f"/ky-bao-cao/{november.pk}/")
    lines = {name: desk.get_by_role("row").filter(has_text=name) for name in ("Sở KH&ĐT", "Sở Tài chính")}
    expect(lines["Sở KH&ĐT"]).to_contain_text("Đã gửi")
    expect(lines["Sở KH&ĐT"]).to_contain_text("2/2")
    expect(lines["Sở Tài chính"]).to_contain_text("Im lặng")
