"""What the page of a report shows of its signed copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agencies.models import User
from directives.actions.signed_copies import may_be_signed
from directives.forms.signed_copies import SignedCopyForm
from directives.models import Report, SignedCopy
from directives.reports.signature_words import has_bad, is_signed, summary, told
from directives.reports.wording import printable

SHOWN_PAGES = 10


def signed_of(report: Report, user: User, form: SignedCopyForm | None = None) -> dict[str, Any]:
    """The official copy with its signatures, earlier ones, and the form for who may bring one; {} where none may come.

    One query.
    """
    if not may_be_signed(report):
        return {}
    copies = list(SignedCopy.objects.filter(report=report).select_related("upload", "kept_by"))
    official = copies[0] if copies else None
    return {
        "official": official,
        "signatures": told(official.signatures) if official else [],
        "differs": _differs(official.comparison) if official else [],
        "is_scan": bool(official and not is_signed(official.signatures)),
        "earlier": [(copy, summary(copy.signatures)) for copy in copies[1:]],
        "form": (form or SignedCopyForm(report=report)) if user.keeps_tasks else None,
    }


def official_of(copies: Iterable[SignedCopy]) -> dict[str, Any] | None:
    """For a list of reports, of the signed copies of one, the newest first: the official one, and its signatures."""
    for copy in copies:
        return {"copy": copy, "words": summary(copy.signatures), "is_bad": has_bad(copy.signatures)}
    return None


def file_name(copy: SignedCopy) -> str:
    """ "Báo cáo số 05-BC-LMHTX ngày 25-11-2023 (bản ký).pdf"."""
    code = printable(copy.code).replace("/", "-").replace("\\", "-")
    return f"Báo cáo số {code} ngày {copy.signed_on:%d-%m-%Y} (bản ký).pdf"


def _differs(comparison: dict[str, Any]) -> list[str]:
    """Where its words are not those of our PDF, a sentence each."""
    if not comparison:
        return []
    if not comparison["has_words"]:
        return ["Tệp là bản quét, không có chữ để đối chiếu với báo cáo; xin đối chiếu bằng mắt."]
    said = []
    if comparison["pages"] != comparison["our_pages"]:
        said.append(f"Bản ký có {comparison['pages']} trang, báo cáo có {comparison['our_pages']} trang.")
    for page, words in list(comparison["missing"].items())[:SHOWN_PAGES]:
        said.append(f"Trang {page} của báo cáo có chữ mà bản ký không có: {', '.join(f'“{word}”' for word in words)}.")
    if (more := len(comparison["missing"]) - SHOWN_PAGES) > 0:
        said.append(f"Và {more} trang khác.")
    if comparison["is_longer"]:
        said.append("Bản ký có thêm nhiều chữ so với báo cáo.")
    return said
