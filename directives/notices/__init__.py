"""Reads documents that assign work: `read(text)` gives a `Notice`. Pure Python, no Django."""

from __future__ import annotations

from .agencies import split_names
from .checks import refuse_noise, refuse_secret
from .document import (
    Addressee,
    CitedDocument,
    Deadline,
    Notice,
    Part,
    Period,
    Segment,
    Target,
    Task,
)
from .errors import NotANotice, SecretDocument, UnreadableFile
from .files import is_garbled, normalised, refuse_secret_file, text_of
from .phrases import deadline_of, doc_type_of
from .reading import understand

__all__ = [
    "Addressee",
    "CitedDocument",
    "Deadline",
    "NotANotice",
    "Notice",
    "Part",
    "Period",
    "SecretDocument",
    "Segment",
    "Target",
    "Task",
    "UnreadableFile",
    "deadline_of",
    "doc_type_of",
    "read",
    "refuse_secret",
    "refuse_secret_file",
    "split_names",
    "text_of",
]


def read(text: str) -> Notice:
    """Understand a document. Offsets refer to `Notice.text`: the text in NFC with LF line ends.

    Raises NotANotice for what is no document that assigns work, SecretDocument for one with a stamp.
    """
    if is_garbled(text):
        raise NotANotice("Nội dung không phải chữ đọc được. Xin kiểm tra lại tệp.")
    text = normalised(text)
    refuse_noise(text)
    refuse_secret(text)
    notice = understand(text)
    if not notice.number and not notice.symbol and not notice.doc_type and not any(a.name for a in notice.addressees):
        raise NotANotice(
            "Chưa nhận ra đây là văn bản giao nhiệm vụ: không thấy số, ký hiệu, tên loại văn bản "
            "hay đơn vị được giao. Xin kiểm tra lại tệp."
        )
    return notice
