"""Every rung of the ladder on every kind of day: weekends, Tết, swapped Saturdays, deadlines moved to and fro."""

import uuid
from datetime import date, timedelta

import pytest

from agencies.grants import grant
from agencies.models import LEAD, Kind, Role
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.instructions import give_instruction
from directives.actions.notes import Said, report_progress
from directives.actions.releases import ask_release, decide_release
from directives.actions.reminders import nudge
from directives.actions.tasks import set_deadline
from directives.actions.workdays import record_day
from directives.models import Assignment, Office, Reason, Reminder, ReminderState, RungRule, Step, Submission
from directives.reminders.plan import plan_reminders
from directives.reminders.rungs import Ladder, next_morning
from directives.workdays import is_working_day

from .conftest import DAY, person

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = date(2023, 11, 17), date(2023, 11, 20)


def walk(since, until):
    """Plan each morning, and send what is owed: (day, who, why) of each mail."""
    morning = since
    while morning <= until:
        plan_reminders(morning)
        Reminder.objects.owed().update(state=ReminderState.SENT, sent_on=morning)
        morning += timedelta(days=1)
    return told()


def told(**filters):
    sent = Reminder.objects.left().filter(**filters).order_by("sent_on", "recipient__username", "reason")
    return [(row.sent_on, row.recipient.username, row.reason) for row in sent]


def days(reason=None):
    return [on for on, _, why in told() if reason in (None, why)]


@pytest.fixture
def head(agency):
    boss = person("giamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=boss, by=None, right=LEAD)
    Office.objects.create(pk=1, mails_heads=True)
    return boss


@pytest.fixture
def claimed(make_assignment, liaison):
    """A claim that waits since Monday the 20th."""
    row = make_assignment(clock="dated", deadline=date(2023, 12, 29))
    said = Said(result="Đã xong", claims_completion=True, no_evidence_reason="không có")
    report_progress(assignment=row, said=said, by=liaison, day=MONDAY)
    return row


# Deadlines


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        # A Wednesday: 7, 3 (a Sunday, so the Friday before), 1 days before, the day, a week later.
        (date(2023, 11, 22), [(11, 15), (11, 17), (11, 21), (11, 22), (11, 29)]),
        # A Sunday: 7 days before is a Sunday too, and the day itself: all on the Fridays before.
        (date(2023, 11, 26), [(11, 17), (11, 23), (11, 24), (12, 4)]),
        # A Saturday: what comes before it never comes after it.
        (date(2023, 11, 25), [(11, 17), (11, 22), (11, 24), (12, 4)]),
    ],
)
def test_rungs_around_a_weekend(make_assignment, liaison, deadline, expected):
    make_assignment(clock="dated", deadline=deadline)
    walk(deadline - timedelta(days=12), deadline + timedelta(days=10))
    assert [(on.month, on.day) for on in days()] == expected


def test_rungs_around_tet(make_assignment, liaison):
    """Tết 2024: off from Thursday 8/2 to Wednesday 14/2."""
    assert [is_working_day(date(2024, 2, number)) for number in (7, 8, 14, 15)] == [True, False, False, True]
    make_assignment(clock="dated", deadline=date(2024, 2, 12))
    walk(date(2024, 2, 1), date(2024, 2, 20))
    # Seven days before, then all that falls within Tết on its last working day, then the week after.
    assert days() == [date(2024, 2, 5), date(2024, 2, 7), date(2024, 2, 19)]


def test_a_swapped_saturday_is_a_morning_like_any_other(make_assignment, liaison, staff):
    saturday = date(2023, 11, 25)
    record_day(date=saturday, is_working=True, instrument="Thông báo 1/TB-BNV", by=staff, day=MONDAY)
    make_assignment(clock="dated", deadline=saturday)
    walk(date(2023, 11, 24), saturday)
    assert days(Reason.ON_DAY) == [saturday]


def test_a_day_off_that_was_laid_down_moves_the_rung_before_it(make_assignment, liaison, staff):
    friday = date(2023, 11, 24)
    record_day(date=friday, is_working=False, instrument="Thông báo 1/TB-BNV", by=staff, day=MONDAY)
    make_assignment(clock="dated", deadline=friday)
    walk(date(2023, 11, 21), friday)
    assert days() == [date(2023, 11, 21), date(2023, 11, 23)]


