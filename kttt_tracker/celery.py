"""The background programs: one Celery application and the whole schedule."""

import os
import signal
from datetime import time

from celery import Celery
from celery.schedules import crontab
from celery.signals import heartbeat_sent, worker_process_init, worker_shutting_down

from kttt_tracker import heartbeat, leaving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kttt_tracker.settings")

# When the day's reminders are planned; what is left of another day waits for them.
PLANNED_AT = time(6, 30)

app = Celery("kttt_tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")

app.conf.update(
    timezone="Asia/Ho_Chi_Minh",
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    # A job is only a doorbell: rows in the database say what is owed, and the sweeps below ring
    # again. So it counts as taken when it starts, and one that kills its worker is not handed to
    # the next worker for ever.
    task_acks_late=False,
    # Nor are jobs that were fetched and not yet begun noted down in Redis: a worker that holds one when its Redis goes
    # away dies over putting it back (kombu 5.7).
    broker_transport_options={"ack_emulation": False},
    # One long report must not hold back the short jobs queued behind it.
    worker_prefetch_multiplier=1,
    beat_scheduler="kttt_tracker.beat:WatchedScheduler",
    # The scheduler shows that it lives at each round: well under the 90 seconds of `heartbeat`.
    beat_max_loop_interval=10,
    beat_schedule={
        # Before the office opens at 07:00. The job itself leaves out days that are not worked, and
        # plans whatever earlier days still owe, so a missed morning is made up for; a ring that is lost, or a
        # planner that is killed, by the next sweep.
        "plan_reminders": {
            "task": "directives.jobs.plan_reminders",
            "schedule": crontab(hour=PLANNED_AT.hour, minute=PLANNED_AT.minute),
        },
        # A round begins with its first day: it is there before anybody comes to the office, and before
        # the reminders are planned. A missed morning is made up for by the next, or by whoever looks first.
        "open_rounds": {
            "task": "directives.jobs.open_rounds",
            "schedule": crontab(hour=5, minute=0),
        },
        # Once the agencies have had their time, the report of the round is there before the office opens, and
        # before the reminders are planned, which tell the staff of it.
        "draft_round_reports": {
            "task": "directives.jobs.draft_round_reports",
            "schedule": crontab(hour=5, minute=15),
        },
        # A sender that died keeps its lease on a row for some minutes; a minute more is not felt.
        # An older unrun sweep is worthless: the next one does the same work.
        "sweep_reminders": {
            "task": "directives.jobs.sweep_reminders",
            "schedule": crontab(minute="*"),
            "options": {"expires": 55},
        },
        # Somebody may be waiting for a report, or for the file of a directive, whose worker died: five minutes is
        # bearable.
        "sweep_reports": {
            "task": "directives.jobs.sweep_reports",
            "schedule": crontab(minute="*/5"),  # actions.reports.SWEPT_EVERY: an hour that somebody chose comes on time
            "options": {"expires": 290},
        },
        # What was handed in and not written is kept for a week, an old tracking workbook for two; a night more harms
        # nobody, and at night nobody is looking through one.
        "sweep_workbooks": {
            "task": "directives.jobs.sweep_workbooks",
            "schedule": crontab(hour=2, minute=30),
        },
        # Drawings that others took the place of, what a crash left, exports of long ago: only the disk is in a hurry.
        "sweep_files": {
            "task": "directives.jobs.sweep_files",
            "schedule": crontab(hour=2, minute=45),
        },
    },
)


@heartbeat_sent.connect
def _worker_lives(**_: object) -> None:
    """Celery's main loop sends this every two seconds, so a stuck worker shows."""
    heartbeat.write("worker")


@worker_shutting_down.connect
def _worker_leaves(**_: object) -> None:
    leaving.begin()


@worker_process_init.connect
def _outlive_a_polite_stop(**_: object) -> None:
    """Some ask every process of a service to stop (systemd does), and only the first knows how: it ends the others.

    Ignored, not handled: the pool puts its own handler in the place of any other.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
