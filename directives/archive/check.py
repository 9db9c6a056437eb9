"""Whether a ZIP still holds what its manifest says; needs nothing but the file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from directives.archive.names import CHECKSUMS, MANIFEST
from directives.archive.package import CHUNK

# What a broken or foreign ZIP makes the library raise.
BROKEN = (BadZipFile, ZlibError, EOFError, RuntimeError, NotImplementedError, OSError)
# The list of the largest directives takes some megabytes.
MOST = 200 * 1024 * 1024


class NotAnArchive(Exception):
    """Not a ZIP that this product made; the message says so."""


@dataclass(frozen=True)
class Found:
    """`good`: files that are what they were. `problems`: a sentence each. `missing`: lacking from the beginning."""

    good: int
    problems: list[str]
    missing: list[str]


def check(path: Path) -> Found:
    """Raises NotAnArchive."""
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive)
            return _compared(archive, manifest)
    except BROKEN as error:
        raise NotAnArchive(f"{path} không phải tệp ZIP đọc được, hoặc đã hỏng ({error}).") from error


def _manifest(archive: ZipFile) -> dict[str, Any]:
    try:
        if archive.getinfo(MANIFEST).file_size > MOST:
            raise ValueError
        found = json.loads(archive.read(MANIFEST))
        _ = [(each["path"], each["sha256"], each["size"]) for each in found["files"]]
        return dict(found)
    except (KeyError, ValueError, TypeError) as error:
        raise NotAnArchive(f"Không thấy {MANIFEST} đọc được: đây không phải hồ sơ do phần mềm này xuất.") from error


def _compared(archive: ZipFile, manifest: dict[str, Any]) -> Found:
    inside, problems, good = set(archive.namelist()), [], 0
    if len(inside) != len(archive.infolist()):
        problems.append("Có tên tệp xuất hiện hai lần trong gói.")
    for each in manifest["files"]:
        words = _judged(archive, each, inside)
        good += not words
        problems += [f"{each['path']}: {words}."] if words else []
    listed = {each["path"] for each in manifest["files"]} | {MANIFEST, CHECKSUMS}
    problems += [f"{name}: không có trong bảng kê." for name in sorted(inside - listed)]
    return Found(good, problems, [f"{each['path']}: {each['why']}." for each in manifest.get("missing", [])])


def _judged(archive: ZipFile, each: dict[str, Any], inside: set[str]) -> str:
    if each["path"] not in inside:
        return "thiếu trong gói"
    hashed, size = hashlib.sha256(), 0
    try:
        with archive.open(each["path"]) as file:
            while piece := file.read(CHUNK):
                hashed.update(piece)
                size += len(piece)
                if size > each["size"]:
                    return "dài hơn lúc xuất"
    except BROKEN:
        return "không đọc được, tệp đã hỏng"
    return "" if hashed.hexdigest() == each["sha256"] else "nội dung đã khác lúc xuất"
