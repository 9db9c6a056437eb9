"""From the text of a notice to a directive with its tasks and assignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agencies import registers
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives import notices
from directives.actions import shelf
from directives.actions.locking import require_keeper
from directives.actions.read_fields import clock_fields, fits, fitted, one_line, target_fields
from directives.actions.turnstile import one_at_a_time
from directives.models import Addressee, Assignment, CitedDocument, Coordinator, Directive, Part, Task

# About 200 pages, and more tasks than any document gives: what is larger is no notice, and reading or keeping
# it would hold a web worker for minutes.
MAX_CHARS = 500_000
MAX_TASKS = 500
# What makes a document one of its kind.
IDENTITY = {"number": "số", "symbol": "ký hiệu", "issued_on": "ngày ban hành"}


@dataclass(frozen=True)
class Imported:
    """The directive; whether this import made it (False: it was here already); whether the text here is another."""

    directive: Directive
    created: bool
    differs: bool = False


class Incomplete(Refused):
    """The text says what is to be done, but not its own number, symbol or date: the paper does.

    `read`: what of the three it says; `missing`: names of those that are still to be told.
    """

    def __init__(self, read: dict[str, Any], missing: list[str]) -> None:
        super().__init__(f"Chưa đọc được {_words(missing)} trong văn bản, nên chưa lưu gì.")
        self.read, self.missing = read, missing


def import_notice(
    *,
    text: str,
    name: str = "",
    by: User | None,
    day: date,
    original: bytes = b"",
    is_illustrative: bool = False,
    number: str = "",
    symbol: str = "",
    issued_on: date | None = None,
) -> Imported:
    """Read a notice and keep it as a draft. Raises the reader's errors, or Refused; nothing is half-saved.

    `number`, `symbol` and `issued_on` are what the paper says; they count only where the text says nothing, and
    Incomplete is raised where neither does. The same three a second time, or the same text, gives the directive
    that is here, unchanged.
    """
    require_keeper(by)
    read = _read(text)
    notice = _completed(read, one_line(number), one_line(symbol), issued_on)
    with acting(by, "import_notice", day):
        # Two documents at once may be the same, or name the same new body.
        one_at_a_time("import_notice")
        if existing := _existing(notice):
            return existing
        identity = _identity(notice, read)
        registers.ensure_register(notice.place, by=by, day=day, on=notice.issued_on)
        return Imported(_Import(notice, identity, by=by, day=day).save(name, original, is_illustrative), True)


def _read(text: str) -> notices.Notice:
    if len(text) > MAX_CHARS:
        raise Refused("Văn bản dài quá 500.000 ký tự (khoảng 200 trang) nên không được đọc. Xin kiểm tra lại tệp.")
    notice = notices.read(text)
    if (count := sum(1 for _ in notice.tasks)) > MAX_TASKS:
        raise Refused(f"Đọc được tới {count} nhiệm vụ, nhiều bất thường, nên chưa lưu gì. Xin kiểm tra lại tệp.")
    return notice


def _completed(notice: notices.Notice, number: str, symbol: str, issued_on: date | None) -> notices.Notice:
    """The notice with what the paper says, where its text does not; what was read stays."""
    return replace(
        notice,
        number=_fitting("number", notice.number) or _fitting("number", number),
        symbol=_fitting("symbol", notice.symbol) or _fitting("symbol", symbol),
        issued_on=notice.issued_on or issued_on,
    )


def _fitting(name: str, value: str | None) -> str | None:
    return value if fits(Directive, name, value) else None


def _existing(notice: notices.Notice) -> Imported | None:
    """What is here already: under the same identity; or the same text, whose number was corrected since."""
    kept = Directive.objects.kept()
    same = kept.filter(**{name: getattr(notice, name) for name in IDENTITY})
    found = same.first() or kept.filter(text=notice.text).first()
    return Imported(found, False, differs=found.text != notice.text) if found else None


def _identity(notice: notices.Notice, read: notices.Notice) -> dict[str, Any]:
    """Number, symbol and date. Raises Incomplete where one is missing; Refused where no work was found either."""
    identity = {name: getattr(notice, name) for name in IDENTITY}
    missing = [name for name, value in identity.items() if not value]
    if not any(notice.tasks):
        words = _words(missing, "đơn vị được giao và nhiệm vụ")
        raise Refused(f"Chưa đọc được {words} trong văn bản, nên chưa lưu gì. Xin kiểm tra lại tệp.")
    if missing:
        in_text = _completed(read, "", "", None)
        raise Incomplete({name: value for name in IDENTITY if (value := getattr(in_text, name))}, missing)
    return identity


def _words(missing: list[str], *more: str) -> str:
    return ", ".join([*(IDENTITY[name] for name in missing), *more])


class _Import:
    """One import: what was read, and the bodies known by name."""

    def __init__(self, notice: notices.Notice, identity: dict[str, Any], *, by: User | None, day: date) -> None:
        self.notice, self.identity, self.by, self.day = notice, identity, by, day
        self.known = registers.directory(notice.issued_on)
        self.position = 0

    def save(self, name: str, original: bytes, is_illustrative: bool) -> Directive:
        notice = self.notice
        words = fitted(
            Directive,
            doc_type=notice.doc_type or "Văn bản",
            issuer=notice.issuer or "",
            place=notice.place or "",
            title=notice.title or "",
            chair=notice.chair or "",
            signer=notice.signer or "",
            signed_as=list(notice.signed_as),
            recipients=list(notice.recipients),
            source_name=name,
        )
        self.directive = Directive.objects.create(
            **self.identity,
            **words,
            meeting_on=notice.meeting_date,
            text=notice.text,
            segments=[[s.start, s.end, s.kind, s.ref] for s in notice.segments],
            source_sha256=shelf.keep(original or notice.text.encode()),
            is_illustrative=is_illustrative,
            created_on=self.day,
            created_by=self.by,
        )
        numbered = (each for each in notice.cited_documents if fits(CitedDocument, "number", each.number))
        self.cited = {each.number: self._cite(each) for each in numbered}
        for position, addressee in enumerate(notice.addressees, 1):
            self._address(position, addressee)
        return self.directive

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

    def _address(self, position: int, read: notices.Addressee) -> None:
        agency = self._body(read.name or "Chưa nêu đơn vị")
        words = fitted(
            Addressee,
            item=read.item or "",
            number=read.number or "",
            section=read.section or "",
            name=read.name or "",
        )
        addressee = Addressee.objects.create(
            directive=self.directive,
            position=position,
            **words,
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
            **fitted(Task, **clock_fields(read), **target_fields(read)),
        )
        task.cites.set([self.cited[number] for number in read.cites if number in self.cited])
        for position, name in enumerate(read.coordinating, 1):
            known = registers.find(name, known=self.known)
            Coordinator.objects.create(task=task, position=position, agency=known, **fitted(Coordinator, name=name))
        for position, part in enumerate(read.parts, 1):
            self._divide(task, position, part)
        Assignment.objects.bulk_create(
            Assignment(task=task, agency=carrier, deadline=task.deadline) for carrier in carriers
        )

    def _divide(self, task: Task, position: int, read: notices.Part) -> None:
        part = Part.objects.create(task=task, position=position, text=read.text, start=read.start, end=read.end)
        part.binds.set(self._known_bodies(read.binds))

    def _body(self, name: str) -> Agency:
        found = registers.find(name, known=self.known)
        if found:
            return found
        on = self.notice.issued_on
        return registers.find_or_create(name, day=self.day, by=self.by, place=self.notice.place, on=on)

    def _known_bodies(self, names: Iterable[str]) -> list[Agency]:
        found = (registers.find(name, known=self.known) for name in names)
        return [agency for agency in found if agency]

    def _carriers(self, agency: Agency) -> list[Agency]:
        """The members of a group; a group that names nobody carries its task itself (design, section 3.7)."""
        on = self.notice.issued_on or self.day
        return list(Agency.objects.members_of(agency, on)) or [agency] if agency.is_group else [agency]
