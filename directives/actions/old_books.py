"""An old tracking workbook before it is brought in: kept as read, matched by staff, thrown away or swept away."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives import notices
from directives.actions.locking import require_keeper
from directives.models import OldBook

# A number with its symbol, and the word that follows it.
_STAMPED = re.compile(r"\d\s*/\s*[\w&\-–]+[^\w\n]{1,5}((?:TUYỆT |TỐI |Tuyệt |Tối )?[Mm](?:ẬT|ật)\b)")


def keep_old_book(
    *, name: str, sha256: str, cells: dict[str, Any], head_key: str, mapping: dict[str, Any], by: User, day: date
) -> OldBook:
    """Keep what a file says, as a draft. A secret document leaves nothing (design, section 3.13): raises Refused."""
    require_keeper(by)
    _refuse_secret(cells)
    with acting(by, "keep_old_book", day):
        return OldBook.objects.create(
            name=name[:255],
            sha256=sha256,
            cells=cells,
            head_key=head_key,
            mapping=mapping,
            uploaded_on=day,
            uploaded_by=by,
        )


def match_old_book(*, book: OldBook, mapping: dict[str, Any], head_key: str, by: User, day: date) -> OldBook:
    """Keep how the columns and words of a draft are matched. Raises Refused once it is brought in."""
    require_keeper(by)
    with acting(by, "match_old_book", day):
        row = locked_draft(book)
        row.mapping, row.head_key = mapping, head_key
        row.save(update_fields=["mapping", "head_key", "touched_at"])
        return row


def drop_old_book(*, book: OldBook, by: User, day: date) -> None:
    """Throw a draft away. Raises Refused once it is brought in."""
    require_keeper(by)
    with acting(by, "drop_old_book", day):
        locked_draft(book).delete()


def sweep_old_books(moment: datetime, day: date) -> int:
    """Delete the drafts that were left; gives how many. One that somebody is at work on stays."""
    with acting(None, "sweep_old_books", day):
        left = OldBook.objects.expired(moment).order_by("pk").select_for_update(of=("self",), skip_locked=True)
        OldBook.objects.filter(pk__in=(keys := list(left.values_list("pk", flat=True)))).delete()
        return len(keys)


def locked_book(book: OldBook) -> OldBook:
    """The book under a row lock. Raises Refused where it was thrown or swept away meanwhile."""
    row = OldBook.objects.select_for_update(of=("self",)).filter(pk=book.pk).first()
    if row is None:
        raise Refused("Sổ này vừa được bỏ, không còn ở đây.")
    return row


def locked_draft(book: OldBook) -> OldBook:
    """The draft under a row lock."""
    row = locked_book(book)
    if not row.is_draft:
        raise Refused("Sổ này đã được đưa vào, nên không còn sửa hoặc bỏ được.")
    return row


def _refuse_secret(cells: dict[str, Any]) -> None:
    """A stamp in a cell or behind a number ("12/BC-UBND (MẬT)"), whatever the size of the file.

    `refuse_secret_file` knows cells only, and does not unpack a very large file.
    """
    squares = (square for sheet in cells["sheets"] for _, row in sheet["rows"] for square in row.values())
    said = [each for each in squares if isinstance(each, str)]
    said += [stamp for each in said for stamp in _STAMPED.findall(each)]
    try:
        notices.refuse_secret("\n".join(said), anywhere=True)
    except notices.SecretDocument as error:
        raise Refused(str(error)) from error