def test_a_deadline_moved_on_and_back_is_told_as_it_stands(make_assignment, liaison, staff):
    """Reminded; moved on, and silent; moved back: what was said before is not said again, what is new is."""
    row = make_assignment(clock="dated", deadline=date(2023, 11, 22))
    walk(date(2023, 11, 15), date(2023, 11, 15))
    set_deadline(task=row.task, deadline=date(2023, 12, 20), instrument="QĐ 5", by=staff, day=date(2023, 11, 16))
    assert days() == [date(2023, 11, 15)]
    walk(date(2023, 11, 16), date(2023, 11, 20))
    assert days() == [date(2023, 11, 15)]
    set_deadline(task=row.task, deadline=date(2023, 11, 22), instrument="QĐ 6", by=staff, day=date(2023, 11, 20))
    walk(date(2023, 11, 21), date(2023, 11, 22))
    assert days() == [date(2023, 11, 15), date(2023, 11, 21), date(2023, 11, 22)]


def test_three_days_of_outage_end_in_one_reminder_for_each_task(make_assignment, liaison):
    make_assignment(clock="dated", deadline=date(2023, 11, 22))
    make_assignment(clock="dated", deadline=date(2023, 11, 23), position=2)
    assert len(walk(date(2023, 11, 24), date(2023, 11, 24))) == 2


# What was just given, decided, said


def test_what_was_received_is_told_once_on_the_next_working_morning(make_assignment, liaison):
    make_assignment(received_on=FRIDAY)
    assert walk(FRIDAY, FRIDAY + timedelta(days=14)) == [(MONDAY, "skhdt", Reason.RECEIVED)]


def test_a_decision_on_more_time_is_told(make_assignment, liaison, leader):
    row = make_assignment(clock="dated", deadline=date(2023, 12, 29))
    asked = ask_extension(assignment=row, asked_until=date(2024, 1, 31), reason="x", by=liaison, day=FRIDAY)
    decide_extension(extension=asked, answer="refused", reason="không", by=leader, day=FRIDAY)
    assert walk(FRIDAY, DAY + timedelta(days=1)) == [(MONDAY, "skhdt", Reason.EXTENSION)]


def test_what_the_agency_withdrew_itself_is_no_news(make_assignment, liaison):
    from directives.actions.extensions import withdraw_extension

    row = make_assignment(clock="dated", deadline=date(2023, 12, 29))
    asked = ask_extension(assignment=row, asked_until=date(2024, 1, 31), reason="x", by=liaison, day=FRIDAY)
    withdraw_extension(extension=asked, by=liaison, day=FRIDAY)
    assert walk(FRIDAY, DAY) == []


def test_a_refused_release_is_told(make_assignment, liaison, staff):
    row = make_assignment()
    asked = ask_release(assignment=row, ground="not_ours", to_agency=None, reason="x", by=liaison, day=FRIDAY)
    decide_release(release=asked, answer="refused", reason="thuộc thẩm quyền", by=staff, day=FRIDAY)
    assert walk(FRIDAY, DAY) == [(MONDAY, "skhdt", Reason.RELEASE)]


def test_an_answered_obstacle_is_told(make_assignment, liaison, leader):
    row = make_assignment()
    said = Said(result="Đang làm", obstacle="Thiếu kinh phí", raised_to="leaders")
    note = report_progress(assignment=row, said=said, by=liaison, day=date(2023, 11, 16))
    give_instruction(assignment=row, text="Bố trí kinh phí", by=leader, day=FRIDAY, note=note)
    assert walk(FRIDAY, DAY) == [(MONDAY, "skhdt", Reason.ANSWERED)]


def test_news_older_than_ten_days_are_left_to_the_pages(make_assignment, liaison):
    make_assignment(received_on=FRIDAY)
    assert walk(FRIDAY + timedelta(days=14), FRIDAY + timedelta(days=14)) == []


# Claims


def test_a_claim_that_waits_is_told_to_the_staff_and_its_agency_hears_nothing(claimed, staff):
    assert walk(MONDAY, date(2023, 12, 1)) == [
        (date(2023, 11, 23), "thuongtruc", Reason.WAITING),
        (date(2023, 11, 30), "thuongtruc", Reason.WAITING),
    ]


