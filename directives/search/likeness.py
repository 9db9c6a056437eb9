"""Whether a new task says again what is still being done: by the pairs of words that two texts share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from directives.search.words import words

Key = TypeVar("Key")
# Words that every task of every notice has: they say who and how, not what.
_EMPTY = frozenset(
    words(
        "các của và là cho tại về theo với từ đến trong trên được để thực hiện triển khai chủ trì phối hợp địa bàn "
        "tỉnh sở ban ngành huyện thị xã thành phố ubnd ủy nhân dân đơn vị liên quan công tác tham mưu tiếp tục chỉ đạo "
        "tăng cường đẩy mạnh nâng hiệu quả nội dung nhiệm vụ"
    )
)
# Measured on real notices: tasks that say the same share 0.55 and more, others up to 0.48 (test_likeness.py).
ALIKE = 0.5
FEWEST = 5


def pairs(text: str) -> frozenset[tuple[str, str]]:
    """Neighbouring words of a text, without the words that say nothing."""
    telling = [word for word in words(text) if word not in _EMPTY]
    return frozenset(pairwise(telling))


def says_enough(text: str) -> bool:
    """Whether a text is long enough to be like another."""
    return len(pairs(text)) >= FEWEST


def likeness(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """0 to 1: which part of all their pairs they share. Texts of a few words are like nothing."""
    if min(len(one), len(other)) < FEWEST:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def alike(new: Iterable[tuple[Key, str]], known: Iterable[tuple[Key, str]]) -> Iterator[tuple[Key, Key]]:
    """For each of the new texts (with its key) the known one that is most like it, where one is alike."""
    standing = [(key, pairs(text)) for key, text in known]
    for key, text in new:
        mine = pairs(text)
        best = max(((likeness(mine, theirs), place) for place, (_, theirs) in enumerate(standing)), default=(0.0, 0))
        if best[0] >= ALIKE:
            yield key, standing[best[1]][0]
