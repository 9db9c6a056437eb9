"""The pages on the way of an old tracking workbook."""

import re
import unicodedata
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives.actions.old_books import match_old_book
from directives.jobs import sweep_workbooks
from directives.models import Assignment, Directive, OldBook, Task
from directives.models.old_book import KEPT
from directives.workbooks.legacy.mapping import Matching

from .old_book_cast import PAPER, REAL, workbook

WRONG = ("9", *PAPER, "Nhiệm vụ của một cơ quan lạ và một ngày lạ", "Sở Thủy lợi", None, "31/02/2023", None, "xong rồi")


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def bodies(agency, other_agency, district):
    other_agency.aliases = ["Sở TC"]
    other_agency.save()


@pytest.fixture
def desk(client, staff, bodies):
    client.force_login(staff)
    return client


def send(desk, content, name="so-theo-doi.xlsx"):
    return desk.post(reverse("old_book_create"), {"file": SimpleUploadedFile(name, content)})


def filled(form):
    return {name: form[name].value() for name in form.fields if str(form[name].value()) not in ("None", "False")}


def go_on(desk, book, name, **more):
    """Send what the page proposes."""
    address = reverse(name, args=[book.pk])
    form = desk.get(address).context["form"]
    return desk.post(address, filled(form) | more)


def matched(desk, rows=REAL, content=b""):
    send(desk, content or workbook(rows))
    book = OldBook.objects.latest("pk")
    first = go_on(desk, book, "old_book_columns")
    assert first.status_code == 302, first.context["form"].errors
    assert first.url == reverse("old_book_words", args=[book.pk])
    assert go_on(desk, book, "old_book_words").url == reverse("old_book_preview", args=[book.pk])
    book.refresh_from_db()
    return book


def test_the_whole_way(desk, day):
    book = matched(desk)
    address = reverse("old_book_preview", args=[book.pk])
    shown = desk.get(address).content.decode()
    assert "<strong>4 dòng</strong> sẽ được đưa vào: 4 nhiệm vụ, 5 phân công cho 3 cơ quan, 2 văn bản mới" in shown
    assert not Task.objects.exists()
    done = desk.post(address, {"ghi": "1"})
    assert done.url == reverse("old_book_detail", args=[book.pk])
    detail = desk.get(done.url).content.decode()
    assert "Đã đưa vào sổ 4 nhiệm vụ" in detail
    assert "Dòng 12" in detail
    assert Assignment.objects.published().count() == 5
    assert "so-theo-doi.xlsx" in desk.get(reverse("old_book_list")).content.decode()
    assert "Hoàn tác" in detail
    desk.post(reverse("old_book_undo", args=[book.pk]))
    assert not Directive.objects.published().exists()


def test_a_row_with_an_error_holds_all_of_it_back_until_it_is_left_out(desk):
    book = matched(desk, [*REAL[:-2], WRONG])
    address = reverse("old_book_preview", args=[book.pk])
    shown = desk.get(address).content.decode()
    assert "Ô E13: chưa rõ cơ quan “Sở Thủy lợi”" in shown
    assert "Ô G13: không có ngày “31/02/2023”" in shown
    refused = desk.post(address, {"ghi": "1"})
    assert refused.status_code == 422
    assert not Task.objects.exists()
    assert desk.post(address, {"ghi": "1", "left": "13"}).status_code == 302
    assert Task.objects.count() == 4


def checked(page):
    """The values of the boxes that are ticked."""
    boxes = re.findall(r'<input type="checkbox" name="(\w+)" value="(\d+)"( checked)?>', page.content.decode())
    return {(name, value) for name, value, is_ticked in boxes if is_ticked}


