"""Pages that list something ask the database as much for three rows as for one."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AgencyCode, Role
from agencies.models.absence import Absence
from directives.actions.endpoints import add_endpoint, switch_endpoint
from directives.actions.feeds import make_feed
from directives.actions.instructions import give_instruction
from directives.actions.life import reopen, suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.models import (
    Archive,
    CalendarDay,
    Coordinator,
    CoordinatorMember,
    Endpoint,
    Evidence,
    OldBook,
    Part,
    Pause,
    Reminder,
    SignedCopy,
    Upload,
    WorkbookUpload,
)

from .conftest import person
from .published import ready_report
from .urging_cast import call

MAIL = "20231120T00000{}.000000Z-abcdef12.eml"
COUNTS = dict.fromkeys(("lines", "tasks", "assignments", "directives", "agencies"), 1)
# The address, what its arguments name, who asks.
PAGES = (
    ("mail_list", None, "staff"),
    ("calendar_list", None, "staff"),
    ("workday_list", None, "staff"),
    ("task_history", "task", "staff"),
    ("task_history", "task", "liaison"),
    ("agency_history", "agency", "staff"),
    ("agency_history", "agency", "liaison"),
    ("task_coordinators", "task", "staff"),
    ("agency_codes", "agency", "staff"),
    ("agency_endpoint", "agency", "staff"),
    ("agency_detail", "agency", "liaison"),
    ("agency_workbook", "agency", "liaison"),
    ("agency_workbook_send", "agency", "liaison"),
    ("shelf_detail", "upload", "liaison"),
    ("assignment_detail", "assignment", "staff"),
    ("assignment_detail", "assignment", "liaison"),
    ("directive_detail", "directive", "staff"),
    ("agency_detail", "agency", "staff"),
    ("user_edit", "person", "staff"),
    ("pause_list", None, "staff"),
    ("archive_list", "directive", "staff"),
    ("report_detail", "report", "staff"),
    ("old_book_list", None, "staff"),
    ("old_book_detail", "old book", "staff"),
    ("directive_detail", "directive", "liaison"),
)


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files, tmp_path):
    settings.TODAY = day
    settings.MAIL_SINK = str(tmp_path)
    settings.WEBHOOK_HOSTS = ["sms.vidu.vn"]


@pytest.fixture
def first(make_assignment, day):
    return make_assignment("dated", deadline=day + timedelta(days=30), position=1)


@pytest.fixture
def upload(liaison, agency):
    words = {"sha256": "a" * 64, "size": 1, "content_type": "text/plain"}
    return Upload.objects.create(name="a.txt", uploaded_by=liaison, agency=agency, **words)


@pytest.fixture
def report(directive, staff, day):
    return ready_report(directive, staff, day)


@pytest.fixture
def old_book(staff, day):
    brought = {"brought_on": day, "brought_at": timezone.now(), "brought_by": staff, "counts": COUNTS}
    return OldBook.objects.create(name="so.xlsx", sha256="b" * 64, uploaded_on=day, uploaded_by=staff, **brought)


@pytest.fixture
def one_more(
    first, upload, old_book, report, make_assignment, agency, other_agency, liaison, staff, leader, day, tmp_path
):
    """One more of everything that these pages list: on the first task, and a further task with the same."""

    def add(number):
        (tmp_path / MAIL.format(number)).write_bytes(b"Subject: x\r\nTo: a@kttt.example\r\n\r\nx")
        make_feed(agency=agency, by=staff, day=day, submission=uuid.uuid4())
        WorkbookUpload.objects.create(user=liaison, agency=agency, name=f"{number}.xlsx")
        AgencyCode.objects.create(agency=agency, scheme="qd20", code=f"H50.{number}", is_verified=False)
        words = {"by": staff, "day": day}
        endpoint = Endpoint.objects.first() or add_endpoint(
            owner=agency, url="https://sms.vidu.vn/", submission=uuid.uuid4(), **words
        )
        switch_endpoint(endpoint=endpoint, on=number % 2 == 0, **words)
        colleague = person(f"nguoi{number}", Role.LIAISON, agency, [agency])
        worked = day.replace(month=12, day=number)
        CalendarDay.objects.create(
            date=worked, is_working=False, instrument="x", recorded_on=day, recorded_by=colleague
        )
        Absence.objects.create(user=colleague, deputy=liaison, since=day, until=day, recorded_by=staff)
        paused = {"since": day, "reason": "x", "recorded_by": colleague}
        Pause.objects.create(person=colleague, **paused)
        Pause.objects.create(person=liaison, **paused)
        Pause.objects.create(agency=agency, **paused)
        Pause.objects.create(directive=first.task.directive, **paused)
        Pause.objects.create(agency=agency, lifted_on=day, **paused)
        came = {"book": old_book, "book_row": number}
        given = make_assignment("dated", deadline=day + timedelta(days=20), position=number + 1, task_fields=came)
        OldBook.objects.create(name="x", sha256="b" * 64, uploaded_on=day, uploaded_by=colleague)
        failed = {"state": "failed", "made_by": colleague, "made_on": day}
        Archive.objects.create(directive=first.task.directive, **failed)
        copied = {"number": "05", "symbol": "BC", "signed_on": day, "kept_on": day, "kept_by": colleague}
        SignedCopy.objects.create(report=report, upload=upload, **copied)
        for row in (first, given):
            tell(row, number, colleague)

    def tell(row, number, colleague):
        part = Part.objects.create(task=row.task, position=number, text=f"phần {number}", start=24, end=30)
        part.binds.add(agency)
        body = Coordinator.objects.create(task=row.task, position=number, name="các sở", agency=other_agency)
        CoordinatorMember.objects.create(coordinator=body, agency=other_agency)
        said = Said(result=f"Lần {number}", obstacle="thiếu vốn", raised_to="leaders", documents=[Cited("9/BC", day)])
        note = report_progress(assignment=row, said=said, by=colleague, day=day)
        note.parts.add(part)
        Evidence.objects.create(note=note, upload=upload)
        give_instruction(assignment=row, text=f"Ý kiến {number}", by=leader, day=day, note=note)
        suspend(assignment=row, reason=f"chờ {number}", by=staff, day=day)
        reopen(assignment=row, reason=f"tiếp {number}", by=staff, day=day)
        call(agency, staff, day, assignments=[row.pk], said=f"Lần {number}")
        Reminder.objects.create(
            recipient=colleague,
            assignment=row,
            reason="before",
            deadline=row.deadline,
            rung=day,
            planned_on=day,
            state="sent",
            sent_at=timezone.now(),
            sent_on=day,
        )

    return add


@pytest.mark.parametrize(("name", "about", "who"), PAGES)
def test_a_page_asks_as_much_for_three_as_for_one(
    request, client, first, upload, old_book, one_more, liaison, report, name, about, who
):
    arguments = {
        None: [],
        "task": [first.task_id],
        "agency": [first.agency.code],
        "upload": [upload.uuid],
        "assignment": [first.task_id, first.agency.code],
        "directive": [first.task.directive_id],
        "person": [liaison.pk],
        "report": [report.pk],
        "old book": [old_book.pk],
    }
    client.force_login(request.getfixturevalue(who))
    address = reverse(name, args=arguments[about])
    one_more(1)
    client.get(address)  # makes what is made once: the office's row
    few = asked(client, address)
    for number in (2, 3):
        one_more(number)
    many = asked(client, address)
    assert len(many) == len(few), "\n".join(each for each in many if many.count(each) > few.count(each))


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]
