"""The word of a leader or of the staff: the answer to an obstacle, or on a task itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.locking import locked_assignment
from directives.actions.reviews import may_review
from directives.models import Assignment, Instruction, ProgressNote
from directives.models.move import heirs_of


def may_instruct(user: User, assignment: Assignment) -> bool:
    """Staff and leaders, but nobody answers an agency that they belong to: that would be no answer."""
    return may_review(user, assignment)


def give_instruction(
    *,
    assignment: Assignment,
    text: str,
    by: User,
    day: date,
    note: ProgressNote | None = None,
    version: int | None = None,
) -> Instruction:
    """Ý kiến chỉ đạo, on the obstacle of `note` or on the task itself. Kept beside whatever others have said.

    The same words of the same person on the same day are the same instruction: a double click gives it back.
    `version` is not asked: an answer loses nothing of value by what has changed meanwhile.
    """
    with acting(by, "give_instruction", day):
        # One after another, so that the second person can be told of the first (`said_meanwhile`).
        row = locked_assignment(assignment.pk)
        words = _checked(row, note, text, by)
        same = row.instructions.filter(note=note, text=words, given_by=by, given_on=day)
        return same.first() or Instruction.objects.create(
            assignment=row, note=note, text=words, given_on=day, given_by=by
        )


def _checked(row: Assignment, note: ProgressNote | None, text: str, by: User) -> str:
    if not may_instruct(by, row) or any(by.belongs_to(heir.agency_id) for heir in heirs_of([row]).get(row.pk, ())):
        raise Refused("Không ai cho ý kiến về vướng mắc của chính cơ quan mình; xin chuyển lãnh đạo xem xét.")
    if not row.task.directive.is_published:
        raise Refused("Văn bản còn là bản nháp, các đơn vị chưa nhận việc.")
    if note and (note.assignment_id != row.pk or not (note.obstacle or note.proposal)):
        raise Refused("Báo cáo này không nêu khó khăn, kiến nghị nào của nhiệm vụ.")
    if not text.strip():
        raise Refused("Xin ghi nội dung ý kiến.", "text")
    return text.strip()


def said_meanwhile(instruction: Instruction, seen: int) -> Sequence[Instruction]:
    """What others said on the same matter after the instruction with key `seen`, which the person had seen last."""
    same = Instruction.objects.filter(assignment=instruction.assignment_id, note=instruction.note_id, pk__gt=seen)
    return list(same.filter(pk__lt=instruction.pk).exclude(given_by=instruction.given_by_id).select_related("given_by"))
