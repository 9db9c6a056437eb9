"""What is owed becomes rows: every rung, days off, outages, moves and ends."""

from datetime import date, timedelta

import pytest

from agencies.grants import grant, revoke
from agencies.models import APPROVE, LEAD, Agency, Role, User
from directives.actions.life import reopen, suspend
from directives.actions.notes import Said, report_progress
from directives.actions.reviews import ask_more
from directives.actions.tasks import set_deadline
from directives.models import Assignment, Directive, Office, Reason, Reminder, ReminderState, RungRule
from directives.reminders.plan import Planned, plan_reminders

from .conftest import person

pytestmark = pytest.mark.django_db
# A Wednesday, with nothing but working days around it.
DUE = date(2023, 11, 22)


def rows(**filters):
    found = Reminder.objects.outgoing().filter(**filters).order_by("pk")
    return [(row.recipient.username, row.reason, row.rung, row.state) for row in found]


@pytest.fixture
def due(make_assignment, liaison):
    return make_assignment(clock="dated", deadline=DUE)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2023, 11, 15), Reason.BEFORE),
        (date(2023, 11, 21), Reason.BEFORE),
        (date(2023, 11, 22), Reason.ON_DAY),
        (date(2023, 11, 29), Reason.AFTER),
        (date(2023, 12, 6), Reason.AFTER),
    ],
)
def test_every_rung_writes_its_row_on_its_day(due, day, reason):
    assert plan_reminders(day) == Planned(written=1)
    assert rows() == [("skhdt", reason, day, ReminderState.OWED)]


def sent_up_to(day):
    """Plan and send each morning from long before, up to `day`."""
    morning = DUE - timedelta(days=12)
    while morning <= day:
        plan_reminders(morning)
        Reminder.objects.outgoing().owed().update(state=ReminderState.SENT)
        morning += timedelta(days=1)


def test_a_ladder_walked_day_by_day(due):
    sent_up_to(DUE + timedelta(days=14))
    assert [(reason, rung) for _, reason, rung, _ in rows()] == [
        (Reason.BEFORE, date(2023, 11, 15)),
        # Three days before is a Sunday: the Friday before it.
        (Reason.BEFORE, date(2023, 11, 17)),
        (Reason.BEFORE, date(2023, 11, 21)),
        (Reason.ON_DAY, date(2023, 11, 22)),
        (Reason.AFTER, date(2023, 11, 29)),
        (Reason.AFTER, date(2023, 12, 6)),
    ]


@pytest.mark.parametrize("day", [date(2023, 11, 16), date(2023, 11, 20)])
def test_nothing_between_two_rungs(due, day):
    sent_up_to(day - timedelta(days=1))
    assert plan_reminders(day) == Planned()


def test_long_before_the_deadline_nothing_is_owed(due):
    assert plan_reminders(DUE - timedelta(days=8)) == Planned()


def test_days_off_plan_nothing(due):
    assert plan_reminders(date(2023, 11, 18)) == Planned()


def test_a_deadline_on_a_sunday_is_named_on_the_friday_before(make_assignment, liaison):
    make_assignment(clock="dated", deadline=date(2023, 11, 26))
    plan_reminders(date(2023, 11, 24))
    assert rows() == [("skhdt", Reason.BEFORE, date(2023, 11, 24), ReminderState.OWED)]


def test_a_deadline_within_tet_is_named_on_the_last_day_before_tet(make_assignment, liaison):
    make_assignment(clock="dated", deadline=date(2024, 2, 12))
    for number in range(6):
        plan_reminders(date(2024, 2, 2) + timedelta(days=number))
    assert rows()[-1] == ("skhdt", Reason.BEFORE, date(2024, 2, 7), ReminderState.OWED)
    for number in range(7):
        assert plan_reminders(date(2024, 2, 8) + timedelta(days=number)) == Planned()


def test_a_late_rung_within_tet_waits_for_the_first_working_day(make_assignment, liaison):
    make_assignment(clock="dated", deadline=date(2024, 2, 5))
    plan_reminders(date(2024, 2, 15))
    assert rows() == [("skhdt", Reason.AFTER, date(2024, 2, 15), ReminderState.OWED)]


def test_twice_is_harmless(due):
    plan_reminders(DUE)
    assert plan_reminders(DUE) == Planned()
    assert Reminder.objects.outgoing().count() == 1


def test_three_mornings_missed_make_one_reminder_of_the_latest_rung(due):
    plan_reminders(date(2023, 11, 20))  # the rung of the 17th; its mail never leaves
    plan_reminders(date(2023, 11, 23))
    assert rows(state=ReminderState.OWED) == [("skhdt", Reason.ON_DAY, DUE, ReminderState.OWED)]
    assert rows(state=ReminderState.CANCELLED) == [
        ("skhdt", Reason.BEFORE, date(2023, 11, 17), ReminderState.CANCELLED)
    ]


def test_what_was_said_on_the_day_is_not_said_again_the_day_after(due):
    sent_up_to(DUE)
    assert plan_reminders(DUE + timedelta(days=1)) == Planned()


