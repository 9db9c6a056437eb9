"""What is not read: nothing, noise, and documents with a stamp of secrecy."""

from __future__ import annotations

import re
from itertools import islice

from .errors import NotANotice, SecretDocument

MAX_CHARS = 6_000_000
_SAMPLE = 200_000
# A line longer than this is no line of a document; the grammar need not look at it.
_LONGEST_LINE = 40_000
_MOST_LINES = 50_000
_UNLIKE = "Nội dung không giống văn bản hành chính giao nhiệm vụ. Xin kiểm tra lại tệp."

_SIGNS = re.compile(
    r"Số\s{0,20}:|THÔNG BÁO|CHỈ THỊ|KẾ HOẠCH|CÔNG ĐIỆN|QUYẾT ĐỊNH|NGHỊ QUYẾT|KẾT LUẬN|BÁO CÁO|CHƯƠNG TRÌNH|HƯỚNG DẪN|"
    r"Kính gửi|N[ơo]i nhận|kết luận|nhiệm vụ|chủ trì|phối hợp|chỉ đạo|[Gg]iao\s|[Đđ]ề nghị|[Yy]êu cầu"
)
# Words that make up a good part of any administrative text; random letters hardly ever hit them.
_COMMON = frozenset(
    [
        "các",
        "và",
        "của",
        "thực",
        "hiện",
        "công",
        "tác",
        "tổ",
        "chức",
        "về",
        "theo",
        "trên",
        "cho",
        "cơ",
        "quan",
        "đơn",
        "vị",
        "quản",
        "lý",
        "nhà",
        "nước",
        "có",
        "được",
        "trong",
        "phát",
        "triển",
        "kinh",
        "tế",
        "tỉnh",
        "huyện",
        "xã",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "sở",
        "ngành",
        "việc",
        "số",
        "ngày",
        "tháng",
        "năm",
        "đầu",
        "tư",
        "chính",
        "phủ",
        "quy",
        "định",
        "với",
        "kế",
        "hoạch",
        "chủ",
        "trì",
        "phối",
        "hợp",
    ]
)
_STAMP = re.compile(
    r"(?:(?:ĐỘ|Độ)\s+(?:MẬT|mật)\s*:?\s*)?\W{0,6}(TUYỆT\s{1,3}MẬT|TỐI\s{1,3}MẬT|MẬT|(?:Tuyệt|Tối)\s{1,3}mật|Mật)\W{0,6}\Z"
)
_STAMP_LINES = 60


def refuse_noise(text: str) -> None:
    """Raise NotANotice, in linear time, when the text cannot be a document."""
    if not text.strip():
        raise NotANotice("Văn bản trống: chưa có nội dung để đọc. Xin chọn tệp khác hoặc dán nội dung văn bản.")
    if len(text) > MAX_CHARS:
        raise NotANotice("Văn bản quá dài để là một văn bản chỉ đạo. Xin kiểm tra lại tệp.")
    sample = text[:_SAMPLE]
    strange = sum(1 for c in sample if c == "\ufffd" or (ord(c) < 32 and c not in "\n\t\r\f\v"))
    if strange > len(sample) * 0.01 or not any(c.isalpha() for c in sample):
        raise NotANotice("Nội dung không phải chữ đọc được. Xin kiểm tra lại tệp hoặc bảng mã (Unicode UTF-8).")
    lines = text.split("\n")
    if len(lines) > _MOST_LINES or max(map(len, lines)) > _LONGEST_LINE or not _SIGNS.search(text):
        raise NotANotice(_UNLIKE)
    if len(text) > 20_000 and not _is_vietnamese(text):
        raise NotANotice(_UNLIKE)


def _is_vietnamese(text: str) -> bool:
    middle = len(text) // 2
    words = text[middle - 8_000 : middle + 8_000].lower().split()
    return sum(word.strip(",.;:") in _COMMON for word in words) > 0.04 * len(words)


def refuse_secret(text: str, *, anywhere: bool = False) -> None:
    """Raise SecretDocument for a stamp that stands alone on a line or in a cell near the top, or `anywhere`."""
    lines = (line for line in text.splitlines() if line.strip())
    for line in lines if anywhere else islice(lines, _STAMP_LINES):
        if any(_STAMP.match(cell.strip()) for cell in re.split(r"\||\t|\s{4,}", line)):
            raise SecretDocument(
                "Văn bản có dấu chỉ độ mật nên không được đưa vào hệ thống này. "
                "Xin xử lý theo quy định về bảo vệ bí mật nhà nước; hệ thống không lưu lại nội dung nào."
            )
