"""The words by which the old workbook says how far the work has come, and what they mean here."""

from __future__ import annotations

import re

from agencies.names import fold
from directives.deadlines import Life

BLANK = ""
DONE_IN_TIME = "in_time"
# What staff may choose for a word.
CHOICES = (
    (Life.NOT_STARTED.value, "Chưa thực hiện"),
    (Life.IN_PROGRESS.value, "Đang thực hiện"),
    (Life.DONE.value, "Hoàn thành, theo ngày ghi trong sổ"),
    (DONE_IN_TIME, "Hoàn thành đúng hạn; nếu sổ không ghi ngày thì tính là ngày hết hạn"),
    (Life.SUSPENDED.value, "Tạm dừng"),
    (Life.CANCELLED.value, "Hủy, thôi giao (không tính vào số liệu)"),
)
_MEANS = (
    (r"tam dung|tam hoan|tam ngung|dinh hoan", Life.SUSPENDED),
    (r"^huy|thoi giao|thoi theo doi|khong thuc hien nua|rut nhiem vu|bai bo", Life.CANCELLED),
    (r"chua (thuc hien|trien khai|bat dau|lam(?! (xong|het|duoc|day du)))", Life.NOT_STARTED),
    (
        r"khong hoan thanh|co ban (da )?(hoan thanh|xong)|(hoan thanh|xong) (duoc )?(co ban|mot phan)"
        r"|(hoan thanh|thuc hien|xong|dat)( \w+)? \d{1,2} ?%",
        Life.IN_PROGRESS,
    ),
    (r"chua|dang|tiep tuc|thuong xuyen|cho ", Life.IN_PROGRESS),
    (r"^(?!.*(hoan thanh|hoan tat|\bht\b|xong)).*(cham tien do|trong han)", Life.IN_PROGRESS),
    (r"((hoan thanh|\bht\b|xong).*(dung|truoc|trong) (han|tien do))|^(dung|truoc) han$", DONE_IN_TIME),
    (r"hoan thanh|hoan tat|\bht\b|xong|ket thuc|da (thuc hien|trien khai|bao cao|tham muu|ban hanh)|100 ?%", Life.DONE),
    (r"qua han|tre han", Life.IN_PROGRESS),
)


def key(word: str) -> str:
    """What two writings of one state share."""
    folded = fold(word)
    return " ".join(re.sub(r"[^\w%]+", " ", folded).split()) or folded


def guess(word: str) -> str:
    """What a word probably means; empty where nobody can tell."""
    said = key(word)
    if not said:
        return Life.NOT_STARTED.value
    return next((str(getattr(means, "value", means)) for pattern, means in _MEANS if re.search(pattern, said)), "")
