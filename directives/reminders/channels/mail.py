"""By e-mail: one conversation with the server for many mails."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from agencies.addresses import mark_refused, mark_taken
from directives.models import ChannelName, Office, Step
from directives.reminders import failures
from directives.reminders.audience import Audience, Hears
from directives.reminders.channels.base import Outgoing, Parcel, Reach, Unreachable
from directives.reminders.digest import message, sender
from directives.reminders.failures import Failure

log = logging.getLogger(__name__)


class Mail(Outgoing):
    name = ChannelName.MAIL

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None
        self.sender = ""

    def reaches(self, audience: Audience, heard: Sequence[Hears], office: Office) -> Iterator[Reach]:
        """Who has an address; heads of agencies only once the office has switched that on."""
        silent = () if office.mails_heads else (Step.HEAD, Step.APPROVER)
        for one in heard:
            if audience.addresses.get(one.recipient) and one.step not in silent:
                yield Reach(*one, 0, self.name)

    def connect(self) -> None:
        if self.connection and self._listens():
            return
        self.hang_up()
        connection = get_connection()
        try:
            connection.open()
        except Exception as error:
            failure = failures.unreachable(error)
            log.warning("reminders wait: %s", failure.words)
            raise Unreachable(failure) from error
        self.connection = connection

    def send(self, parcel: Parcel) -> None:
        self.sender = self.sender or sender()  # for all mails of one run
        mail = message(parcel.to, parcel.digest, parcel.day, self.sender)
        mail.connection = self.connection
        mail.send()

    def failure(self, error: Exception) -> Failure:
        return failures.of_sending(error)

    def taken(self, parcel: Parcel) -> None:
        mark_taken(parcel.to, parcel.day)

    def refused(self, parcel: Parcel) -> None:
        mark_refused(parcel.to, parcel.day)

    def hang_up(self) -> None:
        connection, self.connection = self.connection, None
        with suppress(Exception):
            if connection is not None:
                connection.close()

    def _listens(self) -> bool:
        """Servers close a conversation after some mails or minutes; asked first, no mail fails by it."""
        smtp = getattr(self.connection, "connection", None)
        try:
            return smtp is None or smtp.noop()[0] == 250
        except OSError:
            return False
