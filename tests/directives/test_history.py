"""The history of a task and of an agency: who, when, old and new, from what the database wrote; also as a file."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from agencies.grants import revoke
from directives import history
from directives.actions.evidence import look_at
from directives.actions.life import suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.reviews import confirm
from directives.actions.tasks import change_task, set_deadline
from directives.models import Assignment, Directive, Evidence, Reminder, Upload

DUE = date(2023, 12, 15)


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def told(make_assignment, agency, staff, liaison, day):
    """A deadline, a claim with a file that was looked at, a confirmation, a reminder."""
    row = make_assignment()
    set_deadline(task=row.task, deadline=DUE, instrument="Kế hoạch 05", by=staff, day=day - timedelta(days=3))
    change_task(task=row.task, lead=agency, product="Danh mục chính sách", follower=staff, by=staff, day=day)
    said = Said(result="Đã trình danh mục", claims_completion=True, documents=[Cited("9/BC", day)])
    note = report_progress(assignment=row, said=said, by=liaison, day=day)
    upload = Upload.objects.create(name="tờ trình.pdf", sha256="a" * 64, size=1, content_type="x", uploaded_by=liaison)
    Evidence.objects.create(note=note, upload=upload)
    look_at(upload=upload, viewer=staff, seen_through=None, is_download=True, day=day)
    confirm(assignment=row, by=staff, day=day)
    Reminder.objects.create(
        recipient=liaison,
        assignment=row,
        reason="before",
        deadline=DUE,
        rung=day,
        planned_on=day,
        state="sent",
        sent_at=note.created_at,
    )
    return Assignment.objects.get(pk=row.pk)


def words(lines):
    return "\n".join(f"{line.on:%d/%m} {line.who} {line.what}: {' | '.join(line.details)}" for line in lines)


def test_a_task_tells_old_and_new_values_with_their_actor(told, day):
    text = words(history.of_task(told.task, Assignment.objects.filter(pk=told.pk)))
    assert "17/11 Người thuongtruc Ấn định thời hạn: Loại thời hạn: Không ấn định thời hạn → Có thời hạn" in text
    assert "Thời hạn: (trống) → 15/12/2023" in text
    assert "Sản phẩm: (trống) → Danh mục chính sách" in text
    assert "Tình trạng: Chờ xác nhận → Hoàn thành" in text
    assert "Người skhdt Đề nghị hoàn thành: Đã trình danh mục" in text
    assert "Tải tài liệu minh chứng: tờ trình.pdf" in text
    assert "Đã gửi thư nhắc việc: Sắp đến hạn; gửi Người skhdt" in text


def test_a_change_by_sql_is_told_too(told):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directives_assignment SET percent = 40 WHERE id = %s", [told.pk])
    lines = history.of_task(told.task, Assignment.objects.filter(pk=told.pk))
    assert "Phần trăm: (trống) → 40" in words(lines)


def test_newest_first(told):
    days = [line.on for line in history.of_task(told.task, Assignment.objects.filter(pk=told.pk))]
    assert days == sorted(days, reverse=True)


def test_an_agency_tells_its_work_and_its_people_between_two_days(told, agency, liaison, staff, day):
    revoke(agency=agency, user=liaison, by=staff, day=day)
    mine = Assignment.objects.filter(agency=agency)
    text = words(history.of_agency(agency, mine, day, day))
    assert "Sản phẩm" not in text  # the task is not the agency's own
    assert "Xác nhận hoàn thành" in text and "Thu hồi quyền" in text
    assert "Thời hạn: (trống) → 15/12/2023" not in text
    earlier = words(history.of_agency(agency, mine, day - timedelta(days=5), day - timedelta(days=1)))
    assert "Thời hạn: (trống) → 15/12/2023" in earlier and "Xác nhận" not in earlier


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(
    told, make_assignment, agency, staff, liaison, day, more, django_assert_num_queries
):
    for position in range(2, 2 + more):
        row = make_assignment(position=position)
        report_progress(assignment=row, said=Said(result="x"), by=liaison, day=day)
        suspend(assignment=row, reason="chờ", by=staff, day=day)
    with django_assert_num_queries(30):
        history.of_agency(agency, Assignment.objects.filter(agency=agency), date(2023, 1, 1), day)


def test_the_pages_and_the_file(signed_in, told, agency, day):
    client = signed_in("liaison")
    page = client.get(reverse("agency_history", args=["skhdt"]), {"tu": "01/11/2023", "den": "20/11/2023"})
    assert page.status_code == 200 and "15/12/2023" in page.content.decode()
    answer = client.get(reverse("task_history", args=[told.task_id]), {"tep": "xlsx"})
    assert "L%E1%BB%8Bch%20s%E1%BB%AD" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == client.get(reverse("task_history", args=[told.task_id])).context["count"]
    assert any("Chờ xác nhận → Hoàn thành" in (row[5] or "") for row in rows)


def test_words_that_look_like_a_formula_stay_words(signed_in, make_assignment, liaison, day):
    row = make_assignment()
    report_progress(assignment=row, said=Said(result="=1+1"), by=liaison, day=day)
    answer = signed_in("liaison").get(reverse("task_history", args=[row.task_id]), {"tep": "xlsx"})
    cells = [cell for line in openpyxl.load_workbook(BytesIO(answer.content)).active for cell in line]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}


def test_another_agency_reads_nothing(signed_in, told):
    client = signed_in("stranger")
    assert client.get(reverse("task_history", args=[told.task_id])).status_code == 404
    assert client.get(reverse("agency_history", args=["skhdt"])).status_code == 404


def test_a_span_that_is_not_understood_is_told(signed_in, told):
    page = signed_in("liaison").get(reverse("agency_history", args=["skhdt"]), {"tu": "hôm qua"})
    assert page.status_code == 200 and "Không có ngày này" in page.content.decode()


@pytest.mark.parametrize(("who", "reads"), [("liaison", False), ("leader", False), ("staff", True)])
def test_how_a_draft_was_prepared_is_the_keepers_business(
    client, request, make_assignment, directive, staff, day, who, reads
):
    published = directive.published_on
    Directive.objects.update(published_on=None)
    row = make_assignment()
    before = published - timedelta(days=1)
    change_task(task=row.task, lead=row.agency, product="Bản thảo nội bộ", follower=None, by=staff, day=before)
    Directive.objects.update(published_on=published)
    change_task(task=row.task, lead=row.agency, product="Bản chính thức", follower=None, by=staff, day=day)
    client.force_login(request.getfixturevalue(who))
    address = reverse("task_history", args=[row.task_id])
    page = client.get(address).content.decode()
    assert "→ Bản chính thức" in page
    assert ("→ Bản thảo nội bộ" in page) == reads
    sheet = openpyxl.load_workbook(BytesIO(client.get(address, {"tep": "xlsx"}).content)).active
    cells = " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line)
    assert "Bản chính thức" in cells
    # The last change names what was there before it; that this was written, and when, is the draft's story.
    assert (cells.count("Bản thảo nội bộ") > 1) == reads
