"""The form for a note: what it takes, what it refuses, and that nothing typed or sent is lost."""

import uuid
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from agencies.errors import Refused
from directives.actions.notes import Said, check_note, report_progress
from directives.actions.reviews import ask_more
from directives.forms.round import LineForm
from directives.models import Assignment, Evidence, Part, ProgressNote, Upload

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def row(make_assignment):
    return make_assignment(clock="dated", deadline=date(2023, 11, 30))


def address(row, name="note_create"):
    return reverse(name, args=[row.task_id, row.agency.code])


def filled(row, **more):
    return {"result": "Đã trình dự thảo.", "submission": str(uuid.uuid4()), "version": row.version, **more}


@pytest.fixture
def as_liaison(client, liaison):
    client.force_login(liaison)
    return client


def test_a_note_with_a_file_reaches_the_task_page(as_liaison, row):
    sent = as_liaison.post(address(row), filled(row, attachments=SimpleUploadedFile("báo cáo.pdf", PDF)), follow=True)
    page = sent.content.decode()
    assert "Đã gửi báo cáo" in page and "Đã trình dự thảo." in page and "báo cáo.pdf" in page


def test_a_claim_with_a_file_waits_for_a_decision(as_liaison, row):
    data = filled(row, claims_completion="on", attachments=SimpleUploadedFile("kq.pdf", PDF))
    assert "Đang chờ xác nhận hoàn thành" in as_liaison.post(address(row), data, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.life, row.submitted_on) == ("awaiting", date(2023, 11, 20))


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({"result": "  "}, "result", "Xin ghi kết quả"),
        ({"claims_completion": "on"}, "no_evidence_reason", "cần tài liệu minh chứng"),
        ({"document_on": "10/11/2023"}, "document_number", "Xin ghi số, ký hiệu của văn bản kết quả"),
        ({"document_signer": "Nguyễn A", "document_summary": "Kết quả"}, "document_number", "Xin ghi số"),
        ({"proposal": "Cấp thêm vốn", "raised_to": "other"}, "proposal_to", "kiến nghị với cơ quan nào"),
        ({"attachments": SimpleUploadedFile("a.exe", b"MZ\x90")}, "attachments", "không thuộc loại được nhận"),
        ({"attachments": SimpleUploadedFile("a.pdf", b"GIF89a")}, "attachments", "không đúng là tệp PDF"),
    ],
)
def test_what_is_refused_says_why_and_stays_typed(as_liaison, row, fields, at, words):
    answer = as_liaison.post(address(row), filled(row, obstacle="Thiếu cán bộ", **fields))
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[at])
    assert "Thiếu cán bộ" in answer.content.decode()
    assert not ProgressNote.objects.exists()


def test_a_document_without_its_number_is_refused_in_a_round_too(row):
    line = LineForm({"result": "Xong", "document_summary": "Báo cáo kết quả"})
    assert line.is_valid()
    with pytest.raises(Refused, match="Xin ghi số") as refusal:
        check_note(row, line.said(uuid.uuid4()))
    assert refusal.value.field == "document_number"


def test_nothing_has_changed_begins_nothing(row, liaison, day):
    waits = Said(result="Chưa đến thời điểm thực hiện theo kế hoạch", is_unchanged=True)
    report_progress(assignment=row, said=waits, by=liaison, day=day)
    row.refresh_from_db()
    assert (row.life, row.started_on) == ("not_started", None)
    report_progress(assignment=row, said=Said(result="Đã lập kế hoạch"), by=liaison, day=day)
    report_progress(assignment=row, said=waits, by=liaison, day=day)
    row.refresh_from_db()
    assert (row.life, row.started_on) == ("in_progress", day)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("liaison", "note_create"),
        ("staff", "note_enter"),
        ("liaison", "shelf_list"),
        ("liaison", "extension_ask"),
        ("liaison", "release_ask"),
    ],
)
def test_photographs_are_made_smaller_wherever_files_are_sent(client, liaison, staff, row, who, name):
    client.force_login({"liaison": liaison, "staff": staff}[who])
    page = client.get(reverse("shelf_list") if name == "shelf_list" else address(row, name)).content.decode()
    assert "js/shrink" in page and 'type="file"' in page


def test_140_percent_is_refused_where_it_was_typed(as_liaison, make_assignment):
    row = make_assignment(task_fields={"target_text": "100% hợp tác xã", "target_value": 100, "target_unit": "%"})
    answer = as_liaison.post(address(row), filled(row, percent="140"))
    assert "từ 0 đến 100" in str(answer.context["form"].errors["percent"])
    assert 'value="140"' in answer.content.decode()


def test_a_file_over_the_limit_is_refused(as_liaison, row, settings):
    settings.MAX_UPLOAD_BYTES = 10
    answer = as_liaison.post(address(row), filled(row, attachments=SimpleUploadedFile("to.pdf", PDF)))
    assert "lớn hơn" in str(answer.context["form"].errors["attachments"])


