"""The way to the mail server: one conversation for many mails."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from directives.reminders import failures
from directives.reminders.failures import Failure

log = logging.getLogger(__name__)


class Unreachable(Exception):
    """No conversation with the mail server comes about."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.words)
        self.failure = failure


class Post:
    """A conversation that is begun when needed, and anew after a mail that broke it."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def connect(self) -> None:
        """See to it that the server listens. Raises Unreachable."""
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

    def send(self, mail: EmailMessage) -> None:
        """Returns once the server has taken the mail; raises whatever came in between."""
        mail.connection = self.connection
        mail.send()

    def hang_up(self) -> None:
        """A farewell that fails undoes nothing."""
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
