"""Of each task that was read in a text: which of ours it is, a new one, or neither for now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms

from agencies.forms_base import VerbForm
from agencies.models import User
from directives.actions.text_tasks import Found, Placed, place_tasks, unmatched, unplaced
from directives.models import Directive, Task
from directives.search.likeness import alike
from directives.search.words import words

NEW = "new"
LATER = ("", "Để nguyên, chưa đưa vào theo dõi")
SHOWN = 90


class TextTasksForm(VerbForm):
    """A choice for each place; what seems to be the same work of the same body is proposed, nothing new is."""

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.directive = directive
        self.found = unmatched(directive)
        self.ours = {task.pk: task for task in unplaced(directive).select_related("addressee")}
        proposed = _proposed(self.found, list(self.ours.values()))
        known = [(str(pk), _label(task)) for pk, task in self.ours.items()]
        for each in self.found:
            new = [(NEW, "Giao thành nhiệm vụ mới")] if each.agency else []
            self.fields[_name(each)] = forms.ChoiceField(
                label=f"Nhiệm vụ đọc được ở {_place(each)}",
                choices=[LATER, *new, *known],
                initial=str(proposed.get(each.read.start, "")),
                required=False,
            )

    @property
    def lines(self) -> Iterator[tuple[Found, forms.BoundField]]:
        return ((each, self[_name(each)]) for each in self.found)

    def save(self, *, by: User, day: date) -> Placed | None:
        """What was done; None where it was refused."""
        said = {each.read.start: self.cleaned_data[_name(each)] for each in self.found}
        chosen = {start: self.ours[int(value)] if value != NEW else None for start, value in said.items() if value}
        return self.carry_out(place_tasks, directive=self.directive, chosen=chosen, by=by, day=day)


def _name(found: Found) -> str:
    return f"at_{found.read.start}"


def _place(found: Found) -> str:
    number = found.part.number or found.part.item
    return " ".join(filter(None, (f"mục {number}," if number else "", found.part.name or "chỗ không nêu đơn vị")))


def _label(task: Task) -> str:
    text = task.text if len(task.text) <= SHOWN else f"{task.text[:SHOWN]}…"
    return f"Là nhiệm vụ {task.position} từ sổ cũ: {text} ({task.addressee.name[:60]})"


def _proposed(found: Iterable[Found], ours: list[Task]) -> dict[int, int]:
    """By where it begins the key of the task that says the same of the same body; each of ours once."""
    bodies = {task.pk: {task.addressee.agency_id, task.lead_id} for task in ours}
    chosen: dict[int, int] = {}
    for each in found:
        if each.agency is None:
            continue
        open_to = [task for task in ours if each.agency.pk in bodies[task.pk] and task.pk not in chosen.values()]
        said = words(each.read.text)
        same = next((task.pk for task in open_to if words(task.text) == said), None)
        like = next((pk for _, pk in alike([(0, each.read.text)], ((task.pk, task.text) for task in open_to))), None)
        if key := same or like:
            chosen[each.read.start] = key
    return chosen
