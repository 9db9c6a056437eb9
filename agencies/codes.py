"""Mã định danh of bodies, in both forms that are in use, each with its validity."""

from __future__ import annotations

import re
from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import Agency, AgencyCode, Scheme, User

LONGEST = 35
# Decision 20/2020/QĐ-TTg, Art. 4: MX₁X₂ first, lower levels follow; QCVN 102:2016 the other way round.
FORMS = {
    Scheme.NEW: re.compile(r"[A-Z]\d{2}(\.[A-Z0-9]+)*"),
    Scheme.OLD: re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"),
}
EXAMPLES = {Scheme.NEW: "H50 hoặc H50.12", Scheme.OLD: "000.00.00.H50"}


def clean_code(scheme: Scheme, text: str) -> str:
    """The code in capitals, without spaces. Raises Refused where it is not of this form."""
    code = "".join(text.split()).upper()
    if len(code) > LONGEST:
        raise Refused(f"Mã định danh dài nhất {LONGEST} ký tự.", "code")
    if not FORMS[scheme].fullmatch(code):
        raise Refused(f"Mã không đúng dạng {scheme.label.lower()}. Ví dụ đúng: {EXAMPLES[scheme]}.", "code")
    return code


def set_code(
    *,
    agency: Agency,
    scheme: Scheme,
    code: str,
    since: date | None,
    until: date | None,
    is_verified: bool,
    by: User,
    day: date,
) -> AgencyCode:
    """Write a code with its days; the same code again takes the new days. Raises Refused."""
    require_keeper(by)
    code = clean_code(scheme, code)
    if since and until and until <= since:
        raise Refused("Ngày hết hiệu lực phải sau ngày có hiệu lực.", "until")
    with acting(by, "change_codes", day):
        lock_bodies([agency])
        _require_alone(agency, scheme, code, since, until)
        days = {"since": since, "until": until, "is_verified": is_verified}
        row, _ = AgencyCode.objects.update_or_create(agency=agency, scheme=scheme, code=code, defaults=days)
        return row


def remove_code(*, agency: Agency, pk: int, by: User, day: date) -> None:
    """Take away a code that was written by mistake; the history keeps it. Twice is harmless."""
    require_keeper(by)
    with acting(by, "change_codes", day):
        AgencyCode.objects.filter(agency=agency, pk=pk).delete()


def require_keeper(by: User) -> None:
    if not (by.is_active and by.keeps_tasks):
        raise Refused("Chỉ cán bộ thường trực được sửa mã định danh.")


def _require_alone(agency: Agency, scheme: Scheme, code: str, since: date | None, until: date | None) -> None:
    """A body has one code of a form at a time."""
    for other in agency.codes.filter(scheme=scheme).exclude(code=code):
        before = until is not None and other.since is not None and until <= other.since
        after = since is not None and other.until is not None and other.until <= since
        if not (before or after):
            raise Refused(f"Mã {other.code} cùng loại còn hiệu lực trong thời gian này; xin ghi ngày hết.", "since")
