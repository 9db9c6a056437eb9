"""Account for every character: segments that cover the text without gap or overlap."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import pairwise

from .document import Segment


def segments_of(text: str, claims: Iterable[Segment]) -> tuple[Segment, ...]:
    """Partition the text; where claims overlap the later one holds. What nobody claims is blank or noise."""
    ordered = list(claims)
    owner = array("i", [-1]) * len(text)
    for index, claim in enumerate(ordered):
        start, end = max(0, claim.start), min(len(text), claim.end)
        if start < end:
            owner[start:end] = array("i", [index]) * (end - start)
    segments: list[Segment] = []
    for start, end in pairwise(_edges(owner)):
        if owner[start] >= 0:
            claim = ordered[owner[start]]
            segments.append(Segment(start, end, claim.kind, claim.ref))
        else:
            segments.append(Segment(start, end, "blank" if not text[start:end].strip(" \n\t\xa0") else "noise"))
    return tuple(segments)


def _edges(owner: array[int]) -> list[int]:
    if not owner:
        return [0]
    return [0, *(i for i in range(1, len(owner)) if owner[i] != owner[i - 1]), len(owner)]
