"""The schedule, and the signs of life of worker and scheduler."""

import time
from datetime import UTC, datetime

import pytest
import redis

from kttt_tracker import heartbeat
from kttt_tracker.beat import WatchedScheduler
from kttt_tracker.celery import app


def test_the_whole_schedule():
    jobs = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert jobs == {
        f"directives.jobs.{name}"
        for name in (
            "plan_reminders",
            "open_rounds",
            "sweep_reminders",
            "sweep_reports",
            "sweep_workbooks",
            "sweep_files",
            "draft_round_reports",
        )
    }


def test_reminders_are_planned_at_half_past_six_in_hanoi():
    schedule = app.conf.beat_schedule["plan_reminders"]["schedule"]
    schedule.app, schedule.nowfun = app, lambda: datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    last = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    due = last + schedule.remaining_estimate(last) + (schedule.now() - last)
    assert due.astimezone(UTC).time().isoformat(timespec="minutes") == "23:30"


def test_only_json_travels():
    assert set(app.conf.accept_content) == {"json"}
    assert app.conf.task_serializer == "json"


def test_the_scheduler_looks_up_often_enough_to_show_that_it_lives():
    assert app.conf.beat_max_loop_interval + heartbeat.EVERY < heartbeat.MAX_AGE / 3


class FakeRedis(dict):
    def mget(self, keys):
        return [self.get(key) for key in keys]


@pytest.mark.parametrize(("age", "lives"), [(0, True), (89, True), (91, False), (None, False)])
def test_older_than_ninety_seconds_is_down(age, lives):
    store = FakeRedis()
    if age is not None:
        store[heartbeat.key("worker")] = repr(time.time() - age).encode()
    assert heartbeat.alive(store, "worker") is lives


def test_a_round_of_the_scheduler_writes_its_sign_of_life(monkeypatch):
    seen = []
    monkeypatch.setattr("celery.beat.Scheduler.tick", lambda self: 3.0)
    monkeypatch.setattr(heartbeat, "write", seen.append)
    assert WatchedScheduler.__new__(WatchedScheduler).tick() == 3.0
    assert seen == ["beat"]


def test_an_absent_redis_stops_neither_worker_nor_scheduler(monkeypatch):
    def refuse():
        raise redis.ConnectionError

    monkeypatch.setattr(heartbeat, "client", refuse)
    monkeypatch.setattr(heartbeat, "_last", {})
    heartbeat.write("worker")
