"""Where the head of the table stands, in one row or two, and what each column is called there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from agencies.names import fold
from directives.workbooks.legacy.fields import guess
from directives.workbooks.legacy.grid import Page

# The head stands among the first rows, under the title of the book.
SEARCHED = 40
FEWEST = 3


@dataclass(frozen=True)
class Head:
    """The rows of the head, and the words of each column."""

    first: int
    last: int
    words: dict[int, str]

    @property
    def key(self) -> str:
        """Another table with these words in its head is the same kind of table."""
        said = "|".join(f"{column}:{' '.join(fold(words).split())}" for column, words in sorted(self.words.items()))
        return hashlib.sha256(said.encode()).hexdigest()


def find_head(page: Page) -> Head | None:
    """The row, or two rows, whose words name the most columns; None where fewer than three are named."""
    best, most = None, FEWEST - 1
    for number in sorted(page.rows)[:SEARCHED]:
        for last in (number, number + 1):
            head = read_head(page, number, last)
            # What is found in two rows must be more than what the first of them says alone.
            if head and (named := len(guess(head.words))) > most:
                best, most = head, named
    return best


def read_head(page: Page, first: int, last: int) -> Head | None:
    """The words of these rows, column by column; what stands over several columns belongs to each of them."""
    if first not in page.rows or last not in page.rows:
        return None
    words: dict[int, list[str]] = {column: [] for column in page.columns}
    for number in range(first, last + 1):
        over = ""
        for column in page.columns:
            said = _flat(page.square(number, column).text)
            over = said or over
            below = number < last and page.square(last, column).text
            if (said := said or (over if below else "")) and said not in words[column]:
                words[column].append(said)
    return Head(first, last, {column: " ".join(said) for column, said in words.items() if said})


def _flat(text: str) -> str:
    return " ".join(text.split())
