"""Mail follows who stands in: across the start and the end of an absence nothing doubled, nothing missing."""

from datetime import date, timedelta

import pytest

from agencies.absences import end_absence, record_absence
from agencies.delegation import end_rights
from agencies.grants import grant
from agencies.models import LEAD, Role, User
from agencies.people import deactivate
from directives.models import Reminder, ReminderState
from directives.reminders.audience import Audience, without_address
from directives.reminders.deliver import Counts, send_all
from directives.reminders.plan import Planned, plan_reminders
from tests.smtp import mail_server

from .conftest import person

pytestmark = pytest.mark.django_db
# A Wednesday, with nothing but working days around it: rungs on the 15th, 17th, 21st and 22nd.
DUE = date(2023, 11, 22)
BEFORE = date(2023, 11, 13)


@pytest.fixture
def due(make_assignment, liaison):
    return make_assignment(clock="dated", deadline=DUE)


@pytest.fixture
def deputy(agency):
    return person("thay", Role.LIAISON, agency)


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


def away(user, deputy, since, until, day=BEFORE):
    return record_absence(user=user, deputy=deputy, since=since, until=until, by=user, day=day)


def walk(since, until):
    """Plan and send each morning."""
    morning = since
    while morning <= until:
        plan_reminders(morning)
        Reminder.objects.outgoing().owed().update(state=ReminderState.SENT)
        morning += timedelta(days=1)


def sent():
    rows = Reminder.objects.outgoing().filter(state=ReminderState.SENT).order_by("planned_on", "recipient")
    return [(row.recipient.username, row.rung.day, row.planned_on.day) for row in rows]


def test_each_rung_reaches_whoever_is_at_work_then(due, liaison, deputy):
    away(liaison, deputy, date(2023, 11, 16), date(2023, 11, 21))
    walk(BEFORE, DUE)
    assert sent() == [
        ("skhdt", 15, 15),
        ("thay", 15, 16),  # takes over, and is told what is current
        ("thay", 17, 17),
        ("thay", 21, 21),
        ("skhdt", 22, 22),
    ]


def test_a_day_shows_nobody_twice(due, liaison, deputy, agency):
    """The deputy is a liaison there too, and stands in for two: one line."""
    grant(agency=agency, user=deputy, by=None)
    second = person("pho", Role.LIAISON, agency, [agency])
    for absent in (liaison, second):
        away(absent, deputy, date(2023, 11, 14), DUE)
    walk(BEFORE, DUE)
    assert {who for who, *_ in sent()} == {"thay"}
    assert len(sent()) == len(set(sent()))


def test_what_was_planned_for_the_absent_goes_to_the_deputy(server, due, liaison, deputy):
    day = date(2023, 11, 15)
    assert plan_reminders(day) == Planned(written=1)
    away(liaison, deputy, day, day + timedelta(days=5), day=day)
    assert send_all(day) == Counts(cancelled=1)  # asked again: nothing to the absent
    assert plan_reminders(day) == Planned(written=1)
    assert send_all(day) == Counts(sent=1)
    assert [taken.to for taken in server.taken] == [["thay@kttt.example"]]


def test_what_the_deputy_was_not_sent_returns_to_whoever_is_back(server, due, liaison, deputy):
    day = date(2023, 11, 15)
    row = away(liaison, deputy, day, day + timedelta(days=5), day=day)
    plan_reminders(day)
    end_absence(absence=row, by=liaison, day=day)
    assert send_all(day) == Counts(cancelled=1)
    plan_reminders(day)
    send_all(day)
    assert [taken.to for taken in server.taken] == [["skhdt@kttt.example"]]


def test_mail_of_a_deputy_who_is_away_too_is_not_handed_on(due, liaison, deputy, agency):
    third = person("ba", Role.LIAISON, agency)
    grant(agency=agency, user=deputy, by=None)
    away(liaison, deputy, BEFORE, DUE)
    away(deputy, third, BEFORE, DUE)
    # The absent one's mail goes to the deputy, the deputy's own to the third.
    assert sorted(Audience.current(BEFORE).of_agency(agency.pk)) == sorted([deputy.pk, third.pk])


def test_without_an_active_deputy_mail_stays_with_the_absent(due, liaison, deputy, agency):
    away(liaison, deputy, BEFORE, DUE)
    deactivate(user=deputy, by=None)
    assert Audience.current(BEFORE).of_agency(agency.pk) == [liaison.pk]
    assert Audience.current(BEFORE, {liaison.pk}).of_agency(agency.pk) == [liaison.pk]


def test_one_person_is_told_what_everybody_is_told(due, liaison, deputy, agency):
    away(liaison, deputy, BEFORE, DUE)
    everybody = Audience.current(BEFORE)
    for who in (liaison, deputy):
        alone = Audience.current(BEFORE, {who.pk}).of_agency(agency.pk)
        assert alone == [pk for pk in everybody.of_agency(agency.pk) if pk == who.pk]
    assert Audience.current(DUE + timedelta(days=1)).of_agency(agency.pk) == [liaison.pk]


def test_while_the_head_is_away_their_deputy_hears_of_what_is_late(due, deputy, agency):
    head = person("giamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=head, by=None, right=LEAD)
    day = DUE + timedelta(days=7)
    away(head, deputy, DUE, day, day=DUE)
    everybody = Audience.current(day)
    assert everybody.of_head(agency.pk) == [deputy.pk] == Audience.current(day, {deputy.pk}).of_head(agency.pk)
    assert Audience.current(day, {head.pk}).of_head(agency.pk) == []
    User.objects.update(email="")
    assert deputy in without_address(day)


def test_staff_see_a_deputy_without_an_address(due, liaison, deputy):
    User.objects.update(email="")
    away(liaison, deputy, BEFORE, DUE)
    assert list(without_address(BEFORE)) == [deputy]
    assert list(without_address(DUE + timedelta(days=1))) == [liaison]


def test_whoever_leaves_gets_nothing_that_was_queued(server, due, liaison, agency):
    day = date(2023, 11, 15)
    plan_reminders(day)
    end_rights(agency=agency, user=liaison, by=liaison, day=day)
    assert send_all(day) == Counts(cancelled=1)
    assert server.taken == []


def test_a_planning_asks_as_much_for_three_absences_as_for_one(due, liaison, deputy, agency, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    away(liaison, deputy, BEFORE, DUE)
    with CaptureQueriesContext(connection) as few:
        Audience.current(BEFORE)
    for number in range(2):
        away(person(f"nguoi{number}", Role.LIAISON, agency, [agency]), deputy, BEFORE, DUE)
    with django_assert_num_queries(len(few)):
        Audience.current(BEFORE)