def test_a_good_file_survives_a_refused_form(as_liaison, row):
    refused = as_liaison.post(address(row), filled(row, result="", attachments=SimpleUploadedFile("kq.pdf", PDF)))
    upload = Upload.objects.get()
    assert f'name="kept" value="{upload.uuid}"' in refused.content.decode().replace("\n", " ").replace("  ", " ")
    as_liaison.post(address(row), filled(row, claims_completion="on", kept=[str(upload.uuid)]))
    assert Evidence.objects.get().upload == upload


def test_nobody_attaches_a_file_of_somebody_else(as_liaison, row, stranger):
    foreign = Upload.objects.create(
        name="x.pdf", sha256="0" * 64, size=1, content_type="application/pdf", uploaded_by=stranger
    )
    as_liaison.post(address(row), filled(row, kept=[str(foreign.uuid), "not-a-uuid"]))
    assert ProgressNote.objects.count() == 1 and not Evidence.objects.exists()


def test_a_double_click_is_one_note(as_liaison, row):
    data = filled(row)
    for _ in range(2):
        assert as_liaison.post(address(row), data).status_code == 302
    assert ProgressNote.objects.count() == 1


def test_the_same_words_from_a_form_gone_back_to_are_one_note(as_liaison, row, staff, day):
    """Without scripts the form has a new key then."""
    claim = {"claims_completion": "on", "document_number": "12/BC"}
    for _ in range(2):
        row.refresh_from_db()
        assert as_liaison.post(address(row), filled(row, **claim)).status_code == 302
    assert ProgressNote.objects.count() == 1
    ask_more(assignment=row, reason="Thiếu phụ lục", days=5, by=staff, day=day)
    row.refresh_from_db()
    as_liaison.post(address(row), filled(row, **claim))
    assert ProgressNote.objects.count() == 2  # sent back since, and claimed anew


def test_a_form_that_somebody_overtook_says_who_and_may_be_sent_again(as_liaison, row, staff, day):
    from directives.actions.life import start

    start(assignment=row, by=staff, day=day)
    answer = as_liaison.post(address(row), filled(row))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Người thuongtruc đã bắt đầu thực hiện" in page and "Đã trình dự thảo." in page
    again = filled(row) | {"version": answer.context["form"]["version"].value()}
    assert as_liaison.post(address(row), again).status_code == 302


def test_parts_are_ticked_and_stay_ticked_in_the_next_form(as_liaison, row):
    part = Part.objects.create(task=row.task, position=1, text="Xây dựng kế hoạch", start=24, end=30)
    as_liaison.post(address(row), filled(row, parts=[part.pk]))
    assert as_liaison.get(address(row)).context["form"]["parts"].value() == [part.pk]
    detail = as_liaison.get(address(row, "assignment_detail")).content.decode()
    assert "Đã xong:" in detail and "Xây dựng kế hoạch" in detail


def test_another_agencys_address_does_not_exist(client, stranger, row):
    client.force_login(stranger)
    for name in ("note_create", "assignment_detail"):
        assert client.get(address(row, name)).status_code == 404
    assert client.post(address(row), filled(row)).status_code == 404


def test_a_file_is_for_those_who_may_see_its_task(client, liaison, stranger, staff, leader, row):
    client.force_login(liaison)
    client.post(address(row), filled(row, attachments=SimpleUploadedFile("Kết quả.pdf", PDF)))
    url = reverse("evidence", args=[Upload.objects.get().uuid])
    for who, status in ((liaison, 200), (staff, 200), (leader, 200), (stranger, 404)):
        client.force_login(who)
        answer = client.get(url)
        assert answer.status_code == status
    client.force_login(liaison)
    answer = client.get(url + "?tai")
    assert b"".join(answer.streaming_content) == PDF
    assert (
        "attachment" in answer["Content-Disposition"] and "K%E1%BA%BFt%20qu%E1%BA%A3" in answer["Content-Disposition"]
    )


def test_staff_enter_a_letter_for_an_agency(client, staff, row):
    client.force_login(staff)
    letter = {"letter_number": "15/SKHĐT", "letter_on": "10/11/2023", "letter_arrived_on": "14/11/2023"}
    data = filled(row, claims_completion="on", no_evidence_reason="Kèm công văn", **letter)
    page = client.post(address(row, "note_enter"), data, follow=True).content.decode()
    assert "nhập hộ theo công văn 15/SKHĐT ngày 10/11/2023, đến 14/11/2023" in page
    assert Assignment.objects.get().submitted_on == date(2023, 11, 10)


def test_a_letter_from_tomorrow_is_refused(client, staff, row):
    client.force_login(staff)
    letter = {"letter_number": "15/SKHĐT", "letter_on": "21/11/2023", "letter_arrived_on": "21/11/2023"}
    answer = client.post(address(row, "note_enter"), filled(row, **letter))
    assert "thứ tự thời gian" in str(answer.context["form"].errors["letter_arrived_on"])


