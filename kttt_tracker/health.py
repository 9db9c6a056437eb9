"""GET /healthz: which parts of the installation answer."""

import time

import psycopg2
import redis
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kttt_tracker import heartbeat

DATABASE_SECONDS = 2
REDIS_SECONDS = 1.0


def database_answers() -> bool:
    """On a connection of its own: the shared one could wait for ever for a frozen server."""
    parameters = connection.get_connection_params()
    parameters |= {"connect_timeout": DATABASE_SECONDS, "options": f"-c statement_timeout={DATABASE_SECONDS * 1000}"}
    parameters.pop("cursor_factory", None)
    try:
        probe = psycopg2.connect(**parameters)
        try:
            probe.cursor().execute("SELECT 1")
        finally:
            probe.close()
    except psycopg2.Error:
        return False
    return True


def redis_parts() -> dict[str, bool]:
    """Redis itself, and the two programs that show their life through it."""
    try:
        with heartbeat.client(REDIS_SECONDS) as client:
            ages = heartbeat.ages(client, time.time())
    except redis.RedisError:
        return dict.fromkeys(("redis", *heartbeat.PARTS), False)
    return {"redis": True} | {part: age <= heartbeat.MAX_AGE for part, age in ages.items()}


def parts() -> dict[str, bool]:
    """Each part and whether it answers, within about three seconds."""
    return {"web": True, "database": database_answers()} | redis_parts()


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well; 503 naming in `down` what is not. Needs no session, shows no detail."""
    found = parts()
    down = [part for part, answers in found.items() if not answers]
    body: dict[str, object] = {"status": "down" if down else "ok"}
    body |= {part: "ok" if answers else "down" for part, answers in found.items()}
    if down:
        body["down"] = down
    return JsonResponse(body, status=503 if down else 200)
