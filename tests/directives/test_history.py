"""The history of a task and of an agency: who, when, old and new, from what the database wrote; also as a file."""

import uuid
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from agencies.absences import end_absence, record_absence
from agencies.grants import revoke
from agencies.history import acting
from agencies.invitations import accept_as_new, invite
from agencies.models import REPRESENT, Agency, Role
from agencies.people import create_user, deactivate
from agencies.succession_rules import NewBody
from directives import history
from directives.actions.evidence import look_at
from directives.actions.extensions import ask_extension
from directives.actions.feeds import make_feed, revoke_feed
from directives.actions.life import reopen, suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.reviews import confirm
from directives.actions.succession import succeed
from directives.actions.tasks import change_task, set_deadline
from directives.actions.uploads import store
from directives.models import Assignment, Decision, Directive, Evidence, Part, ProgressNote, Reminder, Upload
from directives.templatetags.kttt import moment
from directives.timeline import of_assignment
from tests.directives.conftest import person

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
        sent_on=day,
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
    assert "Đã gửi nhắc việc: Sắp đến hạn; gửi Người skhdt (thư điện tử)" in text


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
    with django_assert_num_queries(38):
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
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
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


def of(row):
    return history.of_task(row.task, Assignment.objects.filter(pk=row.pk))


def test_an_act_of_a_long_transaction_is_told_once(make_assignment, staff, liaison, day):
    """All moments of triggers are its start; what was said was written seconds later."""
    row = make_assignment()
    report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=day)
    suspend(assignment=row, reason="chờ", by=staff, day=day)
    for model in (ProgressNote, Decision):
        later(model, 90)
    told = [line.what for line in of(row) if line.who != "Hệ thống"]
    assert told == ["Tạm dừng", "Báo cáo tiến độ"]


def later(model, seconds):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET created_at = created_at + make_interval(secs => %s)", [seconds])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_the_same_act_twice_a_day_is_told_twice(make_assignment, staff, day):
    row = make_assignment()
    for reason in ("chờ vốn", "chờ ý kiến"):
        suspend(assignment=row, reason=reason, by=staff, day=day)
        reopen(assignment=row, reason=f"hết {reason}", by=staff, day=day)
    mine = [line for line in of(row) if line.who == str(staff)]
    told = [(line.what, [words for words in line.details if words.startswith("Lý do")]) for line in mine]
    assert told == [
        ("Mở lại", ["Lý do: hết chờ ý kiến"]),
        ("Tạm dừng", ["Lý do: chờ ý kiến"]),
        ("Mở lại", ["Lý do: hết chờ vốn"]),
        ("Tạm dừng", ["Lý do: chờ vốn"]),
    ]


def test_what_changed_nothing_is_not_put_with_an_earlier_act(make_assignment, liaison, day):
    row = make_assignment()
    for words in ("Lần một", "Lần hai", "Lần ba"):
        report_progress(assignment=row, said=Said(result=words), by=liaison, day=day)
    assert [line.details[0] for line in of(row) if line.who == "Người skhdt"] == ["Lần ba", "Lần hai", "Lần một"]


def test_the_page_says_at_what_time(signed_in, make_assignment, liaison, day):
    row = make_assignment()
    note = report_progress(assignment=row, said=Said(result="x"), by=liaison, day=day)
    page = signed_in("liaison").get(reverse("task_history", args=[row.task_id])).content.decode()
    assert f"ghi lúc {moment(note.created_at)}" in page


def test_an_agency_tells_accounts_absences_and_calendars(agency, other_agency, liaison, staff, day):
    deputy = create_user(by=staff, username="pho", full_name="Người phó", role=Role.LIAISON, agency=agency, day=day)
    absence = record_absence(user=liaison, deputy=deputy, since=day, until=date(2023, 11, 24), by=liaison, day=day)
    end_absence(absence=absence, by=liaison, day=day + timedelta(days=2))
    feed, _ = make_feed(agency=None, by=liaison, day=day, submission=uuid.uuid4())
    revoke_feed(feed=feed, by=liaison, day=day)
    make_feed(agency=agency, by=staff, day=day, submission=uuid.uuid4())
    deactivate(user=deputy, by=staff, day=day)
    lines = history.of_agency(agency, Assignment.objects.none(), day, day + timedelta(days=5))
    said = {(line.where, line.what): " | ".join(line.details) for line in lines}
    assert "Tên đăng nhập: (trống) → pho" in said["Tài khoản: Người phó", "Tạo tài khoản"]
    assert said["Tài khoản: Người phó", "Khóa tài khoản"] == "Tài khoản đang mở: có → không"
    assert "Người thay: (trống) → Người phó" in said["Vắng mặt: Người skhdt", "Ghi vắng mặt"]
    assert said["Vắng mặt: Người skhdt", "Kết thúc đợt vắng mặt"] == "Đến hết ngày: 24/11/2023 → 21/11/2023"
    assert ("Lịch theo đường dẫn: Người skhdt", "Tạo lịch theo đường dẫn") in said
    assert ("Lịch theo đường dẫn: Người skhdt", "Thu hồi lịch theo đường dẫn") in said
    assert ("Lịch theo đường dẫn: Người thuongtruc", "Tạo lịch theo đường dẫn") in said
    elsewhere = history.of_agency(other_agency, Assignment.objects.none(), day, day + timedelta(days=5))
    assert [line.where for line in elsewhere if "Người" in line.where] == []


