"""How long pages take on a large book: `make measure`. Exit 1 where a search takes longer than it may.

A data folder of its own, invented work (`seed_scale`), and each page asked ROUNDS times in this process: what Django and
PostgreSQL need, without the network. The median is told, and the slowest.
"""

import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from kttt_tracker.local.services import Services
from tests.services import FIXED

ASSIGNMENTS, AGENCIES = 100_000, 300
DAY = date(2023, 11, 20)
ROUNDS = 7
MAY_TAKE = 100  # milliseconds, for a search
SEARCHES = (
    "hop tac xa",
    "giải thể hợp tác xã Hướng Hóa",
    "281/QĐ-UBND",
    '"quỹ tín dụng nhân dân"',
    "thieu can bo",
    "dot 77",
    "không có gì hết xyz",
    "h",
)
PAGES = {
    "staff": ("/", "/phan-cong/", "/phan-cong/?so=qua-han", "/vuong-mac/", "/vien-dan/?so=281/QĐ-UBND", "/van-ban/"),
    "leader": ("/", "/tong-hop/", "/vuong-mac/"),
    "liaison": ("/", "/phan-cong/", "/vien-dan/?so=281/QĐ-UBND"),
}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kttt-measure-") as folder:
        os.environ.update(FIXED, KTTT_VAR=f"{folder}/app")
        Path(folder, "app/static").mkdir(parents=True)
        with Services(Path(folder), durable=False) as services:
            os.environ.update(services.environ())
            return _measure()


def _measure() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.TODAY = DAY
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    call_command("seed_scale", assignments=ASSIGNMENTS, agencies=AGENCIES)
    print(f"{ASSIGNMENTS:,} assignments of {AGENCIES} agencies, written in {time.monotonic() - began:.0f} s")
    slow = []
    for role, person in _people().items():
        client = Client()
        client.force_login(person)
        for words in SEARCHES:
            took = _told(f"{role:8} tìm {words}", lambda: client.get("/tim/", {"q": words}))
            slow += [f"{role}: {words}"] if took > MAY_TAKE else []
        for page in PAGES[role]:
            _told(f"{role:8} {page}", lambda: client.get(page))
        _told(f"{role:8} lịch .ics", _calendar(person))
    print(f"Searches over {MAY_TAKE} ms: {', '.join(slow) or 'none'}")
    return bool(slow)


def _people() -> dict:
    from agencies.grants import grant
    from agencies.models import Agency, User

    people = {}
    for role in PAGES:
        home = Agency.objects.get(code="quy-mo-5") if role == "liaison" else None
        person = User.objects.create(username=f"do-{role}", full_name=f"Người đo ({role})", role=role, agency=home)
        if home:
            grant(agency=home, user=person, by=None)
        people[role] = User.objects.get(pk=person.pk)
    return people


def _calendar(person) -> Callable:
    from django.test import Client
    from django.urls import reverse

    from directives.actions.feeds import make_feed

    _, token = make_feed(agency=None, by=person, day=DAY, submission=uuid.uuid4())
    address, client = reverse("calendar_feed", args=[token]), Client()
    return lambda: client.get(address)


def _told(name: str, ask: Callable) -> float:
    """Milliseconds, the median; the first time is not counted."""
    assert ask().status_code == 200, name
    took = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        ask()
        took.append((time.monotonic() - began) * 1000)
    print(f"{name:60} {median(took):6.0f} ms (at most {max(took):.0f})", flush=True)
    return median(took)


if __name__ == "__main__":
    sys.exit(main())
