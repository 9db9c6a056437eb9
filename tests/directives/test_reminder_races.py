"""Several planners and senders at once, and senders that are killed: on committed rows, with threads and processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from agencies.models import Role
from directives.actions.locking import lock_directives, lock_tasks, locked_assignment
from directives.models import Assignment, Directive, Reminder, ReminderState, Task
from directives.reminders import deliver
from directives.reminders.deliver import send_all
from directives.reminders.plan import plan_reminders
from tests.races import at_once
from tests.smtp import mail_server

from .conftest import DAY, person

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def people(agency, make_assignment):
    """Twelve people, each owed two lines."""
    for number in range(12):
        person(f"nguoi{number}", Role.LIAISON, agency, [agency])
    for number in (1, 2):
        make_assignment(clock="dated", deadline=DAY, position=number)


def test_planners_at_once_write_each_row_once(people):
    planned = at_once(4, lambda: plan_reminders(DAY))
    assert sorted(each.written for each in planned) == [0, 0, 0, 24]
    assert Reminder.objects.outgoing().count() == 24


def test_the_planner_waits_for_nobody_who_is_at_work_on_tasks(people):
    """Who holds two tasks and a planner that writes lines of both could each wait for the other."""

    def plan():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return plan_reminders(DAY).written

    with transaction.atomic():
        lock_directives(Directive.objects.values("pk"))
        lock_tasks(Task.objects.values("pk"))
        for each in Assignment.objects.order_by("pk"):
            locked_assignment(each.pk)
        assert at_once(1, plan) == [24]


def test_senders_at_once_send_each_mail_once(people, server):
    plan_reminders(DAY)
    counts = at_once(4, lambda: send_all(DAY))
    assert sum(each.sent for each in counts) == 12
    assert sum(each.failed for each in counts) == 0
    assert len(server.taken) == 12
    assert len({taken.id for taken in server.taken}) == 12
    assert {taken.text.count("/bao-cao/") for taken in server.taken} == {2}


def test_planners_and_senders_at_once_get_in_nobodys_way(people, server):
    acts = iter([lambda: plan_reminders(DAY), lambda: send_all(DAY)] * 3)
    lock = threading.Lock()

    def one():
        with lock:
            act = next(acts)
        return act()

    results = at_once(6, one)
    assert [each for each in results if isinstance(each, Exception)] == []
    send_all(DAY)
    assert len(server.taken) == 12
    assert not Reminder.objects.outgoing().exclude(state=ReminderState.SENT).exists()


SENDER = """
import django; django.setup()
from datetime import date
from django.conf import settings
from directives.reminders.deliver import send_all
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
send_all(date({day.year}, {day.month}, {day.day}))
"""


def start_sender(server):
    """A process of its own that sends what is owed, on this test's database."""
    db = connection.settings_dict
    url = f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{db['NAME']}"
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kttt_tracker.settings"}
    code = SENDER.format(port=server.port, day=DAY)
    return subprocess.Popen([sys.executable, "-c", code], env=env, cwd=ROOT)


def wait_until(holds, seconds=30):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def let_leases_run_out():
    for row in Reminder.objects.outgoing().exclude(leased_until=None):
        Reminder.objects.filter(pk=row.pk).update(leased_until=row.leased_until - timedelta(minutes=10))


def test_a_sender_killed_before_it_could_stamp_is_made_up_for_under_the_same_id(people, server):
    plan_reminders(DAY)
    server.hang = 20  # the mail is taken, and the answer is still on its way
    sender = start_sender(server)
    wait_until(lambda: server.taken)
    sender.send_signal(signal.SIGKILL)
    sender.wait()
    server.hang = 0
    assert Reminder.objects.outgoing().filter(state=ReminderState.SENT).count() == 0

    assert send_all(DAY).sent == 0  # all are in the hands of the dead, for a minute those that were not begun
    let_leases_run_out()
    assert send_all(DAY).sent == 12
    first = server.taken[0]
    again = [taken for taken in server.taken if taken.to == first.to]
    assert [taken.id for taken in again] == [first.id, first.id]
    assert len(server.taken) == 13
    assert not Reminder.objects.outgoing().exclude(state=ReminderState.SENT).exists()


def test_a_database_that_starts_anew_over_a_mail_has_none_sent_again(people, server, monkeypatch):
    plan_reminders(DAY)
    stamp = deliver.stamp_sent

    def broken_once(*words):
        monkeypatch.setattr(deliver, "stamp_sent", stamp)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(deliver, "stamp_sent", broken_once)
    assert send_all(DAY).sent == 12
    assert len(server.taken) == 12
    assert not Reminder.objects.outgoing().exclude(state=ReminderState.SENT).exists()


@pytest.mark.parametrize("kills", [4])
def test_however_often_senders_are_killed_nothing_is_missing(people, server, kills):
    plan_reminders(DAY)
    server.hang = 0.1
    for _ in range(kills):
        seen = len(server.taken)
        sender = start_sender(server)
        wait_until(lambda seen=seen: len(server.taken) > seen + 1 or sender.poll() is not None)
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        let_leases_run_out()
    server.hang = 0
    send_all(DAY)
    assert not Reminder.objects.outgoing().exclude(state=ReminderState.SENT).exists()
    assert len({tuple(taken.to) for taken in server.taken}) == 12
    assert len({taken.id for taken in server.taken}) == 12  # a repeat is recognisable
    assert len(server.taken) <= 12 + kills
