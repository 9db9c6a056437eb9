"""How fast reminders are planned and sent, beside what Celery alone can do on the same machine. `make bench`."""
