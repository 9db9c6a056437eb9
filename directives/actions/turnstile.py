"""What only one may do at a time, in this database."""

import zlib

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Wait for whoever else is at `what`; until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(what.encode())])