def test_a_claim_of_the_standing_agency_waits_for_a_leader(claimed, staff, leader, agency):
    agency.kind = Kind.STANDING
    agency.save()
    assert {who for _, who, why in walk(MONDAY, date(2023, 12, 1)) if why == Reason.WAITING} == {"lanhdao"}


# Rounds


@pytest.fixture
def silent(make_assignment, liaison, month, november):
    """Nothing was reported in November; due on Wednesday the 22nd."""
    return make_assignment()


def test_a_round_opens_closes_soon_and_is_missed(silent, staff):
    said = walk(date(2023, 11, 14), date(2023, 12, 4))
    assert [(on, why) for on, who, why in said if who == "skhdt"] == [
        (date(2023, 11, 15), Reason.ROUND_OPEN),
        (date(2023, 11, 21), Reason.ROUND_SOON),
        (date(2023, 11, 23), Reason.ROUND_MISSED),
        (date(2023, 11, 30), Reason.ROUND_MISSED),
    ]
    # Five days after the day: a Monday.
    assert next(on for on, who, _ in said if who == "thuongtruc") == date(2023, 11, 27)


def test_what_is_reported_task_by_task_is_no_missed_round(silent, liaison):
    report_progress(assignment=silent, said=Said(result="Đang làm"), by=liaison, day=date(2023, 11, 10))
    assert walk(MONDAY, date(2023, 12, 4)) == []


def test_a_report_that_was_sent_ends_it(silent, liaison, agency, november):
    Submission.objects.create(round=november, agency=agency, state="sent", sent_on=MONDAY, sent_by=liaison)
    assert walk(MONDAY, date(2023, 12, 4)) == []


def test_what_its_head_has_in_hand_is_told_to_the_head(silent, head, agency, november):
    agency.needs_approval = True
    agency.save()
    Submission.objects.create(round=november, agency=agency, state="awaiting")
    assert {who for _, who, _ in walk(MONDAY, date(2023, 11, 23))} == {"giamdoc"}


def test_who_received_nothing_in_time_owes_no_report(make_assignment, liaison, month, november):
    make_assignment(received_on=date(2023, 11, 10))
    assert [
        why for _, _, why in walk(date(2023, 11, 14), date(2023, 12, 4)) if why in ("round_open", "round_missed")
    ] == []


# The climb


def test_the_climb_from_liaison_to_head_to_the_standing_agency(make_assignment, liaison, head, staff, leader):
    RungRule.objects.create(reason=Reason.AFTER, first=2, every=7, head_after=5, standing_after=9, leader_after=20)
    make_assignment(clock="dated", deadline=MONDAY)
    first = {}
    for on, who, why in walk(MONDAY, date(2023, 12, 20)):
        if why == Reason.AFTER:
            first.setdefault(who, (on - MONDAY).days)
    # Each moved on to a working day: +5 is a Saturday, +9 a Wednesday, +20 a Sunday.
    assert first == {"skhdt": 2, "giamdoc": 7, "thuongtruc": 9, "lanhdao": 21}


# Nudges


def test_a_nudge_is_told_at_once_and_the_ladder_goes_on(make_assignment, liaison, staff):
    row = make_assignment(clock="dated", deadline=date(2023, 11, 15))
    walk(date(2023, 11, 15), FRIDAY)
    nudge(assignments=[row.pk], by=staff, day=MONDAY, submission=uuid.uuid4())
    assert walk(MONDAY, date(2023, 11, 22))[1:] == [
        (MONDAY, "skhdt", Reason.NUDGED),
        (date(2023, 11, 22), "skhdt", Reason.AFTER),
    ]


def test_a_nudge_of_the_evening_is_told_in_the_morning_if_it_is_late_still(make_assignment, liaison, staff):
    rows = [make_assignment(clock="dated", deadline=date(2023, 11, 15), position=number) for number in (1, 2)]
    walk(date(2023, 11, 15), FRIDAY)
    saturday = date(2023, 11, 18)
    nudge(assignments=[row.pk for row in rows], by=staff, day=saturday, submission=uuid.uuid4())
    Assignment.objects.filter(pk=rows[0].pk).update(life="done", completed_on=saturday)
    walk(saturday, MONDAY)
    nudged = Reminder.objects.left().get(reason=Reason.NUDGED)
    assert (nudged.assignment_id, nudged.sent_on) == (rows[1].pk, MONDAY)


