"""A list with its filters, kept by one person under a name."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from agencies.errors import Refused
from agencies.models import User
from directives.models import SavedView

MOST = 50


def save_view(*, name: str, query: str, by: User) -> SavedView:
    """Keep `query` (what stands behind "?") under `name`. Raises Refused: no name, one that is taken, too many."""
    view = SavedView(user=by, query=query, name=_name(name))
    same = by.saved_views.filter(name=view.name, query=query)
    if by.saved_views.count() >= MOST and not same.exists():
        raise Refused(f"Mỗi người lưu nhiều nhất {MOST} bộ lọc. Xin xóa bớt một bộ lọc.", "name")
    try:
        return _written(view)
    except Refused:
        # A second press is the same view.
        if found := same.first():
            return found
        raise


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Give it another name. Raises Refused as `save_view`."""
    view.name = _name(name)
    return _written(view)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("Xin đặt tên cho bộ lọc.", "name")
    return name


def _written(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused(f"Đã có bộ lọc tên “{view.name}”. Xin đặt tên khác.", "name") from None
    return view
