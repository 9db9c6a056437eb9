"""Which directives, tasks, notes and pieces of evidence hold the words: only such as the person may see."""

from __future__ import annotations

from django.db.models import QuerySet

from agencies.models import User
from directives.models import Assignment, Directive, Evidence, ProgressNote, Task
from directives.search.words import Matches, Query

# Found beyond this is said ("hơn 200"), not counted.
MOST = 200


def directives(user: User, query: Query) -> list[int]:
    """Keys, newest first, at most MOST + 1; as are all of these."""
    return _keys(Directive.objects.visible_to(user).filter(Matches("title", query)))


def tasks(user: User, query: Query) -> list[int]:
    return _keys(Task.objects.visible_to(user).filter(Matches("text", query)))


def notes(user: User, query: Query) -> list[int]:
    return _keys(_notes(user).filter(Matches("result", query)))


def evidence(user: User, query: Query) -> list[int]:
    """By the name of the file, or by number, signer and summary of the document."""
    mine = Evidence.objects.filter(note__in=_notes(user))
    files, documents = mine.filter(Matches("upload__name", query)), mine.filter(Matches("document_number", query))
    return sorted({*_keys(files), *_keys(documents)}, reverse=True)[: MOST + 1]


def _notes(user: User) -> QuerySet[ProgressNote]:
    return ProgressNote.objects.filter(assignment__in=Assignment.objects.visible_to(user))


def _keys(found: QuerySet) -> list[int]:
    return list(found.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
