"""Two drafts about one task, of bodies that were merged, put together into one for the new body to go over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directives.actions.round_entries import LISTS, TICKS, Typed
from directives.models import RaisedTo

JOINED = ("result", "obstacle", "proposal")
REASONS = ("unchanged_why", "unchanged_more")
# Fields that together say one thing only; of two, the first body's stay and the other's are told in the result.
ONE_THING = {
    "Tỷ lệ đạt chỉ tiêu (%)": ("percent",),
    "Gửi kiến nghị tới": ("raised_to", "proposal_to"),
    "Văn bản kết quả": ("document_number", "document_on", "document_signer", "document_summary"),
    "Không có minh chứng, lý do": ("no_evidence_reason",),
}


def put_together(one: Typed, other: Typed) -> dict[str, Any]:
    """Nothing is lost of either, and nothing is claimed that only one of them claims."""
    one, other = _plain(one, other), _plain(other, one)
    made: dict[str, Any] = {name: _lines(one.get(name), other.get(name)) for name in JOINED}
    made |= {name: bool(one.get(name) and other.get(name)) for name in TICKS}
    # Duties bind each body by itself, so what one has done is done; files may be unticked.
    made |= {name: list(dict.fromkeys([*one.get(name, ()), *other.get(name, ())])) for name in LISTS}
    made |= {name: one.get(name, "") for name in REASONS}
    for label, fields in ONE_THING.items():
        first, second = ([typed.get(name) or "" for name in fields] for typed in (one, other))
        made |= dict(zip(fields, first if any(first) else second, strict=True))
        if any(first) and any(second) and first != second:
            made["result"] = _lines(made["result"], f"{label}: {_words(second)}")
    if brought := dict.fromkeys(filter(None, (one.get("from"), other.get("from")))):
        made["from"] = ", ".join(brought)
    return made


def _plain(typed: Typed, other: Typed) -> Typed:
    """ "Không thay đổi" holds for the same reason only; else the reason is told as a result."""
    same = other.get("unchanged") and _reasons(typed) == _reasons(other)
    if not typed.get("unchanged") or same:
        return typed
    told = f"Không thay đổi: {'; '.join(filter(None, _reasons(typed)))}"
    return {**typed, "unchanged": False, "result": _lines(typed.get("result"), told), **dict.fromkeys(REASONS, "")}


def _reasons(typed: Typed) -> list[str]:
    return [typed.get(name) or "" for name in REASONS]


def _lines(*texts: str | None) -> str:
    """A line each; what both say stands there once."""
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _words(values: Iterable[str]) -> str:
    named = dict(RaisedTo.choices)
    return ", ".join(named.get(value, value) for value in values if value)
