"""The settings of the office: changed by an administrator, each change kept with who made it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.models import Issuer, Office

LETTERHEAD = ("parent_name", "name", "symbol", "place", "signs_as", "signer", "recipients", "report_addressees")
NUMBERS = (
    "soon_days",
    "mails_heads",
    "quiet_from",
    "quiet_until",
    "supplement_days",
    "silent_after",
    "extension_limit",
)
URGING = (
    "urging_issuer",
    "letter_symbol",
    "letter_recipients",
    "committee_name",
    "committee_symbol",
    "committee_signs_as",
    "chancery_name",
    "chancery_symbol",
    "chancery_signs_as",
)
CHANGEABLE = LETTERHEAD + NUMBERS + URGING
# Decree 30/2020/NĐ-CP, Annex I: capitals joined by "-"; BC is the sign of a report (Annex III).
SYMBOL = re.compile(r"BC(-[A-ZĐ0-9]+)+")
# Of a letter: issuer and drafting unit, and never CV: a công văn has no sign of its kind (Annex III).
LETTER_SYMBOL = re.compile(r"(?!(?:.*-)?CV(?:-|$))[A-ZĐ][A-ZĐ0-9]*(-[A-ZĐ0-9]+)*")
BAD_SYMBOL = "Ký hiệu viết hoa, nối bằng dấu gạch, không có chữ CV. Ví dụ: LMHTX-VP."


def change_office(*, by: User | None, day: date, **changes: Any) -> list[str]:
    """Change some of `CHANGEABLE`; gives the names of what differed. Raises Refused, naming the field."""
    if by is not None and not (by.is_active and by.is_admin):
        raise Refused("Chỉ quản trị viên được thay đổi thiết lập.")
    if unknown := changes.keys() - set(CHANGEABLE):
        raise TypeError(f"not a setting: {sorted(unknown)}")
    _check(changes)
    with acting(by, "change_office", day):
        row = Office.locked()
        differing = [name for name, value in changes.items() if getattr(row, name) != value]
        for name in differing:
            setattr(row, name, changes[name])
        if differing:
            row.save(update_fields=differing)
        return differing


def _check(changes: dict[str, Any]) -> None:
    if "symbol" in changes and not SYMBOL.fullmatch(changes["symbol"]):
        raise Refused("Ký hiệu báo cáo viết hoa, nối bằng dấu gạch, bắt đầu bằng BC. Ví dụ: BC-LMHTX.", "symbol")
    _check_urging(changes)
    if "name" in changes and not changes["name"].strip():
        raise Refused("Xin ghi tên cơ quan ban hành báo cáo.", "name")
    quiet = [changes.get(name) for name in ("quiet_from", "quiet_until")]
    if any(quiet) and (not all(quiet) or quiet[0] == quiet[1]):
        raise Refused("Xin ghi cả giờ bắt đầu và giờ kết thúc, khác nhau; hoặc bỏ trống cả hai.", "quiet_from")
    for name in ("supplement_days",):
        if name in changes and changes[name] < 1:
            raise Refused("Số ngày phải từ 1 trở lên.", name)


def _check_urging(changes: dict[str, Any]) -> None:
    for name in ("letter_symbol", "committee_symbol", "chancery_symbol"):
        if name in changes and not LETTER_SYMBOL.fullmatch(changes[name]):
            raise Refused(BAD_SYMBOL, name)
    if changes.get("urging_issuer", Issuer.OWN) not in Issuer.values:
        raise Refused("Xin chọn nơi ban hành công văn đôn đốc.", "urging_issuer")
    for name in ("committee_name", "chancery_name"):
        if name in changes and not changes[name].strip():
            raise Refused("Xin ghi tên này: tên được in ở đầu công văn.", name)
