"""A mail server that delivers to nobody: each message becomes one .eml file.

Run as `python -m kttt_tracker.local.mail_sink FOLDER PORT`.
"""

import asyncio
import os
import signal
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from kttt_tracker.local.net import LOCALHOST

MAX_MESSAGE = 40 * 1024 * 1024


class Sink:
    """Handler of aiosmtpd."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Store, then answer 250: what the sender believes delivered is on disk."""
        content = envelope.content or b""
        self.store(content if isinstance(content, bytes) else content.encode(), envelope)
        return "250 OK"

    def store(self, content: bytes, envelope: Envelope) -> Path:
        """Written aside and renamed, so a reader never sees half a message. Names sort by time."""
        path = self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{uuid.uuid4().hex[:8]}.eml"
        draft = path.with_suffix(".part")
        recipients = ", ".join(str(address) for address in envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n"
        with open(draft, "wb", opener=_private) as file:
            file.write(head.encode() + content)
        draft.rename(path)
        return path


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


async def serve(folder: Path, port: int) -> None:
    """Until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    sink = Sink(folder)
    server = await loop.create_server(
        lambda: SMTP(sink, data_size_limit=MAX_MESSAGE, enable_SMTPUTF8=True, loop=loop), LOCALHOST, port
    )
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
