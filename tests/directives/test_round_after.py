"""After the sending: what is missing is sent late, each task that reported by itself is closed with a button."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.grants import grant
from agencies.models import APPROVE, Role
from directives.actions.life import suspend
from directives.actions.notes import Letter, Said, enter_for_agency, report_progress
from directives.actions.reviews import ask_more
from directives.models import Assignment, Entry, Office, ProgressNote, Submission
from directives.views.round_call import round_call
from tests.directives.conftest import DAY, person

from .test_round_page import (  # noqa: F401
    PDF,
    address,
    approval,
    as_liaison,
    colleague,
    line,
    lines,
    pinned,
    rows,
    shown,
)

EARLY = date(2023, 11, 10)
CLAIM = Said(result="Xong.", claims_completion=True, no_evidence_reason="Gửi sau")


@pytest.fixture
def returned(as_liaison, liaison, staff, address, rows, day):  # noqa: F811
    """Sent while the claim on the second task waited, which is sent back afterwards."""
    report_progress(assignment=rows[1], said=CLAIM, by=liaison, day=date(2023, 10, 1))
    as_liaison.post(address, lines(line(rows[0], result="Đã làm.")))
    assert Submission.objects.get().is_sent
    row = Assignment.objects.get(pk=rows[1].pk)
    ask_more(assignment=row, reason="Thiếu phụ lục", days=5, by=staff, day=day)
    return Assignment.objects.get(pk=row.pk)


def test_a_claim_that_is_sent_back_after_the_sending_is_reported_on_the_same_page(as_liaison, address, returned):  # noqa: F811
    home = as_liaison.get(reverse("home")).text
    assert "còn 1/2 nhiệm vụ chưa báo cáo" in home and "Gửi bổ sung" in home
    assert "Gửi bổ sung" in as_liaison.get(reverse("round_list")).text
    page = as_liaison.get(address)
    html = page.text
    assert [row.pk for row in page.context["sheet"].to_fill] == [returned.pk]
    assert "Gửi bổ sung" in html and "Tải báo cáo của đơn vị (Word)" in html
    assert as_liaison.post(f"{address}luu/", line(returned, result="Đang bổ sung")).status_code == 200
    answer = as_liaison.post(address, lines(line(returned, 1, result="Đã bổ sung phụ lục.")), follow=True)
    assert "Đã gửi bổ sung." in answer.text and "Gửi muộn" not in answer.text
    assert ProgressNote.objects.filter(round__isnull=False).count() == 2 and not Entry.objects.exists()
    assert "chưa báo cáo" not in as_liaison.get(reverse("home")).text


def test_what_is_added_after_the_day_is_marked_late_and_the_report_stays_as_it_was(
    as_liaison,  # noqa: F811
    address,  # noqa: F811
    returned,
    rows,  # noqa: F811
    settings,
):
    settings.TODAY = date(2023, 11, 23)
    assert "ghi là gửi muộn" in as_liaison.get(address).text
    answer = as_liaison.post(address, lines(line(returned, result="Bổ sung.")), follow=True)
    assert "ghi là gửi muộn" in answer.text
    assert (shown(answer, returned).is_late, shown(answer, rows[0]).is_late) == (True, False)
    assert answer.text.count("Gửi muộn") == 1 and not Submission.objects.get().is_late


def test_a_task_that_came_after_an_early_report_is_called_for_and_one_that_came_too_late_is_not(
    as_liaison,  # noqa: F811
    liaison,
    agency,
    address,  # noqa: F811
    rows,  # noqa: F811
    make_assignment,
    settings,
):
    office = Office.current()
    settings.TODAY = date(2023, 11, 1)
    as_liaison.post(address, lines(*(line(row, result="Đã làm.") for row in rows)))
    assert round_call(liaison, agency, settings.TODAY, office) == []
    late = make_assignment(position=8, received_on=date(2023, 11, 10))
    assert round_call(liaison, agency, settings.TODAY, office) == []
    new = make_assignment(position=9, received_on=date(2023, 11, 2))
    assert round_call(liaison, agency, settings.TODAY, office)[0].missing == 1
    page = as_liaison.get(address)
    assert [row.pk for row in page.context["sheet"].to_fill] == [new.pk]
    refused = as_liaison.post(f"{address}luu/", line(late, result="x"))
    assert refused.status_code == 422
    assert as_liaison.post(address, lines(line(new))).status_code == 422
    assert as_liaison.post(address, lines(line(new, result="Đã nhận."))).status_code == 302


def test_the_page_of_before_sent_again_says_that_it_is_sent(as_liaison, address, returned, rows):  # noqa: F811
    """The button "back" on a report that is open again for another task: nothing doubled, nothing wrongly refused."""
    answer = as_liaison.post(address, lines(line(rows[0], result="Đã làm.")), follow=True)
    assert answer.status_code == 200 and "Báo cáo kỳ này đã gửi ngày 20/11/2023." in answer.text
    assert ProgressNote.objects.count() == 2


def test_where_the_head_approves_the_liaison_drafts_what_is_missing_and_the_head_sends_it(
    client,
    address,  # noqa: F811
    returned,
    liaison,
    approval,  # noqa: F811
):
    head, agency = approval
    grant(agency=agency, user=head, by=None, right=APPROVE)
    client.force_login(liaison)
    html = client.get(address).text
    assert 'value="gui"' not in html and "thủ trưởng hoặc cấp phó được uỷ quyền gửi" in html
    client.post(address, lines(line(returned, result="Đã bổ sung."), viec="luu"))
    assert client.post(address, lines(line(returned, 1, result="Đã bổ sung."))).status_code == 422
    client.force_login(head)
    html = client.get(address).text
    assert "Gửi bổ sung" in html and "Đã bổ sung." in html
    assert client.post(address, lines(line(returned, 1, result="Đã bổ sung."))).status_code == 302
    assert ProgressNote.objects.filter(author=head).count() == 1


def test_whoever_reported_each_task_by_itself_sends_with_a_button_and_has_the_word_file(
    as_liaison,  # noqa: F811
    liaison,
    agency,
    address,  # noqa: F811
    rows,  # noqa: F811
    november,
):
    for row in rows:
        report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=date(2023, 11, 10))
    html = as_liaison.get(address).text
    assert 'value="gui"' in html and "<textarea" not in html
    assert "Đã gửi báo cáo kỳ." in as_liaison.post(address, {"viec": "gui"}, follow=True).text
    assert as_liaison.get(reverse("round_word", args=[november.pk, agency.code])).status_code == 200
    assert ProgressNote.objects.count() == 2


def test_and_hands_it_to_the_head_where_the_head_approves(client, liaison, address, rows, approval):  # noqa: F811
    head, agency = approval
    grant(agency=agency, user=head, by=None, right=APPROVE)
    for row in rows:
        report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=date(2023, 11, 10))
    client.force_login(liaison)
    assert 'value="trinh"' in client.get(address).text
    assert client.post(address, {"viec": "trinh"}).status_code == 302
    client.force_login(head)
    assert "Duyệt và gửi" in client.get(address).text
    assert client.post(address, {"viec": "gui"}).status_code == 302
    assert Submission.objects.get().sent_by == head


def test_nobody_who_has_reported_everything_is_called_late(as_liaison, liaison, rows, november, settings):  # noqa: F811
    settings.TODAY = date(2023, 11, 23)
    page = reverse("round_list")
    assert "quá ngày" in as_liaison.get(page).text
    for row in rows:
        report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=date(2023, 11, 10))
    assert "quá ngày" not in as_liaison.get(page).text


def test_what_stayed_a_draft_beside_a_sent_report_is_called_so(
    as_liaison,  # noqa: F811
    liaison,
    address,  # noqa: F811
    rows,  # noqa: F811
    make_assignment,
):
    late = make_assignment(position=4, received_on=date(2023, 11, 10))
    as_liaison.post(address, lines(*(line(row, result="Đã làm.") for row in rows)))
    Entry.objects.create(
        submission=Submission.objects.get(), assignment=late, typed={"obstacle": "Thiếu vốn"}, edited_by=liaison
    )
    html = as_liaison.get(address).text
    assert "Chưa gửi" in html and "Thiếu vốn" in html and "Nội dung trình" not in html


def a_letter_came(row, colleague, staff, november):  # noqa: F811
    said, letter = Said("Theo công văn", no_evidence_reason="Đã gửi bản giấy"), Letter("1/CV", EARLY, EARLY)
    enter_for_agency(assignment=row, said=said, letter=letter, by=staff, day=DAY, round=november)


def a_colleague_claimed(row, colleague, staff, november):  # noqa: F811
    report_progress(assignment=row, said=CLAIM, by=colleague, day=DAY)


def a_claim_waits_from_before(row, colleague, staff, november):  # noqa: F811
    report_progress(assignment=row, said=CLAIM, by=colleague, day=date(2023, 10, 1))


def it_was_suspended(row, colleague, staff, november):  # noqa: F811
    suspend(assignment=row, reason="Chờ hướng dẫn", by=staff, day=DAY)


@pytest.mark.parametrize("happens", [a_letter_came, a_colleague_claimed, a_claim_waits_from_before, it_was_suspended])
def test_a_draft_that_goes_with_no_report_any_more_is_still_read_on_the_page(
    happens,
    as_liaison,  # noqa: F811
    liaison,
    colleague,  # noqa: F811
    staff,
    address,  # noqa: F811
    rows,  # noqa: F811
    november,
):
    as_liaison.post(address, lines(line(rows[0], result="Bản thảo của người thứ nhất"), viec="luu"))
    assert "Đã soạn, chưa gửi" not in as_liaison.get(address).text
    happens(rows[0], colleague, staff, november)
    html = as_liaison.get(address).text
    assert html.count("Bản thảo của người thứ nhất") == html.count("Đã soạn, chưa gửi") == 1


def test_a_file_in_a_draft_is_seen_by_the_people_of_its_agency_and_nobody_else(
    client,
    liaison,
    stranger,
    staff,
    address,  # noqa: F811
    rows,  # noqa: F811
    approval,  # noqa: F811
):
    head, agency = approval
    grant(agency=agency, user=head, by=None, right=APPROVE)
    client.force_login(liaison)
    file = client.post(f"{address}tep/", {"tep": SimpleUploadedFile("kq.pdf", PDF)}).json()["uuid"]
    look, get = (reverse(name, args=[file]) for name in ("shelf_detail", "evidence"))
    assert client.get(look).status_code == 404  # it lies with no line yet
    first = line(rows[0], result="Xong.", claims_completion="on", kept=[file])
    client.post(address, lines(first, line(rows[1], result="x"), viec="luu"))
    assert look in client.get(address).text
    client.post(address, lines(first | {f"r{rows[0].pk}-version": 1}, line(rows[1], 1, result="x"), viec="trinh"))
    assert look in client.get(address).text and Submission.objects.get().state == "awaiting"
    for who in (liaison, head):
        client.force_login(who)
        assert look in client.get(address).text
        assert [client.get(each).status_code for each in (look, get)] == [200, 200]
    other = person("nguoikhac", Role.LIAISON)
    for who in (stranger, staff, other):
        client.force_login(who)
        assert [client.get(each).status_code for each in (look, get)] == [404, 404]
