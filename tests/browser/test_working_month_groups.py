"""A group's task: who is missing, a late member, a member's own part; who coordinates reads along."""

from datetime import date

from playwright.sync_api import expect

from directives.actions.notes import Said, report_progress
from directives.models import Assignment, Coordinator, Life, ProgressNote

PART = "Đối với 3 hợp tác xã ở miền núi (minh hoạ)"


def test_a_group_says_who_is_missing_and_a_late_member_takes_its_work(
    sit_down, given, directive, district, other_agency, staff, leader, liaison
):
    Assignment.objects.filter(agency=other_agency, task=given[0]).update(life=Life.DONE, completed_on=date(2023, 11, 1))
    desk = sit_down(staff, "/co-quan/nhom/thanh-vien/")
    form = desk.get_by_role("region", name="Thêm thành viên")
    form.get_by_label("Là thành viên từ ngày").fill("20/11/2023")
    form.get_by_label("Văn bản làm căn cứ").fill("Công văn 18/BCĐ (minh hoạ)")
    form.get_by_role("checkbox", name="Cam Lộ").check()
    form.get_by_role("button", name="Thêm vào nhóm và giao việc").click()
    expect(desk.get_by_role("heading", name="3 thành viên")).to_be_visible()
    assert Assignment.objects.filter(agency=district).count() == 2

    desk.goto(f"/nhiem-vu/{given[0].pk}/pham-vi/")
    desk.get_by_label("Sở Kế hoạch và Đầu tư").fill(PART)
    desk.get_by_role("button", name="Lưu phần việc").click()
    expect(desk.get_by_role("heading", name="1/3 đơn vị đã hoàn thành")).to_be_visible()
    expect(desk.get_by_text("Còn thiếu: Sở KH&ĐT, Cam Lộ.")).to_be_visible()
    assert Assignment.objects.get(agency__code="skhdt", task=given[0]).scope == PART
    own = sit_down(liaison, f"/nhiem-vu/{given[0].pk}/skhdt/")
    expect(own.get_by_text(PART).first).to_be_visible()

    room = sit_down(leader, f"/van-ban/{directive.pk}/nhom/{given[0].addressee_id}/")
    expect(room.get_by_role("link", name="Cam Lộ, nhiệm vụ 1: Chưa thực hiện")).to_be_visible()


def test_who_coordinates_is_named_reads_along_and_owes_nothing(
    sit_down, make_assignment, liaison, stranger, staff, other_agency, day
):
    row = make_assignment()
    named = Coordinator.objects.create(task=row.task, position=1, name="các sở, ban, ngành liên quan")
    report_progress(assignment=row, said=Said(result="Đã rà soát 12 chính sách."), by=liaison, day=day)
    desk = sit_down(staff, f"/nhiem-vu/{row.task_id}/phoi-hop/")
    desk.get_by_role("checkbox", name="Sở Tài chính").check()
    desk.get_by_role("button", name="Lưu các cơ quan này").click()
    expect(desk.get_by_text("1 cơ quan được chọn")).to_be_visible()
    named.refresh_from_db()
    assert named.agency == other_agency

    other = sit_down(stranger, "/phoi-hop/")
    other.get_by_role("link", name="rà soát chính sách").click()
    expect(other.get_by_text("Đã rà soát 12 chính sách.")).to_be_visible()
    expect(other.get_by_text("Đơn vị phối hợp không phải báo cáo")).to_be_visible()
    assert ProgressNote.objects.count() == Assignment.objects.count() == 1
