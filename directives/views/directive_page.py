"""What the page of a directive shows: its text with the tasks marked, and beside it the tasks by addressee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse

from agencies.models import Agency, User
from directives import figures
from directives.figures import Figures
from directives.models import Addressee, Assignment, CitedDocument, Directive, Office, Task
from directives.templatetags.kttt import day as day_words
from directives.views.finding import assignments_for
from directives.views.task_words import RollUp, roll_up, time_words


@dataclass(frozen=True)
class Entry:
    """One task beside the text. `carried`: the assignments that the reader may see; `rolled` for a group's."""

    task: Task
    clock: str
    coordinators: str
    carried: list[Assignment]
    rolled: RollUp | None


@dataclass(frozen=True)
class Block:
    """An addressee with its tasks, in the order of the text."""

    addressee: Addressee
    entries: list[Entry]


class DirectivePage:
    """One directive as one person may see it on a day. A constant number of queries, each made once."""

    def __init__(self, directive: Directive, user: User, day: date) -> None:
        self.directive, self.user, self.day = directive, user, day
        found = assignments_for(user, day, Office.current()).filter(task__directive=directive)
        self._found = found
        # Without the directive that each of them hangs on: eighty copies of its text.
        lines = found.select_related(None).select_related("agency")
        self.assignments = list(lines.order_by("task__position", "agency__sort_key"))
        self.tasks = list(_tasks(directive, user))
        self.blocks = _blocks(self.tasks, self.assignments, shows_group=user.oversees)

    def figures(self) -> Figures:
        """The official numbers: of tasks for overseers, of their own assignments for a liaison."""
        if self.user.oversees:
            return figures.of_tasks(Task.objects.visible_to(self.user).filter(directive=self.directive), self.day)
        return figures.of_assignments(self._found, self.day)

    def receivers(self) -> list[Agency]:
        """The agencies that carry something, each once."""
        return list({row.agency_id: row.agency for row in self.assignments}.values())

    @property
    def is_from_book(self) -> bool:
        """Whether some of the tasks came from an old tracking workbook, and the text is here to be compared."""
        return bool(self.directive.source_sha256) and any(task.book_id for task in self.tasks)

    def unchecked(self) -> list[Agency]:
        """Bodies that the reader did not know: staff look at them before the directive is published."""
        named = {block.addressee.agency_id: block.addressee.agency for block in self.blocks}
        return [agency for agency in named.values() if not agency.is_verified]

    def text(self) -> Iterator[dict[str, Any]]:
        """The whole text in pieces. Tasks of others are part of what was sent, so they are marked, without a link."""
        visible = {task.position: task for task in self.tasks}
        unsure = {task.position for task in self.tasks if self.user.keeps_tasks and not _is_sure(task)}
        whole = self.directive.text
        at = len(whole) - len(whole.lstrip())
        spans = self.directive.tasks.in_text().values_list("position", "start", "end")
        for position, start, end in spans:
            if start is None or end is None or start < at:
                continue
            yield {"text": whole[at:start]}
            yield {
                "number": position,
                "text": whole[start:end],
                "url": f"#nv-{position}" if position in visible else "",
                "unsure": position in unsure,
            }
            at = end
        yield {"text": whole[at:]}

    def cited(self) -> list[CitedDocument]:
        """Documents that the text names, each with the visible tasks that cite it."""
        citing = Task.objects.visible_to(self.user).only("pk", "position").order_by("position")
        return list(self.directive.cited_documents.prefetch_related(Prefetch("tasks", citing)))


def _tasks(directive: Directive, user: User) -> Iterable[Task]:
    found = Task.objects.visible_to(user).filter(directive=directive).annotate(part_count=Count("parts"))
    return found.select_related("addressee__agency", "lead").prefetch_related("coordinators").order_by("position")


def _blocks(tasks: list[Task], assignments: list[Assignment], *, shows_group: bool) -> list[Block]:
    carried: dict[int, list[Assignment]] = defaultdict(list)
    for row in assignments:
        carried[row.task_id].append(row)
    blocks: dict[int, Block] = {}
    for task in tasks:
        block = blocks.setdefault(task.addressee_id, Block(task.addressee, []))
        block.entries.append(_entry(task, carried[task.pk], shows_group))
    return sorted(blocks.values(), key=lambda block: block.addressee.position)


def _entry(task: Task, carried: list[Assignment], shows_group: bool) -> Entry:
    return Entry(
        task=task,
        clock=time_words(task, carried),
        coordinators="; ".join(each.name for each in task.coordinators.all()),
        carried=carried,
        rolled=roll_up(carried) if shows_group and len(carried) > 1 else None,
    )


def _is_sure(task: Task) -> bool:
    return bool(task.addressee.name) and task.addressee.agency.is_verified


def trail(directive: Directive | None = None) -> list[tuple[str, str]]:
    """The way to a page about directives, or about this one: labels and addresses for the breadcrumbs."""
    top = [("Văn bản", reverse("directive_list"))]
    if directive is None:
        return top
    return [*top, (f"{directive.doc_type} {directive.code}", reverse("directive_detail", args=[directive.pk]))]


def facts(directive: Directive) -> list[tuple[str, str]]:
    """What the document says of itself, and where it came from."""
    return [
        ("Số, ký hiệu", directive.code),
        ("Nơi, ngày ban hành", ", ".join(filter(None, (directive.place, day_words(directive.issued_on))))),
        ("Cơ quan ban hành", directive.issuer),
        ("Người kết luận, ngày họp", ", ".join(filter(None, (directive.chair, day_words(directive.meeting_on))))),
        ("Người ký", _signed(directive)),
        ("Nơi nhận", "; ".join(directive.recipients)),
        ("Nguồn", _source(directive)),
        ("Nạp vào sổ", _loaded(directive)),
    ]


def _signed(directive: Directive) -> str:
    rank = " / ".join(directive.signed_as)
    return f"{directive.signer} ({rank})" if directive.signer and rank else directive.signer or rank


def _source(directive: Directive) -> str:
    if directive.book_id:
        return f"sổ theo dõi cũ, tệp {directive.source_name}; toàn văn chưa được nạp"
    return f"tệp {directive.source_name}" if directive.source_name else "nội dung được dán vào"


def _loaded(directive: Directive) -> str:
    by = f", {directive.created_by}" if directive.created_by else ""
    return f"{day_words(directive.created_on)}{by}"
