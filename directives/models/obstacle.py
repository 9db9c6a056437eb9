"""What stands in the way: obstacles and proposals that agencies raised, and whether anybody has answered them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from directives.deadlines import OPEN, Life
from directives.models.assignment import Assignment
from directives.models.move import CameFrom, Lineage, WentTo

if TYPE_CHECKING:
    from directives.models.note import ProgressNote  # noqa: F401 (of the annotation below)


# Work that is put aside is not done: what stands in its way stands on.
STANDING = (*OPEN, Life.SUSPENDED)


class RaisedTo(models.TextChoices):
    """Whom an obstacle or a proposal is addressed to."""

    LEADERS = "leaders", "Lãnh đạo Ban Chỉ đạo"
    STANDING = "standing", "Cơ quan thường trực"
    OTHER = "other", "Cơ quan khác"


class ProgressNoteQuerySet(models.QuerySet["ProgressNote"]):
    """Adjectives for notes."""

    def of_work(self, assignment: Any) -> ProgressNoteQuerySet:
        """On this assignment (a key), or on one whose work went over to it."""
        return self.filter(assignment__in=Lineage(assignment))

    def naming_obstacles(self, day: date) -> ProgressNoteQuerySet:
        """What stands in the way of open work: obstacles and proposals, newest first.

        Each stands until the work is done, the agency says that it is cleared, or the same words are said again; one
        that was answered, until the next is named. A note without one does not say that it is gone, nor does putting
        the work aside. Where the work went to others it stands as long as one of them has it and has not cleared it.
        """
        standing = Q(assignment__life__in=STANDING, assignment__closed_on=None)
        gone = Q(assignment__life=Life.TRANSFERRED)
        named = self.filter(standing | gone, said_on__lte=day).exclude(obstacle="", proposal="")
        return named.filter(Exists(_carriers(day))).order_by("-said_on", "-pk")

    def with_answers(self, day: date) -> ProgressNoteQuerySet:
        """Adds `addressed` (a value of RaisedTo), `is_answered` as of `day`, and `since`.

        `since` is the day on which the same words were first said after they were last answered or cleared: whoever
        has to ask again in every round has waited from the first time on.
        """
        return self.annotate(
            addressed=_addressed(),
            is_answered=_answered(day),
            since=Subquery(_same_words(day).values("said_on")[:1]),
        )

    def unanswered(self) -> ProgressNoteQuerySet:
        """Those that nobody has answered, the oldest first; after `with_answers`."""
        return self.filter(Q(is_answered=False)).order_by(F("since").asc(), "pk")


def _carriers(day: date) -> models.QuerySet:
    """Those who have the work of a note now, and in whose line nothing said later has ended what it names."""
    from directives.models.note import ProgressNote

    mine = WentTo(F("pk"), OuterRef("assignment"))
    # A later one of the same line is looked for by its index: no plan can make that dear.
    newer = Q(said_on__gt=_two_up("said_on")) | Q(said_on=_two_up("said_on"), pk__gt=_two_up("pk"))
    later = ProgressNote.objects.filter(CameFrom(F("assignment"), OuterRef("pk")), newer, said_on__lte=day)
    over = Exists(later.filter(Q(clears_obstacles=True) | _the_words_of(_two_up)))
    followed = Exists(later.exclude(obstacle="", proposal=""))
    answered = Exists(_answers(day).filter(note=OuterRef(OuterRef("pk"))))
    carried = Assignment.objects.filter(mine, life__in=STANDING, closed_on=None)
    return carried.exclude(over).exclude(followed & answered)


def _addressed() -> Case:
    """Notes of before this was asked say it by the body that they name, or by naming none."""
    return Case(
        When(~Q(raised_to=""), then="raised_to"),
        When(~Q(proposal_to=""), then=Value(RaisedTo.OTHER)),
        default=Value(RaisedTo.STANDING),
        output_field=models.CharField(),
    )


def _the_words_of(outer: Callable[[str], OuterRef]) -> Q:
    return Q(obstacle=outer("obstacle"), proposal=outer("proposal"))


def _answered(day: date) -> Exists:
    return Exists(_answers(day).filter(note=OuterRef("pk")))


def _answers(day: date) -> models.QuerySet:
    from directives.models.instruction import Instruction

    return Instruction.objects.filter(given_on__lte=day)


def _same_words(day: date) -> models.QuerySet:
    """Notes of one work that say the same, since they were last answered or cleared; oldest first.

    A note that clears what was said before, but says these words again, clears all others.
    """
    from directives.models.note import ProgressNote

    # Of the note two levels up alone, so that it is looked for once for each note and not once for each pair.
    of_the_work = CameFrom(F("assignment"), _two_up("assignment"))
    before = ProgressNote.objects.filter(of_the_work, pk__lt=_two_up("pk"), said_on__lte=day)
    said = _the_words_of(_two_up)
    settled = before.filter(Q(~said, clears_obstacles=True) | Q(said, _answered(day))).order_by("-pk").values("pk")
    same = ProgressNote.objects.filter(_the_words_of(OuterRef), CameFrom(F("assignment"), OuterRef("assignment")))
    return same.filter(pk__gt=Coalesce(Subquery(settled[:1]), 0)).order_by("said_on", "pk")


def _two_up(name: str) -> OuterRef:
    return OuterRef(OuterRef(name))
