"""What a channel is: one small class. A new one stands in `channels/__init__.py`, and nothing else changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.db import models

from agencies.models import User
from directives.models import Office, Reminder
from directives.reminders.audience import Audience, Hears
from directives.reminders.failures import Failure


class Reach(NamedTuple):
    """One way to one person, for what they hear at one step."""

    step: str
    about: int
    recipient: int
    endpoint: int
    channel: str


class Unreachable(Exception):
    """No conversation with the other side comes about, so nothing can leave by this channel."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.words)
        self.failure = failure


@dataclass(frozen=True)
class Parcel:
    """What leaves together: to whom, under which name (the same at every repeat), on which day."""

    to: Any
    digest: UUID
    day: date
    rows: Sequence[Reminder] = ()
    is_doubtful: bool = False  # it may have got through before, and is repeated

    @property
    def seen(self) -> set[tuple[Any, ...]]:
        """What was seen of each assignment when the parcel was claimed (`deliver.begin`)."""
        rows = (row.assignment for row in self.rows)
        return {(row.pk, row.life, row.deadline, row.version) for row in rows if row}


class Channel(ABC):
    """A way to people. As it stands its rows are there to be looked at; what leaves is an Outgoing."""

    name: ClassVar[str]
    # What is not urgent is left out for those who do not want it.
    respects_opt_outs: ClassVar[bool] = True

    @abstractmethod
    def reaches(self, audience: Audience, heard: Sequence[Hears], office: Office) -> Iterator[Reach]:
        """Whom it reaches of those who hear."""


class Outgoing(Channel):
    """One by which parcels leave: a conversation is begun when needed, and anew after a parcel that broke it."""

    # The field of a row that names to whom it is owed, and the rows that it names.
    holder: ClassVar[str] = "recipient"
    holders: ClassVar[type[models.Model]] = User

    def connect(self) -> None:
        """See to it that the other side listens. Raises Unreachable."""

    @abstractmethod
    def send(self, parcel: Parcel) -> None:
        """Returns once the other side has taken it; raises whatever came in between."""

    @abstractmethod
    def failure(self, error: Exception) -> Failure:
        """What an error of `send` means."""

    def taken(self, parcel: Parcel) -> None:
        """The other side has taken it, and that is written down."""

    def refused(self, parcel: Parcel) -> None:
        """The other side will never take anything at this address, and that is written down."""

    def hang_up(self) -> None:
        """A farewell that fails undoes nothing."""
