"""A real mail server on 127.0.0.1 that keeps what it took, and that can refuse, hang, drop and be away."""

import asyncio
import email
import email.policy
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller


@dataclass
class Taken:
    """One message that the server answered with 250, or would have."""

    to: list
    content: bytes

    @property
    def mail(self):
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def id(self):
        return self.mail["Message-ID"]

    @property
    def text(self):
        return self.mail.get_body(("plain",)).get_content()

    @property
    def html(self):
        return self.mail.get_body(("html",)).get_content()


@dataclass
class Server:
    """`refusals`: address -> answer to RCPT. `data_answer`: instead of 250. `hang`: seconds before an answer.

    `drops`: take that many messages and close the line instead of saying so.
    """

    port: int
    taken: list = field(default_factory=list)
    refusals: dict = field(default_factory=dict)
    data_answer: str = ""
    hang: float = 0
    drops: int = 0
    controller: Controller | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.refusals.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data_answer:
            return self.data_answer
        self.taken.append(Taken(list(envelope.rcpt_tos), envelope.content))
        if self.drops:
            self.drops -= 1
            server.transport.abort()
        await asyncio.sleep(self.hang)
        return "250 OK"

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
        self.controller = None

    def to(self, address):
        return [taken for taken in self.taken if address in taken.to]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(settings):
    """A running server, and Django sending to it."""
    server = Server(free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    server.start()
    try:
        yield server
    finally:
        server.stop()
