"""Reports one after another by the real worker: the memory that it holds at the start and at the end. Part of `make bench`.

Each is a report of the demonstration data with all its files. The worker's memory is that of its master and of its pool
(PSS), looked at when nothing is being made.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
import uuid
from datetime import date
from io import StringIO

from tests.bench.kept import keep
from tests.bench.papers import family, memory
from tests.chaos.stage import Stage

WARM = 20  # reports before memory is first looked at
EACH = 120.0  # seconds that one report may take at most
AT_MOST = 1.1  # of the memory after the first ones
DAY = date(2023, 11, 20)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = _options()
    with tempfile.TemporaryDirectory(prefix="kttt-bench-") as folder, Stage(folder, beats=0) as stage:
        stage.use()
        found = _measured(options, stage)
    grown = found["megabytes"][-1] / found["megabytes"][0]
    print(f"{options.reports:,} reports, {found['seconds'] / options.reports:.1f} s each (with other work, more)")
    print("megabytes:", ", ".join(f"{each:,.0f}" for each in found["megabytes"]))
    print(f"last ÷ first: {grown:.2f} (wanted ≤ {AT_MOST})")
    keep("many", found, options)
    return int(grown > AT_MOST)


def _measured(options, stage):
    from django.core.management import call_command

    call_command("seed_demo", stdout=StringIO())
    stage.worker.start()
    found, began = {"megabytes": []}, time.monotonic()
    for made in range(1, options.reports + 1):
        _one_report(stage)
        if made >= WARM and (made - WARM) % options.every == 0:
            found["megabytes"].append(sum(map(memory, family(stage.worker.pid))) / 1024)
    return found | {"seconds": time.monotonic() - began}


def _one_report(stage):
    from directives import jobs
    from directives.actions.reports import Wanted, request_report
    from directives.models import Directive, Report, Scope

    wanted = Wanted(Scope.DIRECTIVES, DAY, directives=list(Directive.objects.published()[:1]))
    report = request_report(wanted=wanted, by=None, day=DAY, submission=uuid.uuid4())
    jobs.ring(jobs.render_report, report.pk)
    end = time.monotonic() + EACH
    while Report.objects.unfinished().filter(pk=report.pk).exists():
        assert time.monotonic() < end, stage.worker.tail()
        time.sleep(0.1)
    assert Report.objects.get(pk=report.pk).is_ready, stage.worker.tail()


def _options():
    parser = argparse.ArgumentParser(description="Whether a worker's memory stays flat over many reports.")
    parser.add_argument("--reports", type=int, default=120)
    parser.add_argument("--every", type=int, default=20, help="reports between two looks at the memory")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("KTTT_DEMO", "1")
    sys.exit(main())
