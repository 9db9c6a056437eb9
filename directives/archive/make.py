"""From a row that waits to a ZIP: what the worker does for one export."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from agencies.models import User
from directives.actions.archives import NOT_CLOSED, may_have_archive
from directives.actions.leases import Lease, Lost
from directives.archive import names, papers
from directives.archive.found import File, Papers
from directives.archive.index import write_index, write_manifest
from directives.archive.package import Package
from directives.archive.sheets import Sheets
from directives.archive.sweep import aside, sweep, sweep_given_up
from directives.archive.tables import write_tables
from directives.archive.told import write_history
from directives.models import Archive, ArchiveState, Directive

log = logging.getLogger(__name__)

NO_RIGHT = (
    "Người yêu cầu không còn được xem hồ sơ này (tài khoản đã khóa hoặc đã đổi vai trò), nên chưa xuất. "
    "Lãnh đạo hoặc cán bộ thường trực khác có thể bấm xuất lại."
)
NO_ROOM = "Không ghi được tệp lên máy chủ (có thể đã hết chỗ đĩa). Xin báo quản trị viên, rồi xuất lại."
UNEXPECTED = (
    "Có lỗi ngoài dự kiến khi xuất hồ sơ; lỗi đã được ghi vào nhật ký máy chủ. "
    "Xin xuất lại; nếu vẫn không được, xin báo quản trị viên."
)
GAVE_UP = (
    "Đã thử xuất hồ sơ 3 lần nhưng lần nào tiến trình cũng dừng giữa chừng, có thể do máy chủ thiếu bộ nhớ hoặc "
    "hết chỗ đĩa. Xin báo quản trị viên, rồi xuất lại."
)
LEASE = Lease(
    lasts=timedelta(minutes=10),  # the data of the largest directive are read in one step
    making=ArchiveState.MAKING,
    verbs=("make_archive", "finish_archive", "fail_archive"),
    gave_up=GAVE_UP,
)
TELL_EVERY = 2  # seconds
FIRST, LAST = 30, 90  # percent: the data before, the index after


class CannotMake(Exception):
    """No file was made; the message says why, for the person who asked."""


def waiting_archives() -> list[int]:
    """Keys of the exports that nobody makes, the oldest first."""
    return list(Archive.objects.claimable(timezone.now()).order_by("pk").values_list("pk", flat=True))


def make_archive(pk: int) -> None:
    """Claim an export and make it; does nothing where another worker has it. Never raises for its content."""
    archive = claim(pk)
    if archive is None:
        sweep_given_up(pk)
        return
    try:
        _try(archive)
    except Lost:
        log.warning("archive %s was taken over by another worker", pk)


def claim(pk: int) -> Archive | None:
    """Take an export that nobody makes; None when there is nothing to do."""
    free = Archive.objects.claimable(timezone.now()).select_related("directive", "made_by")
    return LEASE.claim(free.filter(pk=pk))


def _try(archive: Archive) -> None:
    try:
        _make(archive)
    except CannotMake as reason:
        LEASE.fail(archive, str(reason))
    except OSError:
        log.exception("archive %s", archive.pk)
        LEASE.fail(archive, NO_ROOM)
    except Lost:
        raise
    except Exception:
        log.exception("archive %s", archive.pk)
        LEASE.fail(archive, UNEXPECTED)


def _make(archive: Archive) -> None:
    """Each attempt writes a file of its own, aside, and gives it its name when it is whole."""
    _check(archive)
    name = f"archives/{archive.pk}-{archive.attempts}.zip"
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    sweep(archive.pk)
    draft = place.with_suffix(".part")
    try:
        package = _write(archive, draft)
        made = {"file": name, "size": draft.stat().st_size, "sha256": _checksum(draft)}
        LEASE.advance(archive, 98, "Đang lưu tệp")
        draft.replace(place)
        counts = {"files": len(package.files), "missing": [each.path for each in package.missing]}
        LEASE.finish(archive, **made, counts=counts)
    except Lost:
        place.unlink(missing_ok=True)
        raise
    finally:
        draft.unlink(missing_ok=True)


def _write(archive: Archive, draft: Path) -> Package:
    with draft.open("wb") as target:
        draft.chmod(0o600)
        package = _pack(archive, target)
        target.flush()
        os.fsync(target.fileno())
    return package


def _check(archive: Archive) -> None:
    """As things stand now: rights end, and a directive is followed again."""
    if not may_have_archive(archive.directive, User.objects.get(pk=archive.made_by_id)):
        raise CannotMake(NO_RIGHT)
    if not Directive.objects.get(pk=archive.directive_id).closed_on:
        raise CannotMake(NOT_CLOSED)


def _pack(archive: Archive, target: IO[bytes]) -> Package:
    LEASE.advance(archive, 5, "Đang gom dữ liệu")
    with Package(target, timezone.localtime()) as package:
        directive, found = _pack_data(archive, package)
        _add_files(archive, package, found)
        LEASE.advance(archive, LAST + 3, "Đang lập mục lục")
        write_index(package, directive, found, archive)
        write_manifest(package, directive, archive)
    return package


def _pack_data(archive: Archive, package: Package) -> tuple[Directive, Papers]:
    """All rows, as they stood at one moment; and which files belong to them."""
    with aside(archive) as folder:
        workbook = Path(folder) / names.WORKBOOK
        with snapshot(), Sheets(workbook) as sheets:
            directive = Directive.objects.get(pk=archive.directive_id)
            write_tables(package, directive, sheets)
            write_history(package, directive, sheets)
            found = papers.gather(directive)
        with workbook.open("rb") as file:
            package.add(f"{names.DATA}/{names.WORKBOOK}", "Các bảng dữ liệu và lịch sử (Excel)", file)
    return directive, found


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside is as it stood at one moment, whoever writes meanwhile; nothing is written."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _add_files(archive: Archive, package: Package, found: Papers) -> None:
    told = time.monotonic()
    for number, file in enumerate(found.files, 1):
        _add(package, file)
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            progress = FIRST + (LAST - FIRST) * number // len(found.files)
            LEASE.advance(archive, progress, f"Đang đóng gói tệp {number}/{len(found.files)}")


def _add(package: Package, file: File) -> None:
    """What the disk has lost is named in the manifest; so is what is not any more what it was."""
    if file.content:
        package.add_bytes(file.path, file.source, file.content())
        return
    try:
        kept = default_storage.open(file.stored)
    except FileNotFoundError:
        package.lack(file.path, file.source, "không còn trên máy chủ")
        return
    with kept:
        packed = package.add(file.path, file.source, kept, kept.size)
    if file.sha256 and packed.sha256 != file.sha256:
        package.lack(file.path, file.source, "có trong gói nhưng nội dung không còn đúng mã kiểm tra lúc nhận")


def _checksum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