def test_a_moved_deadline_arms_the_ladder_anew(due, staff):
    plan_reminders(DUE)
    set_deadline(task=due.task, deadline=date(2023, 12, 27), instrument="QĐ 5", by=staff, day=DUE)
    assert plan_reminders(DUE) == Planned(cancelled=1)
    assert plan_reminders(date(2023, 12, 20)) == Planned(written=1)
    assert Reminder.objects.outgoing().owed().get().deadline == date(2023, 12, 27)


@pytest.mark.parametrize("life", ["done", "awaiting", "suspended", "cancelled", "transferred"])
def test_work_that_is_not_to_be_done_owes_nothing(due, life):
    plan_reminders(DUE)
    Assignment.objects.update(life=life, completed_on=DUE, submitted_on=DUE)
    assert plan_reminders(DUE) == Planned(cancelled=1)
    assert rows() == [("skhdt", Reason.ON_DAY, DUE, ReminderState.CANCELLED)]


def test_what_was_cancelled_and_holds_again_is_owed_again(due, staff):
    plan_reminders(DUE)
    suspend(assignment=due, reason="chờ ý kiến", by=staff, day=DUE)
    plan_reminders(DUE)
    reopen(assignment=due, reason="đã có ý kiến", by=staff, day=DUE)
    assert plan_reminders(DUE) == Planned(written=1)
    assert rows() == [("skhdt", Reason.ON_DAY, DUE, ReminderState.OWED)]


def test_a_person_who_left_is_owed_nothing(due, liaison):
    plan_reminders(DUE)
    User.objects.filter(pk=liaison.pk).update(is_active=False)
    assert plan_reminders(DUE) == Planned(cancelled=1)


def test_a_lost_grant_ends_what_is_owed(due, liaison, agency):
    plan_reminders(DUE)
    revoke(agency=agency, user=liaison, by=None)
    assert plan_reminders(DUE) == Planned(cancelled=1)


def test_every_liaison_of_the_agency_and_nobody_else_is_reminded(due, agency, stranger):
    person("pho", Role.LIAISON, agency, [agency])
    person("khach", Role.LIAISON, agency)
    plan_reminders(DUE)
    assert {username for username, *_ in rows()} == {"skhdt", "pho"}


def test_without_an_address_no_row_is_written(due, liaison):
    User.objects.filter(pk=liaison.pk).update(email="")
    assert plan_reminders(DUE) == Planned()


def test_a_draft_reminds_nobody(due):
    Directive.objects.update(published_on=None)
    assert plan_reminders(DUE) == Planned()


@pytest.mark.parametrize("clock", ["undated", "standing"])
def test_work_without_a_deadline_reminds_nobody(make_assignment, liaison, clock):
    make_assignment(clock=clock)
    assert plan_reminders(DUE) == Planned()


def test_importing_a_notice_with_dates_long_past_brings_news_and_no_storm(make_assignment, liaison):
    published = date(2023, 11, 20)
    make_assignment(clock="dated", deadline=date(2023, 6, 30), received_on=published)
    make_assignment(clock="dated", deadline=date(2023, 11, 22), received_on=published, position=2)
    assert plan_reminders(published) == Planned()
    plan_reminders(date(2023, 11, 21))
    assert rows(reason=Reason.BEFORE) == [("skhdt", Reason.BEFORE, date(2023, 11, 21), ReminderState.OWED)]
    assert rows().count(("skhdt", Reason.RECEIVED, date(2023, 11, 21), ReminderState.OWED)) == 2
    assert len(rows()) == 3


def test_the_office_sets_the_rungs(due):
    RungRule.objects.create(reason=Reason.BEFORE, steps=[5])
    assert plan_reminders(date(2023, 11, 16)) == Planned()
    assert plan_reminders(date(2023, 11, 17)) == Planned(written=1)
    assert rows()[0][2] == date(2023, 11, 17)


@pytest.fixture
def late(due, staff):
    """Fourteen days late, with the liaison told a week before."""
    Reminder.objects.create(
        recipient_id=Reminder._meta.get_field("recipient").related_model.objects.get(username="skhdt").pk,
        assignment=due,
        reason=Reason.AFTER,
        deadline=DUE,
        rung=DUE + timedelta(days=7),
        planned_on=DUE + timedelta(days=7),
        state=ReminderState.SENT,
    )
    return due


def test_two_weeks_late_the_standing_staff_hear_of_it(late):
    plan_reminders(DUE + timedelta(days=13))
    assert rows(state=ReminderState.OWED) == []
    plan_reminders(DUE + timedelta(days=14))
    assert {username for username, *_ in rows(state=ReminderState.OWED)} == {"skhdt", "thuongtruc"}


def test_where_somebody_follows_the_task_only_they_hear_of_it(late, standing):
    follower = person("theodoi", Role.STAFF, standing)
    late.task.follower = follower
    late.task.save()
    plan_reminders(DUE + timedelta(days=14))
    assert {username for username, *_ in rows(state=ReminderState.OWED)} == {"skhdt", "theodoi"}


