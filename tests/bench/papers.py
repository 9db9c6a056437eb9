"""A report with a long annex: seconds, memory and pages, beside bare WeasyPrint on the same HTML. Part of `make bench`.

Each is made in a process of its own, forked from one that has loaded the typesetter, as in the worker. Memory is the most
that the process and its children held together (PSS: what they share is counted once). Seconds of processor are those of
all of them; they hardly change when the machine has other work.
"""

import argparse
import os
import resource
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import django
import pypdfium2

TASKS = 1000
AT_MOST = 1.2  # of the bare run's seconds (design, section 8)


def main():
    options = _options()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "kttt_tracker.settings", "KTTT_DEMO": "1"}
    django.setup()
    from tests.bench.kept import keep

    found = _measured(options)
    _tell(found, options)
    keep("papers", found, options)


def _measured(options):
    """Every way once in each round, so that a slow minute of the machine falls on all of them."""
    from directives.reports import in_parts
    from tests.papers.invented import paper

    in_parts.prepare()
    whole, found = paper(options.tasks), {}
    with tempfile.TemporaryDirectory(prefix="kttt-bench-") as folder:
        for _ in range(options.rounds):
            for name, way in WAYS.items():
                if options.only and options.only not in name:
                    continue
                file = Path(folder, "paper.pdf")
                found.setdefault(name, []).append(_run(way, whole, file) | _size(file))
    return found


def _bare(paper, target):
    """HTML and styles as the product gives them, and nothing of the product after that: no tags."""
    from weasyprint import HTML

    from directives.reports import typeset

    HTML(string=typeset.html_of(paper)).write_pdf(target, stylesheets=typeset.styles_of(paper))


def _in_one(paper, target):
    from directives.reports import typeset

    typeset.write(paper, target, lambda *_: None)


def _in_parts(paper, target):
    from directives.reports import in_parts

    in_parts.write(paper, target)


BARE = "bare WeasyPrint"
WAYS = {BARE: _bare, "in one process, tagged": _in_one, "in parts, tagged": _in_parts}


def _run(way, paper, file):
    file.unlink(missing_ok=True)
    child = get_context("fork").Process(target=way, args=(paper, str(file)))
    began, used, most = time.monotonic(), _processor(), 0
    child.start()
    while child.is_alive():
        most = max(most, sum(map(memory, family(child.pid))))
        child.join(0.1)
    assert child.exitcode == 0, way
    return {"seconds": time.monotonic() - began, "processor": _processor() - used, "megabytes": most / 1024}


def _processor():
    """Seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(process):
    """A process and all that came of it."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        children = []
    for child in children:
        yield from family(int(child))


def memory(process):
    """Kilobytes."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _size(file):
    document = pypdfium2.PdfDocument(file)
    try:
        return {"pages": len(document), "kilobytes": file.stat().st_size / 1024}
    finally:
        document.close()


def _tell(found, options):
    print(f"a report with an annex of {options.tasks:,} tasks, {os.cpu_count()} cores")
    print(f"{'':26}{'seconds':>10}{'of bare':>10}{'processor':>10}{'of bare':>10}{'MB':>10}{'pages':>10}{'kB':>10}")
    for name, rounds in found.items():
        seconds, processor, megabytes, pages, size = (
            median(each[key] for each in rounds) for key in ("seconds", "processor", "megabytes", "pages", "kilobytes")
        )
        wall, used = (_of_bare(rounds, found.get(BARE), key) for key in ("seconds", "processor"))
        print(
            f"{name:26}{seconds:10.1f}{wall:>10}{processor:10.1f}{used:>10}{megabytes:10,.0f}{pages:10,.0f}{size:10,.0f}"
        )
    print(f"{'wanted':26}{'':10}{'≤ ' + str(AT_MOST):>10}")


def _of_bare(rounds, bare, key):
    if not bare:
        return ""
    return f"{median(ours[key] / its[key] for ours, its in zip(rounds, bare)):.2f}"


def _options():
    parser = argparse.ArgumentParser(description="What a report with a long annex costs.")
    parser.add_argument("--tasks", type=int, default=TASKS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="", help="of the ways, those with this in their name")
    return parser.parse_args()


if __name__ == "__main__":
    main()
