"""More time is asked for and given in part; an agency asks to be released, and the word of the leader settles it."""

from datetime import date

from playwright.sync_api import expect

from directives import figures
from directives.models import Answer, Assignment, ExtensionDecision, Ground, Release, ReleaseDecision
from tests.browser.working_month import article, unfold

DUE, GIVEN = date(2023, 11, 30), date(2023, 12, 8)


def test_more_time_is_asked_for_and_given_in_part(sit_down, make_assignment, liaison, staff):
    row = make_assignment("dated", deadline=DUE, task_fields={"deadline_by": staff})
    own = sit_down(liaison, f"/nhiem-vu/{row.task_id}/skhdt/gia-han/")
    own.get_by_label("Xin gia hạn đến ngày").fill("29/12/2023")
    own.get_by_label("Lý do").fill("Chờ góp ý của ba sở (minh hoạ).")
    own.get_by_role("button", name="Gửi đề nghị gia hạn").click()
    expect(own.get_by_text("Đang chờ quyết định")).to_be_visible()
    assert Assignment.objects.get().deadline == DUE

    desk = sit_down(staff, "/de-nghi/")
    card = article(desk, "Chờ góp ý của ba sở")
    expect(card).to_contain_text("Xin gia hạn đến 29/12/2023 (thời hạn khi xin: 30/11/2023)")
    decide = unfold(card, "Xét đề nghị gia hạn")
    decide.get_by_label("Đồng ý, rút ngắn").check()
    decide.get_by_label("Gia hạn đến ngày").fill("08/12/2023")
    decide.get_by_label("Lý do").fill("Ba sở góp ý trước 30/11 (minh hoạ).")
    decide.get_by_role("button", name="Ghi quyết định").click()
    expect(desk.get_by_text("Không có đề nghị nào đang chờ")).to_be_visible()
    decision, row = ExtensionDecision.objects.get(), Assignment.objects.select_related("task").get()
    assert (decision.answer, decision.granted_until, decision.decided_by) == (Answer.SHORTENED, GIVEN, staff)
    assert (row.deadline, row.task.first_deadline) == (GIVEN, DUE)

    own.goto("/")
    told = own.get_by_role("region", name="Đề nghị gia hạn, thôi giao")
    expect(told).to_contain_text("đồng ý, rút ngắn, đến 08/12/2023: Ba sở góp ý trước 30/11")
    expect(own.get_by_text("hạn đầu 30/11/2023").first).to_be_visible()


def test_an_agency_is_released_by_a_leader(sit_down, make_assignment, liaison, leader, day):
    row = make_assignment("dated", deadline=DUE)
    make_assignment("dated", position=2, deadline=DUE)
    own = sit_down(liaison, f"/nhiem-vu/{row.task_id}/skhdt/thoi-giao/")
    own.get_by_label("Không thuộc thẩm quyền").check()
    own.get_by_label("Lý do").fill("Thuộc chức năng của Sở Tài chính (minh hoạ).")
    own.get_by_role("button", name="Gửi đề nghị thôi giao").click()
    expect(own.get_by_text("Đang chờ quyết định")).to_be_visible()
    assert Release.objects.get().ground == Ground.NOT_OURS

    room = sit_down(leader, "/de-nghi/")
    decide = unfold(article(room, "Thuộc chức năng của Sở Tài chính"), "Xét đề nghị thôi giao")
    decide.get_by_label("Đồng ý", exact=True).check()
    decide.get_by_label("Lý do").fill("Đúng thẩm quyền của Sở Tài chính (minh hoạ).")
    decide.get_by_role("button", name="Ghi quyết định").click()
    expect(room.get_by_text("Không có đề nghị nào đang chờ")).to_be_visible()
    assert ReleaseDecision.objects.get().answer == Answer.APPROVED
    counted = figures.of_assignments(Assignment.objects.all(), day)
    assert (counted.total, counted.released) == (1, 1)

    own.goto("/")
    expect(own.get_by_role("region", name="Đề nghị gia hạn, thôi giao")).to_contain_text("đồng ý: Đúng thẩm quyền")
