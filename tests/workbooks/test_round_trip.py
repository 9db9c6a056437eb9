"""An agency downloads its tasks, fills them in, hands them in, looks, and writes them all."""

import re
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from directives.actions.life import suspend
from directives.actions.notes import Said, report_progress
from directives.actions.workbooks import sweep_workbooks
from directives.jobs import sweep_workbooks as sweep_job
from directives.models import Part, ProgressNote, Task, WorkbookUpload
from directives.views import workbook
from directives.workbooks import filled
from directives.workbooks.columns import LOCKED, OPEN

from .cast import HEAD, column_of, download, fill, hand_in, looked_through, only_upload, saved, write

TRICKS = ["=1+1", "+84 912 345 678", "-5%", "@SUM(A1)", '=HYPERLINK("http://x.vn";"a")']


def notes():
    return list(ProgressNote.objects.order_by("pk"))


def test_what_is_filled_in_becomes_notes(signed_in, agency, tasks, liaison, day):
    book = fill(
        download(signed_in, agency),
        1,
        result="Đã trình kế hoạch",
        obstacle="Thiếu kinh phí",
        proposal="Xin bổ sung",
        raised_to="Lãnh đạo Ban Chỉ đạo",
        claims_completion="x",
        document_number="212/BC-SKHĐT",
        document_on=date(2023, 11, 15),
        document_signer="Nguyễn Văn A",
        document_summary="Báo cáo kết quả",
    )
    fill(book, 2, unchanged="x", unchanged_more="Đang chờ bố trí kinh phí")
    page, address = looked_through(signed_in, agency, book)
    assert "2 dòng ghi được" in page and "1 dòng để trống" in page
    assert not notes()
    assert "Đã ghi 2 báo cáo" in write(signed_in, address).content.decode()
    first, second = sorted(notes(), key=lambda note: note.assignment_id)
    assert (first.assignment, first.author, first.said_on) == (tasks[0], liaison, day)
    assert (first.result, first.obstacle, first.proposal) == ("Đã trình kế hoạch", "Thiếu kinh phí", "Xin bổ sung")
    assert (first.raised_to, first.claims_completion) == ("leaders", True)
    shown = first.evidence.get()
    assert (shown.document_number, shown.document_on) == ("212/BC-SKHĐT", date(2023, 11, 15))
    assert (shown.signer, shown.summary) == ("Nguyễn Văn A", "Báo cáo kết quả")
    assert (second.is_unchanged, second.result) == (True, "Đang chờ bố trí kinh phí")
    tasks[0].refresh_from_db()
    assert tasks[0].life == "awaiting"


def test_only_what_may_be_reported_on_is_there(signed_in, agency, tasks, make_assignment, other_agency, staff, day):
    make_assignment(position=7, agency=other_agency)
    suspend(assignment=tasks[1], reason="chờ", by=staff, day=day)
    sheet = download(signed_in, agency).worksheets[0]
    assert [sheet.cell(row, 3).value for row in range(HEAD + 1, sheet.max_row + 1)] == [1, 3]


def test_the_sheet_is_locked_but_for_what_is_filled_in(signed_in, agency, tasks):
    book = download(signed_in, agency)
    sheet = book.worksheets[0]
    assert (sheet.title, book.sheetnames[1]) == ("Nhiệm vụ", "Hướng dẫn")
    assert sheet.protection.sheet and sheet.column_dimensions["A"].hidden
    first = HEAD + 1
    assert all(sheet.cell(first, place).protection.locked for place in range(1, len(LOCKED) + 2))
    shut = {each.name for each in OPEN if sheet[f"{column_of(sheet, each.name)}{first}"].protection.locked}
    assert shut == {"percent"}  # the task has no target in numbers
    assert not sheet[f"{column_of(sheet, 'percent')}{HEAD + 3}"].protection.locked
    assert sheet.freeze_panes == "E5" and sheet.auto_filter.ref
    assert sheet["E5"].value.date() == tasks[0].deadline
    assert len(sheet.data_validations.dataValidation) == len(OPEN)


@pytest.mark.parametrize("trick", TRICKS)
def test_what_looks_like_a_formula_survives_both_ways(signed_in, agency, tasks, trick):
    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result=trick))
    write(signed_in, address)
    assert notes()[0].result == trick
    sheet = download(signed_in, agency).worksheets[0]
    cell = sheet[f"{column_of(sheet, 'Báo cáo gần nhất')}{HEAD + 1}"]
    assert cell.data_type == "s" and trick in cell.value and cell.hyperlink is None


