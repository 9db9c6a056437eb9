"""What was typed is there again after the session ended or the server refused, wherever its button stood."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from directives.actions.closing import Decided, close_directive
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Assignment, Directive, Life, Review, Verdict
from tests.browser.working_month import article, unfold

WHY = "Xin gửi kèm quyết định ban hành danh mục (minh hoạ)."
AGAIN = "Đã khôi phục nội dung"


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
