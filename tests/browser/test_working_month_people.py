"""Invited by a link, away with somebody standing in, gone the same minute; and looking as somebody else."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from agencies.grants import grant
from agencies.models import LEAD, Absence, Invitation, Role, SupportPage, User
from directives.models import ProgressNote, Reminder
from directives.reminders.plan import plan_reminders
from tests.browser.working_month import unfold
from tests.directives.conftest import person

PASSWORD = "mot-cau-dai-de-nho-2023"


@pytest.fixture
def head(agency):
    chief = person("thutruong", Role.LIAISON, agency)
    grant(agency=agency, user=chief, by=None, right=LEAD)
    return chief


def test_a_head_invites_and_ends_a_right_the_same_minute(sit_down, make_assignment, agency, head):
    make_assignment()
    chief = sit_down(head, "/co-quan/skhdt/nhan-su/")
    form = chief.get_by_role("region", name="Mời bằng đường dẫn")
    form.get_by_label("Họ và tên").fill("Lê Thu Hương")
    form.get_by_role("button", name="Tạo lời mời").click()
    link = chief.get_by_label("Đường dẫn", exact=True).input_value()

    guest = sit_down(None, link)
    expect(guest.get_by_text("Sở Kế hoạch và Đầu tư")).to_be_visible()
    for label, words in {
        "Họ và tên": "Lê Thu Hương",
        "Tên đăng nhập": "lthuong",
        "Thư điện tử": "h@kttt.example",
    }.items():
        guest.get_by_label(label).fill(words)
    for box in guest.locator("[type=password]").all():
        box.fill(PASSWORD)
    guest.get_by_role("button", name="Lập tài khoản và nhận lời mời").click()
    expect(guest.get_by_role("link", name="Báo cáo nhiệm vụ 1").first).to_be_visible()
    new = User.objects.get(username="lthuong")
    assert new.represents(agency.pk) and Invitation.objects.get().accepted_by == new
    assert guest.request.get(link).status == 410

    chief.goto("/co-quan/skhdt/nhan-su/")
    line = chief.get_by_role("row").filter(has_text="lthuong")
    unfold(line, "Kết thúc quyền").get_by_role("button", name="Kết thúc quyền").click()
    expect(chief.get_by_role("row").filter(has_text="lthuong")).to_have_count(0)
    guest.reload()  # the session goes on, but no longer for this agency
    expect(guest.get_by_text("Tài khoản chưa được cấp quyền trên cơ quan nào")).to_be_visible()
    assert not User.objects.get(username="lthuong").represents(agency.pk)


def test_rights_and_mail_go_to_whoever_stands_in(sit_down, make_assignment, agency, liaison, day):
    row = make_assignment("dated", deadline=day + timedelta(7))
    deputy = person("dongnghiep", Role.LIAISON, agency)
    assert not deputy.represents(agency.pk)
    own = sit_down(liaison, "/vang-mat/")
    own.get_by_label("Vắng từ ngày").fill("20/11/2023")
    own.get_by_label("Đến hết ngày").fill("24/11/2023")
    own.get_by_label("Người thay").select_option(str(deputy.pk))
    own.get_by_role("button", name="Ghi và bàn giao").click()
    expect(own.get_by_text("(đang vắng)")).to_be_visible()
    assert Absence.objects.get().deputy == deputy

    other = sit_down(deputy, f"/nhiem-vu/{row.task_id}/skhdt/bao-cao/")
    other.get_by_label("Kết quả thực hiện").fill("Đã rà soát thay (minh hoạ).")
    other.get_by_role("button", name="Gửi báo cáo").click()
    expect(other.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    assert ProgressNote.objects.get().author == deputy
    plan_reminders(day)
    assert {reminder.recipient for reminder in Reminder.objects.filter(assignment__agency=agency)} == {deputy}


def test_looking_as_somebody_else_only_reads_and_is_logged(sit_down, make_assignment, liaison, standing):
    row = make_assignment()
    desk = sit_down(person("quantri", Role.ADMIN, standing), f"/nguoi-dung/{liaison.pk}/xem-nhu/")
    desk.get_by_label("Lý do").fill("Hướng dẫn qua điện thoại (minh hoạ)")
    desk.get_by_role("button", name="Bắt đầu xem").click()
    expect(desk.get_by_text("Đang xem như Người skhdt – chỉ đọc")).to_be_visible()
    desk.get_by_role("link", name="Báo cáo nhiệm vụ 1").first.click()
    desk.get_by_label("Kết quả thực hiện").fill("Không được gửi.")
    desk.get_by_role("button", name="Gửi báo cáo").click()
    expect(desk.get_by_text("Việc vừa bấm chưa được thực hiện.")).to_be_visible()
    assert not ProgressNote.objects.exists()
    desk.get_by_role("button", name="Thôi xem").click()
    expect(desk.get_by_text("Đang xem như Người skhdt")).to_have_count(0)
    assert SupportPage.objects.filter(path=f"/nhiem-vu/{row.task_id}/skhdt/bao-cao/").exists()

    own = sit_down(liaison, "/nhat-ky-xem-nhu/")
    expect(own.get_by_text("Hướng dẫn qua điện thoại (minh hoạ)")).to_be_visible()
    seen = unfold(own.get_by_role("main"), "trang")
    expect(seen.get_by_text(f"/nhiem-vu/{row.task_id}/skhdt/bao-cao/").first).to_be_visible()
