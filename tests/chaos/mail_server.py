"""The mail server of the trial: writes down each message it keeps, and makes a third of the people wait for theirs.

Run as `python -m tests.chaos.mail_server FILE PORT SEED TROUBLED SLOWEST LOSES_ANSWERS`: TROUBLED is the share
of people whose first attempts fail, by 450 or 421 or 550 to their address, 451 after the message or a line that is
dropped then; an answer takes up to SLOWEST seconds. With LOSES_ANSWERS 1 some messages are kept and the line is dropped
before the answer, as by a server that dies over it.
"""

import asyncio
import email
import email.policy
import hashlib
import json
import random
import re
import signal
import sys
import time
from collections import defaultdict

from aiosmtpd.smtp import SMTP

LINK = re.compile(r"/nhiem-vu/(\d+)/([\w-]+)/")
# How often each kind of trouble comes, of a hundred.
REFUSALS = {"450": 40, "421": 10, "550": 6, "451": 24, "drop": 10, "keep": 10}


class Mailbox:
    """Handler of aiosmtpd. What a person is in for depends on the seed and on how often somebody tried."""

    def __init__(self, file, seed, troubled, slowest, loses_answers):
        self.file = file
        self.seed, self.troubled, self.slowest, self.loses_answers = seed, troubled, slowest, loses_answers
        self.waiting = {}
        self.random = random.Random(seed)
        self.tried = defaultdict(int)

    def trouble(self, address):
        """The kinds of trouble that this person's next attempts meet."""
        if address not in self.waiting:
            lot = random.Random(f"{self.seed} {address}")
            kinds = {kind: share for kind, share in REFUSALS.items() if kind != "keep" or self.loses_answers}
            times = lot.choice((1, 1, 2)) if lot.random() < self.troubled else 0
            drawn = lot.choices(list(kinds), list(kinds.values()), k=times)
            # A second 550 would only make the trial longer: the pause after it is the longest of all.
            self.waiting[address] = ["550"] if "550" in drawn else drawn
        return self.waiting[address]

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.begun = time.time()
        trouble = self.trouble(address)
        if trouble and trouble[0] in ("450", "421", "550"):
            code = trouble.pop(0)
            self.note(refused=code, to=address)
            return f"{code} not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (address,) = envelope.rcpt_tos
        trouble = self.trouble(address)
        kind = trouble.pop(0) if trouble else "250"
        if kind in ("451", "drop"):
            self.note(refused=kind, to=address)
            if kind == "drop":
                server.transport.abort()
            return "451 not now"
        pause = self.random.uniform(0.001, self.slowest)
        self.note(**read(envelope.content), to=address, begun=envelope.begun, pause=pause, answered=kind == "250")
        await asyncio.sleep(pause)
        if kind == "keep":
            server.transport.abort()
        return "250 OK"

    def note(self, **facts):
        self.file.write(json.dumps({"at": time.time(), **facts}) + "\n")
        self.file.flush()


def read(content):
    """The id of a mail, the pages it names (key of the task, code of the agency), a digest of what a reader sees."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content()
    seen = mail["Subject"] + text + mail.get_body(("html",)).get_content()
    return {
        "id": mail["Message-ID"],
        "names": sorted(set(LINK.findall(text))),
        "body": hashlib.sha256(seen.encode()).hexdigest(),
    }


async def serve(mailbox, port):
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    server = await loop.create_server(lambda: SMTP(mailbox, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port)
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    path, port, seed, troubled, slowest, loses_answers = sys.argv[1:]
    with open(path, "a") as file:
        asyncio.run(serve(Mailbox(file, seed, float(troubled), float(slowest), loses_answers == "1"), int(port)))
