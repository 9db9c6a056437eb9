#!/bin/sh
# The web server. The same command on one machine and in a container.
set -eu
. "$(dirname "$0")/common.sh"

# Threads, because most of a request is waiting for the database.
# --worker-tmp-dir: gunicorn's own signs of life must not wait for a busy disk.
# --max-requests: a leak, should there be one, ends with its worker.
exec "$PYTHON" -m gunicorn kttt_tracker.wsgi:application \
    --bind "${KTTT_BIND:-127.0.0.1:8000}" \
    --workers "${KTTT_WEB_WORKERS:-2}" \
    --threads "${KTTT_WEB_THREADS:-4}" \
    --timeout 60 \
    --graceful-timeout 20 \
    --keep-alive 5 \
    --max-requests 5000 \
    --max-requests-jitter 500 \
    --worker-tmp-dir "${KTTT_SHM:-/dev/shm}" \
    --no-control-socket \
    --logger-class kttt_tracker.access_log.AccessLog \
    --access-logfile - \
    --error-logfile -
