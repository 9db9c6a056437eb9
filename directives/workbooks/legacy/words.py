"""The words of a book that staff match once its columns are: states, and names that the register does not know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from agencies.models import Agency
from agencies.names import key as name_key
from directives.models import OldBook
from directives.workbooks.legacy import states
from directives.workbooks.legacy.bodies import Bodies
from directives.workbooks.legacy.days import read_days
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.papers import named_in
from directives.workbooks.legacy.plan import read_rows
from directives.workbooks.legacy.rows import Raw


@dataclass(frozen=True)
class Word:
    """One that is to be matched: its key, as it is written, the rows in which it stands, what it means so far."""

    key: str
    written: str
    rows: tuple[int, ...]
    means: str


@dataclass(frozen=True)
class Words:
    """States, all of them; names of bodies, those that nobody is known by or that staff matched before."""

    states: list[Word]
    names: list[Word]

    @property
    def is_matched(self) -> bool:
        return all(word.means for word in (*self.states, *self.names))

    @property
    def unknown(self) -> int:
        """How many names nobody is known by."""
        return sum(not word.means for word in self.names)


def words_of(book: OldBook) -> Words:
    """What the rows of the book say, with what is chosen or guessed."""
    matching = Matching.of(book)
    rows = read_rows(book, matching).rows
    return Words(_states(rows, matching), _names(rows, matching))


def with_guesses(book: OldBook) -> OldBook:
    """The book (not saved) with a meaning for each state that can be guessed; what is chosen stays."""
    matching = Matching.of(book)
    guessed = {word.key: word.means for word in words_of(book).states if word.means}
    book.mapping = replace(matching, states=guessed | matching.states).dump()
    return book


def _states(rows: Iterable[Raw], matching: Matching) -> list[Word]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        written = " ".join(row.text("state").split())
        found.setdefault(states.key(written), []).append((written, row.number))
    return [
        Word(key, said[0][0], tuple(number for _, number in said), matching.states.get(key) or states.guess(said[0][0]))
        for key, said in found.items()
    ]


def _names(rows: Iterable[Raw], matching: Matching) -> list[Word]:
    bodies = Bodies(matching.agencies)
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        days = read_days(row.square("issued_on")).days
        named = [each.issued_on for each in named_in(row.text("number"))]
        on = days[0] if days else next(iter(named), None)
        for name in bodies.names(row.heading or row.text("agencies"), on):
            if name_key(name) in matching.agencies or bodies.find(name, on) is None:
                found.setdefault(name_key(name), []).append((name, row.number))
    known = set(Agency.objects.values_list("pk", flat=True))
    return [
        Word(key, said[0][0], tuple(number for _, number in said), _chosen(matching.agencies.get(key), known))
        for key, said in found.items()
    ]


def _chosen(pk: int | None, known: set[int]) -> str:
    return str(pk) if pk in known else ""