@pytest.mark.parametrize("text", ["<r><f>1</f></r>", "<r><không đóng</r>", "chữ\u200e và dấu\x07", "_x0041_"])
def test_whatever_a_task_is_made_of_its_row_comes_back_unchanged(signed_in, agency, tasks, text):
    Task.objects.filter(pk=tasks[0].task_id).update(text=text)
    page, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="Đã làm"))
    write(signed_in, address)
    assert [note.result for note in notes()] == ["Đã làm"], page


def test_a_live_formula_without_a_result_names_its_cell(signed_in, agency, tasks):
    book = download(signed_in, agency)
    sheet = book.worksheets[0]
    sheet[f"{column_of(sheet, 'result')}6"].value = "=1+1"
    page, address = looked_through(signed_in, agency, book)
    assert re.search(r"Dòng 6, ô H6:</strong> công thức chưa có kết quả", page)
    assert 'value="ghi"' not in page
    assert write(signed_in, address).status_code == 422
    assert not notes()


def test_errors_name_row_and_cell_and_nothing_is_written(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được")
    fill(book, 2, result="được", document_on="31/02/2023", document_number="5", claims_completion="chắc thế")
    fill(book, 3, result="được", percent=101)
    page, address = looked_through(signed_in, agency, book)
    sheet = book.worksheets[0]
    at = {name: f"{column_of(sheet, name)}" for name in ("document_on", "claims_completion", "percent")}
    assert f"Dòng 6, ô {at['document_on']}6:</strong> không có ngày" in page
    assert f"Dòng 6, ô {at['claims_completion']}6:</strong> xin ghi “x”" in page
    assert f"Dòng 7, ô {at['percent']}7:</strong> Tỷ lệ phần trăm phải từ 0 đến 100" in page
    answer = write(signed_in, address)
    assert answer.status_code == 422 and "Chưa ghi dòng nào: còn 2 dòng có lỗi" in answer.content.decode()
    assert not notes()


def test_a_percentage_on_a_task_without_a_target_names_its_cell(signed_in, agency, tasks):
    page, _ = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="x", percent=5))
    assert "Dòng 5, ô K5:</strong> Nhiệm vụ này không có chỉ tiêu bằng số" in page


@pytest.mark.parametrize("typed", [85, "85", "85%", "85 %"])
def test_a_percentage_as_people_type_it(signed_in, agency, tasks, typed):
    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 3, result="được", percent=typed))
    write(signed_in, address)
    assert notes()[0].percent == 85


def test_a_day_written_as_text(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="x", document_number="5/BC", document_on="5/4/2023")
    _, address = looked_through(signed_in, agency, book)
    write(signed_in, address)
    assert notes()[0].evidence.get().document_on == date(2023, 4, 5)


