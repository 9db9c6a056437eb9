"""Hands a message to a gateway of chat or SMS: signed, to the address that was checked, and to no other.

The signature is that of Standard Webhooks (docs/webhook.md), three lines over the standard library's `hmac`. The line
is `http.client`'s: it follows no redirect, reads no proxy from the environment, repeats nothing by itself, and takes a
socket that is connected already, so that no name is resolved a second time between the check and the use.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from time import monotonic, time
from typing import Any
from uuid import UUID

from django.utils.html import strip_tags

from agencies.errors import Refused
from agencies.masking import without_secrets
from agencies.models import Agency
from directives import gateways
from directives.gateways import Gateway, Target
from directives.models.endpoint import PREFIX, Endpoint

# Seconds: for the name and for each address behind it; for each silence afterwards; for all of it.
CONNECT, READ, TOTAL = 5.0, 10.0, 20.0
READ_BYTES, SHOWN = 2048, 200
# What an answer means, by its number or by its first digit.
MEANS = {
    401: "không chấp nhận chữ ký; xin kiểm tra khóa ký đã đặt ở cổng",
    403: "không cho phép gửi",
    404: "không có đường dẫn này",
    410: "đường dẫn này không còn dùng",
    429: "đang nhận quá nhiều tin",
    3: "đòi chuyển sang địa chỉ khác; chương trình không đi theo",
    5: "đang gặp sự cố",
}


class Undelivered(Exception):
    """The gateway has not said that it took the message; `str` says why, in Vietnamese."""


class Unreached(Undelivered):
    """No conversation came about: nothing was sent."""


class Unanswered(Undelivered):
    """The line broke after the sending began: it may have been taken."""


class Answered(Undelivered):
    """The gateway answered, and not that it took the message. `said`: its own words."""

    def __init__(self, status: int, said: str) -> None:
        means = MEANS.get(status) or MEANS.get(status // 100)
        super().__init__(" – ".join(filter(None, (f"Cổng tin nhắn trả lời mã {status}", means, said))))
        self.status = status


def deliver(endpoint: Endpoint, payload: dict[str, Any], message_id: UUID) -> int:
    """POST the payload; returns the status of the answer (2xx) once the gateway has taken it.

    `message_id` is the same at every repeat, so that the receiver drops doubles. Raises Undelivered, or Refused where
    the address may not be reached. Ends within TOTAL seconds, whatever the other side does.
    """
    until = monotonic() + TOTAL
    to = gateways.target(endpoint.url)
    body = json.dumps(payload, ensure_ascii=False).encode()
    with closing(_connected(to.gateway, until)) as line, _cut_off(line, until):
        _shake_hands(line, to.gateway)
        status, said = _post(line, to, body, _headers(endpoint, body, message_id))
    if not 200 <= status < 300:
        raise Answered(status, _cleaned(said, endpoint.secret))
    return status


def owner_of(endpoint: Endpoint) -> dict[str, Any]:
    """To whom a message is, as the payload names them."""
    owner = endpoint.owner
    if isinstance(owner, Agency):
        return {"agency": {"code": owner.code, "name": owner.name}}
    return {"person": {"name": str(owner)}}


def signature(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _headers(endpoint: Endpoint, body: bytes, message_id: UUID) -> dict[str, str]:
    timestamp = int(time())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "kttt-tracker",
        "Connection": "close",
        "webhook-id": str(message_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(endpoint.key, str(message_id), timestamp, body),
    }


def _connected(gateway: Gateway, until: float) -> socket.socket:
    """A line to the first address that answers; one that may not be reached among them, and none is tried."""
    found = _resolved(gateway)
    if not found or not all(gateways.may_reach(gateway, address[0]) for _, address in found):
        raise Refused(f"Máy chủ {gateway} đang trỏ đến một địa chỉ mạng không được phép.", "url")
    error: OSError = TimeoutError()
    for family, address in found:
        try:
            return _line(family, address, gateway, until)
        except OSError as failed:
            error = failed
    raise Unreached(f"Không kết nối được cổng tin nhắn {gateway}: {_said(error)}") from error


def _resolved(gateway: Gateway) -> list[tuple[int, Any]]:
    """Family and socket address of each IP address. Asked once, and not waited for longer than for a connection."""
    answer: SimpleQueue[list[Any] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(gateway.host, gateway.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.put(error if isinstance(error, OSError) else OSError(str(error)))

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=CONNECT)
    except Empty:
        found = TimeoutError()
    if isinstance(found, OSError):
        raise Unreached(f"Không tìm được máy chủ {gateway}: {_said(found)}") from found
    return [(family, address) for family, _, _, _, address in found]


def _line(family: int, address: Any, gateway: Gateway, until: float) -> socket.socket:
    """Connected, and for https ready to shake hands."""
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(min(CONNECT, max(until - monotonic(), 0.001)))
        line.connect(address)
        if gateway.scheme == "http":
            return line
        context = ssl.create_default_context()
        return context.wrap_socket(line, server_hostname=gateway.host, do_handshake_on_connect=False)
    except BaseException:
        line.close()
        raise


def _shake_hands(line: socket.socket, gateway: Gateway) -> None:
    """TLS, with the name that was allowed: from here on it is certain who answers."""
    try:
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
    except ssl.SSLCertVerificationError as error:
        words = f"Chứng chỉ TLS của cổng tin nhắn {gateway} không hợp lệ: {error.verify_message}"
        raise Unreached(words) from error
    except OSError as error:
        raise Unreached(f"Không lập được kết nối TLS với cổng tin nhắn {gateway}: {_said(error)}") from error


def _post(line: socket.socket, to: Target, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """The status of the answer and the beginning of its text."""
    line.settimeout(READ)
    connection = HTTPConnection(to.gateway.host, to.gateway.port)
    connection.auto_open, connection.sock = 0, line
    try:
        connection.request("POST", to.path, body, {"Host": to.gateway.header, **headers})
        response = connection.getresponse()
    except (OSError, HTTPException) as error:
        words = "Cổng tin nhắn không trả lời, có thể đã nhận hoặc chưa"
        raise Unanswered(f"{words}: {_said(error)}") from error
    with closing(response):
        try:
            return response.status, response.read(READ_BYTES)
        except (OSError, HTTPException):
            return response.status, b""  # what it said is known; the rest is only for words


@contextmanager
def _cut_off(line: socket.socket, until: float) -> Iterator[None]:
    """A timeout of a socket is one for each silence; who sends a letter every few seconds is cut off by this."""

    # A handle of its own: whoever closes the line first, no other file gets its number meanwhile.
    with socket.socket(fileno=os.dup(line.fileno())) as handle:

        def cut() -> None:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        timer = Timer(max(until - monotonic(), 0), cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _cleaned(said: bytes, secret: str) -> str:
    """The first words of an answer as plain text. Whoever sends our key back does not bring it onto a page."""
    text = strip_tags(said.decode("utf-8", "replace").replace(secret.removeprefix(PREFIX), "…"))
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return without_secrets(plain)[:SHOWN]


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "quá thời gian chờ"
    words = getattr(error, "strerror", None)
    return " ".join((words if isinstance(words, str) else str(error)).split())[:SHOWN] or type(error).__name__
