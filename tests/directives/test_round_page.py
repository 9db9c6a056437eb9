"""A round on one address: drafts of two colleagues, everything sent at once or nothing, and nothing typed is lost."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.grants import grant
from agencies.models import APPROVE, Agency, Role
from directives.actions.life import cancel
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Entry, Evidence, Part, ProgressNote, Round, Submission, Task, Upload
from tests.directives.conftest import person

PDF = b"%PDF-1.4\n%%EOF\n"
REASON = "Đang chờ bố trí kinh phí"


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def rows(make_assignment):
    return [make_assignment(position=number) for number in (1, 2)]


@pytest.fixture
def colleague(agency):
    return person("dongnghiep", Role.LIAISON, agency, [agency])


@pytest.fixture
def as_liaison(client, liaison):
    client.force_login(liaison)
    return client


@pytest.fixture
def address(november, agency):
    return reverse("round_page", args=[november.pk, agency.code])


def line(row, version=0, **typed):
    """The fields of one line, as the page names them."""
    fields = {f"r{row.pk}-{name}": value for name, value in typed.items()}
    return {"hang": row.pk, f"r{row.pk}-version": version, f"r{row.pk}-seen": row.version, **fields}


def lines(*each, viec="gui"):
    posted = {key: value for line in each for key, value in line.items() if key != "hang"}
    return {**posted, "hang": [line["hang"] for line in each], "viec": viec}


def shown(answer, row):
    return next(each for each in answer.context["sheet"].rows if each.pk == row.pk)


def test_the_page_shows_the_last_note_beside_the_new_one(as_liaison, liaison, address, rows):
    said = Said(result="Đã trình dự thảo.", documents=[Cited("12/BC", date(2023, 10, 1))])
    report_progress(assignment=rows[0], said=said, by=liaison, day=date(2023, 10, 2))
    html = as_liaison.get(address).content.decode()
    assert "Lần trước, 02/10/2023" in html and "Đã trình dự thảo." in html and "Văn bản 12/BC" in html


def test_an_obstacle_that_stands_is_shown_and_cleared_on_the_line(as_liaison, liaison, address, rows, day):
    said = Said(result="Đã trình.", obstacle="Thiếu vốn điều lệ")
    report_progress(assignment=rows[0], said=said, by=liaison, day=date(2023, 10, 2))
    html = as_liaison.get(address).text
    assert f"r{rows[0].pk}-clears_obstacles" in html and f"r{rows[1].pk}-clears_obstacles" not in html
    rows[0].refresh_from_db()
    typed = line(rows[0], clears_obstacles="on")
    assert as_liaison.post(f"{address}luu/", typed).status_code == 200
    assert "tháo gỡ" in shown(as_liaison.get(address), rows[0]).in_words
    both = lines(line(rows[0], 1, result="Đã có vốn.", clears_obstacles="on"), line(rows[1], result="Xong bước 1."))
    as_liaison.post(address, both)
    assert not ProgressNote.objects.naming_obstacles(day)


def test_what_was_reported_in_the_round_or_waits_needs_nothing(as_liaison, liaison, address, rows, make_assignment):
    other = make_assignment(position=3)
    report_progress(assignment=rows[0], said=Said(result="Đã xong bước 1."), by=liaison, day=date(2023, 11, 1))
    claim = Said(result="Xong.", claims_completion=True, no_evidence_reason="Kèm công văn")
    report_progress(assignment=rows[1], said=claim, by=liaison, day=date(2023, 10, 1))
    sheet = as_liaison.get(address).context["sheet"]
    assert [row.pk for row in sheet.to_fill] == [other.pk]
    assert (sheet.filled, sheet.total) == (0, 1)


def test_a_member_reads_its_own_part_of_the_task_on_the_line(as_liaison, address, make_assignment):
    make_assignment(scope="Rà soát các hợp tác xã trên địa bàn")
    assert "Rà soát các hợp tác xã trên địa bàn" in as_liaison.get(address).text


def test_a_long_text_is_cut_between_words(as_liaison, address, make_assignment):
    words = "Chủ trì, phối hợp với các cơ quan liên quan " * 6
    Task.objects.filter(pk=make_assignment().task_id).update(text=words.strip())
    html = as_liaison.get(address).content.decode()
    short = re.search(r'round-text__short">([^<]*)…<', html)[1]
    assert words.startswith(f"{short.rstrip()} ")


def test_what_came_after_the_round_is_not_on_it_and_what_came_late_may_stay_empty(
    as_liaison, address, rows, make_assignment
):
    make_assignment(position=3, received_on=date(2023, 11, 15))
    late = make_assignment(position=4, received_on=date(2023, 11, 10))
    sheet = as_liaison.get(address).context["sheet"]
    assert [row.pk for row in sheet.to_fill] == [rows[0].pk, rows[1].pk, late.pk]
    data = lines(*(line(row, result="Đã làm.") for row in rows), line(late))
    assert as_liaison.post(address, data).status_code == 302
    assert ProgressNote.objects.count() == 2


def test_everything_is_sent_at_once(as_liaison, liaison, address, rows, november, day):
    first = line(rows[0], result="Đã trình dự thảo.", obstacle="Thiếu cán bộ", raised_to="leaders")
    second = line(rows[1], unchanged="on", unchanged_why=REASON, unchanged_more="dự kiến tháng 12")
    answer = as_liaison.post(address, lines(first, second), follow=True)
    notes = ProgressNote.objects.order_by("assignment")
    assert [(note.result, note.is_unchanged, note.round_id) for note in notes] == [
        ("Đã trình dự thảo.", False, november.pk),
        (f"{REASON}; dự kiến tháng 12", True, november.pk),
    ]
    assert notes[0].raised_to == "leaders"
    assert (Submission.objects.get().sent_on, Submission.objects.get().sent_by) == (day, liaison)
    html = answer.content.decode()
    assert "Đã gửi" in html and "bao-cao.docx" in html and "Gửi muộn" not in html


def test_a_result_under_the_tick_of_no_change_is_not_dropped(as_liaison, address, rows):
    both = line(rows[0], unchanged="on", unchanged_why=REASON, result="Đã ban hành kế hoạch 12")
    answer = as_liaison.post(address, lines(both, line(rows[1], result="Đã làm.")))
    assert list(shown(answer, rows[0]).errors) == ["result"] and "Đã ban hành kế hoạch 12" in answer.text
    assert not ProgressNote.objects.exists()


def test_what_lies_on_the_shelf_is_chosen_on_the_line(as_liaison, liaison, colleague, agency, address, rows):
    """Without scripts the select is posted as it stands."""
    keep_on_shelf = {"content_type": "application/pdf", "size": 1, "uploaded_by": colleague}
    piece = Upload.objects.create(name="Kế hoạch.pdf", sha256="a" * 64, agency=agency, **keep_on_shelf)
    other = Upload.objects.create(name="Của người khác.pdf", sha256="b" * 64, **keep_on_shelf)
    said = Said(result="x", documents=[Cited("12/BC", date(2023, 10, 1), "Nguyễn A", "Báo cáo")])
    report_progress(assignment=rows[1], said=said, by=liaison, day=date(2023, 10, 2))
    html = as_liaison.get(address).text
    assert "Kế hoạch.pdf" in html and "Của người khác.pdf" not in html and 'data-on="01/10/2023"' in html
    rows[1].refresh_from_db()
    first = line(rows[0], result="Đã làm.", kept=["", str(piece.uuid), str(other.uuid)])
    as_liaison.post(address, lines(first, line(rows[1], result="Đã làm.")))
    assert [each.upload for each in Evidence.objects.filter(note__assignment=rows[0])] == [piece]


def test_a_report_after_its_day_goes_and_says_that_it_is_late(as_liaison, address, rows, november):
    Round.objects.update(due_agency=date(2023, 11, 19))
    assert "ghi là gửi muộn" in as_liaison.get(address).content.decode()
    as_liaison.post(address, lines(*(line(row, result="Đã làm.") for row in rows)))
    assert Submission.objects.get().is_late and "Gửi muộn" in as_liaison.get(address).content.decode()


def test_one_wrong_line_holds_back_all_and_keeps_all(as_liaison, address, rows):
    answer = as_liaison.post(address, lines(line(rows[0], result="Đã làm."), line(rows[1], obstacle="Thiếu vốn")))
    assert answer.status_code == 422 and not ProgressNote.objects.exists()
    assert shown(answer, rows[0]).errors == {} and "Xin ghi kết quả" in shown(answer, rows[1]).errors["result"]
    html = answer.content.decode()
    assert f'href="#r{rows[1].pk}-result"' in html and "Đã làm." in html and "Thiếu vốn" in html
    assert Entry.objects.count() == 2  # and kept for the next visit
    assert "Thiếu vốn" in as_liaison.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"unchanged": "on"}, "unchanged_why", "lý do không thay đổi"),
        ({"result": "x", "claims_completion": "on"}, "no_evidence_reason", "minh chứng"),
        ({"result": "x", "proposal": "Cấp vốn", "raised_to": "other"}, "proposal_to", "cơ quan nào"),
        ({"result": "x", "document_on": "31/02/2023"}, "document_on", "Không có ngày này"),
        ({"unchanged": "on", "unchanged_why": REASON, "claims_completion": "on"}, "claims_completion", "xin ghi"),
    ],
)
def test_errors_stand_at_their_field(as_liaison, address, rows, typed, field, words):
    answer = as_liaison.post(address, lines(line(rows[0], result="Đã làm."), line(rows[1], **typed)))
    assert answer.status_code == 422 and not ProgressNote.objects.exists()
    assert words in shown(answer, rows[1]).errors[field]
    assert f'id="r{rows[1].pk}-{field}' in answer.content.decode()


@pytest.mark.parametrize(("name", "value", "words"), [("percent", "50", "không có chỉ tiêu"), ("parts", "999999", "")])
def test_errors_of_fields_that_a_line_does_not_show_stand_at_the_line(as_liaison, address, rows, name, value, words):
    answer = as_liaison.post(address, lines(line(rows[0], result="x"), line(rows[1], result="x", **{name: value})))
    assert answer.status_code == 422 and words in shown(answer, rows[1]).errors["row"]


def test_what_a_line_says_and_what_the_verb_says_is_told_at_once(as_liaison, address, rows):
    """Also where a file was refused: nobody comes back three times."""
    first = line(rows[0], result="x", claims_completion="on")
    second = line(
        rows[1], result="x", percent="50", document_on="31/02/2023", files=[SimpleUploadedFile("a.exe", b"MZ")]
    )
    for viec in ("gui", "trinh"):
        answer = as_liaison.post(address, lines(first, second, viec=viec))
        assert answer.status_code == 422
        assert "minh chứng" in shown(answer, rows[0]).errors["no_evidence_reason"]
        assert set(shown(answer, rows[1]).errors) == {"document_on", "files"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"result": "x", "claims_completion": "on"}, "no_evidence_reason"),
        ({"result": "x", "proposal": "Cấp vốn", "raised_to": "other"}, "proposal_to"),
    ],
)
def test_the_head_is_handed_nothing_that_cannot_go(as_liaison, address, rows, approval, typed, field):
    answer = as_liaison.post(address, lines(line(rows[0], result="x"), line(rows[1], **typed), viec="trinh"))
    assert answer.status_code == 422 and list(shown(answer, rows[1]).errors) == [field]
    assert Submission.objects.get().state == "draft"


@pytest.mark.parametrize(
    "typed", [{"obstacle": "Thiếu vốn"}, {"claims_completion": "on"}, {"document_number": "15/BC"}, {"unchanged": "on"}]
)
def test_a_line_that_need_not_be_sent_is_sent_or_refused_never_dropped(
    as_liaison, address, rows, make_assignment, typed
):
    late = make_assignment(position=4, received_on=date(2023, 11, 10))
    good = [line(row, result="Đã làm.") for row in rows]
    answer = as_liaison.post(address, lines(*good, line(late, **typed)))
    assert answer.status_code == 422 and shown(answer, late).errors
    said = {} if "unchanged" in typed else {"result": "x"}
    again = [line | {f"r{line['hang']}-version": 1} for line in (*good, line(late, **typed, **said))]
    again[2] |= {f"r{late.pk}-unchanged_why": REASON, f"r{late.pk}-no_evidence_reason": "Gửi sau"}
    assert as_liaison.post(address, lines(*again)).status_code == 302
    assert ProgressNote.objects.filter(assignment=late).exists()


def test_what_was_ticked_last_time_is_no_news(as_liaison, liaison, address, rows, make_assignment):
    late = make_assignment(position=4, received_on=date(2023, 11, 10))
    part = Part.objects.create(task=late.task, position=1, text="Lập kế hoạch", start=24, end=30)
    report_progress(assignment=late, said=Said("x", parts=[part]), by=liaison, day=date(2023, 11, 16))
    good = [line(row, result="Đã làm.") for row in rows]
    data = lines(*good, line(late, late.version + 1, parts=[part.pk]))
    assert as_liaison.post(address, data).status_code == 302


def test_a_second_press_sends_nothing_twice(as_liaison, address, rows):
    data = lines(*(line(row, result="Đã làm.") for row in rows))
    for _ in range(2):
        assert as_liaison.post(address, data).status_code == 302
    assert ProgressNote.objects.count() == 2


def test_words_for_work_that_was_closed_meanwhile_are_given_back(as_liaison, address, rows, staff, day):
    cancel(assignment=rows[1], reason="Thôi", by=staff, day=day)
    data = lines(line(rows[0], result="Đã làm."), line(rows[1], result="Công sức của tôi."))
    html = as_liaison.post(address, data, follow=True).content.decode()
    assert ProgressNote.objects.count() == 1
    assert "“Hủy”" in html and "Công sức của tôi." in html


def test_what_a_colleague_sent_first_does_not_swallow_mine(client, colleague, liaison, address, rows):
    client.force_login(colleague)
    client.post(address, lines(*(line(row, result="Của đồng nghiệp.") for row in rows)))
    client.force_login(liaison)
    html = client.post(address, lines(line(rows[0], result="Của tôi."), line(rows[1])), follow=True).content.decode()
    assert "Của tôi." in html and ProgressNote.objects.filter(result="Của đồng nghiệp.").count() == 2


def test_a_task_that_changed_meanwhile_is_told_at_its_line_and_may_be_sent_again(as_liaison, address, rows, staff, day):
    from directives.actions.life import start

    start(assignment=rows[1], by=staff, day=day)
    answer = as_liaison.post(address, lines(*(line(row, result="Đã làm.") for row in rows)))
    row = shown(answer, rows[1])
    assert "bắt đầu thực hiện" in row.errors["row"]
    again = lines(
        line(rows[0], 1, result="Đã làm."), line(rows[1], 1, result="Đã làm.") | {f"r{row.pk}-seen": row.seen}
    )
    assert as_liaison.post(address, again).status_code == 302


def test_percent_parts_documents_and_files_reach_the_note(as_liaison, address, make_assignment):
    row = make_assignment(task_fields={"target_text": "100% HTX", "target_value": 100, "target_unit": "%"})
    part = Part.objects.create(task=row.task, position=1, text="Lập kế hoạch", start=24, end=30)
    typed = {
        "result": "Đã làm.",
        "percent": "40",
        "parts": [part.pk],
        "claims_completion": "on",
        "document_number": "15/BC",
        "document_on": "10/11/2023",
        "files": SimpleUploadedFile("ảnh.pdf", PDF),
    }
    assert as_liaison.post(address, lines(line(row, **typed))).status_code == 302
    note = ProgressNote.objects.get()
    assert (note.percent, list(note.parts.all()), note.claims_completion) == (40, [part], True)
    assert {str(each) for each in Evidence.objects.all()} == {"15/BC", "ảnh.pdf"}


def test_a_refused_file_is_told_and_a_good_one_stays(as_liaison, address, rows):
    bad, good = SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("kq.pdf", PDF)
    answer = as_liaison.post(address, lines(line(rows[0], result="Đã làm.", files=[bad, good]), line(rows[1])))
    assert "không thuộc loại" in shown(answer, rows[0]).errors["files"]
    assert Entry.objects.get(assignment=rows[0]).typed["kept"] == [str(Upload.objects.get().uuid)]
    assert "kq.pdf" in as_liaison.get(address).content.decode()


def test_drafts_without_a_script(as_liaison, address, rows):
    sent = as_liaison.post(address, lines(line(rows[0], result="Nửa câu"), line(rows[1]), viec="luu"), follow=True)
    assert "Đã lưu nháp." in sent.content.decode() and "Nửa câu" in sent.content.decode()
    assert Entry.objects.count() == 1  # an untouched line leaves nothing


def test_a_colleagues_words_stand_beside_mine(client, address, rows, liaison, colleague):
    for who in (colleague, liaison):
        client.force_login(who)
        answer = client.post(address, lines(line(rows[0], result=f"Của {who.username}"), line(rows[1]), viec="luu"))
    row = shown(answer, rows[0])
    assert answer.status_code == 422 and (row.typed["result"], row.version) == ("Của skhdt", 1)
    html = answer.content.decode()
    assert "Người dongnghiep đã sửa dòng này" in html and "Của dongnghiep" in html and "Của skhdt" in html
    assert Entry.objects.get().typed["result"] == "Của dongnghiep"

    client.post(address, lines(line(rows[0], 1, result="Của skhdt"), line(rows[1]), viec="luu"))
    assert Entry.objects.get().typed["result"] == "Của skhdt"


def test_or_i_take_my_colleagues_words(client, address, rows, liaison, colleague):
    client.force_login(colleague)
    client.post(address, lines(line(rows[0], result="Của đồng nghiệp"), line(rows[1]), viec="luu"))
    client.force_login(liaison)
    data = lines(line(rows[0], 1, result="Của tôi"), line(rows[1], result="Dòng hai"), viec="") | {"lay": rows[0].pk}
    assert client.post(address, data).status_code == 302
    assert {each.typed["result"] for each in Entry.objects.all()} == {"Của đồng nghiệp", "Dòng hai"}


def test_a_page_that_somebody_overtook_sends_nothing(client, address, rows, liaison, colleague):
    client.force_login(colleague)
    client.post(address, lines(line(rows[0], result="Của đồng nghiệp"), line(rows[1]), viec="luu"))
    client.force_login(liaison)
    answer = client.post(address, lines(*(line(row, result="Của tôi") for row in rows)))
    assert answer.status_code == 422 and not ProgressNote.objects.exists()


@pytest.fixture
def approval(agency):
    agency.needs_approval = True
    agency.save()
    return person("giamdoc", Role.LIAISON, agency, []), agency


def test_the_head_approves_before_it_goes(client, address, rows, liaison, approval):
    head, agency = approval
    grant(agency=agency, user=head, by=None, right=APPROVE)
    data = lines(*(line(row, result="Đã làm.") for row in rows), viec="trinh")
    client.force_login(liaison)
    assert "Trình thủ trưởng" in client.get(address).content.decode()
    assert client.post(address, data).status_code == 302
    assert not ProgressNote.objects.exists()
    html = client.get(address).content.decode()
    assert "Chờ thủ trưởng duyệt" in html and 'value="gui"' not in html and "Rút lại để sửa" in html
    assert client.post(address, data | {"viec": "luu"} | line(rows[0], 1, result="Lén sửa")).status_code == 422

    client.force_login(head)
    html = client.get(address).content.decode()
    assert "Duyệt và gửi" in html and "Trả lại để sửa" in html
    assert client.post(address, {"viec": "tra-lai", "reason": " "}).status_code == 422
    assert client.post(address, {"viec": "tra-lai", "reason": "Thiếu số liệu"}).status_code == 302
    client.force_login(liaison)
    assert "Thiếu số liệu" in client.get(address).content.decode()
    client.post(address, lines(*(line(row, 1, result="Đã làm.") for row in rows), viec="trinh"))
    client.force_login(head)
    client.post(address, lines(line(rows[0], 1, result="Đã làm, có số liệu."), line(rows[1], 1, result="Đã làm.")))
    assert ProgressNote.objects.filter(author=head).count() == 2
    assert Submission.objects.get().sent_by == head


def test_an_incomplete_report_is_not_handed_in_and_the_liaison_cannot_send_past_the_head(
    as_liaison, address, rows, approval
):
    data = lines(line(rows[0], result="Đã làm."), line(rows[1]), viec="trinh")
    assert as_liaison.post(address, data).status_code == 422
    whole = lines(*(line(row, int(row == rows[0]), result="Đã làm.") for row in rows))
    answer = as_liaison.post(address, whole)
    assert answer.status_code == 422 and "thủ trưởng duyệt" in answer.context["sheet"].error
    assert not ProgressNote.objects.exists()


def test_a_page_that_waited_for_the_head_is_filled_in_again_once_the_step_is_gone(as_liaison, address, rows, approval):
    head, agency = approval
    grant(agency=agency, user=head, by=None, right=APPROVE)
    as_liaison.post(address, lines(*(line(row, result="x") for row in rows), viec="trinh"))
    assert "Chờ thủ trưởng duyệt" in as_liaison.get(address).text
    Agency.objects.filter(pk=agency.pk).update(needs_approval=False)
    html = as_liaison.get(address).text
    assert "Gửi tất cả" in html and "Chờ thủ trưởng duyệt" not in html


def test_whoever_handed_it_in_may_take_it_back(as_liaison, address, rows, approval):
    as_liaison.post(address, lines(*(line(row, result="Đã làm.") for row in rows), viec="trinh"))
    as_liaison.post(address, {"viec": "tra-lai"})
    assert Submission.objects.get().state == "draft"


def test_a_page_of_many_lines_takes_as_many_queries_as_of_one(as_liaison, liaison, address, rows, make_assignment, day):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert as_liaison.get(address).status_code == 200
        return len(queries)

    def add(number):
        row = make_assignment(position=number)
        Part.objects.create(task=row.task, position=1, text="Lập kế hoạch", start=24, end=30)
        said = Said(result="x", documents=[Cited("1/BC")])
        report_progress(assignment=row, said=said, by=liaison, day=date(2023, 10, 5))
        as_liaison.post(address, lines(line(row, result="Nháp"), viec="luu"))

    add(3)
    few = count()
    for number in (4, 5, 6):
        add(number)
    assert count() == few


def test_another_agencys_round_does_not_exist(client, stranger, staff, address, rows):
    for who in (stranger, staff):
        client.force_login(who)
        assert client.get(address).status_code == 404
        assert client.post(address, lines(line(rows[0], result="x"))).status_code == 404
    assert not Submission.objects.exists()
