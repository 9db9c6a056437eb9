"""How a report names what it is about, the moment of its figures, and single tasks."""

from __future__ import annotations

from datetime import date, time

from directives.reports.record import Record
from directives.reports.wording import long_date, short_date
from directives.templatetags.kttt import number


def what(record: Record) -> str:
    """ "Thông báo kết luận số 86/TB-UBND"; of several directives, how many; of an agency, its name."""
    agency, directives = record["scope"]["agency"], record["directives"]
    if agency:
        return f"nhiệm vụ giao {agency}"
    if len(directives) == 1:
        return f"{directives[0]['doc_type']} số {directives[0]['code']}"
    if len(directives) <= 3:
        return "các văn bản số " + ", ".join(each["code"] for each in directives)
    return f"{number(len(directives))} văn bản chỉ đạo"


def moment(record: Record) -> str:
    """ "17 giờ ngày 14 tháng 6 năm 2023"; of a day that was over "hết ngày …", of one that was not "ngày …"."""
    day = long_date(date.fromisoformat(record["as_of"]))
    if record["as_of_time"] is None:
        return day if record["as_of"] == record["made_on"] else f"hết {day}"
    at = time.fromisoformat(record["as_of_time"])
    return f"{at.hour} giờ{f' {at.minute:02} phút' if at.minute else ''} {day}"


def numbered(item: Record, record: Record) -> str:
    """ "12", a task's number; among several directives with the number of its own: "12 (86/TB-UBND)"."""
    of = f" ({item['directive']})" if len(record["directives"]) > 1 else ""
    return f"{number(item['task'])}{of}"


def pointed(item: Record, record: Record) -> str:
    """ "nhiệm vụ 12"."""
    return f"nhiệm vụ {numbered(item, record)}"


def moved(by: int) -> str:
    """ "tăng 3", "giảm 2", "không đổi"."""
    return f"{'tăng' if by > 0 else 'giảm'} {number(abs(by))}" if by else "không đổi"


def span(period: Record) -> str:
    """ "từ ngày 15/10/2023 đến hết ngày 14/11/2023": a period; without "hết" where its last day was not over."""
    return f"từ ngày {on(period['start'])} đến {'hết ' if period['is_over'] else ''}ngày {on(period['end'])}"


def on(text: str) -> str:
    """An ISO date of the record as documents are cited: "24/4/2023"."""
    return short_date(date.fromisoformat(text))


def ended(text: str) -> str:
    """With a full stop, where it has no end of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(' ,;:')}."
