"""`make bench`: reminders beside Celery's floor, in turn, several rounds; medians, and JSON under var/bench/.

Real servers, and the worker that `deploy/worker.sh` starts, with two processes. "Mail aside": nothing is composed, so only
the outbox is timed; "composed": for a mail backend that swallows; "by SMTP": to a real server in a process of its own. A
rate counts from the first row that is sent to the last.
"""

import argparse
import signal
import sys
import tempfile
import time
from statistics import median

from kttt_tracker.local import programs
from kttt_tracker.local.defaults import BASE_DIR
from kttt_tracker.local.process import Process
from tests.bench.kept import keep
from tests.chaos.stage import Stage
from tests.chaos.world import DAY

SHAPES = (1, 5)  # reminders for each person
OPEN, AGENCIES = 100_000, 300
MAY_TAKE, AT_LEAST = 5.0, 0.5  # seconds for a planning; of Celery's floor
LIMIT = 600.0


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that its folder and its programs go too
    options = _options()
    with tempfile.TemporaryDirectory(prefix="kttt-bench-") as folder, Stage(folder, beats=0) as stage:
        stage.use()
        figures = _rates(options, stage)
        figures |= _planning(options)
    _tell(figures)
    keep("reminders", figures, options)


def _rates(options, stage):
    """Every measurement once in each round, so that a slow minute of the machine falls on all of them."""
    from tests.bench.work import Work

    work = Work(options.people, SHAPES)
    stage.open_mail("bench", 1, troubled=0, slowest=0, loses_answers=False)
    found = {}
    for _ in range(options.rounds):
        found.setdefault("Celery alone: jobs in a second", []).append(_floor(stage))
        for each in SHAPES:
            for name, sending in (("mail aside", _mail_aside), ("composed", _composed), ("by SMTP", _by_smtp)):
                words = f"reminders in a second, {name}, {each} for each person"
                found.setdefault(words, []).append(sending(stage, work, each))
    work.publish(0)
    return found


def _floor(stage):
    from tests.bench import floor

    floor.app.conf.broker_url = stage.environ["REDIS_URL"]
    floor.fill()
    argv = [sys.executable, "-m", "celery", "-A", "tests.bench.floor", "worker", "-Q", "floor", "-c", "2"]
    log = stage.services.folder.log / "floor.log"
    worker = Process("floor", argv, log=log, cwd=BASE_DIR, env={**stage.environ, "DJANGO_SETTINGS_MODULE": ""})
    return _while_running(worker, floor.rate)


def _mail_aside(stage, work, each):
    """Claimed, asked again, stamped; no mail is composed: what the outbox itself costs, in two processes."""
    _plan(work, each)
    argv = [sys.executable, "-m", "tests.bench.senders"]
    senders = Process("senders", argv, log=stage.services.folder.log / "senders.log", cwd=BASE_DIR, env=stage.environ)
    return _while_running(senders, lambda: _sent_in_a_second(len(work.agencies) * each))


def _composed(stage, work, each):
    """By the worker, to a mail backend that swallows."""
    return _by_worker(stage, work, each, "dummymail://")


def _by_smtp(stage, work, each):
    return _by_worker(stage, work, each, stage.environ["KTTT_EMAIL_URL"])


def _plan(work, each):
    from directives.reminders.plan import plan_reminders
    from tests.bench.work import forget_reminders

    forget_reminders()
    work.publish(each)
    plan_reminders(DAY)


def _by_worker(stage, work, each, url):
    from directives import jobs

    _plan(work, each)
    for _ in range(len(work.agencies) // 300 * 2 + 6):
        jobs.ring(jobs.sweep_reminders)
    worker = programs.script("worker", {**stage.environ, "KTTT_EMAIL_URL": url}, stage.services.folder)
    return _while_running(worker, lambda: _sent_in_a_second(len(work.agencies) * each))


def _sent_in_a_second(count):
    """None until all are sent."""
    from django.db.models import Max, Min

    from directives.models import Reminder

    sent = Reminder.objects.left()
    time.sleep(0.3)
    if sent.count() < count:
        return None
    ends = sent.aggregate(first=Min("sent_at"), last=Max("sent_at"))
    return count / (ends["last"] - ends["first"]).total_seconds()


def _while_running(worker, rate):
    worker.start()
    try:
        end = time.monotonic() + LIMIT
        while (found := rate()) is None:
            assert time.monotonic() < end, worker.tail()
            time.sleep(0.1)
        return found
    finally:
        worker.kill()


def _planning(options):
    """Seconds to plan a large book anew, and once more with nothing left to write."""
    from directives.models import Reminder
    from directives.reminders.plan import plan_reminders
    from tests.bench.work import forget_reminders, large_book

    is_open = large_book(options.open * 2, AGENCIES)
    found = {}
    for _ in range(options.rounds):
        forget_reminders()
        for name in ("all to be written", "nothing left to write"):
            began = time.monotonic()
            plan_reminders(DAY)
            found.setdefault(f"planning, seconds, {name}", []).append(time.monotonic() - began)
    return found | {"open assignments": [is_open], "reminders planned": [Reminder.objects.outgoing().count()]}


def _tell(figures):
    floor = figures["Celery alone: jobs in a second"]
    for name, values in figures.items():
        print(f"{name:58} {median(values):10,.1f}   ({min(values):,.1f} – {max(values):,.1f})")
    print()
    for name, values in figures.items():
        if name.startswith("reminders in"):
            ratio = median(value / base for value, base in zip(values, floor, strict=True))
            wanted = f"  (wanted: {AT_LEAST})" if "mail aside" in name else ""
            print(f"{name + ' ÷ floor':68} {ratio:.2f}{wanted}")
    for name, values in figures.items():
        if name.startswith("planning"):
            print(f"{name:68} {median(values):.1f}  (wanted: {MAY_TAKE})")


def _options():
    parser = argparse.ArgumentParser(description="How fast reminders are planned and sent.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=600, help="to whom is sent, in each measurement")
    parser.add_argument("--open", type=int, default=OPEN, help="open assignments that are planned")
    return parser.parse_args()


if __name__ == "__main__":
    main()
