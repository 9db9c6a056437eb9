"""Two agencies become one, seen before it is written; a directive ends, with a word on everything that is open."""

from datetime import date

from playwright.sync_api import expect

from agencies.models import Agency, Succession
from directives.models import Assignment, Closing, Life, Verdict
from tests.browser.working_month import unfold

NEW = "Sở Tài chính và Kế hoạch (minh hoạ)"


def test_two_agencies_become_one(sit_down, make_assignment, agency, other_agency, liaison, staff, day):
    done = make_assignment("dated", deadline=day, life=Life.DONE, completed_on=date(2023, 11, 1))
    mine = make_assignment("dated", position=2, deadline=date(2023, 12, 29))
    theirs = make_assignment(position=3, agency=other_agency)
    desk = sit_down(staff, "/co-quan/ke-thua/moi/")
    desk.get_by_label("Hình thức").select_option(label="Hợp nhất, sáp nhập")
    desk.get_by_label("Có hiệu lực từ ngày").fill("20/11/2023")
    desk.get_by_label("Văn bản làm căn cứ").fill("Nghị quyết 30/NQ-HĐND (minh hoạ)")
    for name in ("Sở KH&ĐT", "Sở Tài chính"):
        desk.get_by_role("group", name="Cơ quan cũ").get_by_role("checkbox", name=name).check()
    desk.get_by_label("Cơ quan mới", exact=True).fill(f"{NEW}; Sở TC-KH")
    desk.get_by_role("button", name="Xem trước").click()
    expect(desk.get_by_role("heading", name="2 phân công đang làm sẽ chuyển")).to_be_visible()
    expect(desk.get_by_text(f"{NEW} (Sở TC-KH)")).to_be_visible()
    unfold(desk.get_by_role("main"), "Xem danh sách")
    expect(desk.get_by_text("nhiệm vụ 3 (Sở Tài chính)")).to_be_visible()
    expect(desk.get_by_text("nhiệm vụ 1 (Sở KH&ĐT)")).to_have_count(0)
    assert not Succession.objects.exists() and Assignment.objects.count() == 3
    desk.get_by_role("button", name="Ghi việc kế thừa").click()
    expect(desk.get_by_role("row").filter(has_text=NEW)).to_be_visible()

    heir = Agency.objects.get(name=NEW)
    assert {row.task_id for row in Assignment.objects.filter(agency=heir)} == {mine.task_id, theirs.task_id}
    assert Assignment.objects.get(task=done.task).agency == agency
    assert Assignment.objects.get(agency=heir, task=mine.task).deadline == date(2023, 12, 29)
    desk.goto(f"/nhiem-vu/{done.task_id}/skhdt/")
    expect(desk.get_by_role("navigation", name="Vị trí của trang")).to_contain_text("Sở KH&ĐT")
    own = sit_down(liaison, f"/nhiem-vu/{mine.task_id}/{heir.code}/")
    expect(own.get_by_text("Nhận từ Sở Kế hoạch và Đầu tư ngày 20/11/2023")).to_be_visible()
    expect(own.get_by_role("link", name="Báo cáo tiến độ")).to_be_visible()


def test_a_directive_ends_with_a_word_on_everything(
    sit_down, make_assignment, following, directive, agency, liaison, staff, day
):
    rows = [make_assignment(position=number) for number in (1, 2)]
    desk = sit_down(staff, f"/van-ban/{directive.pk}/ket-thuc/")
    desk.get_by_label("Văn bản làm căn cứ").fill("Báo cáo 12/BC-UBND ngày 15/11/2023 (minh hoạ)")
    desk.get_by_label("Văn bản tiếp theo").select_option(str(following.directive_id))
    desk.get_by_role("button", name="Lấy nhiệm vụ của văn bản này").click()
    desk.get_by_label("Chuyển tiếp vào").first.select_option(str(following.pk))
    desk.get_by_label("Quyết định: nhiệm vụ 1, Sở KH&ĐT").select_option(label="Chuyển tiếp sang văn bản mới")
    desk.get_by_label("Quyết định: nhiệm vụ 2, Sở KH&ĐT").select_option(label="Kết thúc theo dõi")
    desk.get_by_label("Nhận xét, lý do: nhiệm vụ 2, Sở KH&ĐT").fill("Không còn phù hợp (minh hoạ).")
    desk.get_by_role("button", name="Xem lại trước khi kết thúc").click()
    expect(desk.get_by_text("vào nhiệm vụ 1")).to_be_visible()
    assert not Closing.objects.exists()
    desk.get_by_role("button", name="Kết thúc theo dõi").click()
    expect(desk.get_by_role("region", name="Đã kết thúc theo dõi từ ngày 20/11/2023")).to_be_visible()
    directive.refresh_from_db()
    assert directive.closed_on == day
    verdicts = dict(Closing.objects.values_list("assignment", "verdict"))
    assert verdicts == {rows[0].pk: Verdict.CARRIED, rows[1].pk: Verdict.ENDED}
    assert Assignment.objects.get(task=following).agency == agency

    own = sit_down(liaison, f"/nhiem-vu/{following.pk}/skhdt/")
    expect(own.get_by_text("chuyển tiếp sang văn bản mới").first).to_be_visible()
    expect(own.get_by_role("link", name="Báo cáo tiến độ")).to_be_visible()
