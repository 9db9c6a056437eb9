"""Tasks of a draft that repeat what is still being done under another directive: a warning, nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from directives.models import Assignment, Directive, Task
from directives.search.likeness import alike

# Of each receiver the newest so many open tasks are compared; so many warnings fit on a page.
COMPARED, SHOWN = 500, 30


@dataclass(frozen=True)
class Twin:
    """A new task, and the open one that seems to say the same."""

    new: Task
    known: Task


def likely_duplicates(draft: Directive) -> list[Twin]:
    """Compares each task of the draft with open tasks of the same receiver (agency or group). Two queries."""
    if draft.is_published:
        return []
    return sorted(_found(draft), key=lambda twin: twin.new.position)[:SHOWN]


def _found(draft: Directive) -> Iterator[Twin]:
    mine: dict[int, list[Task]] = defaultdict(list)
    for task in draft.tasks.select_related("addressee__agency"):
        mine[task.addressee.agency_id].append(task)
    theirs: dict[int, list[Task]] = defaultdict(list)
    for task in _open_tasks(draft, list(mine)):
        theirs[task.addressee.agency_id].append(task)
    for agency, tasks in mine.items():
        known = theirs[agency][:COMPARED]
        for new, old in alike(((task, task.text) for task in tasks), ((task, task.text) for task in known)):
            yield Twin(new, old)


def _open_tasks(draft: Directive, agencies: list[int]) -> list[Task]:
    going_on = Assignment.objects.open().filter(task=OuterRef("pk"))
    found = Task.objects.filter(Exists(going_on), addressee__agency__in=agencies)
    found = found.exclude(directive__published_on=None).exclude(directive=draft)
    named = found.select_related("addressee", "directive").defer("directive__text", "directive__segments")
    return list(named.order_by("-pk")[: COMPARED * 20])
