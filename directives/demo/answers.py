"""The illustrative story, continued: who answers an obstacle, who coordinates, what falls to two districts."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, User
from directives.actions.coordination import name_coordinators
from directives.actions.groups import set_scope
from directives.actions.instructions import give_instruction
from directives.models import Assignment, Coordinator, Directive, ProgressNote

ANSWERED = date(2023, 11, 8)
ANSWER = "Giao Liên minh HTX tỉnh mở lớp bồi dưỡng cán bộ xã cho hai huyện miền núi trong quý I/2024 (minh hoạ)."
SCOPE = "Tập trung phát triển tổ chức kinh tế tập thể tại các xã miền núi (minh hoạ)"
MOUNTAINS = ("huonghoa", "dakrong")
# The duty of item 12 that names the two districts.
TASK = 23
COORDINATED = 8
COORDINATING = ("snnptnt", "stc", "sct")


def tell(people: dict[str, User], directive: Directive) -> None:
    """By the same verbs as everybody."""
    staff = people["thuongtruc"]
    note = ProgressNote.objects.exclude(obstacle="").get(
        assignment__task__directive=directive, assignment__task__position=TASK, assignment__agency__code="dakrong"
    )
    give_instruction(assignment=note.assignment, note=note, text=ANSWER, by=people["lanhdao"], day=ANSWERED)
    for row in Assignment.objects.filter(task=note.assignment.task, agency__code__in=MOUNTAINS):
        set_scope(assignment=row, scope=SCOPE, by=staff, day=ANSWERED)
    for named in Coordinator.objects.filter(task__directive=directive, task__position=COORDINATED, agency=None)[:1]:
        agencies = list(Agency.objects.filter(code__in=COORDINATING))
        name_coordinators(coordinator=named, agencies=agencies, by=staff, day=ANSWERED)
