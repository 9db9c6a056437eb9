"""Is this container well? Use: python deploy/healthcheck.py web|worker|beat

A dead worker is not the fault of the web container: each looks at its own part, and web also at
the servers it needs.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

# Whatever the container, the web program knows about all of them.
NEEDED = {"web": {"web", "database", "redis"}}


def down_parts() -> set[str]:
    """What /healthz says is down."""
    host = os.environ.get("KTTT_ALLOWED_HOSTS", "127.0.0.1").split(",")[0].lstrip(".*") or "127.0.0.1"
    port = os.environ.get("KTTT_BIND", "127.0.0.1:8000").rsplit(":", 1)[1]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=8):
            return set()
    except urllib.error.HTTPError as error:
        return set(json.load(error)["down"])


def program_lives(part: str) -> bool:
    """The worker and the scheduler have no address: their sign of life is in Redis."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kttt_tracker.settings")
    from kttt_tracker import heartbeat

    with heartbeat.client(timeout=3) as connection:
        return heartbeat.alive(connection, part)


def main(part: str) -> int:
    try:
        well = not (down_parts() & NEEDED[part]) if part in NEEDED else program_lives(part)
    except Exception as error:  # whatever went wrong, the answer is "not well"
        print(error, file=sys.stderr)
        return 1
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
