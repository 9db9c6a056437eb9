"""Where a webhook may go: the one rule against being led elsewhere (SSRF).

The administrator of the machine names the gateways, exactly, in `KTTT_WEBHOOK_HOSTS`; nobody reaches anything else.
A gateway of the province often stands in the province's own network, so an address there is as good as a public one:
TLS proves that whoever answers is the host that was named. This machine itself, and what clouds tell of themselves
at link-local addresses, are never reached. Without TLS only one's own network is: nothing crosses the Internet bare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from agencies.errors import Refused

PORTS = {"https": 443, "http": 80}
LONGEST = 500
# ASCII without spaces and controls; a backslash is a slash to some readers of addresses and none to others.
_PLAIN = re.compile(r"[!-\[\]-~]+")
_OWN_NETWORKS = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
# IPv6 addresses that carry an IPv4 one to a translator (6to4, Teredo; NAT64 is reserved), and what clouds keep here.
_NEVER = tuple(map(ip_network, ("2002::/16", "2001::/32", "fd00:ec2::/32", "192.0.0.0/24")))


@dataclass(frozen=True)
class Gateway:
    """One entry of the list: scheme, host in small letters (no brackets around IPv6), port."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{'http://' if self.scheme == 'http' else ''}{host}{port}"

    @property
    def header(self) -> str:
        """What the Host header says."""
        return str(self).removeprefix("http://")


@dataclass(frozen=True)
class Target:
    """An address taken apart once: whatever connects uses these parts and reads the text no second time."""

    gateway: Gateway
    path: str


def gateways() -> list[Gateway]:
    """Those that the administrator named, in their order; an entry that cannot be read allows nothing."""
    return [found for entry in _entries() if (found := _gateway(entry))]


def target(url: str) -> Target:
    """The address in parts. Raises Refused, naming `url`, with what is wrong with it or why it may not be reached."""
    if len(url) > LONGEST or not _PLAIN.fullmatch(url):
        raise Refused(f"Địa chỉ chỉ gồm chữ không dấu, số, ký hiệu, không quá {LONGEST} ký tự.", "url")
    parts = _split(url)
    found = parts and _of(parts)
    if not parts or not found or parts.fragment:
        raise Refused("Địa chỉ phải có dạng https://tên-máy-chủ/đường-dẫn, không kèm tên đăng nhập.", "url")
    if found not in gateways():
        words = f"Máy chủ {found} không có trong danh sách được phép. Xin hỏi quản trị viên."
        raise Refused(words, "url")
    path = parts.path or "/"
    return Target(found, f"{path}?{parts.query}" if parts.query else path)


def may_reach(gateway: Gateway, address: str) -> bool:
    """Whether this gateway, found at this IP address, may be spoken to."""
    ip = ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_loopback:
        return bool(settings.DEMO)
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local or ip.is_reserved or _within(ip, _NEVER):
        return False
    return _within(ip, _OWN_NETWORKS) or (ip.is_global and gateway.scheme == "https")


def _within(ip: IPv4Address | IPv6Address, networks: Sequence[Any]) -> bool:
    return any(ip in network for network in networks)


def _entries() -> list[str]:
    return [entry.strip() for entry in settings.WEBHOOK_HOSTS if entry.strip()]


def _gateway(entry: str) -> Gateway | None:
    parts = _split(entry if "://" in entry else f"https://{entry}") if _PLAIN.fullmatch(entry) else None
    if not parts or parts.path not in ("", "/") or parts.query or parts.fragment:
        return None
    return _of(parts)


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _of(parts: SplitResult) -> Gateway | None:
    """None where there is a user before the host, another scheme, no host, or no port of that number."""
    try:
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or port == 0:
        return None
    return Gateway(parts.scheme, parts.hostname, port or PORTS[parts.scheme])


@register()
def readable_gateways(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each entry of the list that means nothing: better told before the start than found later."""
    return [
        Error(f"KTTT_WEBHOOK_HOSTS: không hiểu “{entry}”.", hint="Ví dụ: sms.vidu.vn:8443", id="directives.E001")
        for entry in _entries()
        if not _gateway(entry)
    ]
