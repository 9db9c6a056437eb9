#!/bin/sh
# The background worker: reminders, mail, reports.
set -eu
. "$(dirname "$0")/common.sh"

# Nobody reads the gossip of workers; the heartbeat is what /healthz looks at.
exec "$PYTHON" -m celery --app kttt_tracker.celery worker \
    --concurrency "${KTTT_WORKER_PROCESSES:-2}" \
    --max-tasks-per-child 1000 \
    --without-gossip \
    --without-mingle \
    --loglevel INFO
