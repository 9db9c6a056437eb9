"""How one signature of a PDF is judged: by what stands in the file and by the roots of the office, nothing fetched."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

# Certificates of Vietnamese officials are for either.
USAGES = {"digital_signature", "non_repudiation"}
MOST_MOMENTS = 8


@dataclass(frozen=True)
class Brought:
    """What the file brings along: certificates, and lists and answers of services on which of them were revoked."""

    certificates: list[Any] = field(default_factory=list)
    crls: list[Any] = field(default_factory=list)
    ocsps: list[Any] = field(default_factory=list)

    @property
    def moments(self) -> list[datetime]:
        """When the lists and answers were made; the latest few of them, whatever a file holds."""
        lists = {each["tbs_cert_list"]["this_update"].native for each in self.crls}
        successful = [each for each in self.ocsps if each["response_status"].native == "successful"]
        answers = {one["this_update"].native for each in successful for one in each.response_data["responses"]}
        return sorted(lists | answers)[-MOST_MOMENTS:]


@dataclass(frozen=True)
class Judged:
    """`status`: pyHanko's. `is_checked`: what the file brings along says that no certificate was revoked."""

    status: Any
    is_checked: bool = False


def judge(embedded: Any, trusted: Sequence[Any], now: datetime) -> Judged:
    """At `now`; one whose certificate has ended since, at the moment of its trusted timestamp.

    Raises errors of many kinds for what cannot be judged.
    """
    brought = _brought_by(embedded)
    found = _judge_at(embedded, trusted, now, now, brought)
    stamp = getattr(found.status, "timestamp_validity", None)
    if not (found.status.trusted or found.status.revoked) and stamp is not None and stamp.trusted:
        return _judge_at(embedded, trusted, stamp.timestamp, now, brought)
    return found


def roots_in(folder: str) -> list[Any]:
    """The certificates in a folder (.pem, .crt, .cer, .der); what is no certificate is left out. None: []."""
    from pyhanko.keys import load_certs_from_pemder

    files = sorted(Path(folder).iterdir()) if folder and Path(folder).is_dir() else []
    roots: list[Any] = []
    for file in files:
        if file.suffix.lower() in (".pem", ".crt", ".cer", ".der"):
            try:
                roots += load_certs_from_pemder([str(file)])
            except (ValueError, OSError):
                log.warning("not a certificate: %s", file)
    return roots


def _judge_at(embedded: Any, trusted: Sequence[Any], moment: datetime, now: datetime, brought: Brought) -> Judged:
    """With proof that nothing was revoked, where the file brings it; else without.

    Lists that are out of date prove nothing any more; but what they call revoked is revoked for good.
    """
    if brought.crls or brought.ocsps:
        status = _status(embedded, trusted, moment, now, brought, "require")
        if status.trusted or status.revoked:
            return Judged(status, is_checked=status.trusted)
    for told in brought.moments:
        status = _status(embedded, trusted, told, now, brought, "require")
        if status.revoked:
            return Judged(status)
    return Judged(_status(embedded, trusted, moment, now, Brought(brought.certificates), "soft-fail"))


def _status(
    embedded: Any, trusted: Sequence[Any], moment: datetime, now: datetime, brought: Brought, revocation: str
) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    if embedded.sig_object_type == "/DocTimeStamp":
        return validate_pdf_timestamp(embedded, _context(embedded, trusted, moment, brought, revocation))
    return validate_pdf_signature(
        embedded,
        _context(embedded, trusted, moment, brought, revocation),
        _context(embedded, trusted, now, brought, "soft-fail"),
        key_usage_settings=KeyUsageConstraints(key_usage=USAGES),
    )


def _context(embedded: Any, trusted: Sequence[Any], moment: datetime, brought: Brought, revocation: str) -> Any:
    """(A context keeps what it has validated: each validation has one of its own.)"""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=list(trusted),
        other_certs=[*embedded.other_embedded_certs, *brought.certificates],
        crls=brought.crls,
        ocsps=brought.ocsps,
        moment=moment,
        allow_fetching=False,
        revocation_mode=revocation,
    )


def _brought_by(embedded: Any) -> Brought:
    """From the document's store (PAdES) and from the signature itself (as Adobe does)."""
    brought = _from_store(embedded.reader)
    for attribute in embedded.signer_info["signed_attrs"]:
        if attribute["type"].native == "adobe_revocation_info_archival":
            for told in attribute["values"]:
                brought.crls.extend(told["crl"] or ())
                brought.ocsps.extend(told["ocsp"] or ())
    return brought


def _from_store(reader: Any) -> Brought:
    from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]
    from asn1crypto.ocsp import OCSPResponse  # type: ignore[import-untyped]
    from pyhanko.sign.validation import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Brought()
    return Brought(
        list(store.load_certs()),
        [CertificateList.load(each.get_object().data) for each in store.crls],
        [OCSPResponse.load(each.get_object().data) for each in store.ocsps],
    )
