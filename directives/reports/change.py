"""What a report is compared with: an earlier one that was published about the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from directives.models import Report
from directives.models.report import of_figures
from directives.reports.record import Record

QUOTED = ("directives", "tasks", "assignments", "within", "period")
# Months differ by three days, half-years by as many, and staff may move a cut-off day.
AS_LONG = timedelta(days=5)


def since(report: Report, directives: list[Record]) -> Record | None:
    """What that report said; None where there is none. Two queries.

    `left`, `came`: the numbers of directives that are followed no more, and of those that were not then: sums over
    all that is followed change with them, whatever was done. `name`: of that report's period. `within`: what was done
    in that period, where it is the one before this report's and about as long.
    """
    earlier: Any = Report.objects.published().about_the_same(report).filter(as_of__lt=report.as_of)
    named = ("as_of", "period_name", *of_figures(*QUOTED).values())
    found = _to_compare(report, earlier).values_list(*named).first()
    if found is None:
        return None
    last = dict(zip(("as_of", "name", *QUOTED), found, strict=True))
    then, now = _codes(last["directives"]), _codes(directives)
    return {
        "as_of": last["as_of"].isoformat(),
        "name": last["name"],
        **{name: last[name] for name in ("tasks", "assignments")},
        "within": _of_the_period_before(report, last),
        "left": [code for issued, code in then if (issued, code) not in now],
        "came": [code for issued, code in now if (issued, code) not in then],
    }


def _to_compare(report: Report, earlier: Any) -> Any:
    """Of those whose period was over when this one began the latest; of several the one whose period is as long.

    Without one: all of them, the latest first.
    """
    latest = earlier.order_by("-as_of", "-pk")
    if report.period is None:
        return latest
    start, end = report.period
    found = [
        (last, -abs((last - first) - (end - start)), each.pk)
        for each in earlier.exclude(period_start=None).select_related("round").defer("figures")
        for first, last in [each.period]
        if last < start
    ]
    return earlier.filter(pk=max(found)[-1]) if found else latest


def _of_the_period_before(report: Report, last: Record) -> Record | None:
    if report.period is None or not last["within"]:
        return None
    start, end = report.period
    first, until = (date.fromisoformat(last["period"][name]) for name in ("start", "end"))
    is_next = timedelta(0) < start - until <= AS_LONG
    if not is_next or abs((end - start) - (until - first)) > AS_LONG:
        return None
    return {"period": last["period"], **last["within"]}


def _codes(directives: list[Record]) -> list[tuple[str, str]]:
    return [(each["issued_on"], each["code"]) for each in directives]
