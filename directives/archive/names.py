"""Names of files inside a ZIP that open on Windows, on a Mac and on Linux alike."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from directives.reports.wording import printable

# Letters: short enough for a folder deep on Windows. Bytes: with number and ending under the 255 that Linux allows.
LIMIT, BYTES = 80, 200
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)", re.IGNORECASE)
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")

NOTICE = "01-van-ban"
REPORTS = "02-bao-cao"
DATA = "03-du-lieu"
EVIDENCE = "04-minh-chung"
LETTERS = "05-don-doc"
MANIFEST = "manifest.json"
CHECKSUMS = "MANIFEST.txt"
INDEX = "MUC-LUC.html"
WORKBOOK = "bang-du-lieu.xlsx"


def safe_name(name: str, number: int | None = None) -> str:
    """A file name without folders, marks of direction or what Windows forbids; `number` in front makes it unique."""
    clean = FORBIDDEN.sub("-", printable(name)).strip(" .")
    suffix = PurePosixPath(clean).suffix
    suffix = suffix if SUFFIX.fullmatch(suffix) else ""
    stem = clean.removesuffix(suffix)[:LIMIT].encode()[:BYTES].decode(errors="ignore").strip(" .") or "tep"
    if number is not None:
        return f"{number:04} {stem}{suffix}"
    return f"_{stem}{suffix}" if RESERVED.fullmatch(stem.partition(".")[0]) else f"{stem}{suffix}"
