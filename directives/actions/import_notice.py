"""From the text of a notice to a directive with its tasks and assignments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agencies import registers
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives import notices
from directives.actions.fill_in import fill_in
from directives.actions.locking import require_keeper
from directives.actions.notice_rows import NoticeRows, told
from directives.actions.read_fields import fits, one_line
from directives.actions.turnstile import one_at_a_time
from directives.models import Directive

# About 200 pages, and more tasks than any document gives: what is larger is no notice, and reading or keeping
# it would hold a web worker for minutes.
MAX_CHARS = 500_000
MAX_TASKS = 500
# What makes a document one of its kind.
IDENTITY = {"number": "số", "symbol": "ký hiệu", "issued_on": "ngày ban hành"}


@dataclass(frozen=True)
class Imported:
    """The directive; whether this import made it (False: it was here already); whether the text here is another;
    whether it was known only from an old tracking workbook, and has its text now.
    """

    directive: Directive
    created: bool
    differs: bool = False
    is_filled: bool = False


class Incomplete(Refused):
    """The text says what is to be done, but not its own number, symbol or date: the paper does.

    `read`: what of the three it says; `missing`: names of those that are still to be told.
    """

    def __init__(self, read: dict[str, Any], missing: list[str]) -> None:
        super().__init__(f"Chưa đọc được {_words(missing)} trong văn bản, nên chưa lưu gì.")
        self.read, self.missing = read, missing


def import_notice(
    *,
    text: str,
    name: str = "",
    by: User | None,
    day: date,
    original: bytes = b"",
    is_illustrative: bool = False,
    number: str = "",
    symbol: str = "",
    issued_on: date | None = None,
) -> Imported:
    """Read a notice and keep it as a draft. Raises the reader's errors, or Refused; nothing is half-saved.

    `number`, `symbol` and `issued_on` are what the paper says; they count only where the text says nothing, and
    Incomplete is raised where neither does. The same three a second time, or the same text, gives the directive
    that is here, unchanged; one that only an old tracking workbook knew gets its text (docs/decisions/020).
    """
    require_keeper(by)
    read = _read(text)
    notice = _completed(read, one_line(number), one_line(symbol), issued_on)
    with acting(by, "import_notice", day):
        # Two documents at once may be the same, or name the same new body.
        one_at_a_time("import_notice")
        if found := _existing(notice):
            if found.book_id is None:
                return Imported(found, False, differs=found.text != notice.text)
            return Imported(fill_in(found, notice, told(notice, name, original), by=by, day=day), False, is_filled=True)
        identity = _identity(notice, read)
        registers.ensure_register(notice.place, by=by, day=day, on=notice.issued_on)
        made = Directive.objects.create(
            **identity,
            **{"doc_type": "Văn bản"} | told(notice, name, original),
            is_illustrative=is_illustrative,
            created_on=day,
            created_by=by,
        )
        NoticeRows(made, notice, by=by, day=day).write()
        return Imported(made, True)


def _read(text: str) -> notices.Notice:
    if len(text) > MAX_CHARS:
        raise Refused("Văn bản dài quá 500.000 ký tự (khoảng 200 trang) nên không được đọc. Xin kiểm tra lại tệp.")
    notice = notices.read(text)
    if (count := sum(1 for _ in notice.tasks)) > MAX_TASKS:
        raise Refused(f"Đọc được tới {count} nhiệm vụ, nhiều bất thường, nên chưa lưu gì. Xin kiểm tra lại tệp.")
    return notice


def _completed(notice: notices.Notice, number: str, symbol: str, issued_on: date | None) -> notices.Notice:
    """The notice with what the paper says, where its text does not; what was read stays."""
    return replace(
        notice,
        number=_fitting("number", notice.number) or _fitting("number", number),
        symbol=_fitting("symbol", notice.symbol) or _fitting("symbol", symbol),
        issued_on=notice.issued_on or issued_on,
    )


def _fitting(name: str, value: str | None) -> str | None:
    return value if fits(Directive, name, value) else None


def _existing(notice: notices.Notice) -> Directive | None:
    """What is here already: under the same identity; or the same text, whose number was corrected since."""
    kept = Directive.objects.kept()
    same = kept.filter(**{name: getattr(notice, name) for name in IDENTITY})
    return same.first() or kept.filter(book=None, text=notice.text).first()


def _identity(notice: notices.Notice, read: notices.Notice) -> dict[str, Any]:
    """Number, symbol and date. Raises Incomplete where one is missing; Refused where no work was found either."""
    identity = {name: getattr(notice, name) for name in IDENTITY}
    missing = [name for name, value in identity.items() if not value]
    if not any(notice.tasks):
        words = _words(missing, "đơn vị được giao và nhiệm vụ")
        raise Refused(f"Chưa đọc được {words} trong văn bản, nên chưa lưu gì. Xin kiểm tra lại tệp.")
    if missing:
        in_text = _completed(read, "", "", None)
        raise Incomplete({name: value for name in IDENTITY if (value := getattr(in_text, name))}, missing)
    return identity


def _words(missing: list[str], *more: str) -> str:
    return ", ".join([*(IDENTITY[name] for name in missing), *more])
