"""Nobody puts the work of their own agency aside, or moves its deadline: others decide, or a leader (design, 3.9)."""

from __future__ import annotations

from collections.abc import Iterable

from agencies.errors import Refused
from agencies.models import Agency, Kind, User
from directives.actions.locking import require_keeper
from directives.models import Task

OWN = "Đây là nhiệm vụ của chính cơ quan ông/bà: việc này do lãnh đạo, hoặc cán bộ không thuộc cơ quan đó, quyết định."


def disposes(user: User, agencies: Iterable[Agency]) -> bool:
    """Whether this person may put aside what these agencies carry, or move its deadline.

    Leaders do so for the standing agency: the staff are its own.
    """
    carriers = list(agencies)
    if not user.is_active or any(user.belongs_to(each.pk) for each in carriers):
        return False
    return user.keeps_tasks or (user.is_leader and any(each.kind == Kind.STANDING for each in carriers))


def require_disposer(by: User | None, agencies: Iterable[Agency]) -> None:
    """Raises Refused, saying who can; None is the system itself."""
    if by is None or disposes(by, agencies):
        return
    require_keeper(by)
    raise Refused(OWN)


def carriers_of(task: Task) -> list[Agency]:
    """The agencies that have not finished it. One query."""
    return list(Agency.objects.filter(assignments__in=task.assignments.unfinished()).distinct())
