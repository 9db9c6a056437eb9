"""One part of the trial: work for so many reminders, faults at moments of the delivery, and what came of it.

The seed chooses who is owed what, whom the mail server keeps waiting, and after how many mails each fault comes; where
a process stands at that moment is the machine's affair.
"""

import random
import time
from contextlib import contextmanager

from tests.chaos.verdict import Facts, judge
from tests.chaos.world import DAY

LAST = 0.9  # after this share of the people no fault comes any more: the rest waits for the mail server
STUCK = 20.0  # seconds without a mail, after which the next fault comes all the same
GIVEN_UP = 240.0  # seconds without a mail, after which nothing more is waited for
RING_EVERY = 1.0  # seconds: the schedulers' minute
RESUMED = 5  # mails after a server was away that show that all goes on
NOBODY_KNOWS = 1000  # rings that wait, where Redis is away
SERVERS = ("lose_redis", "restart_postgres", "crash_postgres")


class Trial:
    """`name`: of this part. `faults`: methods of the stage, one for each fault; `finish`: share of the work."""

    def __init__(self, name, seed, stage, world, say):
        self.name, self.seed, self.stage, self.world, self.say = name, seed, stage, world, say
        self.random = random.Random(f"{name} {seed}")
        self.finished = {}
        self.resumed = []
        self._rang = 0.0

    def run(self, reminders, faults, *, troubled, slowest, loses_answers, finish):
        """Gives the verdict, and figures about how it went."""
        began = time.monotonic()
        self.stage.crashes.clear()
        self.stage.open_mail(self.name, self.seed, troubled, slowest, loses_answers)
        with fresh_connection():
            owed = self.world.give_work(reminders)
        people = len({address for address, *_ in owed})
        deeds = self._deeds(faults, owed, finish)
        self.say(f"{self.name}: {len(owed):,} reminders owed to {people:,} people, {len(deeds)} faults and findings")
        self.stage.open()
        self._plan_twice_at_once(dies="kill" in faults)
        planned = time.monotonic()
        for share, pause, act, what in deeds:
            self._deliver_until(share * people)
            time.sleep(pause)
            act(what)
        waiting = self._deliver_the_rest()
        ended = time.monotonic()
        mails, crashes = self.stage.mails.found, list(self.stage.crashes)
        verdict = judge(Facts(owed, self.finished, mails, crashes, self.stage.processes, waiting))
        took = {"seconds": round(ended - began), "seconds_of_delivery": round(ended - planned)}
        return verdict, {**took, "went_on_after": self.resumed, "ended_by_themselves": list(self.stage.deaths)}

    def _deeds(self, faults, owed, finish):
        """[(share of the people reached by then, seconds to wait, deed, its argument)], in order."""
        mixed = self.random.sample(faults, len(faults))
        step = LAST / max(1, len(mixed))
        deeds = [((number + self.random.random()) * step, self._befall, fault) for number, fault in enumerate(mixed)]
        lines = sorted({line[1:] for line in owed})
        done = self.random.sample(lines, int(len(lines) * finish))
        deeds += [(self.random.uniform(0.05, 0.8), self._finish, done[lot::5]) for lot in range(5) if done[lot::5]]
        return [(share, self.random.uniform(0, 0.06), *deed) for share, *deed in sorted(deeds, key=lambda d: d[0])]

    def _befall(self, fault):
        getattr(self.stage, fault)()
        if fault not in SERVERS:
            return
        # Nobody helps: until all goes on again, no worker is started anew.
        back, before = time.monotonic(), self.stage.mails.look()
        if fault == "lose_redis":
            self._wait_until_a_ring_is_heard(back)
        self._deliver_until(before + RESUMED, patience=GIVEN_UP)
        self.resumed.append([fault, round(time.monotonic() - back, 1)])

    def _wait_until_a_ring_is_heard(self, since):
        """Mails alone would not show it: the job that was going on has no need of Redis."""
        _ring("sweep_reminders")
        most = 1
        while time.monotonic() - since < GIVEN_UP:
            waiting = _waiting_rings()
            if waiting < most:
                return
            most = max(most, waiting) if waiting < NOBODY_KNOWS else most
            self.stage.keep_running()
            time.sleep(0.1)

    def _finish(self, lines):
        """Their agencies have done the work: no mail that begins from now on may name it."""
        from directives.models import Assignment

        codes = dict(lines)
        with fresh_connection():
            rows = Assignment.objects.filter(task__in=codes).select_related("agency")
            chosen = [row.pk for row in rows if (row.task_id, row.agency.code) in set(lines)]
            Assignment.objects.filter(pk__in=chosen).update(life="done", submitted_on=DAY, completed_on=DAY)
        self.finished |= dict.fromkeys(lines, time.time())

    def _plan_twice_at_once(self, dies):
        """Both schedulers ring at the same minute; where `dies`, the worker is killed over it and they ring again."""
        if dies:
            self._ring_twice()
            _wait_until(lambda: _waiting_rings() == 0, 60)
            time.sleep(self.random.uniform(0, 0.4))
            self.stage.kill()
        self._ring_twice()
        _wait_until(lambda: self.stage.mails.look() > 0 or _owed_rows() > 0, 60)

    def _ring_twice(self):
        for _ in range(2):
            _ring("plan_reminders")

    def _deliver_until(self, count, patience=STUCK):
        """Ring as the minutes would, until so many mails were kept, no row waits, or nothing came for so long."""
        seen, since, asked = -1, time.monotonic(), time.monotonic()
        while (now := self.stage.mails.look()) < count and time.monotonic() - since < patience:
            if now > seen:
                seen, since = now, time.monotonic()
            if time.monotonic() - asked > 1:
                asked = time.monotonic()
                if not _owed_rows():
                    return
            self._tick()

    def _deliver_the_rest(self):
        """Until no row waits; gives how many do where nothing comes any more."""
        self._deliver_until(float("inf"), GIVEN_UP)
        self.stage.mails.look()
        return _owed_rows()

    def _tick(self):
        if time.monotonic() - self._rang > RING_EVERY and _waiting_rings() < 4:
            self._rang = time.monotonic()
            _ring("sweep_reminders")
        self.stage.keep_running()
        time.sleep(0.005)


def _ring(job):
    from directives import jobs

    jobs.ring(getattr(jobs, job))


def _waiting_rings():
    """Messages that no worker has taken; many where nobody can tell."""
    from redis import RedisError

    from kttt_tracker import heartbeat

    try:
        with heartbeat.client() as redis:
            return redis.llen("celery")
    except RedisError:
        return NOBODY_KNOWS


def _owed_rows():
    from directives.models import Reminder

    with fresh_connection():
        return Reminder.objects.outgoing().owed().count()


def _wait_until(holds, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end and not holds():
        time.sleep(0.02)


@contextmanager
def fresh_connection():
    """PostgreSQL may have been away since the last one."""
    from django.db import connection

    connection.close()
    try:
        yield
    finally:
        connection.close()