def test_sheets_may_be_renamed_and_moved(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được")
    book.worksheets[0].title, book.worksheets[1].title = "Bảng của phòng", "Nhiệm vụ"
    book.move_sheet("Bảng của phòng", 2)
    page, _ = looked_through(signed_in, agency, book)
    assert "1 dòng ghi được" in page


def test_two_sheets_with_our_headings_are_refused(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được")
    book.copy_worksheet(book.worksheets[0])
    assert "2 trang cùng là bảng nhiệm vụ" in hand_in(signed_in, agency, book).content.decode()


def test_another_workbook_is_refused_in_words(signed_in, agency, tasks):
    other = openpyxl.Workbook()
    other.active.append(["Số", "Nội dung"])
    answer = hand_in(signed_in, agency, other)
    assert answer.status_code == 422 and "không phải bảng tải từ trang này" in answer.content.decode()
    assert not WorkbookUpload.objects.exists()


def test_nothing_filled_in_is_said_so(signed_in, agency, tasks):
    answer = hand_in(signed_in, agency, download(signed_in, agency))
    assert answer.status_code == 422 and "chưa có dòng nào được điền" in answer.content.decode()


def test_a_missing_column_is_named(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được")
    sheet = book.worksheets[0]
    sheet[f"{column_of(sheet, 'obstacle')}{HEAD}"].value = "Ghi chú"
    assert "thiếu cột “Khó khăn, vướng mắc”" in hand_in(signed_in, agency, book).content.decode()


def test_locked_cells_that_were_changed_are_named_and_not_taken(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được")
    book.worksheets[0]["E5"].value = date(2030, 1, 1)
    book.worksheets[0]["D5"].value = "việc khác"
    page, address = looked_through(signed_in, agency, book)
    assert "Dòng 5: ô D5 (Nhiệm vụ), ô E5 (Thời hạn)" in page
    write(signed_in, address)
    before = tasks[0].deadline
    tasks[0].refresh_from_db()
    assert len(notes()) == 1 and tasks[0].deadline == before


def test_a_row_as_it_was_given_out_is_not_called_changed(signed_in, agency, tasks, liaison, day):
    long = "Dòng một\n" + "kết quả dài " * 100
    report_progress(assignment=tasks[0], said=Said(result=long), by=liaison, day=day)
    page, _ = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    assert "bị sửa trong tệp" not in page and "1 dòng ghi được" in page


@pytest.mark.parametrize("how", ["version", "nonsense", "blank"])
def test_a_tampered_key_is_noticed(signed_in, agency, tasks, how):
    book = fill(download(signed_in, agency), 1, result="được")
    cell = book.worksheets[0]["A5"]
    agency_pk, pk, version, rest = cell.value.split(".")
    cell.value = {"version": f"{agency_pk}.{pk}.9.{rest}", "nonsense": "abc", "blank": None}[how]
    page, address = looked_through(signed_in, agency, book)
    assert "Dòng 5" in page and "mã nhận biết" in page
    assert write(signed_in, address).status_code == 422 and not notes()


def test_a_row_of_another_agency_is_refused(signed_in, agency, tasks, make_assignment, other_agency, stranger, client):
    from django.test import Client

    make_assignment(position=7, agency=other_agency)
    theirs = Client()
    theirs.force_login(stranger)
    foreign = download(theirs, other_agency).worksheets[0]["A5"].value
    book = fill(download(signed_in, agency), 1, result="được")
    book.worksheets[0]["A5"].value = foreign
    page, address = looked_through(signed_in, agency, book)
    assert "là nhiệm vụ của cơ quan khác" in page
    assert write(signed_in, address).status_code == 422 and not notes()


def test_a_task_in_two_rows_is_refused(signed_in, agency, tasks):
    book = fill(fill(download(signed_in, agency), 1, result="một"), 2, result="hai")
    book.worksheets[0]["A6"].value = book.worksheets[0]["A5"].value
    page, _ = looked_through(signed_in, agency, book)
    assert "Dòng 5:</strong> cùng một nhiệm vụ với dòng 6" in page and "dòng 5. Xin giữ lại" in page


def test_merged_cells_are_named(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được cả hai")
    book.worksheets[0].merge_cells("H5:H6")
    page, _ = looked_through(signed_in, agency, book)
    assert "Dòng 5, ô H5:</strong> ô đã bị gộp" in page and "Dòng 6, ô H6:</strong> ô đã bị gộp" in page


def test_rows_that_are_missing_are_counted(signed_in, agency, tasks):
    book = fill(download(signed_in, agency), 1, result="được")
    book.worksheets[0].delete_rows(6, 2)
    assert "2 nhiệm vụ khác đang nhận báo cáo nhưng không có trong tệp" in looked_through(signed_in, agency, book)[0]


def test_what_was_ticked_last_stays_done(signed_in, agency, tasks, liaison, day):
    part = Part.objects.create(task=tasks[0].task, position=1, text="phần một", start=24, end=30)
    report_progress(assignment=tasks[0], said=Said(result="x", parts=[part]), by=liaison, day=day - timedelta(days=1))
    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    write(signed_in, address)
    assert list(notes()[-1].parts.all()) == [part]


# Twice is once; what is kept is kept for one person, for a while.


def test_written_twice_is_written_once(signed_in, agency, tasks):
    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    write(signed_in, address)
    assert "đã được ghi trước đó: 1 dòng" in write(signed_in, address).content.decode()
    assert len(notes()) == 1
    assert signed_in.get(address).status_code == 302


def test_handed_in_twice_by_one_press_is_one_upload(signed_in, agency, tasks):
    content, key = saved(fill(download(signed_in, agency), 1, result="được")), uuid.uuid4()
    first, second = (hand_in(signed_in, agency, content, key) for _ in range(2))
    assert first["Location"] == second["Location"] and WorkbookUpload.objects.count() == 1


def test_the_same_file_again_doubles_nothing(signed_in, agency, tasks):
    content = saved(fill(download(signed_in, agency), 1, result="được"))
    _, first = looked_through(signed_in, agency, content)
    write(signed_in, first)
    page, second = looked_through(signed_in, agency, content)
    assert "1 dòng đã có người thay đổi" in page
    assert write(signed_in, second).status_code == 422
    assert len(notes()) == 1


def test_it_waits_for_the_person_over_a_new_session_and_for_nobody_else(signed_in, agency, tasks, liaison, client):
    from agencies.models import Role
    from tests.directives.conftest import person

    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    colleague = person("dongnghiep", Role.LIAISON, agency, [agency])
    client.logout()
    client.force_login(colleague)
    assert client.get(address).status_code == 404 and client.post(address, {"viec": "ghi"}).status_code == 404
    client.force_login(liaison)
    assert "nhiệm vụ.xlsx" in client.get(reverse("agency_workbook_send", args=[agency.code])).content.decode()
    assert "1 dòng ghi được" in client.get(address).content.decode()


def test_who_acts_no_longer_for_the_agency_writes_nothing(signed_in, agency, tasks, liaison):
    from agencies.grants import revoke_all

    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    revoke_all(user=liaison, by=None)
    assert signed_in.post(address, {"viec": "ghi"}).status_code == 404 and not notes()


def test_it_may_be_put_away(signed_in, agency, tasks):
    _, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    assert "Đã bỏ bảng" in signed_in.post(address, {"viec": "bo"}, follow=True).content.decode()
    assert signed_in.get(address).status_code == 404 and not notes()


def test_after_a_week_it_is_swept_away(signed_in, agency, tasks):
    looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    sweep_job()
    assert only_upload()
    assert sweep_workbooks(timezone.now() + timedelta(days=8)) == 1


def test_the_file_as_a_whole_is_judged_before_it_is_opened(signed_in, agency, tasks):
    answer = hand_in(signed_in, agency, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    assert answer.status_code == 422 and "Excel cũ (.xls)" in answer.content.decode()


def test_a_text_that_is_too_long_names_its_cell(signed_in, agency, tasks):
    page, _ = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="a" * 5001))
    assert "Dòng 5, ô H5:</strong> dài 5001 ký tự; ô này nhận nhiều nhất 5000 ký tự" in page


def test_nobody_piles_up_workbooks(signed_in, agency, tasks, liaison):
    for number in range(20):
        WorkbookUpload.objects.create(user=liaison, agency=agency, name=f"{number}.xlsx")
    answer = hand_in(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    assert answer.status_code == 422 and "20 bảng đã nộp mà chưa ghi" in answer.content.decode()


def test_more_rows_than_one_can_look_through_are_refused(signed_in, agency, tasks, monkeypatch):
    monkeypatch.setattr(filled, "MOST", 1)
    book = fill(fill(download(signed_in, agency), 1, result="một"), 2, result="hai")
    assert "Tệp có 2 dòng được điền; mỗi lần nhận tối đa 1 dòng" in hand_in(signed_in, agency, book).content.decode()


def test_what_does_not_fit_into_the_workbook_is_said_there(signed_in, agency, tasks, monkeypatch):
    monkeypatch.setattr(workbook, "MOST", 2)
    sheet = download(signed_in, agency).worksheets[0]
    assert sheet.max_row == HEAD + 2
    assert "Bảng có 2 nhiệm vụ đầu; còn 1 nhiệm vụ khác" in sheet["B2"].value


def test_the_workbook_is_kept_by_no_cache(signed_in, agency, tasks):
    answer = signed_in.get(reverse("agency_workbook", args=[agency.code]))
    assert "no-store" in answer["Cache-Control"] and "attachment" in answer["Content-Disposition"]
    assert f"nhiem-vu-{agency.code}-2023-11-20.xlsx" in answer["Content-Disposition"]


GARBAGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=60).filter(lambda text: not ILLEGAL_CHARACTERS_RE.search(text) and text.isprintable()),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.sampled_from(["x", "=1+1", "31/02/2023", "85%", "101", "Lãnh đạo Ban Chỉ đạo", "\n"]),
)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(typed=st.fixed_dictionaries({each.name: GARBAGE for each in OPEN}))
def test_whatever_is_typed_is_looked_through_or_refused_in_words(signed_in, agency, tasks, typed):
    """Every error names a cell of the row, or the row; nothing breaks, and nothing is written before the button."""
    answer = hand_in(signed_in, agency, fill(download(signed_in, agency), 3, **typed))
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        page = signed_in.get(answer["Location"])
        assert page.status_code == 200
        assert ("1 dòng ghi được" in page.content.decode()) or ("Dòng 7" in page.content.decode())
    assert not ProgressNote.objects.exists()
    WorkbookUpload.objects.all().delete()
