"""What a report is about: its assignments, tasks and directives, as far as whoever asked may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from directives.models import Assignment, Directive, Report, Scope, Task
from directives.models.assignment import AssignmentQuerySet
from directives.models.directive import DirectiveQuerySet
from directives.models.task import TaskQuerySet


def assignments_of(report: Report) -> AssignmentQuerySet:
    """Of published directives. Nobody asked: the system, which sees all that is published."""
    by = report.made_by
    everything = Assignment.objects.visible_to(by) if by else Assignment.objects.all()
    return everything.published().filter(_within(report))


def tasks_of(report: Report) -> TaskQuerySet:
    """The tasks that are counted; of directives also those that nobody carries yet."""
    by = report.made_by
    everything = Task.objects.visible_to(by) if by else Task.objects.all()
    if report.scope in (Scope.AGENCY, Scope.GROUP):
        return everything.filter(pk__in=assignments_of(report).order_by().values("task"))
    return everything.filter(directive__in=directives_of(report).values("pk"))


def directives_of(report: Report) -> DirectiveQuerySet:
    """In the order in which they were issued."""
    found = Directive.objects.published()
    if report.scope == Scope.DIRECTIVES:
        found = found.filter(pk__in=report.directives.values("pk"))
    elif report.scope == Scope.ALL:
        found = found.filter(_followed(report.as_of))
    else:
        found = found.filter(pk__in=assignments_of(report).order_by().values("task__directive"))
    return found.order_by("issued_on", "pk").defer("text", "segments")


def _within(report: Report) -> Q:
    if report.scope == Scope.DIRECTIVES:
        return Q(task__directive__in=report.directives.values("pk"))
    followed: Any = Directive.objects.published().filter(_followed(report.as_of))
    carried = Q(agency__in=report.carriers()) if report.agency else Q()
    return Q(task__directive__in=followed.values("pk")) & carried


def _followed(day: date) -> Q:
    """What was closed later than `day` was still followed on it."""
    return Q(issued_on__lte=day) & (Q(closed_on=None) | Q(closed_on__gt=day))
