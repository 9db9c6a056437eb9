"""The signed copy of a report comes back, with the number and the day that the clerk gave it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions import shelf
from directives.actions.numbers import clerks_number, other_with
from directives.actions.reports import locked_report
from directives.actions.turnstile import one_at_a_time
from directives.actions.uploads import check_file, store
from directives.models import Report, SignedCopy

PDF = "application/pdf"


def require_pdf(file: UploadedFile) -> bytes:
    """The bytes of what may come back as a signed copy. Raises Refused (field `file`)."""
    try:
        if check_file(file) != PDF:
            raise Refused("Bản ký phải là tệp PDF.")
    except Refused as refusal:
        raise Refused(str(refusal), "file") from refusal
    content = file.read()
    file.seek(0)
    return content


def keep_signed_copy(
    *,
    report: Report,
    file: UploadedFile,
    number: str,
    symbol: str,
    signed_on: date,
    signatures: list[dict[str, Any]],
    comparison: dict[str, Any],
    by: User,
    day: date,
    submission: uuid.UUID | None = None,
) -> SignedCopy:
    """The official file of a published report from now on. Raises Refused.

    `signatures`, `comparison`: what was read in the file. The same submission again, or the official copy once more
    under its number and day, gives what is there. A file with a stamp of secrecy leaves nothing on disk.
    """
    submission = submission or uuid.uuid4()
    with acting(by, "keep_signed_copy", day):
        number = clerks_number(number)
        one_at_a_time("report numbers")  # so that two reports with one number find each other
        report = locked_report(report)
        _check(report, number, symbol, signed_on, by, day)
        if earlier := SignedCopy.objects.filter(submission=submission, report=report).first():
            return earlier
        given = {"number": number, "symbol": symbol, "signed_on": signed_on}
        newest = report.signed_copies.select_related("upload").first()
        if newest and newest.upload.sha256 == shelf.checksum(file) and _says(newest, given):
            return newest
        try:
            upload = store(file, by=by, day=day)
        except Refused as refusal:
            raise Refused(str(refusal), "file") from refusal
        read = {"signatures": signatures, "comparison": comparison}
        return SignedCopy.objects.create(
            report=report, upload=upload, **given, **read, submission=submission, kept_on=day, kept_by=by
        )


def may_be_signed(report: Report) -> bool:
    """Whether a signed copy may come: only what was published is signed."""
    return report.is_published


def _check(report: Report, number: str, symbol: str, signed_on: date, by: User, day: date) -> None:
    if not (by.is_active and by.keeps_tasks):
        raise Refused("Chỉ cán bộ thường trực được lưu bản ký của báo cáo.")
    if not may_be_signed(report):
        raise Refused("Báo cáo chưa phát hành nên chưa có bản ký để lưu.")
    if signed_on > day:
        raise Refused("Ngày ban hành không thể sau hôm nay.", "signed_on")
    if signed_on < report.as_of:
        raise Refused(f"Ngày ban hành không thể trước ngày chốt số liệu {report.as_of:%d/%m/%Y}.", "signed_on")
    if other := other_with(number, symbol, signed_on.year, report):
        raise Refused(f"Số này đã ghi cho báo cáo khác ({other}). Xin kiểm tra lại trên bản ký.", "number")


def _says(copy: SignedCopy, given: dict[str, Any]) -> bool:
    return all(getattr(copy, name) == value for name, value in given.items())
