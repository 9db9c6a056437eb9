"""How a reminder speaks: by urgency, and courteously to a body that is asked and not ordered (design, 3.10)."""

from __future__ import annotations

from dataclasses import dataclass

from directives.models import Reason, Reminder
from directives.templatetags.kttt import days_text


@dataclass(frozen=True)
class Group:
    """What is equally urgent: how it is headed and counted, what is asked for, its colour and its button.

    `subject` is what the subject says where a mail holds nothing else.
    """

    heading: str
    counted: str
    request: str
    colour: str
    action: str = "Báo cáo tiến độ"
    subject: str = ""


# Red is overdue, orange falls due; nothing else has these colours.
RED, ORANGE, BLUE = "#b3261e", "#9a5200", "#14467f"
# In the order of the mail: what is most urgent first.
GROUPS = {
    "late": Group("Quá hạn", "quá hạn", "Đề nghị khẩn trương thực hiện và báo cáo kết quả.", RED),
    "today": Group("Đến hạn hôm nay", "đến hạn hôm nay", "Đề nghị báo cáo kết quả trong hôm nay.", ORANGE),
    "soon": Group("Sắp đến hạn", "sắp đến hạn", "Đề nghị bảo đảm tiến độ và báo cáo kết quả đúng hạn.", ORANGE),
    "returned": Group(
        "Được đề nghị bổ sung",
        "được đề nghị bổ sung",
        "Đề nghị bổ sung kết quả, tài liệu minh chứng.",
        BLUE,
        action="Bổ sung báo cáo",
    ),
    "asked": Group(
        "Kính đề nghị quan tâm",
        "kính đề nghị quan tâm",
        "Kính đề nghị quý cơ quan quan tâm thực hiện và cho biết kết quả.",
        BLUE,
        action="Cho biết kết quả",
        subject="Kính đề nghị quan tâm {} nhiệm vụ",
    ),
    "climbed": Group("Quá hạn kéo dài", "quá hạn kéo dài", "Đề nghị liên hệ, đôn đốc các đơn vị thực hiện.", RED),
    "climbed_asked": Group(
        "Chưa có kết quả từ cơ quan được đề nghị",
        "chưa có kết quả từ cơ quan được đề nghị",
        "Đề nghị trao đổi với cơ quan để nắm tình hình.",
        BLUE,
    ),
}
_BY_REASON = {Reason.AFTER: "late", Reason.ON_DAY: "today", Reason.BEFORE: "soon", Reason.RETURNED: "returned"}


def group_of(row: Reminder) -> str:
    """The key of the group where this reminder stands in its recipient's mail."""
    asked = is_asked(row)
    if row.recipient.keeps_tasks:
        return "climbed_asked" if asked else "climbed"
    return "asked" if asked else _BY_REASON[Reason(row.reason)]


def days_words(row: Reminder, left: int) -> str:
    """Days in words: còn 3 ngày, hôm nay, quá hạn 5 ngày; only an ordered task with a deadline is "quá hạn"."""
    if left >= 0 or (row.reason == Reason.AFTER and not is_asked(row)):
        return days_text(left)
    return f"đã qua {-left} ngày"


def is_asked(row: Reminder) -> bool:
    """Whether the task is a request to its body ("Đề nghị …"), not an order."""
    return row.assignment.task.addressee.is_asked


def term_of(row: Reminder) -> str:
    """What the date of the reminder is called."""
    if row.reason == Reason.RETURNED:
        return "Hạn bổ sung"
    return "Thời hạn đề nghị" if is_asked(row) else "Thời hạn"
