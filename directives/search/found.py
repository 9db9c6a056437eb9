"""Which directives, tasks, notes and pieces of evidence hold the words: only such as the person may see."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet

from agencies.models import User
from directives.models import Assignment, Directive, Evidence, ProgressNote, Task, Upload
from directives.search.words import Matches, Query

# Found beyond this is said ("hơn 200"), not counted.
MOST = 200


def directives(user: User, query: Query) -> list[int]:
    """Keys, newest first, at most MOST + 1; as are all of these."""
    mine = _mine(user, Directive.objects.visible_to(user), "task__directive")
    return _keys(mine.filter(Matches("title", query)))


def tasks(user: User, query: Query) -> list[int]:
    return _keys(_mine(user, Task.objects.visible_to(user), "task").filter(Matches("text", query)))


def notes(user: User, query: Query) -> list[int]:
    return _keys(_notes(user).filter(Matches("result", query)))


def evidence(user: User, query: Query) -> list[int]:
    """By the name of the file, or by number, signer and summary of the document."""
    mine = Evidence.objects.filter(note__in=_notes(user))
    if not user.oversees:
        mine = Evidence.objects.filter(Among("note", _notes(user)))
    files = mine.filter(Matches("upload__name", query))
    documents = mine.filter(Matches("document_number", query))
    return sorted({*_keys(files), *_keys(documents)}, reverse=True)[: MOST + 1]


class Among(Func):
    """Whether the key at `path` is one of these rows: an array that the database gathers before all else.

    Whoever sees only the work of a few agencies has few rows, and is served from these. A join leaves the choice to
    the planner, whose guess at how many rows hold a word may be wrong by a hundredfold (docs/decisions/011).
    """

    output_field = BooleanField()
    template, arg_joiner = "(%(expressions)s))", " = ANY ("

    def __init__(self, path: str, rows: QuerySet, key: str = "pk") -> None:
        super().__init__(F(path), ArraySubquery(rows.order_by().values(key)))


def _mine(user: User, visible: QuerySet, path: str) -> QuerySet:
    """The rows that `user` sees; for a liaison those at `path` of the assignments that they see."""
    if user.oversees:
        return visible
    return visible.model._default_manager.filter(Among("pk", Assignment.objects.visible_to(user), path))


def _notes(user: User) -> QuerySet[ProgressNote]:
    mine = Assignment.objects.visible_to(user)
    return ProgressNote.objects.filter(assignment__in=mine if user.oversees else ()) if user.oversees else (
        ProgressNote.objects.filter(Among("assignment", mine))
    )


def _keys(found: QuerySet) -> list[int]:
    return list(found.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
