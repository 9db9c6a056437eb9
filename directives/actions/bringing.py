"""The rows that an old tracking workbook becomes: a few statements, however many there are.

Inside an `acting()` of the caller, who has checked what may be written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from agencies.models import Agency, Kind, User
from directives.actions.old_lines import Line, Paper
from directives.actions.old_text import Bodies, Laid, bodies_of, lay_out
from directives.actions.old_words import OUTSIDE, write_history
from directives.actions.read_fields import fitted, one_line
from directives.models import Addressee, Assignment, Coordinator, Directive, OldBook, Task

BATCH = 500
Key = tuple[str, str, date] | int


class Bringing:
    """One book on its way in."""

    def __init__(self, book: OldBook, lines: list[Line], *, by: User, day: date) -> None:
        self.book, self.lines, self.by, self.day = book, lines, by, day
        self.of_directive: dict[Key, list[Line]] = defaultdict(list)
        for line in lines:
            self.of_directive[_key(line)].append(line)
        self.laid: dict[Key, Laid] = {}
        self.directives: dict[Key, Directive] = {}
        self.addressees: dict[tuple[int, Bodies], Addressee] = {}
        self.tasks: dict[int, Task] = {}
        self.assignments: list[Assignment] = []
        self._members: dict[tuple[int, date], list[Agency]] = {}

    def write(self) -> dict[str, int]:
        """How many new rows there are, by what they are."""
        self.directives |= Directive.objects.in_bulk([key for key in self.of_directive if isinstance(key, int)])
        self._papers()
        self._addressees()
        self._tasks()
        self._coordinators()
        self._assignments()
        write_history(self.assignments, {line.row: line for line in self.lines}, self.book, by=self.by, day=self.day)
        return {
            "lines": len(self.lines),
            "directives": len(self.laid),
            "tasks": len(self.tasks),
            "assignments": len(self.assignments),
            "agencies": len({row.agency_id for row in self.assignments}),
        }

    def _papers(self) -> None:
        """What is not in our book, with the words of its tasks as its text."""
        new: dict[Key, Directive] = {}
        for key, lines in self.of_directive.items():
            if isinstance(paper := lines[0].directive, Paper):
                self.laid[key] = lay_out(lines)
                new[key] = self._paper(paper, self.laid[key])
        Directive.objects.bulk_create(new.values(), batch_size=BATCH)
        self.directives |= new

    def _paper(self, paper: Paper, laid: Laid) -> Directive:
        doc_type = paper.doc_type or "Văn bản"
        title = one_line(paper.title) or f"{doc_type} {paper.number}/{paper.symbol} (sổ cũ không ghi trích yếu)"
        return Directive(
            number=paper.number,
            symbol=paper.symbol,
            issued_on=paper.issued_on,
            **fitted(Directive, doc_type=doc_type, issuer=paper.issuer, title=title),
            text=laid.text,
            segments=laid.segments,
            source_name=self.book.name[:200],
            created_on=self.day,
            created_by=self.by,
            published_on=self.day,
            book=self.book,
        )

    def _addressees(self) -> None:
        """That of the document where it names the body; else one more, as the old book writes it."""
        keys = [row.pk for row in self.directives.values()]
        for row in Addressee.objects.filter(directive__in=keys).exclude(section=OUTSIDE).order_by("-position"):
            self.addressees[row.directive_id, (row.agency_id,)] = row
        last, new = last_positions(Addressee, keys), []
        for key, lines in self.of_directive.items():
            directive, laid = self.directives[key], self.laid.get(key)
            for line in lines:
                place = (directive.pk, bodies_of(line))
                if place not in self.addressees:
                    last[directive.pk] += 1
                    self.addressees[place] = _addressee(directive, line, last[directive.pk], laid)
                    new.append(self.addressees[place])
        Addressee.objects.bulk_create(new, batch_size=BATCH)

    def _tasks(self) -> None:
        last = last_positions(Task, [row.pk for row in self.directives.values()])
        for line in self.lines:
            directive, laid = self.directives[_key(line)], self.laid.get(_key(line))
            last[directive.pk] += 1
            start, end = laid.tasks[line.row] if laid else (None, None)
            self.tasks[line.row] = Task(
                directive=directive,
                addressee=self.addressees[directive.pk, bodies_of(line)],
                position=last[directive.pk],
                text=line.text,
                start=start,
                end=end,
                book=self.book,
                book_row=line.row,
                clock=line.clock,
                first_deadline=line.first_deadline,
                deadline=line.deadline,
                deadline_source=self.book.source(line.row) if line.deadline else "",
                lead=line.agencies[0],
            )
        Task.objects.bulk_create(self.tasks.values(), batch_size=BATCH)

    def _coordinators(self) -> None:
        named = [
            Coordinator(task=self.tasks[line.row], position=place, agency=body, **fitted(Coordinator, name=name))
            for line in self.lines
            for place, (name, body) in enumerate(line.coordinating, 1)
        ]
        Coordinator.objects.bulk_create(named, batch_size=BATCH)

    def _assignments(self) -> None:
        """One for each body of the cell; for a group its members on the day of the document, each once."""
        for line in self.lines:
            issued_on = self.directives[_key(line)].issued_on
            carrying = {each.pk: each for agency in line.agencies for each in self._carriers(agency, issued_on)}
            self.assignments += [
                Assignment(
                    task=self.tasks[line.row],
                    agency=agency,
                    life=line.life,
                    deadline=line.deadline,
                    completed_on=line.completed_on,
                    received_on=self.day,
                )
                for agency in carrying.values()
            ]
        Assignment.objects.bulk_create(self.assignments, batch_size=BATCH)

    def _carriers(self, agency: Agency, on: date) -> list[Agency]:
        if not agency.is_group:
            return [agency]
        if (agency.pk, on) not in self._members:
            self._members[agency.pk, on] = list(Agency.objects.members_of(agency, on)) or [agency]
        return self._members[agency.pk, on]


def _addressee(directive: Directive, line: Line, position: int, laid: Laid | None) -> Addressee:
    first = line.agencies[0]
    start, end = laid.heads[bodies_of(line)] if laid else (0, 0)
    return Addressee(
        directive=directive,
        position=position,
        section=OUTSIDE,
        **fitted(Addressee, name=line.name),
        agency=first,
        # A Party body is asked, not ordered.
        is_asked=first.kind == Kind.PARTY,
        start=start,
        end=end,
    )


def _key(line: Line) -> Key:
    return line.directive.identity if isinstance(line.directive, Paper) else line.directive


def last_positions(model: type[Addressee] | type[Task], directives: Iterable[int]) -> dict[int, int]:
    """The last position in each of the directives; 0 where there is none."""
    rows = model.objects.filter(directive__in=directives).order_by()  # type: ignore[attr-defined]
    return defaultdict(int, rows.values_list("directive").annotate(last=Max("position")))
