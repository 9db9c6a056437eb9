"""The digital signatures in a PDF: who, when, whether anything changed since, and how far the certificate is known.

Read on this machine alone: nothing is fetched, so whether a certificate was revoked meanwhile is never known here, only
what the file itself brings along. Without roots that the office trusts nobody is called trusted.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from directives.reports.trust import judge
from directives.reports.wording import shown

log = logging.getLogger(__name__)

# More than these are not read: an official paper carries a handful.
MOST = 30
NAME_LIMIT = 200


class Unreadable(Exception):
    """Not a PDF that can be read; the message says so to whoever brought it."""


class Kept(StrEnum):
    """What became of the document since it was signed."""

    WHOLE = "whole"  # not a byte was added
    ADDED = "added"  # further signatures, timestamps, filled fields: what was signed stands as it was
    CHANGED = "changed"  # more than that
    BROKEN = "broken"  # what was signed is not what lies there
    UNKNOWN = "unknown"  # the signature cannot be read


class Chain(StrEnum):
    """How far the certificate is known."""

    TRUSTED = "trusted"
    NO_ROOTS = "no_roots"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNFIT = "unfit"  # not a certificate for signing, or of a kind that is not safe any more


class Clock(StrEnum):
    """Who says when it was signed."""

    TRUSTED = "trusted"  # a timestamp whose service is trusted
    STAMPED = "stamped"  # a timestamp, sound, of a service that is not known
    CLAIMED = "claimed"  # the signer's own clock
    NONE = ""


@dataclass(frozen=True)
class Signature:
    """One signature. `signed_at`, `valid_from`, `valid_until`: moments, ISO, empty where not told."""

    name: str
    organisation: str
    issuer: str
    signed_at: str
    clock: Clock
    kept: Kept
    chain: Chain
    valid_from: str = ""
    valid_until: str = ""
    is_timestamp: bool = False
    # What the file brings along says that the certificate was not revoked.
    is_checked: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read(pdf: bytes, trusted: Sequence[Any], now: datetime) -> list[Signature]:
    """The signatures of a PDF in the order in which they were put there; [] where there are none.

    `trusted`: certificates (of `trust.roots_in`). `now`: when certificates must hold, where no trusted timestamp says
    when it was signed. Raises Unreadable.
    """
    reader, is_sound = _open(pdf)
    try:
        found = list(reader.embedded_signatures)[:MOST]
    except Exception as error:
        raise Unreadable("Không đọc được các chữ ký trong tệp PDF này; tệp có thể đã hỏng.") from error
    return [_read_one(each, trusted, now, is_sound) for each in found]


def _open(pdf: bytes) -> tuple[Any, bool]:
    """The reader, and whether the file keeps to the rules: what does not is read, and nothing is concluded from it."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    for strict in (True, False):
        try:
            reader = PdfFileReader(BytesIO(pdf), strict=strict)
            if reader.encrypted:
                raise Unreadable(
                    "Tệp PDF có mật khẩu hoặc bị mã hóa nên không đọc được. Xin nộp bản không đặt mật khẩu."
                )
            _ = reader.root
            return reader, strict
        except Unreadable:
            raise
        except Exception as error:  # pyHanko raises errors of many kinds on damaged files
            log.info("a PDF that cannot be read, strict=%s: %r", strict, error)
    raise Unreadable("Tệp PDF đã hỏng nên không đọc được. Xin mở thử tệp rồi nộp lại.")


def _read_one(embedded: Any, trusted: Sequence[Any], now: datetime, is_sound: bool) -> Signature:
    is_timestamp = embedded.sig_object_type == "/DocTimeStamp"
    named = _named(embedded)
    try:
        if not is_sound:
            raise ValueError("the file does not keep to the rules")
        judged = judge(embedded, trusted, now)
    except Exception as error:
        log.info("a signature that cannot be judged: %r", error)
        chain = Chain.UNKNOWN if trusted else Chain.NO_ROOTS
        return Signature(**named, **_claimed(embedded), kept=Kept.UNKNOWN, chain=chain, is_timestamp=is_timestamp)
    status = judged.status
    return Signature(
        **named,
        **(_stamped(status) if is_timestamp else _when(status)),
        kept=_kept(status),
        chain=_chain(status, trusted),
        is_timestamp=is_timestamp,
        is_checked=judged.is_checked,
    )


def _named(embedded: Any) -> dict[str, Any]:
    try:
        certificate = embedded.signer_cert
        subject, issuer = certificate.subject.native, certificate.issuer.native
        span = certificate["tbs_certificate"]["validity"]
        days = {"valid_from": span["not_before"].native, "valid_until": span["not_after"].native}
    except Exception:
        return {"name": "", "organisation": "", "issuer": ""}
    return {
        "name": _said(subject, "common_name"),
        "organisation": _said(subject, "organization_name"),
        "issuer": _said(issuer, "common_name") or _said(issuer, "organization_name"),
        **{name: moment.isoformat() for name, moment in days.items()},
    }


def _said(name: Any, part: str) -> str:
    value = name.get(part) or ""
    return shown("; ".join(map(str, value)) if isinstance(value, list) else str(value), NAME_LIMIT)


def _claimed(embedded: Any) -> dict[str, Any]:
    try:
        moment = embedded.self_reported_timestamp
    except Exception:
        moment = None
    return {"signed_at": moment.isoformat() if moment else "", "clock": Clock.CLAIMED if moment else Clock.NONE}


def _when(status: Any) -> dict[str, Any]:
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid:
        return _stamped(stamp)
    moment = status.signer_reported_dt
    return {"signed_at": moment.isoformat() if moment else "", "clock": Clock.CLAIMED if moment else Clock.NONE}


def _stamped(stamp: Any) -> dict[str, Any]:
    return {"signed_at": stamp.timestamp.isoformat(), "clock": Clock.TRUSTED if stamp.trusted else Clock.STAMPED}


def _kept(status: Any) -> Kept:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if not (status.intact and status.valid):
        return Kept.BROKEN
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Kept.WHOLE
    level = status.modification_level
    is_within = level is not None and level <= ModificationLevel.FORM_FILLING
    # The signer may have forbidden even that.
    if status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and is_within and status.docmdp_ok is not False:
        return Kept.ADDED
    return Kept.CHANGED


def _chain(status: Any, trusted: Sequence[Any]) -> Chain:
    from pyhanko.sign.ades.report import AdESIndeterminate as Maybe

    if not trusted:
        return Chain.NO_ROOTS
    if status.revoked:
        return Chain.REVOKED
    if status.trusted:
        return Chain.TRUSTED
    problem = status.trust_problem_indic
    if problem in (Maybe.EXPIRED, Maybe.OUT_OF_BOUNDS_NO_POE, Maybe.OUT_OF_BOUNDS_NOT_REVOKED, Maybe.NOT_YET_VALID):
        return Chain.EXPIRED
    if problem in (Maybe.CHAIN_CONSTRAINTS_FAILURE, Maybe.CRYPTO_CONSTRAINTS_FAILURE):
        return Chain.UNFIT
    return Chain.UNKNOWN


def those_read(rows: Iterable[dict[str, Any]]) -> Iterator[Signature]:
    """What `as_json` gave, read back."""
    for row in rows:
        kinds = {"clock": Clock(row["clock"]), "kept": Kept(row["kept"]), "chain": Chain(row["chain"])}
        yield Signature(**(row | kinds))