def test_ticks_survive_going_to_another_page_and_back(desk, monkeypatch):
    monkeypatch.setattr("directives.views.old_book_preview.ROWS_PER_PAGE", 2)
    twice = ("5", *PAPER, REAL[1][3], "Sở Kế hoạch và Đầu tư", None, "30/6/2023", None, "xong", "01/6/2023")
    book = matched(desk, [*REAL[:-2], WRONG, (*WRONG[:3], "Một dòng lỗi nữa", *WRONG[4:]), twice])
    address = reverse("old_book_preview", args=[book.pk])
    assert checked(desk.get(address)) == set()
    second = desk.post(address, {"trang": "2", "left": "13", "taken": "15"}, follow=True)
    assert "Trang <strong>2</strong>/3" in second.content.decode()
    assert checked(second) == {("left", "13"), ("taken", "15")}
    back = desk.post(address, {"trang": "1", "left": ["13", "14"], "taken": "15"}, follow=True)
    assert checked(back) == {("left", "13"), ("left", "14"), ("taken", "15")}
    assert checked(desk.get(address)) == checked(back)  # tomorrow too
    unticked = desk.post(address, {"trang": "2", "left": "14"}, follow=True)
    assert checked(unticked) == {("left", "14")}
    assert "1 dòng có lỗi chưa xử lý, 1 dòng có lỗi được đánh dấu không đưa vào" in unticked.content.decode()
    assert desk.post(address, {"ghi": "1", "left": ["13", "14"]}).status_code == 302
    assert Task.objects.count() == 4


def test_all_rows_with_errors_are_left_out_with_one_press(desk):
    wrong = [(*WRONG[:3], f"Dòng lỗi thứ {number}", *WRONG[4:]) for number in range(6)]
    book = matched(desk, [*REAL[:-2], *wrong])
    address = reverse("old_book_preview", args=[book.pk])
    assert "Dòng lỗi thứ 3" in desk.get(address).content.decode()
    done = desk.post(address, {"bo-het": "1", "taken": "9"}, follow=True)
    assert checked(done) == {("left", str(row)) for row in range(13, 19)}
    assert "0 dòng có lỗi chưa xử lý, 6 dòng có lỗi được đánh dấu không đưa vào" in done.content.decode()


def test_ticks_of_another_sheet_are_forgotten(desk):
    rows = [("Nội dung nhiệm vụ", "Cơ quan", "Thời hạn"), ("Rà soát chính sách", "Sở TC", "30/6/2023")]
    book = matched(desk, content=workbook([*REAL[:-2], WRONG], more=[("Năm 2024", rows)]))
    desk.post(reverse("old_book_preview", args=[book.pk]), {"left": "13"})
    go_on(desk, book, "old_book_columns")
    assert Matching.of(OldBook.objects.get()).left == [13]
    address = reverse("old_book_columns", args=[book.pk])
    other = desk.get(address, {"sheet": "1", "first": "1", "last": "1"}).context["form"]
    assert desk.post(address, filled(other)).status_code == 302
    assert Matching.of(OldBook.objects.get()).left == []


def test_a_draft_that_was_swept_away_meanwhile_says_so(desk, monkeypatch):
    book = matched(desk, [*REAL[:-2], WRONG])
    from directives.views import old_book_preview

    def gone(**words):
        OldBook.objects.all().delete()
        return match_old_book(**words)

    monkeypatch.setattr(old_book_preview, "match_old_book", gone)
    answer = desk.post(reverse("old_book_preview", args=[book.pk]), {"left": "13"}, follow=True)
    assert "Sổ này vừa được bỏ" in answer.content.decode()


def test_drafts_that_were_left_are_swept_away_and_the_pages_say_when(desk, day):
    book = matched(desk)
    assert f"được giữ {KEPT.days} ngày kể từ lần sửa cuối" in desk.get(reverse("old_book_list")).content.decode()
    came = matched(desk, content=workbook(REAL[:2]))
    desk.post(reverse("old_book_preview", args=[came.pk]), {"ghi": "1"})
    now = timezone.now()
    OldBook.objects.update(touched_at=now - KEPT + timedelta(hours=1))
    sweep_workbooks()
    assert OldBook.objects.count() == 2
    OldBook.objects.update(touched_at=now - KEPT)
    go_on(desk, book, "old_book_words")  # somebody goes on with it
    sweep_workbooks()
    assert OldBook.objects.count() == 2
    OldBook.objects.update(touched_at=now - KEPT)
    sweep_workbooks()
    assert OldBook.objects.get() == came


