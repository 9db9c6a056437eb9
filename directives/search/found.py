"""Which directives, tasks, notes and pieces of evidence hold the words: only such as the person may see.

Words that few rows hold are looked up first, whoever's the rows are, and then held against the gate; of words that
many hold, one's own rows are read. Never is it left to the planner's guess at how many hold a word, which may be
wrong by a hundredfold (docs/decisions/011).
"""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet

from agencies.models import User
from directives.models import Assignment, Directive, Evidence, ProgressNote, Task, Upload
from directives.models.move import readable_to
from directives.search.words import Matches, Query

# Found beyond this is said ("hơn 200"), not counted.
MOST = 200
FEW = 500


def directives(user: User, query: Query) -> list[int]:
    """Keys, newest first, at most MOST + 1; as are all of these."""
    visible, holding = Directive.objects.visible_to(user), Matches("title", query)
    if user.oversees:
        return _found(Directive.objects.filter(holding), visible, visible.filter(holding))
    own = Directive.objects.published().filter(_Among("pk", _carried(user), "task__directive"))
    return _found(Directive.objects.filter(holding), visible, own.filter(holding))


def tasks(user: User, query: Query) -> list[int]:
    visible, holding = Task.objects.visible_to(user), Matches("text", query)
    own = visible if user.oversees else visible.filter(_Among("pk", _carried(user), "task"))
    return _found(Task.objects.filter(holding), visible, own.filter(holding))


def notes(user: User, query: Query) -> list[int]:
    visible, holding = _notes(user), Matches("result", query)
    own = visible if user.oversees else ProgressNote.objects.filter(_Among("assignment", readable_to(user)))
    return _found(ProgressNote.objects.filter(holding), visible, own.filter(holding))


def evidence(user: User, query: Query) -> list[int]:
    """By the name of the file, or by number, signer and summary of the document."""
    own = visible = Evidence.objects.filter(note__in=_notes(user))
    if not user.oversees:
        read = ProgressNote.objects.filter(_Among("assignment", readable_to(user)))
        own = Evidence.objects.filter(_Among("note", read))
    named, numbered = Matches("upload__name", query), Matches("document_number", query)
    files = _found(Upload.objects.filter(Matches("name", query)), visible, own.filter(named), "upload")
    documents = _found(Evidence.objects.filter(numbered), visible, own.filter(numbered))
    return sorted({*files, *documents}, reverse=True)[: MOST + 1]


class _Among(Func):
    """Whether the key at `path` is that of one of these rows: an array, gathered before all else."""

    output_field = BooleanField()
    template, arg_joiner = "(%(expressions)s))", " = ANY ("

    def __init__(self, path: str, rows: QuerySet, key: str = "pk") -> None:
        super().__init__(F(path), ArraySubquery(rows.order_by().values(key)))


def _carried(user: User) -> QuerySet[Assignment]:
    """The work of a liaison's agencies, published or not: it only says where to look, the gate stands beside it."""
    return Assignment.objects.filter(agency__in=user.represented_ids)


def _notes(user: User) -> QuerySet[ProgressNote]:
    """Of what they may see, and of whoever carried before what is theirs now."""
    return ProgressNote.objects.filter(assignment__in=readable_to(user))


def _found(holding: QuerySet, visible: QuerySet, visible_holding: QuerySet, path: str = "pk") -> list[int]:
    """Keys of what is visible and holds the words. `holding`: whatever holds them, reached from there by `path`."""
    keys = list(holding.order_by().values_list("pk", flat=True)[: FEW + 1])
    if not keys:
        return []
    found = visible_holding if len(keys) > FEW else visible.filter(**{f"{path}__in": keys})
    return list(found.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
