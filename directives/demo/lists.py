"""Lists that the people of the story have kept for themselves."""

from __future__ import annotations

from collections.abc import Mapping

from agencies.models import User
from directives.actions.saved_views import save_view

KEPT = (
    ("thuongtruc", "Quá hạn, theo cơ quan (minh hoạ)", "so=qua-han&xep=co-quan"),
    ("thuongtruc", "Theo Quyết định 281/QĐ-UBND (minh hoạ)", "vien-dan=281%2FQ%C4%90-UBND"),
    ("lanhdao", "Nhiệm vụ quá hạn (minh hoạ)", "so=qua-han&xem=nhiem-vu"),
)


def tell(people: Mapping[str, User]) -> None:
    """Each as its owner would have saved it."""
    for who, name, query in KEPT:
        save_view(name=name, query=query, by=people[who])
