#!/bin/sh
# The scheduler; exactly one of it.
set -eu
. "$(dirname "$0")/common.sh"

# Past rounds are remembered in the data folder, so that a missed one is made up for. No pid file:
# a killed scheduler would leave one behind that keeps the next from starting.
mkdir -p "${KTTT_VAR:-var}/run"
exec "$PYTHON" -m celery --app kttt_tracker.celery beat \
    --schedule "${KTTT_VAR:-var}/run/beat-schedule" \
    --pidfile= \
    --loglevel INFO
