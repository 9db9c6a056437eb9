"""How a reminder speaks: by urgency, and courteously to a body that is asked and not ordered (design, 3.10)."""

from __future__ import annotations

from dataclasses import dataclass

from directives.models import Reason, Reminder, Step
from directives.templatetags.kttt import days_text


@dataclass(frozen=True)
class Group:
    """What is equally urgent: how it is headed and counted, what is asked for, its colour and its button.

    `noun`: what is counted. `subject`: what the subject says where a mail holds nothing else.
    """

    heading: str
    counted: str
    request: str
    colour: str
    action: str = "Báo cáo tiến độ"
    noun: str = "nhiệm vụ"
    subject: str = ""

    @property
    def mark(self) -> str:
        """How pages mark it: as overdue, as due soon, or not at all."""
        return {RED: "overdue", ORANGE: "soon"}.get(self.colour, "")


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
    "round_missed": Group(
        "Chưa gửi báo cáo kỳ",
        "chưa gửi",
        "Đã qua hạn gửi. Đề nghị sớm gửi báo cáo; báo cáo gửi sau vẫn được tiếp nhận.",
        RED,
        action="Soạn và gửi báo cáo kỳ",
        noun="báo cáo kỳ",
    ),
    "round_soon": Group(
        "Báo cáo kỳ sắp hết hạn gửi",
        "sắp hết hạn gửi",
        "Đề nghị gửi báo cáo đúng hạn.",
        ORANGE,
        action="Soạn và gửi báo cáo kỳ",
        noun="báo cáo kỳ",
    ),
    "round_open": Group(
        "Mở kỳ báo cáo",
        "đến kỳ gửi",
        "Đã chốt số liệu; đề nghị soạn và gửi báo cáo của đơn vị.",
        BLUE,
        action="Soạn và gửi báo cáo kỳ",
        noun="báo cáo kỳ",
    ),
    "round_asked": Group(
        "Kính đề nghị cho biết tình hình trong kỳ",
        "kính đề nghị quan tâm",
        "Kính đề nghị quý cơ quan cho biết tình hình thực hiện để tổng hợp.",
        BLUE,
        action="Cho biết tình hình",
        noun="báo cáo kỳ",
    ),
    "answered": Group(
        "Có ý kiến chỉ đạo, trả lời",
        "có ý kiến chỉ đạo",
        "Xin nghiên cứu, thực hiện và báo cáo kết quả.",
        BLUE,
    ),
    "decided": Group(
        "Đề nghị của đơn vị đã có trả lời",
        "có trả lời đề nghị",
        "Kính báo kết quả xem xét đề nghị của đơn vị.",
        BLUE,
        action="Xem nhiệm vụ",
    ),
    "received": Group(
        "Mới được giao",
        "mới được giao",
        "Xin xem nội dung, phân công thực hiện và báo cáo tiến độ.",
        BLUE,
        action="Xem nhiệm vụ",
    ),
    "drafted": Group(
        "Dự thảo báo cáo kỳ đã lập xong",
        "chờ xem lại, phát hành",
        "Xin xem lại, sửa nội dung nếu cần rồi phát hành; phần mềm không tự phát hành.",
        BLUE,
        action="Xem dự thảo",
        noun="báo cáo kỳ",
    ),
    "climbed": Group("Quá hạn kéo dài", "quá hạn kéo dài", "Đề nghị liên hệ, đôn đốc các đơn vị thực hiện.", RED),
    "climbed_asked": Group(
        "Chưa có kết quả từ cơ quan được đề nghị",
        "chưa có kết quả từ cơ quan được đề nghị",
        "Đề nghị trao đổi với cơ quan để nắm tình hình.",
        BLUE,
    ),
    "waiting": Group(
        "Chờ xác nhận đã lâu",
        "chờ xác nhận đã lâu",
        "Đề nghị xem xét, xác nhận hoặc đề nghị bổ sung; trong thời gian chờ, đơn vị không bị tính quá hạn.",
        ORANGE,
    ),
    "round_climbed": Group(
        "Đơn vị chưa gửi báo cáo kỳ",
        "chưa gửi",
        "Đề nghị liên hệ với đơn vị để nắm tình hình.",
        RED,
        noun="báo cáo kỳ",
    ),
}
_ABOVE = (Step.STANDING, Step.LEADER)
# What an assignment calls for by itself: in one mail once, in its most urgent group.
ABOUT_TIME = (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER, Reason.NUDGED, Reason.RECEIVED)
_NEWS = {
    Reason.RETURNED: "returned",
    Reason.RECEIVED: "received",
    Reason.EXTENSION: "decided",
    Reason.RELEASE: "decided",
    Reason.ANSWERED: "answered",
    Reason.WAITING: "waiting",
}


_ASKING = (Reason.RETURNED, Reason.RECEIVED, Reason.ANSWERED)


def group_of(row: Reminder, left: int, is_asked: bool) -> str:
    """The key of the group where this reminder stands in its recipient's mail.

    `left`: days from the day of sending to its deadline. `is_asked`: its body is asked, not ordered.
    """
    reason = Reason(row.reason)
    if reason == Reason.DRAFTED:
        return "drafted"
    if row.round_id:
        if is_asked:
            return "round_asked"
        return "round_climbed" if is_above(row) and reason == Reason.ROUND_MISSED else str(reason)
    # What is only asked of a body is told in words that ask, whatever is told; decisions are told alike to all.
    if reason in _NEWS and not (is_asked and reason in _ASKING):
        return _NEWS[reason]
    if is_above(row) and left < 0:
        return "climbed_asked" if is_asked else "climbed"
    if is_asked:
        return "asked"
    return "late" if left < 0 else "soon" if left else "today"


def is_above(row: Reminder) -> bool:
    """Whether the person hears of others' work."""
    return row.step in _ABOVE


def days_words(row: Reminder, left: int, is_asked: bool) -> str:
    """Days in words: còn 3 ngày, hôm nay, quá hạn 5 ngày; only an ordered task with a deadline is "quá hạn"."""
    if row.reason == Reason.WAITING:
        return f"đã chờ {-left} ngày"
    if left >= 0:
        return days_text(left)
    return days_text(left) if row.reason in ABOUT_TIME and not is_asked else f"đã qua {-left} ngày"


def term_of(row: Reminder, is_asked: bool) -> str:
    """What the date of the reminder is called."""
    if row.round_id:
        return "Thời gian đề nghị" if is_asked else "Hạn gửi"
    if row.reason == Reason.WAITING:
        return "Đề nghị hoàn thành ngày"
    if row.reason == Reason.RETURNED:
        return "Hạn bổ sung"
    return "Thời hạn đề nghị" if is_asked else "Thời hạn"
