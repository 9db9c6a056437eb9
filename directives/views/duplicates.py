"""New tasks that repeat what is still being done under another directive: a warning, nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Q, TextField, Value

from agencies.models import Agency
from agencies.succession import living
from directives.actions.groups import carriers
from directives.models import Assignment, Directive, Instruction, Task
from directives.models.task import TaskQuerySet
from directives.search.likeness import alike, says_enough

# Of the receivers of a task the newest so many open tasks are compared; so many warnings fit on a page.
COMPARED, SHOWN = 500, 30
# How one text ends and another does not.
CLOSING = " .;,\xa0\t\r\n"


@dataclass(frozen=True)
class Twin:
    """A new task, and the open one that seems to say the same."""

    new: Task
    known: Task


def likely_duplicates(draft: Directive) -> list[Twin]:
    """Compares each task of the draft with open work of those who will carry it, by what is said, and with that of
    everybody else, word for word. Three queries.
    """
    if draft.is_published:
        return []
    return sorted(_found(draft), key=lambda twin: twin.new.position)[:SHOWN]


def said_before(instruction: Instruction, agency: Agency, text: str, day: date) -> Task | None:
    """The open task of the agency, or of the members of the group, that this one would repeat."""
    receivers = {body.pk for body in carriers(agency, day)}
    # What the first click made of the instruction is no other task.
    others = Task.objects.exclude(Q(instruction=instruction) & Q(text=text.strip()))
    known = _open_tasks(others, receivers)
    places = enumerate(task.text for task in known[:COMPARED])
    theirs = (known[place] for _, place in alike([(0, text)], places))
    return next(chain(theirs, _word_for_word([text], others).values()), None)


def _found(draft: Directive) -> Iterator[Twin]:
    mine: dict[frozenset[int], list[Task]] = defaultdict(list)
    for task, receivers in _receivers(draft).items():
        mine[frozenset(receivers)].append(task)
    others = Task.objects.exclude(directive=draft)
    known = _open_tasks(others, {key for receivers in mine for key in receivers})
    told = set()
    for carried_by, tasks in mine.items():
        theirs = [task for task in known if not carried_by.isdisjoint(task.carriers)][:COMPARED]  # type: ignore[attr-defined]
        for new, old in alike(((task, task.text) for task in tasks), ((task, task.text) for task in theirs)):
            told.add(new)
            yield Twin(new, old)
    left = [task for tasks in mine.values() for task in tasks if task not in told]
    same = _word_for_word([task.text for task in left], others)
    yield from (Twin(task, same[_bare(task.text)]) for task in left if _bare(task.text) in same)


def _receivers(draft: Directive) -> dict[Task, set[int]]:
    """Who will carry each task: of a body that has ended, those that took over from it."""
    found: dict[Task, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(task__directive=draft).select_related("task__addressee", "agency")
    for row in rows:
        found[row.task] |= {body.pk for body in living(row.agency)}
    return found


def _word_for_word(texts: Iterable[str], tasks: TaskQuerySet) -> dict[str, Task]:
    """By the bare text: of open tasks, whoever carries them, the newest that says exactly this. One query."""
    bare = Func("text", Value(CLOSING), function="rtrim", output_field=TextField())
    said = tasks.annotate(bare=bare).filter(bare__in=[_bare(text) for text in texts if says_enough(text)])
    return {_bare(task.text): task for task in reversed(_open_tasks(said))}


def _bare(text: str) -> str:
    return text.rstrip(CLOSING)


def _open_tasks(tasks: TaskQuerySet, receivers: Collection[int] | None = None) -> list[Task]:
    """Those that these (or anybody) still carry, whoever they were addressed to, the newest first; with `carriers`."""
    carried = Assignment.objects.open().filter(task=OuterRef("pk"))
    if receivers is not None:
        carried = carried.filter(agency__in=receivers)
    found = tasks.exclude(directive__published_on=None).annotate(carriers=ArraySubquery(carried.values("agency")))
    named = found.exclude(carriers=[]).select_related("addressee", "directive")
    return list(named.defer("directive__text", "directive__segments").order_by("-pk")[: COMPARED * 20])
