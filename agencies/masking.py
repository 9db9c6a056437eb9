"""Secrets that some addresses carry (invitations, new passwords, calendars) stay out of every log."""

import logging
import re

# Longer than any name or number of ours (a UUID has 36 characters), shorter than any secret.
_SECRET = re.compile(r"[\w-]{38,}")


def without_secrets(address: str) -> str:
    """The address, each secret in it three dots."""
    return _SECRET.sub("…", address)


class Masked(logging.Filter):
    """For the logger that names the addresses of refused requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True
