"""The hour that a report's figures are of: one still to come is waited for, one that has passed is looked back at.

Rows do not say how they stood at an hour that has passed. But where nothing that counts was recorded between it and the
end of its day, the figures of the day are those of the hour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from agencies.errors import Refused
from agencies.models import Membership
from directives.actions.words import verb_words
from directives.models import Assignment, Directive, Instruction, Report, Scope, Task
from directives.models.assignment import AssignmentQuerySet

# An hour that was waited for is come for a little late, when the schedule looks or a worker is free.
LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Hour:
    """An hour of a day, the moment at which it really is, and whether that was over when it was asked for."""

    at: time
    moment: datetime
    has_passed: bool


def hour_of(at: time, *, as_of: date, day: date, now: datetime) -> Hour:
    """`at` of the day `as_of`. Of `day`, today, it is that hour of the day on which `now` really lies, for a training
    clock has no hours of its own.
    """
    on = timezone.localdate(now) if as_of == day else as_of
    moment = timezone.make_aware(datetime.combine(on, at))
    return Hour(at, moment, moment <= now)


def was_waited_for(report: Report, now: datetime) -> bool:
    """Whether its hour was still to come when it was asked for, and has only just been."""
    hour = report.gather_at
    return hour is not None and report.created_at < hour and now <= hour + LATE


def day_is_over(report: Report, now: datetime) -> bool:
    """Whether the day of its hour is; also where it names none."""
    return report.gather_at is None or now >= _midnight_after(report.gather_at)


def require_nothing_since(report: Report, *, is_over: bool) -> None:
    """Where the report is of an hour: nothing that counts for it was recorded later that day, as far as the caller's
    transaction sees. Raises Refused (field `as_of_time`), which says what was, and the way out. A constant number of
    queries. `is_over`: whether the day of that hour is: no other hour of it is still to come.
    """
    if found := sorted(_recorded(report), key=lambda act: act.moment):
        raise Refused(_told(report, found, is_over), "as_of_time")


@dataclass(frozen=True)
class _Act:
    """Something that somebody did, however many rows it wrote."""

    moment: datetime
    verb: str | None


def _recorded(report: Report) -> list[_Act]:
    if report.gather_at is None:
        return []
    start, end = report.gather_at, _midnight_after(report.gather_at)
    acts: dict[Any, _Act] = {}
    for events in _events(report):
        later = events.filter(pgh_created_at__gt=start, pgh_created_at__lt=end)
        rows = later.values_list("pgh_context_id", KeyTextTransform("verb", "pgh_context"), "pgh_created_at")
        # What came without words (a command, SQL) is one act as far as it was written at one moment.
        acts |= {(act or moment, verb): _Act(moment, verb) for act, verb, moment in rows}
    answers = Instruction.objects.filter(assignment__in=_carried(report), created_at__gt=start, created_at__lt=end)
    given = answers.values_list("created_at", flat=True)
    return [*acts.values(), *(_Act(moment, "give_instruction") for moment in given)]


def _midnight_after(moment: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(moment) + timedelta(days=1), time()))


def _events(report: Report) -> Iterator[QuerySet]:
    """What the database wrote down of all that a report counts and quotes: each note, review and decision changes
    its assignment too.
    """
    carried, directives = _carried(report), Directive.objects.exclude(_draft())
    if report.scope == Scope.DIRECTIVES:
        directives = directives.filter(pk__in=report.directives.values("pk"))
    tasks = Task.objects.filter(directive__in=directives.values("pk"))
    if report.agency:
        tasks = tasks.filter(pk__in=carried.values("task"))
        directives = directives.filter(pk__in=tasks.values("directive"))
    for model, rows in ((Assignment, carried), (Task, tasks), (Directive, directives)):
        yield _events_of(model).filter(pgh_obj__in=rows.order_by().values("pk"))
    if report.scope == Scope.GROUP:
        yield _events_of(Membership).filter(group=report.agency)


def _carried(report: Report) -> AssignmentQuerySet:
    """Also of directives that are closed or withdrawn by now, for at the hour they were not."""
    found = Assignment.objects.exclude(_draft("task__directive__"))
    if report.scope == Scope.DIRECTIVES:
        return found.filter(task__directive__in=report.directives.values("pk"))
    return found.filter(agency__in=report.carriers()) if report.agency else found


def _draft(prefix: str = "") -> Q:
    return Q(**{f"{prefix}published_on": None, f"{prefix}withdrawn_on": None})


def _events_of(model: Any) -> QuerySet:
    events: QuerySet = model.pgh_event_model.objects.all()
    return events


def _told(report: Report, acts: list[_Act], is_over: bool) -> str:
    assert report.gather_at
    kinds = Counter(verb_words(act.verb) for act in acts)
    what = ", ".join(f"{words}: {count}" for words, count in kinds.most_common())
    hour, first, last = (_hour(moment) for moment in (report.gather_at, acts[0].moment, acts[-1].moment))
    when = f"lúc {first}" if first == last else f"từ {first} đến {last}"
    coming = "" if is_over else " hoặc một giờ chưa đến của hôm nay"
    whole = "đến hết ngày" if is_over else "đến lúc lập"
    return (
        f"Sau {hour} ngày {report.as_of:%d/%m/%Y} đã ghi thêm {len(acts)} việc thuộc phạm vi báo cáo, {when} ({what}), "
        f"nên không còn số liệu của đúng giờ ấy. Xin chọn giờ sau {last}{coming}, "
        f"hoặc để trống giờ để lấy số liệu {whole}."
    )


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
