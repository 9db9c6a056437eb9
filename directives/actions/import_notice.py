"""From the text of a notice to a directive with its tasks and assignments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agencies import registers
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives import notices
from directives.actions.locking import require_keeper
from directives.models import Addressee, Assignment, CitedDocument, Clock, Coordinator, Directive, Part, Task


@dataclass(frozen=True)
class Imported:
    """The directive, and whether this import made it: False when it was here already."""

    directive: Directive
    created: bool


def import_notice(
    *, text: str, name: str = "", by: User | None, day: date, original: bytes = b"", is_illustrative: bool = False
) -> Imported:
    """Read a notice and keep it as a draft. Raises the reader's errors, or Refused; nothing is half-saved.

    The same number, symbol and date a second time gives the directive that is here, unchanged.
    """
    require_keeper(by)
    notice = notices.read(text)
    _check(notice)
    with acting(by, "import_notice", day):
        existing = Directive.objects.same_document(
            number=notice.number, symbol=notice.symbol, issued_on=notice.issued_on
        ).first()
        if existing:
            return Imported(existing, False)
        registers.ensure_register(notice.place, by=by, day=day)
        return Imported(_Import(notice, by=by, day=day).save(name, original, is_illustrative), True)


def _check(notice: notices.Notice) -> None:
    missing = [
        words
        for words, value in (
            ("số", notice.number),
            ("ký hiệu", notice.symbol),
            ("ngày ban hành", notice.issued_on),
            ("đơn vị được giao và nhiệm vụ", list(notice.tasks)),
        )
        if not value
    ]
    if missing:
        raise Refused(f"Chưa đọc được {', '.join(missing)} trong văn bản, nên chưa lưu gì. Xin kiểm tra lại tệp.")


class _Import:
    """One import: what was read, and the bodies known by name."""

    def __init__(self, notice: notices.Notice, *, by: User | None, day: date) -> None:
        self.notice, self.by, self.day = notice, by, day
        self.known = registers.directory()
        self.position = 0

    def save(self, name: str, original: bytes, is_illustrative: bool) -> Directive:
        notice = self.notice
        self.directive = Directive.objects.create(
            number=notice.number,
            symbol=notice.symbol,
            doc_type=notice.doc_type or "Văn bản",
            issued_on=notice.issued_on,
            meeting_on=notice.meeting_date,
            issuer=notice.issuer or "",
            place=notice.place or "",
            title=notice.title or "",
            chair=notice.chair or "",
            signer=notice.signer or "",
            signed_as=list(notice.signed_as),
            recipients=list(notice.recipients),
            text=notice.text,
            segments=[[s.start, s.end, s.kind, s.ref] for s in notice.segments],
            source_name=name[:200],
            source_sha256=hashlib.sha256(original or notice.text.encode()).hexdigest(),
            is_illustrative=is_illustrative,
            created_on=self.day,
            created_by=self.by,
        )
        self.cited = {each.number: self._cite(each) for each in notice.cited_documents}
        for position, addressee in enumerate(notice.addressees, 1):
            self._address(position, addressee)
        return self.directive

    def _cite(self, cited: notices.CitedDocument) -> CitedDocument:
        return CitedDocument.objects.create(
            directive=self.directive,
            number=cited.number,
            doc_type=cited.doc_type or "",
            issued_on=cited.issued_on,
            issuer=cited.issuer or "",
            abstract=cited.abstract or "",
            start=cited.start,
            end=cited.end,
        )

    def _address(self, position: int, read: notices.Addressee) -> None:
        agency = self._body(read.name or "Chưa nêu đơn vị")
        addressee = Addressee.objects.create(
            directive=self.directive,
            position=position,
            item=read.item or "",
            number=read.number or "",
            section=read.section or "",
            name=read.name or "",
            agency=agency,
            is_asked=read.asked,
            start=read.start,
            end=read.end,
        )
        carriers = self._carriers(agency)
        for task in read.tasks:
            self._give(addressee, task, carriers)

    def _give(self, addressee: Addressee, read: notices.Task, carriers: list[Agency]) -> None:
        self.position += 1
        task = Task.objects.create(
            directive=self.directive,
            addressee=addressee,
            position=self.position,
            text=read.text,
            start=read.start,
            end=read.end,
            lead=(registers.find(read.lead, known=self.known) if read.lead else None) or addressee.agency,
            **_clock(read),
            **_target(read.target or next((part.target for part in read.parts if part.target), None)),
        )
        task.cites.set([self.cited[number] for number in read.cites if number in self.cited])
        for position, name in enumerate(read.coordinating, 1):
            Coordinator.objects.create(
                task=task, position=position, name=name, agency=registers.find(name, known=self.known)
            )
        for position, part in enumerate(read.parts, 1):
            self._divide(task, position, part)
        Assignment.objects.bulk_create(
            Assignment(task=task, agency=carrier, deadline=task.first_deadline) for carrier in carriers
        )

    def _divide(self, task: Task, position: int, read: notices.Part) -> None:
        part = Part.objects.create(task=task, position=position, text=read.text, start=read.start, end=read.end)
        part.binds.set(self._known_bodies(read.binds))

    def _body(self, name: str) -> Agency:
        found = registers.find(name, known=self.known)
        return found or registers.find_or_create(name, day=self.day, by=self.by, place=self.notice.place)

    def _known_bodies(self, names: Iterable[str]) -> list[Agency]:
        found = (registers.find(name, known=self.known) for name in names)
        return [agency for agency in found if agency]

    def _carriers(self, agency: Agency) -> list[Agency]:
        """The members of a group; a group that names nobody carries its task itself (design, section 3.7)."""
        on = self.notice.issued_on or self.day
        return list(Agency.objects.members_of(agency, on)) or [agency] if agency.is_group else [agency]


def _clock(read: notices.Task) -> dict[str, object]:
    """No date is invented: only a date in the text makes a dated task (design, section 3.1)."""
    period = read.period
    fields: dict[str, object] = {
        "period_text": period.text if period else "",
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
    }
    if read.deadline:
        return fields | {
            "clock": Clock.DATED,
            "first_deadline": read.deadline,
            "deadline_source": (read.deadline_text or "")[:300],
        }
    if read.recurring:
        return fields | {"clock": Clock.STANDING}
    return fields | {"clock": Clock.PERIOD if period else Clock.UNDATED}


def _target(target: notices.Target | None) -> dict[str, object]:
    if target is None:
        return {}
    return {
        "target_text": target.text[:300],
        "target_value": Decimal(str(target.value)),
        "target_unit": " ".join(filter(None, (target.unit, target.of)))[:60],
    }
