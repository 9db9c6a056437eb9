"""What the grammar has gathered before dates, roles and parts are worked out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .document import Deadline, Period


@dataclass
class DraftTask:
    """A task's span, what its introduction hands down, and what a plan's fields say of it."""

    start: int
    end: int
    lead: str | None = None
    led_above: bool = False
    coordinating: list[str] = field(default_factory=list)
    field_lead: bool = False
    deadline: Deadline | None = None


@dataclass
class DraftAddressee:
    item: str | None
    number: str | None
    section: str | None
    name: str | None
    asked: bool
    start: int
    end: int
    period: Period | None
    tasks: list[DraftTask] = field(default_factory=list)


@dataclass
class Node:
    """A numbered point that is open while its sub-points are read."""

    rank: int
    kind: str
    label: str
    addressee: DraftAddressee | None = None
    heading: bool = False
    skip: bool = False
    asked: bool = False
    hidden: bool = False
    led: bool = False
    coordinating: list[str] = field(default_factory=list)
    period: Period | None = None
    sibling: DraftAddressee | None = None
