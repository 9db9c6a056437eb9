"""An agency's own report of a round in Word: all its words, as things stood when it was sent, headed as its kind heads."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.oxml.ns import qn

from agencies.models import Agency, Kind
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.notes import Cited, Letter, Said, enter_for_agency, report_progress
from directives.actions.reviews import confirm
from directives.actions.rounds import Line, send_round, submission_for
from directives.actions.tasks import set_clock
from directives.models import Assignment, Office, Part, Round
from directives.reports import round_paper, word
from tests.directives.test_round_calendar import choose  # noqa: F401

DAY = date(2023, 11, 20)
AFTER = date(2023, 12, 1)
LONG = "Đã rà soát chính sách hỗ trợ. " * 166  # 4,980 characters: what the form takes


@pytest.fixture(autouse=True)
def pinned(settings):
    settings.TODAY = DAY


@pytest.fixture
def november(choose):  # noqa: F811
    choose()
    return Round.objects.get(end=date(2023, 11, 14))


@pytest.fixture
def row(make_assignment):
    return make_assignment("dated", deadline=date(2023, 11, 30))


@pytest.fixture
def send(november, agency, liaison):
    def send(row, **said):
        submission = submission_for(round=november, agency=agency, by=liaison, day=DAY)
        send_round(submission=submission, lines=[Line(row, Said(**said))] if said else [], by=liaison, day=DAY)
        return submission

    return send


def printed(submission):
    submission.refresh_from_db()
    return docx.Document(BytesIO(made(submission)))


def made(submission, office=None):
    return word.write(round_paper.paper_of(submission, office or Office.current()))


def text_of(document):
    return "\n".join(each.text for each in document.paragraphs)


def cells(document):
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows][1:]


def test_all_of_the_agencys_words_are_printed_in_its_own_paragraphs(send, row):
    wanted = {"result": f"Một.\nHai.\n\n{LONG}cuối.", "obstacle": f"Thiếu.\n{LONG}hết.", "proposal": f"{LONG}cấp."}
    document = printed(send(row, **wanted))
    assert [each.text for each in document.tables[1].cell(1, 3).paragraphs] == ["Một.", "Hai.", f"{LONG}cuối."]
    text = text_of(document)
    assert f"Thiếu.\n{LONG}hết.\n" in text
    assert f"{LONG}cấp. (nhiệm vụ 1, 86/TB-UBND)" in text
    # A row that is higher than a page is allowed to break.
    assert "w:cantSplit" not in document.tables[1].rows[1]._tr.xml


def test_the_deadline_is_that_of_the_day_of_sending(send, row, liaison, leader):
    submission = send(row, result="Đang làm")
    asked = ask_extension(assignment=row, asked_until=date(2023, 12, 15), reason="Chờ", by=liaison, day=DAY)
    decide_extension(extension=asked, answer="approved", by=leader, day=date(2023, 11, 21))
    assert cells(printed(submission))[0][2] == "30/11/2023"
    set_clock(task=row.task, clock="undated", instrument="CV 9/UBND", by=leader_keeper(), day=AFTER)
    assert cells(printed(submission))[0][2] == "30/11/2023"


def leader_keeper():
    from tests.directives.conftest import person

    return person("quantri", "admin")


def test_a_clock_changed_later_is_not_in_it(send, make_assignment):
    row = make_assignment("undated")
    submission = send(row, result="Đang làm")
    set_clock(task=row.task, clock="standing", by=leader_keeper(), day=AFTER)
    assert cells(printed(submission))[0][2] == "Không ấn định thời hạn"


def test_every_note_of_the_round_is_in_it_and_none_that_came_later(send, row, liaison):
    first = Said(result="Đã họp", obstacle="Thiếu kinh phí", proposal="Bố trí kinh phí")
    report_progress(assignment=row, said=first, by=liaison, day=date(2023, 10, 20))
    report_progress(assignment=row, said=Said(result="Đã trình"), by=liaison, day=date(2023, 11, 2))
    submission = send(None)
    report_progress(assignment=row, said=Said(result="Sang kỳ sau"), by=liaison, day=AFTER)
    document = printed(submission)
    assert cells(document)[0][3] == "Ngày 20/10/2023: Đã họp\nNgày 02/11/2023: Đã trình"
    assert "Nhiệm vụ 1, 86/TB-UBND: Thiếu kinh phí" in text_of(document)
    assert "Bố trí kinh phí" in text_of(document)
    assert "báo cáo 1 nhiệm vụ." in text_of(document)


def test_a_letter_that_came_for_the_round_after_the_sending_changes_nothing_in_it(
    send, row, make_assignment, november, staff
):
    submission = send(row, result="Xong", claims_completion=True, no_evidence_reason="Gửi sau")
    confirm(assignment=Assignment.objects.get(pk=row.pk), by=staff, day=AFTER)
    before = cells(printed(submission))
    letter = Letter("1/CV", date(2023, 11, 10), date(2023, 11, 13))
    said = Said("Theo công văn", no_evidence_reason="Chỉ có bản giấy")
    other = make_assignment("undated", position=2)
    enter_for_agency(assignment=other, said=said, letter=letter, by=staff, day=AFTER, round=november)
    assert cells(printed(submission)) == before and "Đề nghị xác nhận hoàn thành." in before[0][3]


def test_ticked_duties_and_result_documents_are_printed(send, row):
    part = Part.objects.create(task=row.task, position=1, text="lập danh sách;", start=0, end=5)
    document = Cited("12/QĐ-UBND", date(2023, 10, 5), "Nguyễn Văn A", "Phê duyệt danh sách")
    sent = send(row, result="Xong", parts=[part], documents=[document], clears_obstacles=True)
    said = cells(printed(sent))[0][3]
    assert said.splitlines() == [
        "Xong",
        "Đầu việc đã xong: lập danh sách.",
        "Văn bản kết quả: 12/QĐ-UBND ngày 05/10/2023 (Nguyễn Văn A ký) Phê duyệt danh sách.",
        "Vướng mắc đã nêu trước đây đã được tháo gỡ.",
    ]


def test_only_a_claim_that_still_waited_is_a_request(send, make_assignment, liaison, staff, row):
    other = make_assignment("undated", position=2)
    for each in (row, other):
        said = Said(result="Xong", claims_completion=True, no_evidence_reason="Gửi sau")
        report_progress(assignment=each, said=said, by=liaison, day=date(2023, 10, 20))
    confirm(assignment=row, by=staff, day=date(2023, 10, 25))
    submission = send(None)
    confirm(assignment=other, by=staff, day=AFTER)
    document = printed(submission)
    assert "đề nghị xác nhận hoàn thành 1 nhiệm vụ" in text_of(document)
    assert [each[3] for each in cells(document)] == [
        "Xong\nĐã được xác nhận hoàn thành ngày 25/10/2023.",
        "Xong\nĐề nghị xác nhận hoàn thành.",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "head", "place", "signs_as"),
    [
        ("department", "Sở Công Thương", ["UBND TỈNH QUẢNG TRỊ", "SỞ CÔNG THƯƠNG"], "Quảng Trị", ["GIÁM ĐỐC"]),
        ("department", "Ban Dân tộc", ["UBND TỈNH QUẢNG TRỊ", "BAN DÂN TỘC"], "Quảng Trị", ["THỦ TRƯỞNG CƠ QUAN"]),
        ("branch", "Cục Thuế tỉnh", ["CỤC THUẾ TỈNH"], "Quảng Trị", ["THỦ TRƯỞNG CƠ QUAN"]),
        (
            "district",
            "UBND huyện Gio Linh",
            ["ỦY BAN NHÂN DÂN", "HUYỆN GIO LINH"],
            "Gio Linh",
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        (
            "commune",
            "Ủy ban nhân dân phường 5",
            ["ỦY BAN NHÂN DÂN", "PHƯỜNG 5"],
            "phường 5",
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        ("district", "Ban Quản lý khu", ["BAN QUẢN LÝ KHU"], "…………", ["THỦ TRƯỞNG CƠ QUAN"]),
        (
            "standing",
            "Liên minh Hợp tác xã tỉnh",
            ["UBND TỈNH QUẢNG TRỊ", "LIÊN MINH HỢP TÁC XÃ TỈNH"],
            "Quảng Trị",
            ["CHỦ TỊCH"],
        ),
    ],
)
def test_head_and_signature_follow_the_kind_of_body(send, row, agency, kind, name, head, place, signs_as):
    Agency.objects.filter(pk=agency.pk).update(kind=kind, name=name)
    submission = send(row, result="x")
    submission.agency.refresh_from_db()
    document = printed(submission)
    left, right = document.tables[0].cell(0, 0), document.tables[0].cell(1, 1)
    assert left.text.split("\n")[: len(head)] == head
    assert right.text.startswith(f"{place[:12]}")
    assert right.text.endswith("tháng 11 năm 2023")
    signed = document.tables[2].cell(0, 1).text.split("\n")
    assert [each for each in signed if each] == signs_as


def test_a_party_body_bears_the_partys_head(send, row, agency):
    Agency.objects.filter(pk=agency.pk).update(kind=Kind.PARTY, name="Ban Tuyên giáo Tỉnh ủy")
    submission = send(row, result="x")
    submission.agency.refresh_from_db()
    document = printed(submission)
    head = document.tables[0]
    assert head.cell(0, 0).text.split("\n")[:3] == ["TỈNH ỦY QUẢNG TRỊ", "BAN TUYÊN GIÁO", "*"]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head.cell(0, 1).text
    assert "CỘNG HÒA" not in head.cell(0, 1).text
    assert head.cell(1, 0).text.replace("\xa0", "") == "Số:-BC/"
    assert "TRƯỞNG BAN" in document.tables[2].cell(0, 1).text
    assert document.tables[2].cell(0, 0).text.endswith("- Lưu.")


def test_the_standing_agency_addresses_whoever_gave_the_tasks(send, row, agency, directive):
    Agency.objects.filter(pk=agency.pk).update(kind=Kind.STANDING)
    submission = send(row, result="x")
    assert "Kính gửi: …………" in text_of(printed(submission))  # the clerk knows
    type(directive).objects.filter(pk=directive.pk).update(issuer="UBND tỉnh Quảng Trị")
    assert "Kính gửi: UBND tỉnh Quảng Trị" in text_of(printed(submission))


def test_the_file_is_marked_as_vietnamese(send, row):
    submission = send(row, result="x")
    submission.refresh_from_db()
    with ZipFile(BytesIO(made(submission))) as unpacked:
        styles = docx.oxml.parse_xml(unpacked.read("word/styles.xml"))
    languages = [each.get(qn("w:val")) for each in styles.iter(qn("w:lang"))]
    assert len(languages) >= 2
    assert set(languages) == {"vi-VN"}


def test_it_asks_as_often_for_many_tasks_as_for_one(send, row, make_assignment, liaison):
    def queries():
        submission.refresh_from_db()
        with CaptureQueriesContext(connection) as caught:
            made(submission, Office(pk=1))
        return len(caught)

    submission = send(row, result="x")
    once = queries()
    lines = [Line(make_assignment("undated", position=each), Said(result="x")) for each in range(2, 6)]
    send_round(submission=submission, lines=lines, by=liaison, day=DAY)
    assert queries() == once
