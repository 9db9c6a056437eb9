"""Everything that a report shows, gathered once as plain JSON values.

The record is the report: PDF, Word and spreadsheet are made from it alone, so whatever happens to the data
later, the same record gives the same figures. Dates in it are ISO strings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from agencies.models import Agency, User
from directives import figures
from directives.figures import Figures
from directives.models import Addressee, Assignment, Decision, Directive, Office, Report, Task
from directives.models.assignment import AssignmentQuerySet
from directives.models.round import last_closed_window
from directives.reports import annex, sections
from directives.reports.record import Record
from directives.reports.wording import citation, printable

VERSION = 1
NEXT_DAYS = 30


def gather(report: Report) -> Record:
    """The figures and texts of `report`, all from one moment of the database. Its requester's rights hold.

    Opens a transaction of its own, so it must not be called inside one.
    """
    with snapshot():
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


def visible_assignments(directive: Directive, by: User | None) -> AssignmentQuerySet:
    """What this person's report is about; None is the system, which sees all that is published."""
    all_of_it = Assignment.objects.filter(task__directive=directive)
    return (all_of_it.visible_to(by) if by else all_of_it).published()


def compose(report: Report) -> Record:
    """The record, from whatever transaction the caller is in."""
    directive, day = report.directive, report.as_of
    office = Office.current()
    assignments = visible_assignments(directive, report.made_by)
    carried = assignments.with_status(day, office.soon_days)
    counted = figures.by_agency(assignments, day)
    return {
        "version": VERSION,
        "as_of": day.isoformat(),
        "made_on": report.made_on.isoformat(),
        "directive": _directive(directive),
        "office": _office(office),
        "grounds": _grounds(assignments, day),
        "tasks": numbers(figures.of_tasks(_tasks(directive, report.made_by), day)),
        "assignments": numbers(figures.of_assignments(assignments, day)),
        "agencies": _agencies(directive, counted),
        "late": sections.late(carried, day),
        "unreported": sections.unreported(assignments, last_closed_window(day), office.silent_after),
        "obstacles": sections.obstacles(carried, day),
        "next": sections.falling_due(assignments, day, NEXT_DAYS),
        "annex": annex.gather(directive, carried, day),
    }


def numbers(counted: Figures) -> dict[str, int]:
    """The figures with the sums that percentages are taken of."""
    sums = {name: getattr(counted, name) for name in ("total", "done", "open", "no_deadline", "already_due")}
    return asdict(counted) | sums


def _tasks(directive: Directive, by: User | None) -> Any:
    all_of_them = Task.objects.filter(directive=directive)
    return all_of_them.visible_to(by) if by else all_of_them


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
        "is_illustrative": directive.is_illustrative,
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
    }


def _grounds(assignments: AssignmentQuerySet, day: date) -> list[str]:
    """The instruments by which staff fixed deadlines, in the order in which they did."""
    fixed = Decision.objects.filter(assignment__in=assignments, decided_on__lte=day, verb="set_deadline")
    names = fixed.exclude(instrument="").order_by("pk").values_list("instrument", flat=True)
    return list(dict.fromkeys(printable(name).rstrip(".;") for name in names))


def _agencies(directive: Directive, counted: dict[int, Figures]) -> list[Record]:
    """A line for each agency; a body that is asked stands apart, after those that are ordered."""
    ordered = Addressee.objects.filter(directive=directive, is_asked=False, tasks__assignments__agency=OuterRef("pk"))
    found = Agency.objects.filter(pk__in=counted).annotate(is_ordered=Exists(ordered))
    return [
        {"code": agency.code, "name": agency.name, "asked": not agency.is_ordered, **numbers(counted[agency.pk])}
        for agency in found.order_by("-is_ordered", "sort_key")
    ]
