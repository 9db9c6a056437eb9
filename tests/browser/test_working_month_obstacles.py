"""An obstacle is put to somebody and answered in place; the answer becomes a task; what nobody answers ages in view."""

from datetime import date

from playwright.sync_api import expect

from directives.actions.notes import Said, report_progress
from directives.models import Assignment, Instruction, ProgressNote, RaisedTo, Task
from tests.browser.working_month import article, unfold

STUCK, ANSWER = "Thiếu kinh phí tập huấn (minh hoạ).", "Giao Sở Tài chính bố trí kinh phí (minh hoạ)."


def test_an_answer_in_place_becomes_a_task(sit_down, make_assignment, directive, other_agency, liaison, leader, staff):
    row = make_assignment()
    own = sit_down(liaison, f"/nhiem-vu/{row.task_id}/skhdt/bao-cao/")
    own.get_by_label("Kết quả thực hiện").fill("Đã lập kế hoạch tập huấn.")
    stuck = unfold(own, "Có khó khăn, kiến nghị")
    stuck.get_by_label("Khó khăn, vướng mắc").fill(STUCK)
    stuck.get_by_label("Gửi tới").select_option(label="Lãnh đạo Ban Chỉ đạo")
    own.get_by_role("button", name="Gửi báo cáo").click()
    expect(own.get_by_role("heading", name="nêu hôm nay, chưa trả lời")).to_be_visible()
    note = ProgressNote.objects.get()
    assert (note.obstacle, note.raised_to) == (STUCK, RaisedTo.LEADERS)

    room = sit_down(leader, "/vuong-mac/")
    reply = unfold(article(room, STUCK), "Trả lời")
    reply.get_by_label("Ý kiến chỉ đạo").fill(ANSWER)
    reply.get_by_role("button", name="Gửi ý kiến").click()
    expect(room.get_by_text("Không có vướng mắc nào chờ trả lời")).to_be_visible()
    said = Instruction.objects.get()
    assert (said.text, said.note, said.given_by) == (ANSWER, note, leader)
    own.goto("/")
    expect(own.get_by_role("region", name="Ý kiến chỉ đạo mới")).to_contain_text(ANSWER)

    desk = sit_down(staff, f"/y-kien/{said.pk}/giao-nhiem-vu/")
    expect(desk.get_by_label("Nội dung nhiệm vụ")).to_have_value(ANSWER)
    desk.get_by_label("Giao cho").select_option(label=other_agency.name)
    desk.get_by_label("Thời hạn", exact=False).first.fill("15/12/2023")
    desk.get_by_label("Văn bản ấn định thời hạn").fill("Công văn 20/BCĐ ngày 20/11/2023 (minh hoạ)")
    desk.get_by_label("Theo dõi trong văn bản").select_option(str(directive.pk))
    desk.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(desk.get_by_text("Giao nhiệm vụ từ ý kiến chỉ đạo")).to_have_count(0)
    made = Task.objects.get(text=ANSWER)
    assert (made.directive, made.first_deadline) == (directive, date(2023, 12, 15))
    assert Assignment.objects.get(task=made).agency == other_agency


def test_what_nobody_answers_ages_before_the_leaders(sit_down, make_assignment, liaison, leader):
    row = make_assignment()
    said = Said(result="Đang làm.", obstacle=STUCK, raised_to=RaisedTo.LEADERS)
    report_progress(assignment=row, said=said, by=liaison, day=date(2023, 10, 26))
    room = sit_down(leader)
    waiting = room.get_by_role("region", name="Vướng mắc chưa trả lời (1)")
    expect(waiting).to_contain_text("Lâu nhất: chưa trả lời 25 ngày.")
    expect(waiting).to_contain_text("gửi Lãnh đạo Ban Chỉ đạo")
    own = sit_down(liaison)
    expect(own.get_by_role("region", name="Vướng mắc đang chờ trả lời")).to_contain_text("chưa trả lời 25 ngày")
