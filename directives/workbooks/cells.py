"""One cell of an uploaded sheet, and what may be taken from it: words, a day, a tick, a percentage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils import get_column_letter

from agencies.errors import Refused
from directives.notices.files import normalised

Value = str | int | float | bool | date | None

_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00:00)?")
_TICKS = frozenset({"x", "có", "✓", "✔", "☑", "v", "1", "true", "đúng"})
_NO_TICKS = frozenset({"", "không", "0", "false", "sai", "-"})


class CellError(Refused):
    """What a cell holds cannot be taken; the message names it ("Ô D7: …")."""

    def __init__(self, cell: Cell, message: str) -> None:
        super().__init__(f"Ô {cell.name}: {message}")
        self.cell = cell
        self.said = message


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the file holds it. A formula's value is what the spreadsheet program last worked out.

    `problem`: why there is no value where the file has something ("công thức chưa được tính"); taking anything from
    such a cell raises CellError.
    """

    row: int
    column: int
    value: Value = None
    is_percent: bool = False
    is_formula: bool = False
    problem: str = ""

    @property
    def name(self) -> str:
        """As people call it: "D7"."""
        return f"{self.letter}{self.row}"

    @property
    def letter(self) -> str:
        return get_column_letter(self.column)

    @property
    def is_blank(self) -> bool:
        return not self.problem and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    def text(self) -> str:
        """What one reads there: NFC, trimmed; days as 20/11/2023, numbers with a comma, 0.85 as 85% where so shown."""
        self._require_value()
        value = self.value
        if isinstance(value, bool):
            return "Đúng" if value else "Sai"
        if isinstance(value, datetime):
            return f"{value:%d/%m/%Y %H:%M}"
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, int | float):
            return f"{_decimal(value * 100)}%" if self.is_percent else _decimal(value)
        return normalised(value).strip() if value else ""

    def day(self) -> date | None:
        """A real date, or words that are one (20/11/2023, 5.4.2023, "ngày 05/4/2023"); None where blank."""
        if self.is_blank:
            return None
        self._require_value()
        if isinstance(self.value, datetime):
            return self._sane(self.value.date())
        if isinstance(self.value, date):
            return self._sane(self.value)
        if found := _DAY.fullmatch(self.text()):
            numbers = [int(each) for each in reversed(found.groups())]
        elif found := _ISO.fullmatch(self.text()):
            numbers = [int(each) for each in found.groups()]
        else:
            raise CellError(self, "không phải ngày. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 20/11/2023.")
        try:
            return self._sane(date(*numbers))
        except ValueError as error:
            if isinstance(error, CellError):
                raise
            raise CellError(self, f"không có ngày “{self.text()[:40]}”. Xin ghi theo mẫu 20/11/2023.") from error

    def _sane(self, day: date) -> date:
        if not 1945 <= day.year <= 2100:
            raise CellError(self, f"năm {day.year} không đúng. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 20/11/2023.")
        return day

    def ticked(self) -> bool:
        """Whether an "x" stands there; blank, "không" and 0 are none."""
        word = "" if self.is_blank else ("x" if self.value is True else self.text().casefold())
        if word in _TICKS:
            return True
        if word in _NO_TICKS:
            return False
        raise CellError(self, f"xin ghi “x” hoặc để trống, không ghi “{self.text()[:40]}”.")

    def percentage(self) -> str:
        """A number of per cent as typed ("85"): from 85, 85%, "85 %"; empty where blank."""
        return self.text().rstrip("%").strip()

    def _require_value(self) -> None:
        if self.problem:
            raise CellError(self, self.problem)


def _decimal(value: float) -> str:
    """As Excel shows it: fifteen digits, no exponent, a comma."""
    return f"{Decimal(f'{value:.15g}').normalize():f}".replace(".", ",")
