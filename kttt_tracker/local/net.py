"""Ports of this machine, and a look at what answers there."""

import json
import socket
import time
import urllib.error
import urllib.request
from typing import Any

LOCALHOST = "127.0.0.1"


def free_port(host: str = LOCALHOST) -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as sock:
        sock.bind((host, 0))
        return int(sock.getsockname()[1])


def is_free(port: int, host: str = LOCALHOST) -> bool:
    with socket.socket() as sock:
        # As servers do: connections of a server that has just ended do not count.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
        except OSError:
            return False
    return True


def next_free_port(wanted: int, host: str = LOCALHOST, *, patience: float = 0) -> int:
    """`wanted`, or the first free one of the hundred after it; 0 asks for any.

    Waits `patience` seconds for `wanted` itself: an earlier run may just be ending.
    """
    if wanted == 0:
        return free_port(host)
    end = time.monotonic() + patience
    while not is_free(wanted, host) and time.monotonic() < end:
        time.sleep(0.2)
    for port in range(wanted, min(wanted + 100, 65_535)):
        if is_free(port, host):
            return port
    return free_port(host)


def get_json(url: str, timeout: float = 5) -> tuple[int, dict[str, Any]]:
    """Status and JSON body; 0 and {} when nobody answers, {} for a body that is something else."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, _parsed(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, _parsed(error.read())
    except OSError:
        return 0, {}


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
