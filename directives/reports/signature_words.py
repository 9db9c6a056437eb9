"""What was found of a digital signature, in words for whoever looks at the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import capfirst

from directives.reports.signatures import Chain, Clock, Kept, Signature, those_read


class Mark(NamedTuple):
    """What stands in the file: what it is called, what was done with it, and what its certificate is for."""

    name: str
    act: str
    purpose: str


SIGNATURE = Mark("chữ ký", "ký", "ký số")
TIMESTAMP = Mark("dấu thời gian", "đóng dấu thời gian", "cấp dấu thời gian")
DOCUMENT = {
    Kept.WHOLE: "{name} bao trùm toàn bộ tệp; tệp không thay đổi từ khi {act}.",
    Kept.ADDED: (
        "Nội dung đã {act} không thay đổi; sau {name} này tệp chỉ được thêm chữ ký, dấu thời gian hoặc điền ô có sẵn."
    ),
    Kept.CHANGED: "Sau khi {act}, tệp đã bị sửa ngoài phần được phép. Không nên dùng bản này.",
    Kept.BROKEN: "Nội dung không còn đúng với lúc {act}, hoặc {name} đã hỏng. Không nên dùng bản này.",
    Kept.UNKNOWN: "Chưa đọc được {name} này, hoặc tệp không đúng chuẩn PDF, nên chưa đủ căn cứ xác minh.",
}
CERTIFICATE = {
    Chain.TRUSTED: "Chứng thư do tổ chức chứng thực mà cơ quan tin cậy cấp, còn hiệu lực",
    Chain.NO_ROOTS: (
        "Chưa đủ căn cứ xác minh chứng thư: máy chủ chưa có chứng thư gốc của tổ chức chứng thực "
        "(quản trị viên cài đặt)."
    ),
    Chain.UNKNOWN: "Chưa đủ căn cứ xác minh chứng thư: tổ chức cấp không nằm trong danh sách mà cơ quan tin cậy.",
    Chain.EXPIRED: "Chứng thư không còn, hoặc chưa có, hiệu lực",
    Chain.REVOKED: "Chứng thư đã bị thu hồi, theo thông tin có trong tệp.",
    Chain.UNFIT: "Chứng thư không dùng để {purpose}, hoặc dùng thuật toán không còn an toàn.",
}
REVOCATION = "Chưa kiểm tra chứng thư có bị thu hồi hay không (máy chủ không kết nối ra ngoài để kiểm tra)."
NOT_REVOKED = "Theo thông tin kèm trong tệp, chứng thư chưa bị thu hồi."
UNSIGNED = "Không có chữ ký số trong tệp"
# By whether it is a timestamp.
CLAIMED = {False: "theo máy của người ký", True: "theo thông tin trong tệp, chưa xác minh"}
GOOD = (Kept.WHOLE, Kept.ADDED)
BAD = (Kept.CHANGED, Kept.BROKEN)


@dataclass(frozen=True)
class Told:
    """One signature for a page. `badge`: its verdict in a few words, with the name of an icon."""

    who: str
    organisation: str
    issuer: str
    when: str
    badge: str
    icon: str
    lines: tuple[str, ...]
    is_bad: bool
    is_timestamp: bool


def told(rows: Iterable[dict[str, Any]]) -> list[Told]:
    """Of what a `SignedCopy` keeps."""
    return [_told(each) for each in those_read(rows)]


def summary(rows: Iterable[dict[str, Any]]) -> str:
    """In one sentence, for a message and a list: "2 chữ ký số: Nguyễn Văn Đức; Liên minh HTX"."""
    named = [each.name or "không rõ tên" for each in those_read(rows) if not each.is_timestamp]
    if not named:
        return UNSIGNED
    return f"{len(named)} chữ ký số: {'; '.join(named)}"


def is_signed(rows: Iterable[dict[str, Any]]) -> bool:
    """Whether somebody signed; a timestamp alone is no signature."""
    return any(not each.is_timestamp for each in those_read(rows))


def has_bad(rows: Iterable[dict[str, Any]]) -> bool:
    """Whether one of them says that the paper was changed or is broken."""
    return any(_is_bad(each) for each in those_read(rows))


def _told(one: Signature) -> Told:
    badge, icon = _verdict(one)
    certificate = "" if one.kept in (*BAD, Kept.UNKNOWN) else _certificate(one)
    revocation = ""
    if one.chain == Chain.TRUSTED and one.kept in GOOD:
        revocation = NOT_REVOKED if one.is_checked else REVOCATION
    return Told(
        who=_who(one),
        organisation=one.organisation,
        issuer=one.issuer,
        when=_when(one),
        badge=badge,
        icon=icon,
        lines=tuple(_said(words, one) for words in (DOCUMENT[one.kept], certificate, revocation) if words),
        is_bad=_is_bad(one),
        is_timestamp=one.is_timestamp,
    )


def _mark(one: Signature) -> Mark:
    return TIMESTAMP if one.is_timestamp else SIGNATURE


def _said(words: str, one: Signature) -> str:
    return capfirst(words.format(**_mark(one)._asdict()))


def _who(one: Signature) -> str:
    """Nobody signs with a timestamp: a service says when the document was there."""
    if one.is_timestamp:
        return f"Dấu thời gian: {one.name or 'không rõ tổ chức cấp'}"
    return one.name or "Không rõ người ký"


def _verdict(one: Signature) -> tuple[str, str]:
    what = _mark(one).name
    if one.kept in BAD:
        return f"Tệp bị sửa hoặc {what} hỏng", "circle-alert"
    if one.kept == Kept.UNKNOWN:
        return f"Chưa đọc được {what}", "triangle-alert"
    if one.chain == Chain.REVOKED:
        return "Chứng thư đã bị thu hồi", "circle-alert"
    if one.chain == Chain.TRUSTED:
        return f"{capfirst(what)} đúng, chứng thư tin cậy", "circle-check"
    if one.chain == Chain.EXPIRED:
        return f"{capfirst(what)} đúng, chứng thư hết hiệu lực", "triangle-alert"
    return f"{capfirst(what)} đúng, chưa xác minh chứng thư", "triangle-alert"


def _is_bad(one: Signature) -> bool:
    return one.kept in BAD or one.chain == Chain.REVOKED


def _certificate(one: Signature) -> str:
    words = CERTIFICATE[one.chain]
    if one.chain in (Chain.TRUSTED, Chain.EXPIRED):
        span = " đến ".join(f"{_local(each):%d/%m/%Y}" for each in (one.valid_from, one.valid_until) if each)
        return f"{words} (từ {span})." if span else f"{words}."
    return words


def _when(one: Signature) -> str:
    if not one.signed_at:
        return f"không ghi thời điểm {_mark(one).act}"
    moment = f"{_local(one.signed_at):%H:%M ngày %d/%m/%Y}"
    return {
        Clock.TRUSTED: f"{moment} (theo dấu thời gian tin cậy)",
        Clock.STAMPED: f"{moment} (theo dấu thời gian của tổ chức chưa xác minh)",
        Clock.CLAIMED: f"{moment} ({CLAIMED[one.is_timestamp]})",
    }[one.clock]


def _local(moment: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(moment))
