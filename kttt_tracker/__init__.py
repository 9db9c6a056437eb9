"""The project: settings, addresses, the schedule, and the services of one machine."""

from kttt_tracker.celery import app as celery_app

__all__ = ["celery_app"]
