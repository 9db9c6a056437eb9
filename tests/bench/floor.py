"""Celery alone: jobs that do nothing, on the Redis that the environment names."""

import os
import time

import redis
from celery import Celery

JOBS = 3000

# Beside the product's application, not in its place.
app = Celery("floor", broker=os.environ.get("REDIS_URL"), set_as_current=False)
app.conf.update(task_ignore_result=True, task_default_queue="floor", broker_connection_retry_on_startup=True)


@app.task
def nothing():
    pass


@app.task
def mark(name):
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as connection:
        connection.set(name, repr(time.time()))


def fill():
    """All jobs wait in the queue before a worker starts; the first and the last write down the moment."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as connection:
        connection.delete("floor-first", "floor-last", "floor")
    mark.delay("floor-first")
    for _ in range(JOBS):
        nothing.delay()
    mark.delay("floor-last")


def rate():
    """Jobs in a second; None while they run."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as connection:
        first, last = connection.mget("floor-first", "floor-last")
    return JOBS / (float(last) - float(first)) if last else None
