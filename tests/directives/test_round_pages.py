"""Who has sent, who is preparing, who is silent; the liaison's list; the report in Word; the pages that point there."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx.shared import Mm

from agencies.errors import Refused
from agencies.grants import grant
from agencies.models import LEAD, Agency, Role
from directives.actions.notes import Said, report_progress
from directives.actions.round_entries import save_entry
from directives.actions.rounds import Line, hand_in, send_round, submission_for
from directives.models import Addressee, Office, Round, RoundRule
from directives.views.round_overview import lines_of
from tests.directives.conftest import person
from tests.directives.test_round_calendar import choose  # noqa: F401

DAY = date(2023, 11, 20)


@pytest.fixture(autouse=True)
def pinned(settings):
    settings.TODAY = DAY


@pytest.fixture
def november(choose):  # noqa: F811
    choose()
    return Round.objects.get(end=date(2023, 11, 14))


@pytest.fixture
def bodies(db, make_assignment):
    """Six bodies with a task each, and the liaison of each."""
    found = {}
    for number, name in enumerate(("im", "nhap", "trinh", "le", "muon", "gui"), start=11):
        kind = "district" if name == "muon" else "department"
        body = Agency.objects.create(code=name, name=f"Sở {name}", short_name=f"Sở {name}", sort_key=name, kind=kind)
        row = make_assignment("standing" if name == "gui" else "undated", position=number, agency=body)
        found[name] = (body, person(name, Role.LIAISON, body, [body]), row)
    return found


@pytest.fixture
def told(november, bodies):
    """Each at another point of the way."""

    def begun(name):
        body, by, row = bodies[name]
        return submission_for(round=november, agency=body, by=by, day=DAY), by, row

    for name in ("nhap", "trinh"):
        submission, by, row = begun(name)
        save_entry(submission=submission, assignment=row, typed={"result": "Đang"}, by=by, day=DAY)
    Agency.objects.filter(code="trinh").update(needs_approval=True)
    grant(agency=submission.agency, user=person("thutruong", Role.LIAISON, submission.agency), right=LEAD, by=None)
    hand_in(submission=submission, by=by, day=DAY)
    _, by, row = bodies["le"]
    report_progress(assignment=row, said=Said(result="Đã họp"), by=by, day=date(2023, 11, 10))
    for name in ("muon", "gui"):
        submission, by, row = begun(name)
        send_round(submission=submission, lines=[Line(row, Said(result="Xong đợt 1"))], by=by, day=DAY)
    return november


def states(november, staff):
    return [(line.agency.code, line.state.slug) for line in lines_of(november, staff, DAY, Office.current())]


def test_exceptions_stand_first_and_everybody_in_one_state(told, staff):
    assert states(told, staff) == [
        ("im", "im-lang"),
        ("nhap", "dang-soan"),
        ("trinh", "cho-thu-truong"),
        ("le", "bao-cao-le"),
        ("muon", "gui-muon"),
        ("gui", "da-gui"),
    ]


@pytest.mark.parametrize("who", ["staff", "leader"])
def test_the_page_says_who_is_where_and_narrows_by_its_address(told, signed_in, who):
    client, url = signed_in(who), reverse("round_detail", args=[told.pk])
    page = client.get(url).text
    for words in ("1/1 dòng, Người nhap sửa", "Người trinh trình", "Người gui, ngày 20/11/2023", "1/1 phân công"):
        assert words in page
    silent = client.get(url, {"tinh-trang": "im-lang"}).text
    assert "Sở im" in silent
    assert "Sở nhap" not in silent


def test_whoever_has_only_typed_an_obstacle_is_not_silent(november, bodies, staff):
    body, by, row = bodies["im"]
    submission = submission_for(round=november, agency=body, by=by, day=DAY)
    save_entry(submission=submission, assignment=row, typed={"obstacle": "Thiếu vốn"}, by=by, day=DAY)
    assert ("im", "dang-soan") in states(november, staff)


def test_each_line_is_counted_once_be_it_drafted_or_reported(november, bodies, staff, make_assignment):
    body, by, row = bodies["im"]
    make_assignment(position=20, agency=body)
    submission = submission_for(round=november, agency=body, by=by, day=DAY)
    save_entry(submission=submission, assignment=row, typed={"result": "Đang"}, by=by, day=DAY)

    def counted():
        return next(line.filled for line in lines_of(november, staff, DAY, Office.current()) if line.agency == body)

    assert counted() == 1
    report_progress(assignment=row, said=Said(result="Đã họp"), by=by, day=date(2023, 11, 10))
    assert counted() == 1


def test_whoever_reported_each_task_by_itself_is_called_late_by_nobody(told, staff, signed_in):
    late = date(2023, 11, 25)
    days = {line.agency.code: line.late_days for line in lines_of(told, staff, late, Office.current())}
    assert (days["le"], days["im"]) == (0, 5)


def test_a_round_of_long_ago_is_no_longer_called_for(november, bodies, client, settings):
    body, by, row = bodies["im"]
    client.force_login(by)
    october = Round.objects.get(end=date(2023, 10, 14))
    page, address = reverse("round_list"), reverse("round_page", args=[october.pk, body.code])
    assert address in client.get(page).text
    settings.TODAY = date(2023, 11, 28)  # November has gone up on the 27th
    html = client.get(page).text
    assert address not in html and "Không gửi" in html
    html = client.get(address).text
    assert "không còn nhận báo cáo" in html and "data-row" not in html
    save = {"hang": row.pk, f"r{row.pk}-version": 0, f"r{row.pk}-result": "Muộn quá"}
    told = client.post(f"{address}luu/", save)
    assert told.status_code == 422 and "không còn nhận báo cáo" in told.json()["error"]
    answer = client.post(address, save | {"viec": "gui"})
    assert answer.status_code == 422 and "Muộn quá" in answer.text
    submission = submission_for(round=october, agency=body, by=by, day=settings.TODAY)
    for verb in (send_round, hand_in):
        Agency.objects.filter(pk=body.pk).update(needs_approval=verb is hand_in)
        with pytest.raises(Refused, match="không còn nhận"):
            verb(submission=submission, lines=[Line(row, Said(result="x"))], by=by, day=settings.TODAY)


def test_a_body_that_is_asked_stands_apart_and_is_called_late_by_nobody(told, bodies, staff, signed_in):
    Addressee.objects.filter(agency__code="im").update(is_asked=True)
    answer = signed_in("staff").get(reverse("round_detail", args=[told.pk]))
    assert [line.agency.code for line in answer.context["asked"]] == ["im"]
    assert answer.context["total"] == 5
    assert "Cơ quan được đề nghị" in answer.text


def test_what_a_body_that_is_asked_sends_after_the_day_is_late_on_no_page(november, bodies, client, staff, settings):
    body, by, row = bodies["im"]
    Addressee.objects.filter(agency=body).update(is_asked=True)
    settings.TODAY = late = date(2023, 11, 24)
    own, page = reverse("round_list"), reverse("round_page", args=[november.pk, body.code])
    client.force_login(by)
    assert not any("muộn" in client.get(each).text or "quá ngày" in client.get(each).text for each in (own, page))
    submission = submission_for(round=november, agency=body, by=by, day=late)
    send_round(submission=submission, lines=[Line(row, Said("Đã tuyên truyền"))], by=by, day=late)
    task = reverse("assignment_detail", args=[row.task_id, body.code])
    assert not any("muộn" in client.get(each).text.lower() for each in (own, page, task))
    client.force_login(staff)
    assert "muộn" not in client.get(own).text
    assert "Đã gửi, muộn" not in client.get(reverse("round_detail", args=[november.pk])).text


def test_finished_or_late_received_work_is_owed_by_nobody(november, bodies, staff):
    for name, (_, _, row) in bodies.items():
        row.received_on = date(2023, 11, 10)
        row.life, row.completed_on = ("done", DAY) if name == "im" else (row.life, None)
        row.save()
    assert states(november, staff) == []


def queries(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_pages_ask_as_often_for_many_as_for_one(told, staff, signed_in, make_assignment, bodies):
    client = signed_in("staff")
    urls = [reverse("round_detail", args=[told.pk]), reverse("round_list")]
    few = [queries(client, url) for url in urls]
    for number in range(21, 25):
        body = Agency.objects.create(code=f"s{number}", name="x", short_name="x", sort_key=f"{number}")
        by = person(f"s{number}", Role.LIAISON, body, [body])
        row = make_assignment("standing", position=number, agency=body)
        submission = submission_for(round=told, agency=body, by=by, day=DAY)
        if number % 2:
            save_entry(submission=submission, assignment=row, typed={"result": "x"}, by=by, day=DAY)
        else:
            send_round(submission=submission, lines=[Line(row, Said(result="x"))], by=by, day=DAY)
    assert [queries(client, url) for url in urls] == few


def test_a_liaison_sees_the_reports_of_their_agencies_only(told, bodies, client):
    body, by, _ = bodies["gui"]
    client.force_login(by)
    page = client.get(reverse("round_list")).text
    assert reverse("round_page", args=[told.pk, "gui"]) in page
    assert reverse("round_word", args=[told.pk, "gui"]) in page
    assert "Sở nhap" not in page
    before = queries(client, reverse("round_list"))
    Round.objects.create(
        cadence="month",
        start=date(2023, 7, 15),
        end=date(2023, 8, 14),
        due_local=date(2023, 8, 17),
        due_agency=date(2023, 8, 19),
        due_standing=date(2023, 8, 25),
    )
    assert queries(client, reverse("round_list")) == before
    assert client.get(reverse("round_detail", args=[told.pk])).status_code == 404
    assert client.get(reverse("round_word", args=[told.pk, "muon"])).status_code == 404


def test_whoever_comes_first_opens_what_the_schedule_has_missed(liaison, signed_in, month):
    client = signed_in("liaison")
    assert "chưa được mở tự động" in client.get(reverse("round_list")).text
    assert not Round.objects.exists()
    client.post(reverse("round_open"))
    assert Round.objects.count() == 3
    assert "chưa được mở tự động" not in client.get(reverse("round_list")).text


def test_while_nothing_is_chosen_the_page_says_what_to_do(db, signed_in, staff, liaison):
    assert reverse("round_rules") in signed_in("staff").get(reverse("round_list")).text
    assert "chưa yêu cầu báo cáo theo kỳ" in signed_in("liaison").get(reverse("round_list")).text
    assert not RoundRule.objects.exists()


def test_the_pages_of_agency_and_assignment_tell_how_a_standing_duty_is_reported(told, bodies, client, staff):
    body, by, row = bodies["gui"]
    client.force_login(by)
    words = "1/2 kỳ đã khóa có báo cáo"
    agency = client.get(reverse("agency_detail", args=["gui"])).text
    assert words in agency
    assert "Đã gửi ngày 20/11/2023" not in agency  # they are told by the call to their own report
    assert words in client.get(reverse("assignment_detail", args=[row.task_id, "gui"])).text
    client.force_login(staff)
    assert "Đã gửi ngày 20/11/2023" in client.get(reverse("agency_detail", args=["gui"])).text
    assert "trong báo cáo kỳ tháng 11/2023" in client.get(reverse("assignment_detail", args=[row.task_id, "gui"])).text


@pytest.fixture
def word(told, bodies, client, make_assignment):
    body, by, row = bodies["muon"]
    other = make_assignment("dated", position=31, agency=body, deadline=date(2023, 12, 5))
    third = make_assignment("undated", position=32, agency=body)
    late = submission_for(round=told, agency=body, by=by, day=DAY)
    more = [
        Line(
            other,
            Said(result="Đã trình", obstacle="Thiếu kinh phí", proposal="Bố trí kinh phí", proposal_to="Sở Tài chính"),
        ),
        Line(third, Said(result="Chờ hướng dẫn", is_unchanged=True)),
    ]
    send_round(submission=late, lines=more, by=by, day=DAY)
    client.force_login(by)
    answer = client.get(reverse("round_word", args=[told.pk, "muon"]))
    return answer, docx.Document(BytesIO(b"".join(answer.streaming_content)))


def test_the_word_file_has_the_layout_of_the_decree(word, standing):
    _, document = word
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each / Mm(1)) for each in margins] == [20, 20, 30, 15]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size.pt == 14
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    first = section.first_page_header.paragraphs[0]
    assert first.text == "" and "PAGE" not in first._p.xml
    head = document.tables[0]
    assert head.cell(0, 0).text.strip() == "SỞ MUON"  # a district writes under nobody
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.cell(0, 1).text
    assert head.cell(1, 0).text.split("/")[0].strip() == "Số:"  # the number is the clerk's
    assert head.cell(1, 1).text.startswith("…")  # its name does not tell its place
    assert head.cell(1, 1).paragraphs[0].style.font.italic


def test_the_word_file_says_what_was_sent(word, standing):
    _, document = word
    text = "\n".join(each.text for each in document.paragraphs)
    for words in (
        "BÁO CÁO",
        "Kết quả thực hiện nhiệm vụ được giao tháng 11/2023",
        "Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023",
        "từ ngày 15/10/2023 đến ngày 14/11/2023",
        "đơn vị báo cáo 3 nhiệm vụ, 1 nhiệm vụ không thay đổi",
        "Nhiệm vụ 31, 86/TB-UBND: Thiếu kinh phí",
        "Kiến nghị Sở Tài chính: Bố trí kinh phí",
        "./.",
    ):
        assert words in text
    table = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert len(table) == 4
    assert table[0] == ["TT", "Nhiệm vụ", "Thời hạn", "Kết quả trong kỳ"]
    assert [row[2:] for row in table[1:]] == [
        ["Không ấn định thời hạn", "Xong đợt 1"],
        ["05/12/2023", "Đã trình"],
        ["Không ấn định thời hạn", "Không thay đổi so với kỳ trước. Lý do: Chờ hướng dẫn"],
    ]
    end = document.tables[2]
    assert "THỦ TRƯỞNG CƠ QUAN" in end.cell(0, 1).text
    assert end.cell(0, 0).text.splitlines() == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_its_name_survives_the_download(word):
    answer, _ = word
    assert (
        "filename*=utf-8''B%C3%A1o%20c%C3%A1o%20th%C3%A1ng%2011-2023%20S%E1%BB%9F%20muon.docx"
        in answer["Content-Disposition"]
    )
    assert "no-store" in answer["Cache-Control"]


def test_there_is_no_word_file_before_it_is_sent(told, client, staff):
    client.force_login(staff)
    assert client.get(reverse("round_word", args=[told.pk, "nhap"])).status_code == 404