def test_a_follower_who_left_is_replaced_by_the_standing_staff(late, standing):
    follower = person("theodoi", Role.STAFF, standing)
    late.task.follower = follower
    late.task.save()
    User.objects.filter(pk=follower.pk).update(is_active=False)
    plan_reminders(DUE + timedelta(days=14))
    assert {username for username, *_ in rows(state=ReminderState.OWED)} == {"skhdt", "thuongtruc"}


@pytest.fixture
def head(agency):
    """Thủ trưởng, who does not file reports."""
    head = person("giamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=head, by=None, right=LEAD)
    return head


def test_the_head_hears_of_what_is_late_and_of_nothing_earlier(due, head, staff):
    Office.objects.create(pk=1, mails_heads=True)
    sent_up_to(DUE + timedelta(days=14))
    heard = [(username, rung) for username, _, rung, _ in rows() if username in ("giamdoc", "thuongtruc")]
    assert sorted(heard) == [
        ("giamdoc", DUE + timedelta(days=7)),
        ("giamdoc", DUE + timedelta(days=14)),
        ("thuongtruc", DUE + timedelta(days=14)),
    ]


def test_a_head_who_files_reports_hears_once(due, liaison, agency):
    grant(agency=agency, user=liaison, by=None, right=LEAD)
    assert plan_reminders(DUE) == Planned(written=1)
    Reminder.objects.outgoing().owed().update(state=ReminderState.SENT)
    assert plan_reminders(DUE + timedelta(days=7)) == Planned(written=1)


def test_a_deputy_who_may_approve_hears_nothing(due, agency):
    deputy = person("phogiamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=deputy, by=None, right=APPROVE)
    plan_reminders(DUE + timedelta(days=14))
    assert {username for username, *_ in rows()} == {"skhdt"}


def test_until_the_office_switches_it_on_the_head_hears_in_the_application_only(due, head):
    plan_reminders(DUE + timedelta(days=7))
    assert "giamdoc" not in {username for username, *_ in rows()}
    assert Reminder.objects.by("bell").filter(recipient=head).count() == 1


def test_the_standing_staff_hear_after_the_head(due, head, staff):
    Office.objects.create(pk=1, mails_heads=True)
    RungRule.objects.create(reason=Reason.AFTER, first=30, every=30, head_after=30, standing_after=35)
    for days in range(30, 80):
        plan_reminders(DUE + timedelta(days=days))
    heard = {username: rung for username, _, rung, _ in reversed(rows(reason=Reason.AFTER))}
    assert heard["giamdoc"] < heard["thuongtruc"]


@pytest.fixture
def returned(due, liaison, staff):
    """Claimed in time, and sent back on the deadline with five working days."""
    said = Said(result="Đã xong", claims_completion=True, no_evidence_reason="không có")
    report_progress(assignment=due, said=said, by=liaison, day=DUE)
    ask_more(assignment=due, reason="thiếu danh sách", by=staff, day=DUE)
    return due


def test_a_claim_sent_back_is_told_the_next_morning(returned):
    plan_reminders(date(2023, 11, 23))
    assert rows() == [("skhdt", Reason.RETURNED, date(2023, 11, 23), ReminderState.OWED)]
    assert Reminder.objects.outgoing().get().deadline == date(2023, 11, 29)


def test_the_day_of_the_supplement_is_a_rung_too(returned):
    plan_reminders(date(2023, 11, 29))
    assert rows() == [("skhdt", Reason.RETURNED, date(2023, 11, 29), ReminderState.OWED)]


def test_after_the_supplement_day_the_work_is_late(returned):
    plan_reminders(date(2023, 12, 6))
    assert rows() == [("skhdt", Reason.AFTER, date(2023, 12, 6), ReminderState.OWED)]
    assert Reminder.objects.outgoing().get().deadline == date(2023, 11, 29)


def test_a_second_agency_of_a_liaison_is_a_second_row(due, make_assignment, liaison, other_agency):
    grant(agency=other_agency, user=liaison, by=None)
    make_assignment(clock="dated", deadline=DUE, agency=other_agency, position=2)
    assert plan_reminders(DUE) == Planned(written=2)


@pytest.mark.parametrize("count", [1, 40])
def test_a_handful_of_queries_however_many_rows(django_assert_max_num_queries, make_task, day, count):
    for number in range(count):
        body = Agency.objects.create(code=f"cq{number}", name=f"CQ {number}", short_name=f"CQ {number}", sort_key="9")
        person(f"nguoi{number}", Role.LIAISON, body, [body])
        task = make_task(position=number + 1, addressee=body, clock="dated", first_deadline=day)
        Assignment.objects.create(task=task, agency=body, deadline=day, received_on=date(2023, 4, 25))
    with django_assert_max_num_queries(36):
        assert plan_reminders(day) == Planned(written=count)
