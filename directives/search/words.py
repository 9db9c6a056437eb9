"""What somebody typed, as words without tone marks, and as a condition of the database.

`kttt_words` (migration 0003) folds in the database what `words` folds here; a test holds them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.expressions import Col

from agencies.names import fold

MOST_CHARACTERS, MOST_WORDS = 200, 12
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("“”„«»", '"' * 5)


def words(text: str) -> list[str]:
    """The words of a text: folded, and whatever is neither letter nor digit parts them."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).split()


@dataclass(frozen=True)
class Term:
    """Words that must stand together. `is_open`: of the last one only the beginning was typed."""

    words: tuple[str, ...]
    is_open: bool = False

    @property
    def condition(self) -> str:
        return f"({' <-> '.join(self.words)}{':*' if self.is_open else ''})"


@dataclass(frozen=True)
class Query:
    """All of its terms must occur. False when nothing was asked."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def condition(self) -> str:
        """For to_tsquery; made of folded words only, so nothing that was typed can break it."""
        return " & ".join(term.condition for term in self.terms)


def parse(text: str) -> Query:
    """Words in any order, the last by its beginning; “in quotes” and a number like 281/QĐ-UBND stand together."""
    asked = text[:MOST_CHARACTERS].translate(_QUOTES)
    terms: list[Term] = []
    left, ends_open = MOST_WORDS, False
    for quoted, bare in _PIECE.findall(asked):
        found = words(quoted or bare)[:left]
        if found:
            terms.append(Term(tuple(found)))
            left, ends_open = left - len(found), not quoted
    # "mục 3" is not 30: one digit is a number, one letter the beginning of a word.
    if terms and ends_open and not re.fullmatch("[0-9]", terms[-1].words[-1]):
        terms[-1] = Term(terms[-1].words, is_open=True)
    return Query(tuple(terms))


class Matches(Func):
    """Whether the row that holds the column `path` (of whatever table) matches: `words` stands beside it."""

    output_field = models.BooleanField()

    def __init__(self, path: str, query: Query | str) -> None:
        condition = query.condition if isinstance(query, Query) else query
        super().__init__(F(path), Value(condition))

    def as_sql(self, compiler: Any, connection: Any, *unused: Any, **more: Any) -> tuple[str, Any]:
        column, condition = self.get_source_expressions()
        assert isinstance(column, Col)
        sql, params = compiler.compile(condition)
        table = compiler.quote_name_unless_alias(column.alias)
        return f"{table}.words @@ to_tsquery('simple', {sql})", params


def folded(path: str) -> Func:
    """The words of a column, folded by the database: for comparing numbers of documents."""
    return Func(F(path), function="kttt_words", output_field=models.TextField())
