"""What a column of an old tracking workbook may hold, and the words by which heads name it."""

from __future__ import annotations

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
NEEDED = ("text", "agencies")
# Blank cells of these say again what the row above says.
OF_PAPERS = ("number", "issued_on", "title", "issuer")

# What a head is called, folded; the first that finds a free column takes it, so the telling ones stand first. A name
# may come again with looser words. Words joined by "+" must all occur, whatever their order.
_CALLED = (
    ("completed", "ngay hoan thanh|ngay ht|ngay+hoan thanh+thuc te|hoan thanh ngay|ngay bao cao"),
    ("deadline", "gia han|dieu chinh+han|han moi|han hien nay|han hien tai"),
    ("coordinating", "phoi hop"),
    ("number", "so+ky hieu|so hieu|so van ban|so vb|so+van ban chi dao"),
    ("issued_on", "ngay+van ban|ngay+vb|ngay ban hanh|ngay ky|ngay thang"),
    ("issuer", "co quan ban hanh|noi ban hanh|co quan giao"),
    ("agencies", "chu tri|thuc hien+don vi|thuc hien+co quan|duoc giao|don vi|co quan"),
    ("text", "noi dung|nhiem vu|cong viec"),
    ("state", "tinh trang|trang thai|tinh hinh|tien do"),
    ("result", "van ban+ket qua|vb+ket qua|van ban+bao cao|van ban tra loi|bao cao so|san pham|minh chung|ket qua"),
    ("first", "han ban dau|thoi han|han hoan thanh|han xu ly|thoi gian hoan thanh|thoi gian thuc hien|han"),
    ("title", "trich yeu|ten van ban|ve viec"),
    ("remark", "ghi chu"),
    ("number", "van ban"),
    ("state", "ket qua thuc hien"),
)


def guess(heads: dict[int, str]) -> dict[str, int]:
    """Which column holds what, by the words in its head; a column holds one thing."""
    folded = {column: f" {fold(words)} " for column, words in heads.items()}
    found: dict[str, int] = {}
    for name, called in _CALLED:
        if name in found:
            continue
        free = (column for column in folded if column not in found.values())
        if (column := next((each for each in free if _is_called(folded[each], called)), None)) is not None:
            found[name] = column
    return found


def _is_called(head: str, called: str) -> bool:
    return any(all(f" {word}" in head or f"({word}" in head for word in each.split("+")) for each in called.split("|"))
