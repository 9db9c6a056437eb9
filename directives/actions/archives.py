"""Asking for the whole file of a closed directive."""

from __future__ import annotations

import uuid
from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.models import Archive, ArchiveDownload, Directive

NOT_CLOSED = "Chỉ xuất toàn bộ hồ sơ khi văn bản đã kết thúc theo dõi."


def request_archive(*, directive: Directive, by: User, day: date, submission: uuid.UUID | None = None) -> Archive:
    """An export for a worker to make. Raises Refused.

    The same submission again gives its export. While one of the directive is under way, whoever asks is given that one.
    """
    submission = submission or uuid.uuid4()
    if not may_have_archive(directive, by):
        raise Refused("Chỉ lãnh đạo và cán bộ thường trực được xuất hồ sơ.")
    with acting(by, "request_archive", day):
        # Two at once find each other; and it is neither reopened meanwhile.
        locked = Directive.objects.select_for_update(no_key=True).get(pk=directive.pk)
        if not locked.closed_on:
            raise Refused(NOT_CLOSED)
        if earlier := Archive.objects.filter(submission=submission, directive=directive).first():
            return earlier
        if running := Archive.objects.filter(directive=directive).unfinished().first():
            return running
        return Archive.objects.create(
            directive=directive, made_by=by, made_on=day, submission=submission, step="Đang chờ đến lượt"
        )


def record_archive_download(*, archive: Archive, by: User, day: date) -> ArchiveDownload:
    """Who fetched the file, and when."""
    with acting(by, "download_archive", day):
        return ArchiveDownload.objects.create(archive=archive, by=by, on=day)


def may_have_archive(directive: Directive, by: User) -> bool:
    """Whether `by` may have the file of this directive; asked again when it is made."""
    return by.oversees and Directive.objects.visible_to(by).filter(pk=directive.pk).exists()
