"""What a column of an old tracking workbook may hold, and the words by which heads name it."""

from __future__ import annotations

import re

from agencies.names import fold

# In the order of the page on which staff choose.
LABELS = {
    "text": "Nội dung nhiệm vụ",
    "agencies": "Cơ quan chủ trì, thực hiện",
    "coordinating": "Cơ quan phối hợp",
    "number": "Số, ký hiệu văn bản giao việc",
    "issued_on": "Ngày văn bản",
    "title": "Trích yếu văn bản",
    "issuer": "Cơ quan ban hành văn bản",
    "first": "Thời hạn ban đầu",
    "deadline": "Thời hạn hiện nay (sau gia hạn)",
    "state": "Tình trạng",
    "completed": "Ngày hoàn thành",
    "result": "Văn bản hoặc kết quả thực hiện",
    "remark": "Ghi chú",
}
# Two that one column may say together.
TOGETHER = {"state", "result"}
NEEDED = ("text", "agencies")
# Blank cells of these say again what the row above says.
OF_PAPERS = ("number", "issued_on", "title", "issuer")

_WORD = re.compile(r"[^\W_]+")
# What a head is called, in whole words, folded; the first that finds a free column takes it, so the telling ones stand
# first, and a name may come again with looser words. Words joined by "+" must all occur, whatever their order.
_CALLED = (
    ("completed", "ngay hoan thanh|ngay ht|ngay+hoan thanh|ngay bao cao|hoan thanh thuc te"),
    ("deadline", "gia han|han+dieu chinh|han moi|han hien nay|han hien tai"),
    ("coordinating", "phoi hop"),
    ("result", "van ban+ket qua|vb+ket qua|van ban+bao cao|van ban+tra loi|so bao cao|minh chung|san pham"),
    ("number", "so+ky hieu|so hieu|so+van ban|so vb"),
    ("issued_on", "ngay+van ban|ngay vb|ngay ban hanh|ngay+ban hanh|ngay ky|ngay thang"),
    ("issuer", "co quan ban hanh|noi ban hanh|co quan giao|nguoi giao"),
    ("agencies", "chu tri|don vi+thuc hien|co quan+thuc hien|duoc giao"),
    ("text", "noi dung nhiem vu|noi dung cong viec|noi dung chi dao|nhiem vu duoc giao"),
    ("text", "noi dung|nhiem vu|cong viec"),
    ("title", "trich yeu|ten van ban|ve viec"),
    ("agencies", "don vi|co quan"),
    ("state", "tinh trang|trang thai|tinh hinh|tien do"),
    ("first", "han ban dau|thoi han|han hoan thanh|han xu ly|thoi gian hoan thanh|thoi gian thuc hien|han"),
    ("result", "ket qua"),
    ("remark", "ghi chu"),
    ("number", "van ban"),
)


def guess(heads: dict[int, str]) -> dict[str, int]:
    """Which column holds what, by the words in its head; a column holds one thing."""
    folded = {column: f" {' '.join(_WORD.findall(fold(words)))} " for column, words in heads.items()}
    found: dict[str, int] = {}
    for name, called in _CALLED:
        if name in found:
            continue
        free = (column for column in folded if column not in found.values())
        if (column := next((each for each in free if _is_called(folded[each], called)), None)) is not None:
            found[name] = column
    # "Kết quả thực hiện" alone says both how far the work is and by which paper.
    if "state" not in found and _is_called(folded.get(found.get("result", 0), ""), "ket qua thuc hien|tinh hinh"):
        found["state"] = found["result"]
    return found


def _is_called(head: str, called: str) -> bool:
    return any(all(f" {word} " in head for word in each.split("+")) for each in called.split("|"))
