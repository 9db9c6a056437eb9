"""Found without tone marks, listed by an address, changed many at a time and back; a twin; a calendar by secret link."""

from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from directives.actions.notes import Said, report_progress
from directives.models import BulkChange, CalendarFeed, SavedView, Task
from tests.browser.working_month import unfold
from tests.directives.test_likeness import draft  # noqa: F401


def test_found_without_tone_marks_with_the_words_marked(sit_down, make_assignment, liaison, size, day):
    row = make_assignment()
    report_progress(assignment=row, said=Said(result="Đã rà soát 12 hợp tác xã kiểu mới."), by=liaison, day=day)
    own = sit_down(liaison, "/vang-mat/")
    if size["width"] < 768:
        own.locator("summary").filter(has_text="Menu").click()
    box = own.get_by_role("searchbox", name="Tìm trong sổ").filter(visible=True)
    box.fill("hop tac xa")
    box.press("Enter")
    expect(own.locator("main mark").first).to_be_visible()
    assert "".join(own.locator("main mark").all_inner_texts()).replace(" ", "") == "hợptácxã"
    assert "q=hop+tac+xa" in own.url


def test_a_list_in_its_address_is_kept_and_changed_as_one(sit_down, make_assignment, other_agency, staff, day):
    for number in (1, 2):
        make_assignment("dated", position=number, deadline=day - timedelta(number))
    make_assignment("dated", position=3, agency=other_agency, deadline=day + timedelta(30))
    desk = sit_down(staff, "/phan-cong/?xem=nhiem-vu")
    sift = unfold(desk.get_by_role("main"), "Lọc và tìm trong danh sách")
    sift.get_by_label("Cơ quan").select_option(label="Sở KH&ĐT")
    sift.get_by_role("button", name="Lọc").click()
    expect(desk.get_by_text("2 nhiệm vụ khớp bộ lọc")).to_be_visible()
    assert "co-quan=" in desk.url
    desk.get_by_label("Tên bộ lọc").fill("Việc của KH&ĐT")
    desk.get_by_role("button", name="Lưu bộ lọc đang xem").click()
    saved = desk.get_by_role("navigation", name="Bộ lọc đã lưu").get_by_role("link", name="Việc của KH&ĐT")
    expect(saved).to_have_attribute("href", f"/phan-cong/?{SavedView.objects.get(user=staff).query}")
    expect(desk.get_by_text("2 nhiệm vụ khớp bộ lọc")).to_be_visible()

    for number in (1, 2):
        desk.get_by_role("checkbox", name=f"Chọn nhiệm vụ {number}, 86/TB-UBND").check()
    desk.get_by_role("button", name="Đổi các nhiệm vụ đã chọn").click()
    desk.get_by_role("radio", name="Thời hạn", exact=True).check()
    desk.get_by_role("textbox", name="Thời hạn mới").fill("29/12/2023")
    desk.get_by_label("Văn bản làm căn cứ").fill("Công văn 19/BCĐ (minh hoạ)")
    desk.get_by_role("button", name="Xem trước").click()
    expect(desk.get_by_text("2 nhiệm vụ sẽ đổi.")).to_be_visible()
    assert not BulkChange.objects.exists()
    desk.get_by_role("button", name="Đổi 2 nhiệm vụ").click()
    undo = unfold(desk, "Hoàn tác")
    new = date(2023, 12, 29)
    assert [task.deadline == new for task in Task.objects.order_by("position")] == [True, True, False]
    undo.get_by_role("button", name="Hoàn tác lần đổi này").click()
    expect(desk.get_by_text("Đã hoàn tác").first).to_be_visible()
    assert not Task.objects.filter(deadline=new).exists()


def test_a_draft_warns_of_a_likely_twin(sit_down, draft, staff):  # noqa: F811
    desk = sit_down(staff, f"/van-ban/{draft.pk}/")
    expect(desk.get_by_role("heading", name="Có thể trùng với việc đang làm (1)")).to_be_visible()
    expect(desk.get_by_role("link", name="86/TB-UBND, nhiệm vụ 1")).to_be_visible()


def test_a_calendar_by_secret_link_dies_when_it_is_revoked(sit_down, live_server, make_assignment, liaison, day):
    make_assignment("dated", deadline=day + timedelta(10))
    own = sit_down(liaison, "/lich/")
    own.get_by_role("button", name="Tạo lịch").click()
    link = own.get_by_label("Đường dẫn của lịch").input_value()
    address = live_server.url + urlsplit(link).path
    with urlopen(address) as fetched:  # as an application on the telephone does it
        events = list(Calendar.from_ical(fetched.read()).walk("VEVENT"))
    assert [each["summary"] for each in events] == ["Hạn: nhiệm vụ 1, 86/TB-UBND – Sở KH&ĐT"]
    own.goto("/lich/")
    expect(own.get_by_label("Đường dẫn của lịch")).to_have_count(0)
    own.get_by_role("button", name="Thu hồi").click()
    expect(own.get_by_text("Chưa có lịch nào.")).to_be_visible()
    assert CalendarFeed.objects.get().revoked_at
    with pytest.raises(HTTPError, match="404"):
        urlopen(address)