def test_what_somebody_does_after_leaving_is_not_the_agencys(agency, other_agency, day):
    """The rights of a former colleague say nothing about their later absences."""
    former = person("cu", Role.LIAISON, other_agency, [agency, other_agency])
    before(seconds=3600)
    revoke(agency=agency, user=former, by=None, day=day)
    before(seconds=60)
    deputy = person("moi", Role.LIAISON, other_agency, [other_agency])
    record_absence(user=former, deputy=deputy, since=day, until=day, by=former, day=day)
    there = history.of_agency(other_agency, Assignment.objects.none(), day, day)
    assert any("Vắng mặt" in line.where for line in there)
    here = history.of_agency(agency, Assignment.objects.none(), day, day)
    assert not any("Vắng mặt" in line.where for line in here)


def before(seconds):
    """What was written up to now was written earlier: a test is one transaction, and its triggers know one moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in ("agencyuserpermissionevent", "absenceevent"):
            cursor.execute(
                f"UPDATE agencies_{name} SET pgh_created_at = pgh_created_at - make_interval(secs => %s)", [seconds]
            )
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_task_tells_its_parts_and_whom_they_bind(make_assignment, agency, staff, day):
    row = make_assignment()
    with acting(staff, "succeed", day):
        part = Part.objects.create(task=row.task, position=1, text="lập danh sách", start=24, end=30)
        part.binds.add(agency)
    text = words(of(row))
    assert "Nội dung: (trống) → lập danh sách" in text
    assert "Đầu việc: (trống) → lập danh sách | Cơ quan: (trống) → Sở KH&ĐT" in text
    with acting(staff, "succeed", day):
        part.delete()
    assert "Cơ quan: Sở KH&ĐT → (trống)" in words(of(row))


def test_a_reminder_stands_on_the_day_when_it_left(make_assignment, liaison, day):
    row = make_assignment("dated", deadline=DUE)
    planned, left = day - timedelta(days=3), day - timedelta(days=1)
    reminder = Reminder.objects.create(
        recipient=liaison, assignment=row, reason="before", deadline=DUE, rung=planned, planned_on=planned
    )
    sent = {"state": "sent", "sent_at": "2023-11-19T01:00:00Z", "sent_on": left}
    Reminder.objects.filter(pk=reminder.pk).update(**sent)
    lines = history.of_agency(row.agency, Assignment.objects.filter(pk=row.pk), left, day)
    assert [line.on for line in lines if line.icon == "mail"] == [left]
    assert [entry.on for entry in of_assignment(row) if entry.icon == "mail"] == [left]


def test_whoever_accepts_an_invitation_did_it_and_the_right_is_called_by_its_name(agency, staff, day):
    made, _ = invite(agency=agency, right=REPRESENT, by=staff, day=day, full_name="Lê Văn")
    account = {"username": "moi", "full_name": "Lê Văn Mới", "email": "", "password": "cay-tre-xanh-86"}
    accept_as_new(invitation=made, day=day, **account)
    text = words(history.of_agency(agency, Assignment.objects.none(), day, day))
    assert "Người thuongtruc Mời người" in text
    assert "Lê Văn Mới Nhận lời mời" in text and "Quyền: (trống) → Đầu mối" in text
    assert "represent" not in text and "Cấp quyền" not in text


def test_whoever_took_over_reads_what_was_said_before_and_exports_it(client, told, agency, staff, day, settings):
    settings.TODAY = day
    row = Assignment.objects.get(pk=told.pk)
    reopen(assignment=row, reason="Sai số liệu", by=staff, day=day)
    succeed(shape="rename", old=[agency], new=[NewBody("Sở Mới")], on=day, instrument="NQ 1", by=staff, day=day)
    new = Agency.objects.get(name="Sở Mới")
    client.force_login(person("moi", Role.LIAISON, new, [new]))
    assert "Đã trình danh mục" in client.get(reverse("task_history", args=[told.task_id])).text
    assert "Sai số liệu" in client.get("/").text  # why it was opened again, also for the heir


def test_looks_at_the_file_of_a_request_are_told(make_assignment, liaison, leader, day, kept_files):
    row = make_assignment("dated", deadline=date(2023, 11, 30))
    file = store(SimpleUploadedFile("đơn xin.pdf", b"%PDF-1.4 x"), by=liaison)
    asked = {"asked_until": date(2023, 12, 29), "reason": "x", "upload": file}
    ask_extension(assignment=row, by=liaison, day=day, **asked)
    look_at(upload=file, viewer=leader, seen_through=None, is_download=False, day=day)
    text = words(history.of_task(row.task, Assignment.objects.filter(pk=row.pk)))
    assert "Người lanhdao Xem tài liệu minh chứng: đơn xin.pdf" in text
