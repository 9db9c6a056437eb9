"""The WITH clause that the planning statement is made of: tables that Python fills, and tables that the ORM reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet


class Tables:
    """Named tables, each with its parameters, in the order in which they were added."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: list[Any] = []

    @property
    def text(self) -> str:
        return "WITH " + ",\n".join(self.parts)

    def rows(self, name: str, columns: Mapping[str, str], rows: Collection[tuple[Any, ...]]) -> None:
        """A table that Python fills; `columns`: names and types of PostgreSQL."""
        values = [list(each) for each in zip(*rows, strict=True)] if rows else [[] for _ in columns]
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        self.add(name, columns, f"SELECT * FROM unnest({arrays})", values)

    def query(self, name: str, columns: Collection[str], found: QuerySet) -> None:
        """A table that the ORM reads, so that its expressions have one home; its columns in this order."""
        sql, params = found.order_by().query.sql_with_params()
        self.add(name, columns, sql, params)

    def add(self, name: str, columns: Collection[str], sql: str, params: Collection[Any] = ()) -> None:
        self.parts.append(f"{name} ({', '.join(columns)}) AS MATERIALIZED ({sql})")
        self.params.extend(params)
