"""What a notice is once read. All offsets count characters of the text that was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True)
class Target:
    """A figure to be reached: "100% hợp tác xã trên địa bàn" is 100, "%", of "hợp tác xã"."""

    text: str
    value: float
    unit: str
    of: str | None

    def as_dict(self) -> dict[str, Any]:
        value = int(self.value) if self.value == int(self.value) else self.value
        return {"text": self.text, "value": value, "unit": self.unit, "of": self.of}


@dataclass(frozen=True)
class Deadline:
    """The words that set a time, and their date where they name one."""

    text: str
    date: date | None

    def as_dict(self) -> dict[str, Any]:
        return {"text": self.text, "date": _iso(self.date)}


@dataclass(frozen=True)
class Period:
    """The time that a heading speaks of ("năm 2023"). It is not a deadline."""

    text: str
    start: date
    end: date


@dataclass(frozen=True)
class Part:
    """A separable duty inside a task (đầu việc); `binds` names the agencies it narrows to."""

    text: str
    start: int
    end: int
    binds: tuple[str, ...] = ()
    target: Target | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "binds": list(self.binds),
            "target": self.target.as_dict() if self.target else None,
        }


@dataclass(frozen=True)
class Task:
    """The counting unit (nhiệm vụ); `text` is exactly the text read, from `start` to `end`."""

    text: str
    start: int
    end: int
    lead: str | None
    lead_explicit: bool
    coordinating: tuple[str, ...]
    deadline_text: str | None
    deadline: date | None
    other_deadlines: tuple[Deadline, ...]
    recurring: bool
    period: Period | None
    cites: tuple[str, ...]
    target: Target | None
    parts: tuple[Part, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "deadline_text": self.deadline_text,
            "deadline": _iso(self.deadline),
            "other_deadlines": [d.as_dict() for d in self.other_deadlines],
            "recurring": self.recurring,
            "period_text": self.period.text if self.period else None,
            "lead": self.lead,
            "lead_explicit": self.lead_explicit,
            "coordinating": list(self.coordinating),
            "cites": list(self.cites),
            "target": self.target.as_dict() if self.target else None,
            "parts": [p.as_dict() for p in self.parts],
        }


@dataclass(frozen=True)
class Addressee:
    """One agency or group to which work is given; `start`, `end` span its name in the text.

    `name` is None where the document gives work and names nobody; `asked` where it says "Đề nghị".
    """

    item: str | None
    number: str | None
    section: str | None
    name: str | None
    asked: bool
    start: int
    end: int
    period: Period | None
    tasks: tuple[Task, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "agency": self.name,
            "asked": self.asked,
            "start": self.start,
            "end": self.end,
            "period_text": self.period.text if self.period else None,
            "tasks": [t.as_dict() for t in self.tasks],
        }


@dataclass(frozen=True)
class CitedDocument:
    """Another document that the text names; the span is that of its first number."""

    number: str
    doc_type: str | None
    issued_on: date | None
    issuer: str | None
    abstract: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Segment:
    """A stretch of the text and what it is. The segments of a notice cover it without gap or overlap.

    `ref` is the item label of the addressee that an "addressee" or "task" segment belongs to.
    """

    start: int
    end: int
    kind: str
    ref: str | None = None


@dataclass(frozen=True)
class Notice:
    """A document that assigns work, as understood. What the text does not say is None."""

    text: str
    number: str | None
    symbol: str | None
    doc_type: str | None
    issued_on: date | None
    meeting_date: date | None
    issuer: str | None
    place: str | None
    title: str | None
    chair: str | None
    signer: str | None
    signed_as: tuple[str, ...]
    recipients: tuple[str, ...]
    addressees: tuple[Addressee, ...]
    cited_documents: tuple[CitedDocument, ...]
    segments: tuple[Segment, ...]

    @property
    def tasks(self) -> Iterator[Task]:
        """Every task, in the order of the addressees."""
        return (task for addressee in self.addressees for task in addressee.tasks)

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape of `manage.py read_notice`: dates ISO, absent things None."""
        return {
            "number": self.number,
            "symbol": self.symbol,
            "doc_type": self.doc_type,
            "issued_on": _iso(self.issued_on),
            "issuer": self.issuer,
            "place": self.place,
            "title": self.title,
            "signer": self.signer,
            "chair": self.chair,
            "meeting_date": _iso(self.meeting_date),
            "signed_as": list(self.signed_as),
            "recipients": list(self.recipients),
            "assignments": [a.as_dict() for a in self.addressees],
            "cited_documents": [c.number for c in self.cited_documents],
        }
