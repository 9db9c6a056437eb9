"""What was typed is there again after the session ended or the server refused, wherever its button stood."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from directives.actions.closing import Decided, close_directive
from directives.actions.drafts import correct_draft, fingerprint
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Assignment, Directive, Instruction, Life, ProgressNote, RaisedTo, Review, Verdict
from tests.browser.working_month import SIZES, article, unfold

WHY = "Xin gửi kèm quyết định ban hành danh mục (minh hoạ)."
AGAIN, LINK = "Đã khôi phục nội dung", "Mở lại trang đã nhập"


@pytest.fixture
def size():
    """One will do: nothing here depends on it."""
    return SIZES["desktop"]


def come_back(page, who):
    """What signing in does: a session, and on to the address that was asked for, from the sign-in page."""
    page.wait_for_url("**/dang-nhap/**")
    who.set_password("mat-khau-dai-2023")
    who.save()
    page.locator("[name=login]").fill(who.username)
    page.locator("[name=password]").fill("mat-khau-dai-2023")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()


@pytest.fixture
def closed(directive, make_assignment, staff, day):
    make_assignment()
    decisions = {row.pk: Decided(Verdict.ENDED, "không còn phù hợp") for row in Assignment.objects.all()}
    close_directive(directive=directive, decisions=decisions, instrument="Báo cáo 12/BC-UBND", by=staff, day=day)
    directive.refresh_from_db()
    return directive


def test_the_reason_of_a_button_comes_back_after_the_session_has_ended(
    sit_down, make_assignment, liaison, staff, day, transactional_db
):
    row = make_assignment("dated", deadline=day + timedelta(10))
    said = Said(result="Đã trình danh mục chính sách.", claims_completion=True, documents=[Cited("45/TTr-SKH", day)])
    report_progress(assignment=row, said=said, by=liaison, day=day)

    desk = sit_down(staff, "/cho-xac-nhan/")
    ask = unfold(article(desk, "Đã trình danh mục chính sách."), "Đề nghị bổ sung")
    ask.get_by_label("Lý do").fill(WHY)
    ask.get_by_label("Số ngày làm việc để bổ sung").fill("3")
    desk.context.clear_cookies(name="sessionid")
    ask.get_by_role("button", name="Đề nghị bổ sung").click()
    come_back(desk, staff)

    expect(desk.get_by_text("Chưa ghi được, vì phiên làm việc đã hết")).to_be_visible()
    expect(desk.get_by_text(AGAIN)).to_have_count(1)
    reason = desk.get_by_label("Lý do").filter(visible=True)
    expect(reason).to_have_value(WHY)
    expect(desk.get_by_label("Số ngày làm việc để bổ sung").filter(visible=True)).to_have_value("3")
    desk.get_by_role("button", name="Đề nghị bổ sung").filter(visible=True).click()
    expect(desk.get_by_role("heading", name="Đề nghị bổ sung").first).to_be_visible()
    row.refresh_from_db()
    assert (Review.objects.get().reason, row.life) == (WHY, Life.IN_PROGRESS)
    expect(desk.get_by_text(AGAIN)).to_have_count(0)


def test_what_the_server_refused_is_there_again_and_what_it_took_is_not(sit_down, closed, staff, transactional_db):
    desk = sit_down(staff, f"/van-ban/{closed.pk}/")
    again = unfold(desk, "Mở lại theo dõi")
    again.get_by_label("Lý do").fill(WHY)
    Directive.objects.update(closed_on=None)  # somebody else was faster
    again.get_by_role("button", name="Mở lại theo dõi").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    Directive.objects.update(closed_on=closed.closed_on)
    desk.reload()
    expect(desk.get_by_text(AGAIN)).to_have_count(1)
    expect(desk.get_by_label("Lý do").filter(visible=True)).to_have_value(WHY)
    desk.get_by_role("button", name="Mở lại theo dõi").filter(visible=True).click()
    expect(desk.get_by_text("được theo dõi trở lại")).to_be_visible()
    Directive.objects.update(closed_on=closed.closed_on)
    desk.reload()
    expect(unfold(desk, "Mở lại theo dõi").get_by_label("Lý do")).to_have_value("")
    expect(desk.get_by_text(AGAIN)).to_have_count(0)


def test_where_signing_in_leads_elsewhere_a_link_leads_back_to_the_words(
    sit_down, make_assignment, liaison, leader, day, transactional_db
):
    """The answer stays that to its obstacle: retyped on another page it would belong to nothing."""
    row = make_assignment()
    said = Said(result="x", obstacle="Thiếu vốn (minh hoạ).", raised_to=RaisedTo.LEADERS)
    note = report_progress(assignment=row, said=said, by=liaison, day=day)
    room = sit_down(leader, "/vuong-mac/")
    unfold(article(room, "Thiếu vốn"), "Trả lời").get_by_label("Ý kiến chỉ đạo").fill(WHY)
    room.context.clear_cookies(name="sessionid")
    room.get_by_role("button", name="Gửi ý kiến").click()
    expect(room.get_by_text("Nội dung vừa nhập còn được giữ")).to_be_visible()
    come_back(room, leader)
    room.get_by_role("link", name=LINK).click()
    expect(article(room, "Thiếu vốn").get_by_label("Ý kiến chỉ đạo")).to_have_value(WHY)
    room.get_by_role("button", name="Gửi ý kiến").click()
    expect(room.get_by_text("Không có vướng mắc nào chờ trả lời")).to_be_visible()
    given = Instruction.objects.get()
    assert (given.text, given.note) == (WHY, note)


def test_a_bulk_change_is_there_again_with_all_that_was_chosen(sit_down, make_assignment, staff, day, transactional_db):
    for position in (1, 2):
        make_assignment("dated", position=position, deadline=day)
    desk = sit_down(staff, "/phan-cong/?xem=nhiem-vu")
    for box in desk.get_by_role("checkbox", name="Chọn nhiệm vụ").all():
        box.check()
    desk.get_by_role("button", name="Đổi các nhiệm vụ đã chọn").click()
    desk.get_by_role("radio", name="Thời hạn", exact=True).check()
    desk.get_by_label("Văn bản làm căn cứ").fill("Công văn 19/BCĐ")
    desk.context.clear_cookies(name="sessionid")
    desk.get_by_role("button", name="Xem trước").click()
    come_back(desk, staff)
    desk.get_by_role("link", name=LINK).click()
    expect(desk.get_by_label("Văn bản làm căn cứ")).to_have_value("Công văn 19/BCĐ")
    expect(desk.get_by_role("heading", name="Đổi 2 nhiệm vụ")).to_be_visible()


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(sit_down, directive, staff, transactional_db):
    """Only what was typed comes back; and with what was seen then, so that it is said who changed what."""
    Directive.objects.update(published_on=None)
    desk = sit_down(staff, f"/van-ban/{directive.pk}/sua/")
    desk.locator("[name=title]").fill("Kết luận về hợp tác xã")
    desk.goto("/")
    directive.refresh_from_db()
    correct_draft(directive=directive, by=staff, day=directive.issued_on, version=fingerprint(directive), number="68")
    desk.goto(f"/van-ban/{directive.pk}/sua/")
    expect(desk.locator("[name=title]")).to_have_value("Kết luận về hợp tác xã")
    expect(desk.locator("[name=number]")).to_have_value("68")
    desk.get_by_role("main").get_by_role("button", name="Lưu").click()
    expect(desk.get_by_text("Trong lúc ông/bà đang mở trang")).to_be_visible()
    desk.get_by_role("main").get_by_role("button", name="Lưu").click()
    desk.wait_for_url(f"**/van-ban/{directive.pk}/")
    directive.refresh_from_db()
    assert (directive.number, directive.title) == ("68", "Kết luận về hợp tác xã")


def test_what_the_server_filled_in_stays(sit_down, make_assignment, directive, staff, transactional_db):
    row = make_assignment()
    desk = sit_down(staff, f"/van-ban/{directive.pk}/ket-thuc/")
    desk.get_by_label("Văn bản làm căn cứ").fill("Báo cáo 12/BC-UBND")
    box = unfold(desk, "Quyết định chung cho cả mục")
    box.get_by_label("Quyết định cho cả mục").select_option(index=2)
    box.get_by_label("Nhận xét, lý do cho cả mục").fill("không còn phù hợp")
    box.get_by_role("button", name="Điền vào mọi dòng").click()
    expect(desk.locator(f"[name=pc-{row.pk}-reason]")).to_have_value("không còn phù hợp")
    expect(desk.get_by_text(AGAIN)).to_have_count(0)


def test_what_was_made_is_not_said_to_be_unsent(sit_down, agency, staff, transactional_db):
    desk = sit_down(staff, f"/co-quan/{agency.code}/nhan-su/")
    card = desk.get_by_role("region", name="Mời bằng đường dẫn")
    card.get_by_label("Họ và tên").fill("Nguyễn Văn A")
    card.get_by_label("Quyền").select_option(index=1)
    card.get_by_role("button", name="Tạo lời mời").click()
    expect(desk.get_by_role("heading", name="Đường dẫn mời")).to_be_visible()
    desk.goto(f"/co-quan/{agency.code}/nhan-su/")
    expect(card.get_by_label("Họ và tên")).to_have_value("")
    expect(desk.get_by_text(AGAIN)).to_have_count(0)


def test_what_arrived_though_the_answer_was_lost_is_not_written_twice(
    sit_down, make_assignment, liaison, day, settings, transactional_db
):
    row = make_assignment()
    form = f"/nhiem-vu/{row.task_id}/skhdt/bao-cao/"
    own = sit_down(liaison, form)
    own.get_by_label("Kết quả thực hiện").fill(WHY)

    def swallow(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    own.route("**/bao-cao/", swallow)
    own.get_by_role("button", name="Gửi báo cáo").click()
    own.wait_for_url("chrome-error://**")
    own.unroute("**/bao-cao/")
    own.context.clear_cookies(name="kttt-da-nhan")  # it was lost with the answer
    settings.TODAY = day + timedelta(1)
    own.goto(form)
    expect(own.get_by_label("Kết quả thực hiện")).to_have_value(WHY)
    own.get_by_role("button", name="Gửi báo cáo").click()
    own.wait_for_url(f"**/nhiem-vu/{row.task_id}/skhdt/")
    assert ProgressNote.objects.count() == 1


def test_a_document_that_nobody_has_judged_is_kept_nowhere(sit_down, staff, transactional_db):
    """It may turn out to be secret."""
    desk = sit_down(staff, "/van-ban/nap/")
    desk.locator("textarea").first.fill("MẬT. Kết luận của Chủ tịch (minh hoạ).")
    desk.on("dialog", lambda dialog: dialog.accept())
    assert "MẬT" not in desk.evaluate("Object.values(sessionStorage).join()")
