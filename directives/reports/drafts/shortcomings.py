"""The later sections: what is late and who is silent, why, what hinders, what comes next."""

from __future__ import annotations

from directives.reports.drafts.naming import ended, moment, on, pointed, what
from directives.reports.record import Record
from directives.templatetags.kttt import number

NONE_LATE = "Các cơ quan được giao không có nhiệm vụ nào quá hạn."
NOT_ON = "Chưa áp dụng kỳ báo cáo định kỳ nên không thống kê nội dung này."
NO_OBSTACLE = "Chưa có cơ quan nào nêu khó khăn, vướng mắc hoặc kiến nghị đối với nhiệm vụ chưa hoàn thành."
GOING_ON = "Tiếp tục thực hiện {} lượt giao nhiệm vụ không ấn định thời hạn, báo cáo kết quả theo từng kỳ."
HURRY = (
    "Đề nghị các cơ quan có nhiệm vụ quá hạn khẩn trương hoàn thành, báo cáo rõ nguyên nhân và thời gian hoàn thành."
)


def late(record: Record) -> list[str]:
    count = sum(len(agency["rows"]) for agency in record["late"])
    if not count:
        return [NONE_LATE]
    return [
        f"Tính đến {moment(record)}, có {number(len(record['late']))} cơ quan với {number(count)} lượt giao nhiệm vụ "
        f"đã quá hạn mà chưa hoàn thành{_apart(record, count)} (số thứ tự nhiệm vụ theo Phụ lục II):"
    ]


def _apart(record: Record, count: int) -> str:
    """What was asked of a body is late for nobody, and yet among the numbers."""
    asked = record["assignments"]["open_overdue"] - count
    return f", chưa kể {number(asked)} lượt giao đề nghị cơ quan khác quan tâm thực hiện" if asked > 0 else ""


def silent(record: Record) -> list[str]:
    told = record["unreported"]
    if told is None:
        return [NOT_ON]
    within = f"Trong kỳ báo cáo từ ngày {on(told['start'])} đến ngày {on(told['end'])},"
    asked = ", ".join(each["name"] for each in told["asked"])
    return [
        _silent(within, told["agencies"]),
        f"Kính đề nghị {asked} quan tâm thông tin kết quả thực hiện để tổng hợp chung." if asked else "",
    ]


def _silent(within: str, agencies: list[Record]) -> str:
    if not agencies:
        return f"{within} các cơ quan đều đã gửi báo cáo tiến độ."
    named = "; ".join(f"{each['name']} ({number(len(each['tasks']))} lượt giao)" for each in agencies)
    return (
        f"{within} các cơ quan sau chưa gửi báo cáo tiến độ đối với nhiệm vụ đang thực hiện (việc chưa báo cáo được "
        f"tính riêng, không đồng nghĩa với quá hạn): {named}."
    )


def causes(record: Record) -> list[str]:
    told = [(agency["name"], row) for agency in record["late"] for row in agency["rows"] if row["cause"]]
    if not told:
        return ["Các cơ quan chưa nêu nguyên nhân trong báo cáo."] if record["late"] else []
    lines = [f"- {name} ({pointed(row, record)}): {ended(row['cause'])}" for name, row in told]
    return ["Nguyên nhân theo báo cáo của các cơ quan:", *lines]


def obstacles(record: Record) -> list[str]:
    obstacles = record["obstacles"]
    if not obstacles:
        return [NO_OBSTACLE]
    return [
        f"Qua báo cáo của các cơ quan đối với nhiệm vụ chưa hoàn thành, có {number(len(obstacles))} nội dung khó khăn, "
        "kiến nghị:",
        *(line for count, each in enumerate(obstacles, start=1) for line in _obstacle(count, each, record)),
    ]


def _obstacle(count: int, each: Record, record: Record) -> list[str]:
    said_on = on(each["said_on"])
    to = f" {each['proposal_to']}" if each["proposal_to"] else ""
    proposal = f"Kiến nghị{to}: {ended(each['proposal'])}" if each["proposal"] else ""
    words = " ".join(filter(None, (each["obstacle"] and ended(each["obstacle"]), proposal)))
    answers = [f"- Đã có ý kiến ngày {on(answer['given_on'])}: {ended(answer['text'])}" for answer in each["answers"]]
    waits = (
        ""
        if answers
        else f" Nội dung đã nêu được {number(each['waiting_days'])} ngày, kính đề nghị xem xét, cho ý kiến."
    )
    return [f"{count}. {each['agency']} ({pointed(each, record)}, báo cáo ngày {said_on}): {words}{waits}", *answers]


def coming(record: Record) -> list[str]:
    soon, going_on = record["next"], record["assignments"]["open_no_deadline"]
    span = f"Trong {number(soon['days'])} ngày tới (đến hết ngày {on(soon['until'])})"
    return [
        f"{span}, có {number(soon['count'])} lượt giao nhiệm vụ đến hạn, đề nghị các cơ quan tập trung hoàn thành:"
        if soon["rows"]
        else f"{span} không có nhiệm vụ nào đến hạn.",
        HURRY if any(not row["closed"] for agency in record["late"] for row in agency["rows"]) else "",
        GOING_ON.format(number(going_on)) if going_on else "",
    ]


def closing(record: Record) -> list[str]:
    return [f"Trên đây là báo cáo tiến độ thực hiện {what(record)}; tình hình từng nhiệm vụ tại Phụ lục II kèm theo./."]
