"""How the columns and words of an old workbook are matched: what staff chose, kept as plain JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from directives.models import OldBook
from directives.workbooks.legacy.fields import NEEDED, guess
from directives.workbooks.legacy.grid import Page
from directives.workbooks.legacy.heads import Head, find_head, read_head


@dataclass(frozen=True)
class Matching:
    """`first`, `last`: the rows of the head. `columns`: by the name of what they hold. `fills`: blank cells of
    documents and bodies say what the row above says. `directive`: of rows that name no document. `states`: by
    `states.key`; `agencies`: keys of agencies by `names.key`. `left`: rows with a problem that stay out; `taken`:
    rows that say what is there already and come in all the same.
    """

    sheet: int = 0
    first: int = 1
    last: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    fills: bool = True
    directive: int | None = None
    states: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, int] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return all(name in self.columns for name in NEEDED)

    @classmethod
    def of(cls, book: OldBook) -> Matching:
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in book.mapping.items() if name in known})

    def dump(self) -> dict[str, Any]:
        return asdict(self)


def head_of(page: Page, matching: Matching) -> Head:
    """The head as it is chosen; without words where nothing stands there."""
    return read_head(page, matching.first, matching.last) or Head(matching.first, matching.last, {})


def propose(sheets: list[Page], wanted: int | None = None) -> tuple[Matching, str]:
    """A first matching of one of the sheets, the one with the best head unless one is `wanted`; and its head's key.

    What staff chose for such a head the last time goes first.
    """
    heads = {place: head for place, page in enumerate(sheets) if (head := find_head(page))}
    if wanted is None:
        wanted = max(heads, key=lambda place: len(guess(heads[place].words)), default=0)
    head = heads.get(wanted)
    if head is None:
        return Matching(sheet=wanted), ""
    found = Matching(wanted, head.first, head.last, guess(head.words))
    return remembered(found, head.key), head.key


def remembered(matching: Matching, head_key: str) -> Matching:
    """With the columns and words that were last chosen for a table with such a head."""
    last = OldBook.objects.filter(head_key=head_key).exclude(head_key="").order_by("-pk").first() if head_key else None
    if last is None:
        return matching
    chosen = Matching.of(last)
    return replace(matching, columns=chosen.columns, fills=chosen.fills, states=chosen.states, agencies=chosen.agencies)