def test_a_nudge_of_the_last_evening_before_tet_is_told_on_the_first_morning_after(make_assignment, liaison, staff):
    row = make_assignment(clock="dated", deadline=date(2026, 2, 2), received_on=date(2026, 1, 2))
    nudge(assignments=[row.pk], by=staff, day=date(2026, 2, 13), submission=uuid.uuid4())
    plan_reminders(date(2026, 2, 13))
    plan_reminders(date(2026, 2, 23))
    assert Reminder.objects.outgoing().owed().filter(reason=Reason.NUDGED).count() == 1


def test_only_what_is_late_is_nudged_and_one_press_is_one(make_assignment, liaison, staff):
    from agencies.errors import Refused
    from directives.models import Nudge

    row = make_assignment(clock="dated", deadline=date(2023, 12, 15))
    with pytest.raises(Refused):
        nudge(assignments=[row.pk], by=staff, day=MONDAY, submission=uuid.uuid4())
    late = make_assignment(clock="dated", deadline=FRIDAY, position=2)
    press = uuid.uuid4()
    for _ in range(2):
        nudge(assignments=[row.pk, late.pk], by=staff, day=MONDAY, submission=press)
    assert Nudge.objects.get().assignments == [late.pk]


# The days themselves


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("due", [date(2024, 2, 12), date(2023, 11, 26), date(2023, 12, 31), date(2026, 1, 2)])
def test_no_rung_ever_falls_on_a_day_off(step, due):
    ladder = Ladder.current()
    for number in range(-40, 60):
        day = due + timedelta(days=number)
        for rung in (ladder.rung(step, due, day), ladder.returned(step, due, due - timedelta(days=9), day)):
            assert rung is None or (is_working_day(rung) and rung <= day)
    assert is_working_day(next_morning(due))


# What the sweep makes up for


@pytest.fixture
def morning(settings, monkeypatch):
    """The sweep of a moment of Monday the 20th, on the real clock."""
    from datetime import datetime

    from directives import jobs

    settings.TODAY = None
    sent = []
    monkeypatch.setattr(jobs, "today", lambda: DAY)
    monkeypatch.setattr(jobs.deliver, "send_all", sent.append)

    def sweep(hour, minute):
        moment = datetime.fromisoformat(f"2023-11-20T{hour:02}:{minute:02}:00+07:00")
        with monkeypatch.context() as patched:
            patched.setattr("django.utils.timezone.now", lambda: moment)
            jobs.sweep_reminders()
        return len(sent)

    return sweep


def test_a_lost_ring_of_the_morning_is_made_up_for_by_the_sweep(make_assignment, liaison, morning):
    make_assignment(clock="dated", deadline=DAY)
    assert morning(6, 45) == 1
    assert Reminder.objects.outgoing().count() == 1


def test_before_the_mornings_plan_nothing_leaves_so_that_one_mail_comes(make_assignment, liaison, morning):
    make_assignment(clock="dated", deadline=DAY)
    assert morning(6, 10) == 0
    assert not Reminder.objects.exists()


def test_a_nudge_that_no_worker_heard_of_is_made_up_for_by_the_sweep(make_assignment, liaison, staff, morning):
    row = make_assignment(clock="dated", deadline=date(2023, 11, 15))
    morning(7, 0)
    nudge(assignments=[row.pk], by=staff, day=DAY, submission=uuid.uuid4())
    morning(10, 0)
    assert Reminder.objects.outgoing().filter(reason=Reason.NUDGED).count() == 1


def test_ten_days_off_in_a_row_ask_no_empty_question(make_assignment, liaison):
    from directives.reminders.owed import what_is_owed
    from directives.workdays import LONGEST_HOLIDAY

    make_assignment(clock="dated", deadline=DAY)
    for number in range(LONGEST_HOLIDAY):
        list(what_is_owed(date(2026, 2, 14) + timedelta(days=number)))