def test_finished_work_of_ones_own_agency_is_pointed_out(desk, standing):
    rows = [("1", *PAPER, "Tổng hợp báo cáo năm", standing.name, None, "30/6/2023", None, "xong", "01/6/2023")]
    book = matched(desk, rows)
    shown = desk.get(reverse("old_book_preview", args=[book.pk])).content.decode()
    assert "1 dòng ghi hoàn thành là việc của chính cơ quan ông/bà" in shown


def test_an_unknown_name_is_chosen_and_remembered_for_the_next_upload(desk, agency):
    rows = [("1", *PAPER, "Rà soát chính sách hợp tác xã", "Sở Thủy lợi", None, None, None, "kiểu lạ")]
    send(desk, workbook(rows))
    book = OldBook.objects.get()
    go_on(desk, book, "old_book_columns")
    words = desk.get(reverse("old_book_words", args=[book.pk])).context["form"]
    assert [field.label for field in words.name_fields] == ["“Sở Thủy lợi”"]
    chosen = {words.names[0]: str(agency.pk), words.states[0]: "in_progress"}
    go_on(desk, book, "old_book_words", **chosen)
    assert "<strong>1 dòng</strong>" in desk.get(reverse("old_book_preview", args=[book.pk])).content.decode()
    send(desk, workbook(rows))
    again = Matching.of(OldBook.objects.latest("pk"))
    assert list(again.agencies.values()) == [agency.pk]
    assert "in_progress" in again.states.values()


def test_columns_are_checked(desk):
    send(desk, workbook(REAL))
    book = OldBook.objects.get()
    refused = go_on(desk, book, "old_book_columns", col_text="")
    assert "Xin chọn cột “Nội dung nhiệm vụ”" in refused.content.decode()
    refused = go_on(desk, book, "old_book_columns", col_agencies="4")
    assert "Cột này đã chọn cho “Nội dung nhiệm vụ”" in refused.content.decode()
    assert refused.status_code == 422


def test_a_column_full_of_unknown_names_is_probably_the_wrong_one(desk):
    rows = [(each, *PAPER, f"Rà soát chính sách thứ {each}", f"Ông Nguyễn Văn {each}") for each in range(1, 202)]
    send(desk, workbook(rows))
    book = OldBook.objects.get()
    go_on(desk, book, "old_book_columns")
    address = reverse("old_book_words", args=[book.pk])
    for answer in (desk.get(address, follow=True), desk.post(address, {}, follow=True)):
        assert answer.redirect_chain == [(reverse("old_book_columns", args=[book.pk]), 302)]
        words = "Cột cơ quan có 201 tên chưa nhận ra; có lẽ chọn nhầm cột. Xin xem lại."
        assert words in answer.content.decode()


def test_a_file_is_called_as_people_read_it(desk):
    send(desk, workbook(REAL), unicodedata.normalize("NFD", "Sổ theo dõi.xlsx"))
    assert OldBook.objects.get().name == unicodedata.normalize("NFC", "Sổ theo dõi.xlsx")


def test_another_sheet_and_another_head_are_read_again(desk):
    rows = [("Nội dung nhiệm vụ", "Cơ quan", "Thời hạn"), ("Rà soát chính sách", "Sở TC", "30/6/2023")]
    send(desk, workbook(REAL, more=[("Năm 2024", rows)]))
    address = reverse("old_book_columns", args=[OldBook.objects.get().pk])
    form = desk.get(address, {"sheet": "1", "first": "1", "last": "1"}).context["form"]
    assert (form["sheet"].value(), form["col_text"].value(), form["col_first"].value()) == (1, 1, 3)
    for nonsense in ({"sheet": "9"}, {"sheet": "x", "first": "-1"}, {"sheet": "0", "first": "9", "last": "2"}):
        assert desk.get(address, nonsense).status_code == 200


def test_what_is_no_workbook_is_refused_and_not_kept(desk):
    for content, name in ((b"", "a.xlsx"), (b"x", "a.xlsx"), (b"PK\x03\x04x", "a.xlsx"), (b"%PDF-1.7", "a.pdf")):
        assert send(desk, content, name).status_code == 422
    secret = send(desk, workbook([("1", *PAPER, "x", "Sở TC", None, None, None, None, None, None, "TUYỆT MẬT")]))
    assert "độ mật" in secret.content.decode()
    assert not OldBook.objects.exists()


