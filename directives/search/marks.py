"""The words that were asked for, marked where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from agencies.names import fold
from directives.search.words import Query

SNIPPET, BEFORE, LOOKED_AT = 160, 40, 300


class _Flat(dict[int, int]):
    """One folded letter for each letter, so that positions stay; a space for all else."""

    def __missing__(self, code: int) -> int:
        letter = fold(chr(code))
        self[code] = ord(letter) if re.fullmatch("[a-z0-9]", letter) else 32
        return self[code]


_FLAT = _Flat()
Span = tuple[int, int]


def marked(text: str, query: Query) -> SafeString:
    """The whole text, escaped, with <mark> around the words."""
    text = _one_line(text)
    return _marked(text, list(_spans(text, query)))


def snippet(text: str, query: Query, length: int = SNIPPET) -> SafeString:
    """About `length` characters around the place where most of the words stand together."""
    text = _one_line(text)
    spans = list(_spans(text, query))
    if len(text) <= length:
        return _marked(text, spans)
    start = _word_at(text, _best(text, spans, length) - BEFORE)
    end = _word_at(text, start + length, forwards=True)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{head}{_marked(text[start:end], inside)}{tail}")


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _spans(text: str, query: Query) -> Iterator[Span]:
    """Where the terms stand; neighbours with only a space between them are one."""
    if not query:
        return
    terms = sorted(query.terms, key=lambda term: -len(term.words))
    wanted = "|".join(" +".join(term.words) + ("[a-z0-9]*" if term.is_open else "") for term in terms)
    begun: Span | None = None
    for found in re.finditer(rf"\b(?:{wanted})\b", text.translate(_FLAT)):
        if begun and not text[begun[1] : found.start()].strip():
            begun = (begun[0], found.end())
            continue
        if begun:
            yield begun
        begun = found.span()
    if begun:
        yield begun


def _best(text: str, spans: list[Span], length: int) -> int:
    """The beginning of the stretch that holds the most marked letters; the first of equals."""
    near = spans[:LOOKED_AT]
    reach = length - BEFORE
    weighed = [(sum(b - a for a, b in near[i : i + 12] if b <= begin + reach), -i) for i, (begin, _) in enumerate(near)]
    return near[-max(weighed)[1]][0] if weighed else 0


def _word_at(text: str, place: int, *, forwards: bool = False) -> int:
    """The nearest border of a word from `place` on, back or forwards."""
    if place <= 0:
        return 0
    if place >= len(text):
        return len(text)
    found = text.find(" ", place) if forwards else text.rfind(" ", 0, place) + 1
    return len(text) if found < 0 else found


def _marked(text: str, spans: list[Span]) -> SafeString:
    pieces, at = [], 0
    for begin, end in spans:
        pieces += [escape(text[at:begin]), f"<mark>{escape(text[begin:end])}</mark>"]
        at = end
    return mark_safe("".join([*pieces, conditional_escape(text[at:])]))
