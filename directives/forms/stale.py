"""Lines of a page that lists assignments, sent after one had gone elsewhere: nothing typed is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from directives.deadlines import Life
from directives.models import Assignment
from directives.models.assignment import AssignmentQuerySet
from directives.models.move import heirs_of


def unlisted(
    data: Mapping[str, Any], name: str, listed: Collection[int], among: AssignmentQuerySet
) -> Iterator[tuple[Assignment, str]]:
    """What was typed for assignments that the page does not list any more; `name` of the field, with {} for the key."""
    before, after = name.split("{}")
    keys = re.compile(rf"{re.escape(before)}(\d{{1,18}}){re.escape(after)}", re.ASCII)
    sent = {int(found[1]): data[each].strip() for each in data if (found := keys.fullmatch(each))}
    typed = {key: words for key, words in sent.items() if words and key not in listed}
    for row in among.filter(pk__in=typed).select_related("agency", "task").order_by("task__position", "pk"):
        yield row, typed[row.pk]


def unlisted_words(row: Assignment, typed: str) -> str:
    """Whose line it was, who has the work now, and what was typed."""
    stands, again = f"đã ở tình trạng “{row.get_life_display()}”", ""
    if row.life == Life.TRANSFERRED:
        names = ", ".join(each.agency.short_name for each in heirs_of([row]).get(row.pk, [row]))
        stands = f"việc vừa được chuyển, nay do {names} thực hiện"
        again = " Nếu vẫn cần, xin nhập lại ở dòng của cơ quan đang thực hiện."
    where = f"Nhiệm vụ {row.task.position}, {row.agency.short_name}"
    return f"{where}: {stands}, nên nội dung sau chưa được ghi: “{typed}”.{again}"