def test_a_liaison_enters_no_letters(as_liaison, row):
    assert as_liaison.get(address(row, "note_enter")).status_code == 404


def word(*lines, header=""):
    document, packed = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    document.save(packed)
    return packed.getvalue()


def sheet(text):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>")
    return packed.getvalue()


LINES = ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "Số: 12/BC-SKHĐT", "BÁO CÁO", "Kết quả thực hiện nhiệm vụ bảo mật dữ liệu.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bc.docx", word("MẬT", *LINES)),
        ("bc.docx", word(*LINES, header="TUYỆT MẬT")),
        ("bc.docx", word(*LINES * 30, "TỐI MẬT")),
        ("bc.xlsx", sheet("TUYỆT MẬT")),
    ],
    ids=["top", "header", "far down", "cell"],
)
def test_a_secret_document_is_refused_and_leaves_nothing(as_liaison, row, tmp_path, name, content):
    answer = as_liaison.post(address(row), filled(row, attachments=SimpleUploadedFile(name, content)))
    assert "độ mật" in str(answer.context["form"].errors["attachments"])
    assert not Upload.objects.exists() and not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("bc.docx", word(*LINES), True),
        ("bang.xlsx", sheet("Kết quả"), True),
        ("bc.docx", b"PK\x03\x04junk", False),
        ("bang.xlsx", word(*LINES), False),
    ],
)
def test_word_and_excel_files_are_what_they_say(as_liaison, row, name, content, taken):
    as_liaison.post(address(row), filled(row, attachments=SimpleUploadedFile(name, content)))
    assert Upload.objects.exists() is taken


def test_other_words_under_the_same_key_are_not_swallowed(as_liaison, row):
    """The answer was lost on a weak line; the liaison ticks the claim in the same form and sends again."""
    data = filled(row)
    as_liaison.post(address(row), data)
    changed = data | {"result": "Đã ban hành.", "claims_completion": "on", "no_evidence_reason": "Kèm công văn"}
    refused = as_liaison.post(address(row), changed)
    page = refused.content.decode()
    assert refused.status_code == 422 and "Lần gửi trước của mẫu này đã được ghi" in page and "Đã ban hành." in page
    row.refresh_from_db()
    again = {name: refused.context["form"][name].value() for name in ("submission", "result")}
    again |= {"version": row.version, "claims_completion": "on", "no_evidence_reason": "Kèm công văn"}
    assert as_liaison.post(address(row), again).status_code == 302
    assert list(ProgressNote.objects.values_list("claims_completion", flat=True)) == [False, True]


def test_a_key_of_another_task_is_not_taken_for_this_one(as_liaison, row, make_assignment):
    other = make_assignment(position=2)
    data = filled(row)
    as_liaison.post(address(row), data)
    assert as_liaison.post(address(other), data | {"version": other.version}).status_code == 422
    assert ProgressNote.objects.get().assignment == row


def test_a_double_click_with_a_file_is_one_note(as_liaison, row):
    for _ in range(2):
        data = filled(row) | {"submission": "6f6b7a3e-5f0c-4b0e-9c43-2f1f3b8f4b11"}
        sent = as_liaison.post(address(row), data | {"attachments": SimpleUploadedFile("kq.pdf", PDF)})
        assert sent.status_code == 302
    assert ProgressNote.objects.count() == 1


def test_five_thousand_letters_are_enough(as_liaison, row):
    answer = as_liaison.post(address(row), filled(row, result="a" * 5001))
    assert "5000" in str(answer.context["form"].errors["result"])
    assert as_liaison.post(address(row), filled(row, result="a\r\n" * 1700)).status_code == 302


def test_a_half_written_file_is_written_anew(tmp_path):
    from directives.actions import shelf

    sha256 = shelf.keep(PDF)
    place = tmp_path / "files" / shelf.path_of(sha256)
    place.write_bytes(PDF[:3])
    assert shelf.keep(PDF) == sha256 and place.read_bytes() == PDF


def test_evidence_whose_file_is_gone_does_not_break_the_page(as_liaison, row, tmp_path):
    from directives.actions import shelf

    as_liaison.post(address(row), filled(row, attachments=SimpleUploadedFile("kq.pdf", PDF)))
    upload = Upload.objects.get()
    (tmp_path / "files" / shelf.path_of(upload.sha256)).unlink()
    assert as_liaison.get(reverse("evidence", args=[upload.uuid])).status_code == 404


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(as_liaison, row):
    """Signing in sends the browser to the address of the button, which is no page."""
    withdraw = f"{reverse('assignment_detail', args=[row.task_id, row.agency.code])}gia-han/rut/"
    assert as_liaison.get(withdraw).status_code == 405
    answer = as_liaison.get(withdraw, headers={"referer": f"http://testserver{reverse('account_login')}"}, follow=True)
    assert answer.status_code == 200 and "Chưa ghi được, vì phiên làm việc đã hết" in answer.text
