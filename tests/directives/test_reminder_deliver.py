"""Sending, with a real mail server: who gets which mail, and what happens when the server will not have it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.grants import revoke
from agencies.models import Role, User
from directives.actions.life import suspend
from directives.models import Assignment, Reminder, ReminderState
from directives.reminders import deliver, failures
from directives.reminders.channels import Mail
from directives.reminders.deliver import Counts, claim_next, send_all
from directives.reminders.plan import plan_reminders
from tests.smtp import mail_server

from .conftest import DAY, person

pytestmark = pytest.mark.django_db
ADDRESS = "skhdt@kttt.example"


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def due(make_assignment, liaison, day):
    """Due on the day, and planned."""
    made = make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    return made


@pytest.fixture
def colleague(agency):
    """A second liaison of the agency."""
    return person("pho", Role.LIAISON, agency, [agency])


def let_time_pass(**span):
    """As if every moment noted on owed rows lay further back."""
    for row in Reminder.objects.outgoing().owed():
        for name in ("leased_until", "next_attempt_at"):
            if moment := getattr(row, name):
                setattr(row, name, moment - timedelta(**span))
        row.save()


def the_row():
    return Reminder.objects.outgoing().get()


def test_a_reminder_is_sent_once(server, due, day):
    assert send_all(day) == Counts(sent=1)
    assert send_all(day) == Counts()
    assert [taken.to for taken in server.taken] == [[ADDRESS]]
    row = the_row()
    assert (row.state, row.attempts, row.leased_until, row.error) == (ReminderState.SENT, 1, None, "")
    assert row.sent_at is not None


def test_a_worker_that_was_asked_to_stop_begins_no_further_mail(server, due, colleague, day, monkeypatch):
    plan_reminders(day)
    monkeypatch.setattr(deliver.leaving, "begun", lambda: bool(server.taken))
    assert send_all(day) == Counts(sent=1)
    assert Reminder.objects.outgoing().filter(state=ReminderState.OWED, leased_until=None, attempts=0).count() == 1


def test_everything_of_a_person_goes_in_one_mail(server, make_assignment, liaison, colleague, day):
    for number in range(1, 4):
        make_assignment(clock="dated", deadline=day + timedelta(days=number - 2), position=number)
    plan_reminders(day)
    assert send_all(day) == Counts(sent=2)
    (mine,) = server.to(ADDRESS)
    assert mine.text.count("/bao-cao/") == 3
    assert len(server.to("pho@kttt.example")) == 1


def test_nothing_leaves_before_its_day(server, due, day):
    assert send_all(day - timedelta(days=1)) == Counts()


def test_a_server_that_is_away_leaves_everything_owed_with_the_reason(server, due, day):
    server.stop()
    assert send_all(day) == Counts(failed=1)
    row = the_row()
    assert row.state == ReminderState.OWED
    assert "Không kết nối được máy chủ thư" in row.error
    assert row.attempts == 1
    assert timedelta() < row.next_attempt_at - timezone.now() <= timedelta(minutes=1)


def test_after_the_pause_it_is_sent_once_and_the_error_is_gone(server, due, day):
    server.stop()
    send_all(day)
    server.start()
    assert send_all(day) == Counts()
    let_time_pass(minutes=2)
    assert send_all(day) == Counts(sent=1)
    assert send_all(day) == Counts()
    assert (len(server.taken), the_row().error) == (1, "")


def test_pauses_grow_up_to_an_hour(server, due, day):
    server.stop()
    pauses = []
    for _ in range(8):
        before = timezone.now()
        send_all(day)
        pauses.append(round((the_row().next_attempt_at - before).total_seconds() / 60))
        let_time_pass(hours=2)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize("answer", ["421 4.3.2 Closing", "450 4.2.1 Try later", "550 5.1.1 No such person"])
def test_one_refused_recipient_does_not_hold_the_others(server, make_assignment, liaison, colleague, day, answer):
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    server.refusals[ADDRESS] = answer
    assert send_all(day) == Counts(sent=1, failed=1)
    assert len(server.to("pho@kttt.example")) == 1
    refused = Reminder.objects.outgoing().owed().get()
    assert refused.recipient == liaison
    assert answer in refused.error


def test_an_address_that_is_refused_for_good_is_tried_slowly(server, due, day):
    server.refusals[ADDRESS] = "550 5.1.1 No such person"
    send_all(day)
    assert the_row().next_attempt_at - timezone.now() > timedelta(hours=3)


def test_a_mail_refused_at_its_end_keeps_its_id(server, due, day):
    server.data_answer = "451 4.3.0 Busy"
    send_all(day)
    first = the_row().digest
    server.data_answer = ""
    let_time_pass(minutes=2)
    send_all(day)
    assert the_row().digest == first
    assert first.hex in server.taken[0].id


def test_a_server_that_hangs_up_after_the_mail_is_told_again_under_the_same_id(server, due, day):
    server.drops = 1
    assert send_all(day) == Counts(failed=1)
    let_time_pass(minutes=2)
    assert send_all(day) == Counts(sent=1)
    assert len({taken.id for taken in server.taken}) == 1
    assert len(server.taken) == 2


def test_a_server_that_hangs_is_given_up_and_the_mail_stays_owed(server, settings, due, day):
    settings.EMAIL_TIMEOUT = 0.5
    server.hang = 2
    assert send_all(day) == Counts(failed=1)
    assert "Mất kết nối với máy chủ thư" in the_row().error


def test_three_failures_in_a_row_are_the_server_and_the_rest_waits_unharmed(server, make_assignment, agency, day):
    for number in range(5):
        person(f"nguoi{number}", Role.LIAISON, agency, [agency])
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    server.drops = 5
    assert send_all(day) == Counts(failed=3)
    assert Reminder.objects.outgoing().filter(attempts=0).count() == 2


def test_what_may_have_arrived_is_repeated_alone_and_news_comes_apart(server, make_assignment, due, day):
    server.drops = 1
    send_all(day)
    make_assignment(clock="dated", deadline=day, position=2)
    plan_reminders(day)
    let_time_pass(minutes=2)
    assert send_all(day) == Counts(sent=2)
    ids = [taken.id for taken in server.taken]
    assert ids[0] == ids[1] != ids[2]


def test_what_was_refused_joins_the_next_mail(server, make_assignment, due, day):
    server.refusals[ADDRESS] = "450 4.2.1 Try later"
    send_all(day)
    make_assignment(clock="dated", deadline=day, position=2)
    plan_reminders(day)
    server.refusals.clear()
    assert send_all(day) == Counts(sent=1)
    assert server.taken[0].text.count("/bao-cao/") == 2


def test_a_sender_that_died_is_followed_by_another_with_the_same_mail(server, due, day):
    claim = claim_next(Mail(), day)
    assert send_all(day) == Counts()
    let_time_pass(minutes=6)
    assert send_all(day) == Counts(sent=1)
    assert claim.parcels[0].digest.hex in server.taken[0].id


def test_a_slow_sender_stamps_nothing_that_another_has_sent(server, due, day):
    claim = claim_next(Mail(), day)
    let_time_pass(minutes=6)
    send_all(day)
    assert deliver.stamp_sent(claim.parcels[0].digest, day) == 0


def done(assignment, **_):
    Assignment.objects.filter(pk=assignment.pk).update(life="done", completed_on=DAY)


def moved(assignment, **_):
    Assignment.objects.filter(pk=assignment.pk).update(deadline=DAY + timedelta(days=30))


def stopped(assignment, staff, **_):
    suspend(assignment=assignment, reason="chờ", by=staff, day=DAY)


def left(liaison, **_):
    User.objects.filter(pk=liaison.pk).update(is_active=False)


def ungranted(liaison, agency, **_):
    revoke(agency=agency, user=liaison, by=None)


def unaddressed(liaison, **_):
    User.objects.filter(pk=liaison.pk).update(email="")


@pytest.mark.parametrize("change", [done, moved, stopped, left, ungranted, unaddressed])
def test_what_holds_no_longer_is_cancelled_instead_of_sent(server, due, liaison, agency, staff, day, change):
    change(assignment=due, liaison=liaison, agency=agency, staff=staff)
    assert send_all(day) == Counts(cancelled=1)
    assert server.taken == []
    assert the_row().state == ReminderState.CANCELLED


def test_a_mail_from_before_the_deadline_never_comes_after_it(server, make_assignment, liaison, day):
    make_assignment(clock="dated", deadline=day + timedelta(days=1))
    plan_reminders(day)
    assert send_all(day + timedelta(days=2)) == Counts(cancelled=1)
    assert server.taken == []


def test_at_most_so_many_mails_at_once(server, make_assignment, liaison, colleague, day):
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    assert send_all(day, limit=1) == Counts(sent=1)
    assert send_all(day) == Counts(sent=1)


def test_an_address_that_no_mail_can_carry_does_not_hold_the_others(server, make_assignment, liaison, colleague, day):
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    User.objects.filter(pk=liaison.pk).update(full_name="Hai\nDòng")
    assert send_all(day) == Counts(sent=1, failed=1)
    assert "Không soạn được thư" in Reminder.objects.outgoing().owed().get().error


def test_what_was_sent_can_be_neither_changed_nor_deleted(server, due, day):
    from django.db import transaction
    from django.db.utils import DatabaseError

    send_all(day)
    for harm in (lambda: Reminder.objects.update(state=ReminderState.OWED), lambda: Reminder.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            harm()


def test_what_is_leaving_is_not_cancelled_under_its_sender(server, due, day):
    claim = claim_next(Mail(), day)
    done(assignment=due)
    plan_reminders(day)
    assert the_row().state == ReminderState.OWED
    assert deliver.stamp_sent(claim.parcels[0].digest, day) == 1


def test_while_the_server_is_away_every_waiting_row_says_so(server, make_assignment, liaison, colleague, day):
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    server.stop()
    assert send_all(day) == Counts(failed=2)
    assert not Reminder.objects.outgoing().untroubled().exists()
    assert Reminder.objects.outgoing().filter(next_attempt_at__gt=timezone.now()).count() == 2


def test_what_rests_after_a_failure_leaves_with_the_news_of_the_morning(server, make_assignment, due, day):
    server.stop()
    for _ in range(5):
        send_all(day)
        let_time_pass(minutes=20)
    make_assignment(clock="dated", deadline=day, position=2)
    plan_reminders(day)
    server.start()
    assert send_all(day) == Counts(sent=1)
    assert server.taken[0].text.count("/bao-cao/") == 2


def test_a_server_that_does_not_let_us_in_is_no_fault_of_the_recipient(server, settings, due, day):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "so", "sai"
    assert send_all(day) == Counts(failed=1)
    assert the_row().error.startswith("Không kết nối được máy chủ thư")
    assert server.taken == []


def test_of_a_handful_that_is_asked_about_at_once_each_is_looked_at_again_before_it_leaves(
    server, make_assignment, liaison, colleague, day, monkeypatch
):
    """The first mail is out when the work is finished: the second, asked about with it, does not leave."""
    row = make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    begin = deliver.begin

    def finish_first(parcel):
        if server.taken:
            Assignment.objects.filter(pk=row.pk).update(life="done", completed_on=day)
        return begin(parcel)

    monkeypatch.setattr(deliver, "begin", finish_first)
    assert send_all(day) == Counts(sent=1, cancelled=1)
    assert len(server.taken) == 1


def test_what_was_claimed_and_not_begun_is_put_back_when_the_server_goes(
    server, make_assignment, liaison, colleague, day
):
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    server.drops = 1
    send_all(day, limit=1)
    rested = Reminder.objects.outgoing().owed().get(recipient=colleague)
    assert (rested.leased_until, rested.attempts) == (None, 0)


def test_a_new_channel_is_one_class_and_nothing_else(make_assignment, liaison, day, monkeypatch):
    """Planned, asked again, sent, retried and stamped like all others."""
    from directives.reminders import channels, owed

    class Pigeon(channels.Outgoing):
        name = "pigeon"
        carried, lame = [], True

        def reaches(self, audience, heard, office):
            return (channels.Reach(*one, 0, self.name) for one in heard)

        def send(self, parcel):
            if Pigeon.lame:
                raise OSError("lame")
            Pigeon.carried.append((parcel.to.username, len(parcel.rows)))

        def failure(self, error):
            return failures.Failure(str(error))

    for module in (owed, deliver):
        monkeypatch.setattr(module, "CHANNELS", (Pigeon,))
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    assert send_all(day) == Counts(failed=1)
    assert the_row().error == "lame"
    Pigeon.lame = False
    let_time_pass(minutes=2)
    assert send_all(day) == Counts(sent=1)
    assert Pigeon.carried == [("skhdt", 1)]
    assert the_row().state == ReminderState.SENT


def test_what_may_have_arrived_rests_for_its_pause_and_news_do_not_wait_for_it(server, make_assignment, due, day):
    server.drops = 1
    send_all(day)
    make_assignment(clock="dated", deadline=day, position=2)
    plan_reminders(day)
    assert send_all(day) == Counts(sent=1)
    assert len(server.taken) == 2 and server.taken[1].text.count("/bao-cao/") == 1
    let_time_pass(minutes=2)
    assert send_all(day) == Counts(sent=1)
    assert server.taken[2].id == server.taken[0].id


def test_a_server_that_refuses_a_mail_for_its_size_marks_no_address(server, due, liaison, day):
    server.data_answer = "552 5.3.4 Too big"
    send_all(day)
    assert not User.objects.get(pk=liaison.pk).address_is_refused


def test_a_refused_address_is_marked_and_told_to_staff_until_it_takes_mail(client, server, due, liaison, staff, day):
    server.refusals[ADDRESS] = "550 5.1.1 No such person"
    send_all(day)
    assert User.objects.get(pk=liaison.pk).address_is_refused
    client.force_login(staff)
    assert "1 địa chỉ thư bị máy chủ thư từ chối" in client.get("/nhac-viec/").text
    server.refusals.clear()
    let_time_pass(hours=5)
    assert send_all(day) == Counts(sent=1)
    assert not User.objects.get(pk=liaison.pk).address_is_refused
