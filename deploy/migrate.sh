#!/bin/sh
# Before the programs start: bring the database to this version.
set -eu
. "$(dirname "$0")/common.sh"

exec "$PYTHON" manage.py migrate --noinput
