"""What was read of a notice, as rows of its directive. Inside an `acting()` of the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from agencies import registers
from agencies.models import Agency, User
from directives import notices
from directives.actions import shelf
from directives.actions.read_fields import clock_fields, fits, fitted, target_fields
from directives.models import Addressee, Assignment, CitedDocument, Coordinator, Directive, Part, Task


def told(notice: notices.Notice, name: str, original: bytes) -> dict[str, Any]:
    """What the document says of itself, and its text, as fields of a directive; its file goes on the shelf."""
    words = fitted(
        Directive,
        doc_type=notice.doc_type,
        issuer=notice.issuer,
        place=notice.place,
        title=notice.title,
        chair=notice.chair,
        signer=notice.signer,
        signed_as=list(notice.signed_as),
        recipients=list(notice.recipients),
        meeting_on=notice.meeting_date,
    )
    return {name: value for name, value in words.items() if value} | {
        "text": notice.text,
        "segments": [[s.start, s.end, s.kind, s.ref] for s in notice.segments],
        "source_sha256": shelf.keep(original or notice.text.encode()),
        **fitted(Directive, source_name=name),
    }


class NoticeRows:
    """The rows of one directive, and the bodies known by name on the day of the document."""

    def __init__(self, directive: Directive, notice: notices.Notice, *, by: User | None, day: date) -> None:
        self.directive, self.notice, self.by, self.day = directive, notice, by, day
        self.known = registers.directory(directive.issued_on)
        self.cited = {each.number: each for each in directive.cited_documents.all()}
        self.position = 0

    def write(self) -> None:
        """All of it, into a directive that has nothing yet."""
        self.cite()
        for position, read in enumerate(self.notice.addressees, 1):
            agency = self._body(read.name or "Chưa nêu đơn vị")
            addressee = self.address(position, read, agency)
            carriers = self._carriers(agency)
            for task in read.tasks:
                self.give(addressee, task, carriers)

    def cite(self) -> None:
        """The documents that the notice names."""
        for each in self.notice.cited_documents:
            if each.number not in self.cited and fits(CitedDocument, "number", each.number):
                self.cited[each.number] = self._cite(each)

    def address(self, position: int, read: notices.Addressee, agency: Agency) -> Addressee:
        """The numbered part of the document, saved at this place among the others."""
        words = fitted(
            Addressee,
            item=read.item or "",
            number=read.number or "",
            section=read.section or "",
            name=read.name or "",
        )
        return Addressee.objects.create(
            directive=self.directive,
            position=position,
            **words,
            agency=agency,
            is_asked=read.asked,
            start=read.start,
            end=read.end,
        )

    def give(
        self, addressee: Addressee, read: notices.Task, carriers: Iterable[Agency], received_on: date | None = None
    ) -> Task:
        """The task at the next place, with all that hangs on it, and an assignment for each of `carriers`.

        `received_on`: the day from which they have it; None where the directive is still to be published.
        """
        self.position += 1
        task = Task.objects.create(
            directive=self.directive,
            addressee=addressee,
            position=self.position,
            text=read.text,
            start=read.start,
            end=read.end,
            lead=self.find(read.lead) or addressee.agency,
            **fitted(Task, **clock_fields(read), **target_fields(read)),
        )
        task.cites.set(self.cites(read))
        for position, name in enumerate(read.coordinating, 1):
            Coordinator.objects.create(
                task=task, position=position, agency=self.find(name), **fitted(Coordinator, name=name)
            )
        for position, part in enumerate(read.parts, 1):
            self._divide(task, position, part)
        Assignment.objects.bulk_create(
            Assignment(task=task, agency=carrier, deadline=task.deadline, received_on=received_on)
            for carrier in carriers
        )
        return task

    def cites(self, read: notices.Task) -> list[CitedDocument]:
        """The documents that a task names."""
        return [self.cited[number] for number in read.cites if number in self.cited]

    def find(self, name: str | None) -> Agency | None:
        """The body that is known by this name."""
        return registers.find(name, known=self.known) if name else None

    def _cite(self, cited: notices.CitedDocument) -> CitedDocument:
        words = fitted(
            CitedDocument, doc_type=cited.doc_type or "", issuer=cited.issuer or "", abstract=cited.abstract or ""
        )
        return CitedDocument.objects.create(
            directive=self.directive,
            number=cited.number,
            issued_on=cited.issued_on,
            start=cited.start,
            end=cited.end,
            **words,
        )

    def _divide(self, task: Task, position: int, read: notices.Part) -> None:
        part = Part.objects.create(task=task, position=position, text=read.text, start=read.start, end=read.end)
        part.binds.set(filter(None, map(self.find, read.binds)))

    def _body(self, name: str) -> Agency:
        on = self.directive.issued_on
        return self.find(name) or registers.find_or_create(
            name, day=self.day, by=self.by, place=self.notice.place, on=on
        )

    def _carriers(self, agency: Agency) -> Sequence[Agency]:
        """The members of a group; a group that names nobody carries its task itself (design, section 3.7)."""
        on = self.directive.issued_on
        return list(Agency.objects.members_of(agency, on)) or [agency] if agency.is_group else [agency]
