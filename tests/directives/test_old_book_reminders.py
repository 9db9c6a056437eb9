"""Nobody is reminded of what an old workbook brings; what happens to it afterwards calls as everything does."""

import uuid
from datetime import date, timedelta

import pytest

from agencies.models import Role
from directives.actions.bring_in import bring_in
from directives.actions.life import reopen, suspend
from directives.actions.notes import Said, report_progress
from directives.actions.old_lines import Line, Paper
from directives.actions.reminders import nudge
from directives.actions.reviews import ask_more
from directives.actions.tasks import set_deadline
from directives.deadlines import Clock, Life
from directives.models import Assignment, OldBook, Reason, Reminder
from directives.reminders.plan import plan_reminders

from .conftest import person

PAPER = Paper("90", "TB-UBND", date(2021, 3, 1), "Thông báo", "Kết luận")


@pytest.fixture
def brought(staff, liaison, agency, day):
    """300 that are years late, one due in ten days, one without a deadline."""

    def line(number, deadline):
        clock = Clock.DATED if deadline else Clock.UNDATED
        days = {"first_deadline": deadline, "deadline": deadline, "clock": clock}
        return Line(number, PAPER, (agency,), agency.name, f"Nhiệm vụ {number}", Life.IN_PROGRESS, **days)

    late = [line(number, date(2021, 6, 30) + timedelta(days=number)) for number in range(1, 301)]
    book = OldBook.objects.create(name="so.xlsx", sha256="a" * 64, uploaded_on=day, uploaded_by=staff)
    lines = [*late, line(301, day + timedelta(days=10)), line(302, None)]
    return bring_in(book=book, lines=lines, by=staff, day=day)


def row(number):
    return Assignment.objects.get(task__book_row=number)


def mornings(day, count):
    for each in range(1, count + 1):
        plan_reminders(day + timedelta(days=each))


def told(number):
    return set(Reminder.objects.filter(assignment__task__book_row=number).values_list("reason", flat=True))


def test_the_day_after_nothing_is_planned(brought, day):
    assert plan_reminders(day + timedelta(days=1)).written == 0
    assert not Reminder.objects.exists()


def test_nor_in_the_weeks_after_by_any_way_to_anybody(brought, day, agency):
    person("giamdoc", Role.LIAISON, agency, [agency])
    mornings(day, 60)
    assert set(Reminder.objects.values_list("assignment__task__book_row", flat=True)) == {301}


def test_a_deadline_that_lay_ahead_calls_as_usual(brought, day):
    mornings(day, 30)
    assert told(301) == {Reason.BEFORE, Reason.ON_DAY, Reason.AFTER}


def test_a_new_deadline_arms_it_again(brought, day, staff):
    until = day + timedelta(days=21)
    set_deadline(task=row(5).task, deadline=until, instrument="CV 12/LMHTX", by=staff, day=day)
    mornings(day, 40)
    assert told(5) == {Reason.BEFORE, Reason.ON_DAY, Reason.AFTER}
    assert told(6) == set()


def test_an_extension_arms_it_again(brought, day, leader, liaison):
    from directives.actions.extensions import ask_extension, decide_extension

    until = day + timedelta(days=15)
    asked = ask_extension(assignment=row(7), asked_until=until, reason="Chờ Trung ương", by=liaison, day=day)
    decide_extension(extension=asked, answer="approved", by=leader, day=day)
    mornings(day, 30)
    assert told(7) == {Reason.EXTENSION, Reason.BEFORE, Reason.ON_DAY, Reason.AFTER}


def test_staff_nudge_it_by_hand(brought, day, staff):
    nudge(assignments=[row(9).pk], by=staff, day=day, submission=uuid.uuid4())
    plan_reminders(day + timedelta(days=1))
    assert told(9) == {Reason.NUDGED}


def test_a_claim_that_is_sent_back_calls_though_its_day_is_long_past(brought, day, staff, liaison):
    said = Said(result="Đã xong", claims_completion=True, no_evidence_reason="x")
    report_progress(assignment=row(11), said=said, by=liaison, day=day)
    ask_more(assignment=row(11), reason="Thiếu văn bản", by=staff, day=day)
    plan_reminders(day + timedelta(days=1))
    assert told(11) == {Reason.RETURNED}


def test_what_is_opened_again_stays_quiet_about_the_old_day(brought, day, staff):
    suspend(assignment=row(13), reason="x", by=staff, day=day)
    reopen(assignment=row(13), reason="y", by=staff, day=day)
    mornings(day, 20)
    assert told(13) == set()


def test_late_work_that_did_not_come_from_a_book_still_calls(brought, day, make_assignment, liaison):
    make_assignment("dated", deadline=day - timedelta(days=4))
    mornings(day, 10)
    assert Reason.AFTER in set(Reminder.objects.filter(assignment__task__book=None).values_list("reason", flat=True))


def test_what_was_given_out_the_usual_way_is_still_news(brought, day, make_assignment, liaison):
    make_assignment("undated", received_on=day)
    plan_reminders(day + timedelta(days=1))
    assert set(Reminder.objects.values_list("reason", flat=True)) == {Reason.RECEIVED}


def test_work_that_goes_to_an_heir_stays_quiet_there(brought, day, staff, other_agency, agency):
    from agencies.models import Shape
    from directives.actions.succession import succeed

    person("stc", Role.LIAISON, other_agency, [other_agency])
    later = day + timedelta(days=2)
    succeed(shape=Shape.MERGE, on=later, instrument="NQ 5", old=[agency], new=[other_agency], by=staff, day=later)
    mornings(later, 20)
    reasons = Reminder.objects.filter(assignment__task__book_row__lte=300).values_list("reason", flat=True)
    assert set(reasons) <= {Reason.RECEIVED}