def test_the_words_of_a_cell_are_words(desk):
    book = matched(desk, [("1", *PAPER, "<script>alert(1)</script>{{ 7*7 }}", "Sở TC")])
    shown = desk.get(reverse("old_book_preview", args=[book.pk])).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in shown


def test_a_draft_is_thrown_away_and_what_came_in_is_not(desk):
    book = matched(desk)
    desk.post(reverse("old_book_preview", args=[book.pk]), {"ghi": "1"})
    desk.post(reverse("old_book_drop", args=[book.pk]))
    assert OldBook.objects.filter(pk=book.pk).exists()
    send(desk, workbook(REAL))
    desk.post(reverse("old_book_drop", args=[OldBook.objects.latest("pk").pk]))
    assert OldBook.objects.count() == 1


def test_the_same_file_again_is_said_and_its_rows_stay_out(desk):
    content = workbook(REAL)
    book = matched(desk, content=content)
    desk.post(reverse("old_book_preview", args=[book.pk]), {"ghi": "1"})
    send(desk, content)
    again = OldBook.objects.latest("pk")
    assert "đã được đưa vào trước đây" in desk.get(reverse("old_book_columns", args=[again.pk])).content.decode()
    go_on(desk, again, "old_book_columns")
    go_on(desk, again, "old_book_words")
    shown = desk.get(reverse("old_book_preview", args=[again.pk])).content.decode()
    assert "4 dòng giống nhiệm vụ đã có" in shown
    desk.post(reverse("old_book_preview", args=[again.pk]), {"ghi": "1"})  # there is nothing to bring in
    assert Task.objects.count() == 4
    desk.post(reverse("old_book_preview", args=[again.pk]), {"ghi": "1", "taken": "9"})
    assert Task.objects.count() == 5


def test_the_preview_asks_as_much_for_many_rows_as_for_few(desk):
    def asked(count):
        first = date(2023, 3, 1)
        rows = [
            ("1", f"{each + 1}/TB-UBND", first + timedelta(days=each), f"Nhiệm vụ {each}", "Sở TC", None, "30/6/2023")
            for each in range(count)
        ]
        book = matched(desk, rows)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(reverse("old_book_preview", args=[book.pk])).status_code == 200
        return [query["sql"] for query in queries]

    few, many = asked(2), asked(40)
    assert len(many) == len(few)


def test_a_directive_from_the_book_has_no_file_to_fetch(desk):
    book = matched(desk)
    desk.post(reverse("old_book_preview", args=[book.pk]), {"ghi": "1"})
    directive = Directive.objects.filter(book=book).first()
    assert desk.get(reverse("directive_source", args=[directive.pk])).status_code == 404
    shown = desk.get(reverse("directive_detail", args=[directive.pk])).content.decode()
    assert "sổ theo dõi cũ, tệp so-theo-doi.xlsx" in shown
    assert desk.get(reverse("directive_text", args=[directive.pk])).status_code == 200
    for task in directive.tasks.all():
        assert desk.get(reverse("task_history", args=[task.pk])).status_code == 200
    desk.post(reverse("old_book_undo", args=[book.pk]))
    assert desk.get(reverse("directive_detail", args=[directive.pk])).status_code == 404
    assert "đã rút khỏi sổ" in desk.get(reverse("old_book_detail", args=[book.pk])).content.decode()


def test_an_agency_sees_its_work_and_from_where_it_came(desk, client, liaison, day):
    book = matched(desk)
    desk.post(reverse("old_book_preview", args=[book.pk]), {"ghi": "1"})
    client.force_login(liaison)
    row = Assignment.objects.get(task__book_row=8)
    shown = client.get(reverse("assignment_detail", args=[row.task_id, row.agency.code])).content.decode()
    assert "ưa vào từ sổ theo dõi cũ: dòng 8" in shown
    assert date(2023, 9, 10) == row.completed_on
