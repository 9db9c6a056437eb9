"""A file -> its text: UTF-8, UTF-16, Word (.docx) or PDF with a text layer."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from pathlib import Path

from .checks import refuse_secret
from .errors import UnreadableFile

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
# Two hundred pages of Word are a few megabytes of XML; walking through more holds a web worker for a minute.
MAX_WORDS = 8 * 1024 * 1024
MAX_PAGES = 200

# Normalising sorts runs of combining marks in quadratic time; no language piles up this many.
_PILED_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{24}"
)


def is_garbled(text: str) -> bool:
    """Whether combining marks are piled up as in no writing."""
    return bool(_PILED_MARKS.search(text))


def normalised(text: str) -> str:
    """The form that offsets refer to: NFC, LF line ends, no byte-order mark, no NUL (some PDF files give them)."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    return unicodedata.normalize("NFC", text)


def text_of(source: Path | str | bytes, name: str, *, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file, normalised. `source` is a path or the bytes; `name` is what the user calls it.

    Raises UnreadableFile, with a message for the user, for what has no text that can be read; SecretDocument for
    a Word file with a stamp where the text does not show it (header, text box).
    """
    data = source if isinstance(source, bytes) else _bytes_of(Path(source), name, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(name, max_bytes)
    if data.startswith(b"%PDF-"):
        return normalised(_pdf_text(data, name))
    if data.startswith(b"PK\x03\x04"):
        refuse_secret_file(data)
        return normalised(_docx_text(data, name))
    return normalised(_decoded(data, name))


def _bytes_of(path: Path, name: str, max_bytes: int) -> bytes:
    if path.stat().st_size > max_bytes:
        raise _too_large(name, max_bytes)
    return path.read_bytes()


def _too_large(name: str, limit: int) -> UnreadableFile:
    return UnreadableFile(f"Tệp “{name}” lớn quá giới hạn {limit / 1024 / 1024:g} MB. Xin chọn tệp nhỏ hơn.")


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text or is_garbled(text):
        raise UnreadableFile(
            f"Tệp “{name}” không phải tệp văn bản đọc được. Xin dùng tệp văn bản thuần (.txt, mã UTF-8), Word (.docx) "
            "hoặc PDF chép được chữ (không phải bản quét)."
        )
    return text


def _docx_text(data: bytes, name: str) -> str:
    damaged = UnreadableFile(f"Tệp “{name}” không phải tệp Word (.docx) đọc được, hoặc đã hỏng. Xin mở và lưu lại.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            words = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml"))
            known = "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise damaged from error
    if unpacked > MAX_UNPACKED or words > MAX_WORDS:
        raise UnreadableFile(
            f"Tệp “{name}” khi mở ra quá lớn (trên {MAX_UNPACKED // 1024**2} MB, hoặc trên {MAX_WORDS // 1024**2} MB chữ) "
            "nên không được đọc."
        )
    if not known:
        raise damaged
    from docx import Document  # loaded only for Word files: it is slow to import

    try:
        return "\n".join(_docx_lines(Document(io.BytesIO(data))))
    except Exception as error:  # python-docx raises errors of many kinds on damaged files
        raise damaged from error


def _docx_lines(document: object) -> list[str]:
    """Paragraphs and table rows in the order of the page; cells of a row parted by pipes."""
    from docx.table import Table

    lines: list[str] = []
    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                lines.append(" | ".join(cell.text for cell in row.cells))
        else:
            lines.append(block.text)
    return lines


def _pdf_text(data: bytes, name: str) -> str:
    import pypdfium2  # type: ignore[import-untyped]  # loaded only for PDF files: a native library

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"Tệp PDF “{name}” đã hỏng hoặc có mật khẩu nên không đọc được.") from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFile(f"Tệp “{name}” dài quá {MAX_PAGES} trang nên không được đọc.")
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    if not text.strip():
        raise UnreadableFile(
            f"Tệp “{name}” là bản quét, không chép được chữ. Xin dùng tệp Word hoặc dán nội dung văn bản."
        )
    return text


# Text of Word (w:t), of spreadsheets (t) and of drawings (a:t), wherever it stands in the package.
_RUNS = re.compile(rb"<(?:w:|a:)?t(?: [^>]*)?>([^<]*)<")
_BLOCKS = re.compile(rb"</(?:w:p|a:p|si)>")


def refuse_secret_file(data: bytes) -> None:
    """Raise SecretDocument for an office file with a stamp anywhere: body, header, text box or cell."""
    refuse_secret(every_line(data), anywhere=True)


def every_line(data: bytes) -> str:
    """All words of an office file, a paragraph a line: also headers, footers, text boxes and cells.

    For judging, not for reading. Empty for what is no such file, or unpacks to more than MAX_WORDS.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [entry for entry in archive.infolist() if entry.filename.endswith(".xml")]
            if sum(entry.file_size for entry in parts) > MAX_WORDS:
                return ""
            blocks = [block for entry in parts for block in _BLOCKS.split(archive.read(entry))]
    except Exception:  # each way of packing raises errors of its own on damaged files
        return ""
    lines = (b"".join(_RUNS.findall(block)) for block in blocks)
    return normalised("\n".join(html.unescape(line.decode("utf-8", "replace")) for line in lines if line.strip()))
