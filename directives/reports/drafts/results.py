"""The beginning of a report and its first section: whom it goes to, on what grounds, and the numbers in words."""

from __future__ import annotations

from directives.reports.drafts.naming import moment, on, what
from directives.reports.record import Record
from directives.templatetags.kttt import number, percent

MOST_CITED = 12
FIRST = "Chưa có báo cáo đã phát hành với số liệu của ngày trước đó để so sánh."


def subject(record: Record) -> list[str]:
    period = f" {record['period']['name']}" if record["period"] else ""
    directives = record["directives"]
    if record["scope"]["agency"] or len(directives) != 1:
        return [f"Tiến độ thực hiện {what(record)}{period}"]
    one = directives[0]
    issued = on(one["issued_on"])
    by = f" của {one['issuer']}" if one["issuer"] else ""
    return [f"Tiến độ thực hiện {what(record)} ngày {issued}{by}{period}"]


def addressed(record: Record) -> list[str]:
    if record["office"]["addressed"]:
        return list(record["office"]["addressed"])
    return list(dict.fromkeys(each["issuer"] for each in record["directives"] if each["issuer"]))


def grounds(record: Record) -> list[str]:
    named = [each["citation"] for each in record["directives"][:MOST_CITED]]
    cited = record["cited"][: MOST_CITED - len(named)]
    return [f"Căn cứ {each}" for each in [*named, *cited, *record["grounds"]]]


def opening(record: Record) -> list[str]:
    who = record["office"]["standing"] or record["office"]["name"]
    since = ""
    if record["period"]:
        since = f"kỳ báo cáo từ ngày {on(record['period']['start'])}; "
    figures = f"{since}số liệu lũy kế tính đến {moment(record)}"
    return [f"{who} tổng hợp và báo cáo tiến độ thực hiện {what(record)} ({figures}) như sau:"]


def general(record: Record) -> list[str]:
    tasks, given = record["tasks"], record["assignments"]
    return [
        _given(record),
        f"Đến nay đã hoàn thành {_done(tasks, 'nhiệm vụ')}; đã hoàn thành {_done(given, 'lượt giao')}.",
    ]


def _given(record: Record) -> str:
    tasks, given, agency = record["tasks"], record["assignments"], record["scope"]["agency"]
    if agency:
        return f"{agency} được giao {number(tasks['total'])} nhiệm vụ ({number(given['total'])} lượt giao nhiệm vụ)."
    return (
        f"{_capital(what(record))} có {number(tasks['total'])} nhiệm vụ, giao {number(len(record['agencies']))} cơ "
        f"quan, đơn vị, tương ứng {number(given['total'])} lượt giao nhiệm vụ."
    )


def _done(counted: Record, unit: str) -> str:
    """With both bases in official use, each named (design, section 3.5)."""
    done, total, due = (counted[name] for name in ("done", "total", "already_due"))
    return (
        f"{number(done)} {unit}, đạt {percent(done, total)} trên tất cả {number(total)} {unit} và "
        f"{percent(done, due)} trên {number(due)} {unit} đã hoàn thành hoặc quá hạn"
    )


def agencies(record: Record) -> list[str]:
    whole = [each for each in record["agencies"] if each["total"] and each["done"] == each["total"]]
    if not whole:
        return []
    return [f"Đã hoàn thành mọi nhiệm vụ được giao: {'; '.join(each['name'] for each in whole)}."]


def change(record: Record) -> list[str]:
    last = record["change"]
    if last is None:
        return [FIRST]
    now, then = record["assignments"], last["assignments"]
    return [
        f"So với báo cáo có số liệu đến ngày {on(last['as_of'])}: số lượt giao đã hoàn thành "
        f"{_moved(now, then, 'done')}; số lượt giao chưa hoàn thành, quá hạn {_moved(now, then, 'open_overdue')}."
    ]


def _moved(now: Record, then: Record, name: str) -> str:
    by = now[name] - then[name]
    if not by:
        return f"không đổi ({number(now[name])})"
    return f"{'tăng' if by > 0 else 'giảm'} {number(abs(by))} (từ {number(then[name])} thành {number(now[name])})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
