"""Files for the evidence shelf: checked, stored once by checksum, never reachable without permission."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from unicodedata import normalize
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from agencies.clock import today
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives import notices
from directives.actions import shelf
from directives.models import Upload

# What each allowed type begins with: a name alone proves nothing.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
}
INSIDE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
ALLOWED = ", ".join(sorted(kind.lstrip(".").upper() for kind in KINDS if kind != ".jpeg"))


def check_file(file: UploadedFile) -> str:
    """The content type of an allowed file. Raises Refused: too large, empty, or of another type."""
    limit = settings.MAX_UPLOAD_BYTES
    name = _name_of(file) or "tệp"
    if (file.size or 0) > limit:
        raise Refused(f"Tệp “{name}” lớn hơn {limit // 1024 // 1024} MB. Xin chọn tệp nhỏ hơn.")
    if not file.size:
        raise Refused(f"Tệp “{name}” rỗng.")
    suffix = PurePath(name).suffix.lower()
    content_type, beginnings = KINDS.get(suffix, ("", ()))
    if not beginnings:
        raise Refused(f"Tệp “{name}” không thuộc loại được nhận ({ALLOWED}).")
    file.seek(0)
    if not file.read(16).startswith(beginnings):
        kind = suffix.lstrip(".").upper()
        raise Refused(f"Tệp “{name}” bị hỏng hoặc không đúng là tệp {kind}. Xin mở thử tệp rồi lưu lại.")
    if suffix in INSIDE:
        _require_office_file(file, suffix)
    file.seek(0)
    return content_type


def _require_office_file(file: UploadedFile, suffix: str) -> None:
    """Many things begin like a ZIP; Word and Excel files hold a certain part."""
    try:
        with ZipFile(file) as archive:
            if INSIDE[suffix] in archive.namelist():
                return
    except (BadZipFile, OSError, ValueError):
        pass
    raise Refused(f"Tệp “{_name_of(file)}” không phải tệp Word hoặc Excel đọc được, hoặc đã hỏng. Xin mở và lưu lại.")


def _name_of(file: UploadedFile) -> str:
    """Composed (design, section 3.15): a Mac sends "a" and its marks apart, and nobody would find the name again."""
    return normalize("NFC", file.name or "")


def store(file: UploadedFile, *, by: User, agency: Agency | None = None, day: date | None = None) -> Upload:
    """Keep a file. The same bytes again share their place on disk. A secret document leaves nothing there.

    `agency`: on whose shelf it lies; without one it is reached through the notes that it serves only. `day`: today,
    where a form keeps a file before anything is done with it.
    """
    content_type, name = check_file(file), _name_of(file)
    content = file.read()
    _refuse_secret(content, name)
    with acting(by, "keep_file", day or today()):
        return Upload.objects.create(
            name=PurePath(name or "tep").name[:255],
            sha256=shelf.keep(content),
            size=len(content),
            content_type=content_type,
            uploaded_by=by,
            agency=agency,
        )


def _refuse_secret(content: bytes, name: str) -> None:
    """Design, section 3.13. What the reader cannot turn into text it cannot judge."""
    try:
        notices.refuse_secret_file(content)
        if content.startswith(b"%PDF-"):
            notices.refuse_secret(notices.text_of(content, name, max_bytes=len(content)))
    except notices.SecretDocument as error:
        raise Refused(str(error)) from error
    except notices.UnreadableFile:
        return


def is_uuid(text: str) -> bool:
    """Whether this may be the key of a file."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
