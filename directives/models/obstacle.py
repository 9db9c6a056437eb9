"""What stands in the way: obstacles and proposals that agencies raised, and whether anybody has answered them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from directives.deadlines import OPEN

if TYPE_CHECKING:
    from directives.models.note import ProgressNote  # noqa: F401 (of the annotation below)


class RaisedTo(models.TextChoices):
    """Whom an obstacle or a proposal is addressed to."""

    LEADERS = "leaders", "Lãnh đạo Ban Chỉ đạo"
    STANDING = "standing", "Cơ quan thường trực"
    OTHER = "other", "Cơ quan khác"


class ProgressNoteQuerySet(models.QuerySet["ProgressNote"]):
    """Adjectives for notes."""

    def naming_obstacles(self, day: date) -> ProgressNoteQuerySet:
        """What stands in the way of open work: the last obstacle or proposal of each assignment, newest first.

        It stands until the work is done or another one is named: a note without one does not say that it is gone.
        """
        still_open = self.filter(said_on__lte=day, assignment__life__in=OPEN, assignment__closed_on=None)
        # A later one of the same assignment is looked for by its index: no plan can make that dear.
        later = self.model._default_manager.filter(assignment=OuterRef("assignment"), said_on__lte=day)
        newer = Q(said_on__gt=OuterRef("said_on")) | Q(said_on=OuterRef("said_on"), pk__gt=OuterRef("pk"))
        named = still_open.exclude(obstacle="", proposal="")
        replaced = Exists(later.exclude(obstacle="", proposal="").filter(newer))
        return named.exclude(replaced).order_by("-said_on", "-pk")

    def with_answers(self, day: date) -> ProgressNoteQuerySet:
        """Adds `addressed` (a value of RaisedTo), `is_answered` as of `day`, and `since`.

        `since` is the day on which the same words were first said after the last answer: whoever has to ask again
        in every round has waited from the first time on.
        """
        return self.annotate(
            addressed=_addressed(),
            is_answered=Exists(_answers(day).filter(note=OuterRef("pk"))),
            since=Subquery(_same_words(day).values("said_on")[:1]),
        )

    def unanswered(self) -> ProgressNoteQuerySet:
        """Those that nobody has answered, the oldest first; after `with_answers`."""
        return self.filter(Q(is_answered=False)).order_by(F("since").asc(), "pk")


def _addressed() -> Case:
    """Notes of before this was asked say it by the body that they name, or by naming none."""
    return Case(
        When(~Q(raised_to=""), then="raised_to"),
        When(~Q(proposal_to=""), then=Value(RaisedTo.OTHER)),
        default=Value(RaisedTo.STANDING),
        output_field=models.CharField(),
    )


def _answers(day: date) -> models.QuerySet:
    from directives.models.instruction import Instruction

    return Instruction.objects.filter(given_on__lte=day)


def _same_words(day: date) -> models.QuerySet:
    """Notes of the outer note's assignment that say the same, since the last one that was answered; oldest first."""
    from directives.models.note import ProgressNote

    # Of the note two levels up alone, so that it is looked for once for each note and not once for each pair.
    outer = {"note__assignment": OuterRef(OuterRef("assignment")), "note__lt": OuterRef(OuterRef("pk"))}
    answered = _answers(day).filter(**outer)
    last = answered.order_by("-note").values("note")[:1]
    same = ProgressNote.objects.filter(
        assignment=OuterRef("assignment"), obstacle=OuterRef("obstacle"), proposal=OuterRef("proposal")
    )
    return same.filter(pk__gt=Coalesce(Subquery(last), 0)).order_by("said_on", "pk")
