"""Everything that a report counts and quotes, gathered once as plain JSON values.

The record is the report: PDF, Word and spreadsheet are made from it and from the words that staff made of it, so
whatever happens to the data later, the same record gives the same figures. Dates in it are ISO strings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from agencies.models import Agency
from directives import figures
from directives.actions.report_hours import day_is_over, require_nothing_since, was_waited_for
from directives.figures import Figures
from directives.models import Addressee, CitedDocument, Decision, Directive, Office, Report
from directives.models.assignment import AssignmentQuerySet
from directives.models.round import last_closed_window
from directives.models.task import TaskQuerySet
from directives.reports import annex, change, scope, sections
from directives.reports.record import VERSION, Record
from directives.reports.wording import citation, printable

NEXT_DAYS = 30


def gather(report: Report, now: datetime) -> Record:
    """The figures and quotations of `report`, all from one moment of the database. Its requester's rights hold.

    Raises Refused where they are not those of its hour any more. Opens a transaction of its own, so it must not be
    called inside one.
    """
    with snapshot():
        if not was_waited_for(report, now):
            require_nothing_since(report, is_over=day_is_over(report, now))
        return compose(report)


@contextmanager
def snapshot() -> Iterator[None]:
    """One read-only transaction in which every query sees the same data, whatever others write meanwhile."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def checksum(record: Record) -> str:
    """SHA-256 of the canonical form: keys in order, no spaces, UTF-8."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def compose(report: Report) -> Record:
    """The record, from whatever transaction the caller is in."""
    day, office = report.as_of, Office.current()
    assignments, tasks = scope.assignments_of(report), scope.tasks_of(report)
    directives = list(scope.directives_of(report))
    told = [_directive(each) for each in directives]
    carried = assignments.with_status(day, office.soon_days)
    return {
        "version": VERSION,
        "as_of": day.isoformat(),
        "as_of_time": report.as_of_time.strftime("%H:%M") if report.as_of_time else None,
        "period": _period(report),
        "made_on": report.made_on.isoformat(),
        "scope": {"kind": report.scope, "agency": printable(report.agency.name) if report.agency else ""},
        "directives": told,
        "is_illustrative": any(each.is_illustrative for each in directives),
        "office": _office(office),
        "cited": _cited(directives),
        "grounds": _grounds(assignments, report),
        "tasks": numbers(figures.of_tasks(tasks, day, assignments)),
        "assignments": numbers(figures.of_assignments(assignments, day)),
        "agencies": _agencies(directives, figures.by_agency(assignments, day)),
        "within": _within(report, tasks, assignments),
        "change": change.since(report, told),
        "late": sections.late(carried, day),
        "unreported": sections.unreported(assignments, last_closed_window(day), office.silent_after),
        "obstacles": sections.obstacles(carried, day),
        "next": sections.falling_due(assignments, day, NEXT_DAYS),
        "annex": annex.gather(directives, carried, day),
    }


def numbers(counted: Figures) -> dict[str, int]:
    """The figures with the sums that percentages are taken of."""
    sums = {name: getattr(counted, name) for name in ("total", "done", "open", "no_deadline", "already_due")}
    return asdict(counted) | sums


def _period(report: Report) -> Record | None:
    if report.period is None:
        return None
    start, end = report.period
    # Of an hour, or of this very day, the day was not over.
    is_over = end < (report.as_of if report.as_of_time else report.made_on)
    return {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "is_over": is_over,
        "name": printable(report.period_name),
    }


def _within(report: Report, tasks: TaskQuerySet, assignments: AssignmentQuerySet) -> Record | None:
    """What happened in the period, where the report has one; all other numbers are from the beginning on."""
    if report.period is None:
        return None
    counted = {
        "tasks": figures.tasks_within(tasks, *report.period, assignments),
        "assignments": figures.assignments_within(assignments, *report.period),
    }
    return {name: asdict(each) | {"done": each.done} for name, each in counted.items()}


def _directive(directive: Directive) -> Record:
    words = {
        "code": directive.code,
        "doc_type": directive.doc_type,
        "issuer": printable(directive.issuer),
        "title": printable(directive.title),
    }
    return {
        **words,
        "citation": citation(issued_on=directive.issued_on, **words),
        "issued_on": directive.issued_on.isoformat(),
    }


def _office(office: Office) -> Record:
    standing = Agency.objects.standing()
    return {
        "parent_name": printable(office.parent_name),
        "name": printable(office.name),
        "standing": printable(standing.name) if standing else "",
        "symbol": printable(office.symbol),
        "place": printable(office.place),
        "signs_as": [printable(words) for words in office.signs_as],
        "signer": printable(office.signer),
        "recipients": [printable(name) for name in office.recipients],
        "addressed": [printable(name) for name in office.report_addressees],
    }


def _cited(directives: list[Directive]) -> list[str]:
    """What the directives themselves rest on, as they name it; each once, what is reported on not among it."""
    own = {directive.code for directive in directives}
    rows = CitedDocument.objects.filter(directive__in=[each.pk for each in directives]).order_by("directive", "start")
    named = {row.number: _named(row) for row in reversed(rows) if row.number not in own and row.issued_on}
    return list(reversed(named.values()))


def _named(row: CitedDocument) -> str:
    assert row.issued_on
    words = {"doc_type": row.doc_type, "issuer": printable(row.issuer), "title": printable(row.abstract)}
    return citation(code=row.number, issued_on=row.issued_on, **words)


def _grounds(assignments: AssignmentQuerySet, report: Report) -> list[str]:
    """The instruments by which staff fixed deadlines, in the order in which they did."""
    fixed = Decision.objects.filter(assignment__in=assignments, decided_on__lte=report.as_of, verb="set_deadline")
    names = fixed.exclude(instrument="").order_by("pk").values_list("instrument", flat=True)
    return list(dict.fromkeys(printable(name).rstrip(".;") for name in names))


def _agencies(directives: list[Directive], counted: dict[int, Figures]) -> list[Record]:
    """A line for each agency; a body that is asked stands apart, after those that are ordered."""
    ordered = Addressee.objects.filter(
        directive__in=[each.pk for each in directives], is_asked=False, tasks__assignments__agency=OuterRef("pk")
    )
    found = Agency.objects.filter(pk__in=[pk for pk, each in counted.items() if each.total]).annotate(
        is_ordered=Exists(ordered)
    )
    return [
        {"code": agency.code, "name": agency.name, "asked": not agency.is_ordered, **numbers(counted[agency.pk])}
        for agency in found.order_by("-is_ordered", "sort_key")
    ]
