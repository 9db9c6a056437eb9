"""What the worker does when beat or a page rings. A job calls one function and returns; rows say what is owed."""

import logging
from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis import RedisError

from agencies.clock import today
from directives.actions import old_books, round_reports, round_rules, workbooks
from directives.archive import make, sweep
from directives.reminders import deliver, plan
from directives.reminders.hours import has_begun, may_send
from directives.reports import files, render
from kttt_tracker import heartbeat

log = logging.getLogger(__name__)

# Seconds: gigabytes of evidence take longer than any other job.
ARCHIVE_LIMIT = 3600


@shared_task
def plan_reminders() -> None:
    """Each morning: write what is owed as rows, then let them be sent."""
    plan.plan_reminders(today())
    _send()


@shared_task
def sweep_reminders() -> None:
    """Every minute: what is still owed, whose sender died or whose mail server was away."""
    _send()


@shared_task
def open_rounds() -> None:
    """Each morning: the reporting rounds that the calendar begins."""
    round_rules.open_rounds(today())


@shared_task
def draft_round_reports() -> None:
    """Each morning: the report of a round whose agencies have all had their time, drafted by itself."""
    for report in round_reports.draft_round_reports(today()):
        ring(render_report, report.pk)


@shared_task
def render_report(pk: int) -> None:
    render.render_report(pk)


@shared_task
def sweep_reports() -> None:
    """Reports and exports that nobody makes: their worker died, or nobody could be told of them."""
    for pk in render.waiting_reports():
        ring(render_report, pk)
    for pk in make.waiting_archives():
        ring(make_archive, pk)


@shared_task(time_limit=ARCHIVE_LIMIT)
def make_archive(pk: int) -> None:
    make.make_archive(pk)


@shared_task
def sweep_workbooks() -> None:
    """Workbooks that were handed in a week ago: written, or left; old tracking workbooks that were never brought in."""
    workbooks.sweep_workbooks(timezone.now())
    old_books.sweep_old_books(timezone.now(), today())


@shared_task
def sweep_files() -> None:
    """Each night: files of reports and exports that nobody needs any more."""
    files.sweep(timezone.now())
    sweep.sweep_archives(timezone.now())


def _send() -> None:
    """Whatever waits; first of all what a lost ring left unplanned, so that a person gets one mail a morning."""
    day, now = today(), timezone.now()
    if not may_send(day, now):
        return
    if not plan.is_planned(day):
        if has_begun(now) or plan.is_nudged(day):
            plan.plan_reminders(day)
        elif not settings.TODAY:
            return
    deliver.send_all(day)


def ring(job: Task, *args: Any) -> None:
    """Ask a worker now. Where Redis is away nothing is lost: the next sweep finds the row.

    Asked first by a client that gives up after a second: Celery's own waits long for a frozen Redis, and a page
    waits with it.
    """
    try:
        with heartbeat.client() as redis:
            redis.ping()
        job.apply_async(args, retry=False)
    except (RedisError, OperationalError):
        log.warning("no broker to tell of %s%s; the next sweep does it", job.name, args)
