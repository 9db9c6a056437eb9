"""Is an uploaded file really an .xlsx that may be opened? Judged on its bytes, before anything takes it apart."""

from __future__ import annotations

import contextlib
import io
import zipfile
from xml.parsers import expat

from agencies.errors import Refused
from directives import notices

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED = 60 * MEGABYTE
# Text of a sheet packs to a tenth, of a sheet that is mostly the same to a fiftieth.
MAX_RATIO = 200
# What is costly about a part is its elements: a sheet of 200.000 cells has a million, closing ones included.
MAX_TAGS_OF_SHEETS = 2_500_000
MAX_TAGS_OF_REST = 500_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"


def require_workbook(content: bytes, name: str) -> None:
    """Nothing, for an .xlsx file within the limits. Raises Refused, in words for the person who sent it.

    `name` is what they call it. Refused are: too large (packed or unpacked), another format, with a password, with
    macros, damaged, with definitions of its own in the XML, and secret documents (design, section 3.13).
    """
    if not content:
        raise Refused(f"Tệp “{name}” rỗng.")
    if len(content) > MAX_BYTES:
        raise Refused(f"Tệp “{name}” lớn hơn {MAX_BYTES // MEGABYTE} MB. Xin bỏ bớt hình ảnh hoặc chia nhỏ tệp.")
    if content.startswith(_OLE):
        raise Refused(_old_or_locked(content, name))
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(f"Tệp “{name}” không phải bảng Excel (.xlsx). Xin mở tệp và lưu lại thành .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_kind(archive, name)
            _require_size(archive, name, len(content))
            _require_plain(archive, name)
    except Refused:
        raise
    except Exception as error:  # each way of packing raises errors of its own on damaged files
        raise damaged(name) from error
    try:
        notices.refuse_secret_file(content)
    except notices.SecretDocument as error:
        raise Refused(str(error)) from error


def damaged(name: str) -> Refused:
    """What is said of a file that cannot be taken apart."""
    return Refused(f"Tệp “{name}” đã hỏng hoặc không phải bảng Excel (.xlsx). Xin mở tệp bằng Excel rồi lưu lại.")


def _old_or_locked(content: bytes, name: str) -> str:
    if _ENCRYPTED in content:
        return f"Tệp “{name}” có mật khẩu mở tệp nên không đọc được. Xin bỏ mật khẩu rồi gửi lại."
    return f"Tệp “{name}” theo định dạng Excel cũ (.xls). Xin mở tệp và lưu lại thành .xlsx."


def _require_kind(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(f"Tệp “{name}” có mật khẩu nên không đọc được. Xin bỏ mật khẩu rồi gửi lại.")
    if "xl/workbook.bin" in names:
        raise Refused(f"Tệp “{name}” theo định dạng .xlsb. Xin lưu lại thành Excel Workbook (.xlsx).")
    if "content.xml" in names and "mimetype" in names:
        raise Refused(f"Tệp “{name}” là bảng tính OpenDocument (.ods). Xin lưu lại thành .xlsx.")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names or len(names) != len(entries):
        raise damaged(name)
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise _macros(name)


def _macros(name: str) -> Refused:
    return Refused(
        f"Tệp “{name}” có macro nên không được nhận. Xin lưu lại thành Excel Workbook (.xlsx), không có macro."
    )


def _require_size(archive: zipfile.ZipFile, name: str, packed: int) -> None:
    """`zipfile` gives no more of an entry than its header promises, so the promises are what counts."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED or unpacked > packed * MAX_RATIO:
        raise Refused(
            f"Tệp “{name}” khi mở ra quá lớn ({unpacked // MEGABYTE} MB, nén {unpacked // packed} lần) nên không được "
            "đọc. Xin chép phần có dữ liệu sang một tệp mới rồi gửi lại."
        )


def _require_plain(archive: zipfile.ZipFile, name: str) -> None:
    """No document types (entities that grow, files that are fetched), no macros, not more elements than can be read."""
    tags = {True: 0, False: 0}
    for entry in archive.infolist():
        with archive.open(entry) as part:
            start = part.read(MEGABYTE)
            if has_doctype(start, is_xml=entry.filename.lower().endswith((".xml", ".rels"))):
                raise damaged(name)
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in start:
                raise _macros(name)
            if entry.filename == "xl/workbook.xml" and _STRICT in start:
                raise Refused(f"Tệp “{name}” được lưu kiểu “Strict”. Xin lưu lại thành Excel Workbook (.xlsx) thường.")
            is_sheet = entry.filename.startswith("xl/worksheets/")
            while start:
                tags[is_sheet] += start.count(b"<")
                start = part.read(MEGABYTE)
        if tags[True] > MAX_TAGS_OF_SHEETS or tags[False] > MAX_TAGS_OF_REST:
            raise Refused(
                f"Tệp “{name}” có quá nhiều ô hoặc kiểu định dạng nên không được đọc. Xin xóa các dòng, cột trống đã "
                "định dạng, hoặc chép phần có dữ liệu sang một tệp mới."
            )


def has_doctype(start: bytes, *, is_xml: bool = True) -> bool:
    """Whether a document type stands before the first element of a part.

    XML that shows neither in its first megabyte counts as one; what is no XML has none.
    """
    parser = expat.ParserCreate()
    found: list[bool] = []
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    with contextlib.suppress(expat.ExpatError):
        parser.Parse(start, False)
    return found[0] if found else is_xml
