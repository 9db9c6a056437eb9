"""A workbook that lay on a desk while others wrote: both texts, row by row, and the person decides."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.errors import Refused
from agencies.models import Role
from directives.actions.life import suspend
from directives.actions.notes import Said, report_progress
from directives.actions.rounds import Line, RowsRefused
from directives.actions.tasks import set_deadline
from directives.actions.workbooks import keep_workbook, write_workbook
from directives.models import Assignment, ProgressNote, WorkbookUpload
from tests.directives.conftest import person
from tests.races import at_once, kinds

from .cast import download, fill, looked_through, write


@pytest.fixture
def colleague(agency):
    return person("dongnghiep", Role.LIAISON, agency, [agency])


@pytest.fixture
def filled(signed_in, agency, tasks):
    """Two rows filled in."""
    return fill(fill(download(signed_in, agency), 1, result="Trong tệp một"), 2, result="Trong tệp hai")


def said():
    return sorted(ProgressNote.objects.values_list("result", flat=True))


def seen(page, row):
    """The version that the page shows of a row."""
    return re.search(rf'name="v{row.pk}" value="(\d+)"', page)[1]


def test_both_texts_are_shown_and_who_was_faster(signed_in, agency, tasks, filled, colleague, day):
    report_progress(assignment=tasks[0], said=Said(result="Đồng nghiệp đã ghi"), by=colleague, day=day)
    page, _ = looked_through(signed_in, agency, filled)
    assert "1 dòng ghi được" in page and "1 dòng đã có người thay đổi" in page
    assert "Người dongnghiep đã gửi báo cáo tiến độ lúc" in page
    assert "Đồng nghiệp đã ghi" in page and "Trong tệp một" in page


def test_a_row_that_is_not_ticked_is_left_out(signed_in, agency, tasks, filled, colleague, day):
    report_progress(assignment=tasks[0], said=Said(result="Đồng nghiệp"), by=colleague, day=day)
    _, address = looked_through(signed_in, agency, filled)
    assert "Đã ghi 1 báo cáo" in write(signed_in, address).content.decode()
    assert said() == ["Trong tệp hai", "Đồng nghiệp"]


def test_a_row_that_is_ticked_is_written_and_the_other_stays(signed_in, agency, tasks, filled, colleague, day):
    report_progress(assignment=tasks[0], said=Said(result="Đồng nghiệp"), by=colleague, day=day)
    page, address = looked_through(signed_in, agency, filled)
    ticked = {"ghi": [str(tasks[0].pk)], f"v{tasks[0].pk}": seen(page, tasks[0])}
    assert "Đã ghi 2 báo cáo" in write(signed_in, address, **ticked).content.decode()
    assert said() == ["Trong tệp hai", "Trong tệp một", "Đồng nghiệp"]


def test_a_tick_holds_only_for_what_was_seen(signed_in, agency, tasks, filled, colleague, day):
    report_progress(assignment=tasks[0], said=Said(result="Đồng nghiệp"), by=colleague, day=day)
    page, address = looked_through(signed_in, agency, filled)
    ticked = {"ghi": [str(tasks[0].pk)], f"v{tasks[0].pk}": seen(page, tasks[0])}
    report_progress(assignment=tasks[0], said=Said(result="Lần nữa"), by=colleague, day=day)
    write(signed_in, address, **ticked)
    assert "Trong tệp một" not in said()


def test_a_deadline_that_moved_is_shown_old_beside_new(signed_in, agency, tasks, filled, staff, day):
    until = day + timedelta(days=40)
    set_deadline(task=tasks[0].task, deadline=until, instrument="CV 9", by=staff, day=day)
    page, _ = looked_through(signed_in, agency, filled)
    old = f"{day + timedelta(days=10):%d/%m/%Y}"
    assert f"Thời hạn: <del>{old}</del> → <strong>{until:%d/%m/%Y}</strong>" in page


def test_work_that_takes_no_words_any_more_is_left_out_and_the_rest_is_written(
    signed_in, agency, tasks, filled, staff, day
):
    suspend(assignment=tasks[0], reason="chờ", by=staff, day=day)
    page, address = looked_through(signed_in, agency, filled)
    assert "Không ghi: Nhiệm vụ đang ở tình trạng “Tạm dừng”" in page
    write(signed_in, address, ghi=[str(tasks[0].pk)], **{f"v{tasks[0].pk}": "2"})
    assert said() == ["Trong tệp hai"]


def test_work_that_went_to_another_agency_is_left_out(signed_in, agency, tasks, filled, other_agency):
    Assignment.objects.filter(pk=tasks[0].pk).update(agency=other_agency)
    page, address = looked_through(signed_in, agency, filled)
    assert "không còn do cơ quan thực hiện" in page
    write(signed_in, address)
    assert said() == ["Trong tệp hai"]


def test_all_or_nothing_under_the_locks(agency, tasks, liaison, day):
    upload = keep_workbook(key=uuid.uuid4(), agency=agency, name="a.xlsx", content={}, by=liaison, day=day)
    lines = [Line(tasks[0], Said(result="được"), 1), Line(tasks[1], Said(result="được"), 7)]
    with pytest.raises(RowsRefused) as refused:
        write_workbook(upload=upload, lines=lines, by=liaison, day=day)
    assert list(refused.value.rows) == [tasks[1].pk]
    upload.refresh_from_db()
    assert not said() and upload.written_on is None


def test_a_task_of_another_agency_is_refused_by_the_verb_too(agency, make_assignment, other_agency, liaison, day):
    foreign = make_assignment(position=9, agency=other_agency)
    upload = keep_workbook(key=uuid.uuid4(), agency=agency, name="a.xlsx", content={}, by=liaison, day=day)
    with pytest.raises(RowsRefused):
        write_workbook(upload=upload, lines=[Line(foreign, Said(result="x"), 1)], by=liaison, day=day)


def test_nobody_keeps_or_writes_for_an_agency_that_is_not_theirs(agency, tasks, liaison, stranger, day):
    words = {"key": uuid.uuid4(), "agency": agency, "name": "a.xlsx", "content": {}, "day": day}
    with pytest.raises(Refused):
        keep_workbook(by=stranger, **words)
    upload = keep_workbook(by=liaison, **words)
    with pytest.raises(Refused):
        write_workbook(upload=upload, lines=[Line(tasks[0], Said(result="x"), 1)], by=stranger, day=day)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_write_once(agency, tasks, liaison, day):
    upload = keep_workbook(key=uuid.uuid4(), agency=agency, name="a.xlsx", content={}, by=liaison, day=day)

    def press():
        return write_workbook(upload=upload, lines=[Line(tasks[0], Said(result="được"), 1)], by=liaison, day=day)

    assert at_once(4, press) == [1, 1, 1, 1]
    assert said() == ["được"]


@pytest.mark.django_db(transaction=True)
def test_of_two_workbooks_at_once_one_is_told_of_the_other(agency, tasks, liaison, colleague, day):
    def hand_in(who, words):
        upload = keep_workbook(key=uuid.uuid4(), agency=agency, name="a.xlsx", content={}, by=who, day=day)
        order = tasks if who == liaison else tasks[::-1]
        return write_workbook(
            upload=upload, lines=[Line(each, Said(result=words), 1) for each in order], by=who, day=day
        )

    acts = iter([(liaison, "một"), (colleague, "hai")])
    assert kinds(at_once(2, lambda: hand_in(*next(acts)))) == ["RowsRefused", "int"]
    assert said() in (["một"] * 3, ["hai"] * 3)


def test_the_dry_run_asks_as_much_for_many_rows_as_for_one(signed_in, agency, tasks, colleague, day):
    for row in tasks:
        report_progress(assignment=row, said=Said(result="x", obstacle="y"), by=colleague, day=day)
    book = download(signed_in, agency)
    one = fill(book, 1, result="a")
    report_progress(assignment=tasks[0], said=Said(result="z"), by=colleague, day=day)
    _, first = looked_through(signed_in, agency, one)
    many = fill(fill(book, 2, result="a"), 3, result="b")
    for row in tasks[1:]:
        report_progress(assignment=row, said=Said(result="z"), by=colleague, day=day)
    _, second = looked_through(signed_in, agency, many)
    assert len(_asked(signed_in, first)) == len(_asked(signed_in, second))


def test_the_download_asks_as_much_for_many_rows_as_for_one(signed_in, agency, make_assignment, colleague, day):
    address = f"/co-quan/{agency.code}/excel/"
    first = make_assignment(position=1)
    report_progress(assignment=first, said=Said(result="x"), by=colleague, day=day)
    signed_in.get(address)
    few = _asked(signed_in, address)
    for position in (2, 3, 4):
        report_progress(assignment=make_assignment(position=position), said=Said(result="x"), by=colleague, day=day)
    assert len(_asked(signed_in, address)) == len(few)


def _asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return queries.captured_queries


def test_one_keeps_nothing_under_the_key_of_another(agency, liaison, colleague, day):
    words = {"key": uuid.uuid4(), "agency": agency, "name": "a.xlsx", "content": {}, "day": day}
    keep_workbook(by=liaison, **words)
    with pytest.raises(Refused):
        keep_workbook(by=colleague, **words)
    assert WorkbookUpload.objects.get().user == liaison


def test_days_are_the_business_ones(signed_in, agency, filled):
    _, address = looked_through(signed_in, agency, filled)
    write(signed_in, address)
    assert set(ProgressNote.objects.values_list("said_on", flat=True)) == {date(2023, 11, 20)}
