"""The beginning of a report and its first section: whom it goes to, on what grounds, and the numbers in words."""

from __future__ import annotations

from directives.reports.drafts.naming import moment, moved, on, span, what
from directives.reports.record import Record
from directives.templatetags.kttt import number, percent

MOST_CITED = 12
FIRST = "Chưa có báo cáo đã phát hành với số liệu của ngày trước đó để so sánh."


def subject(record: Record) -> list[str]:
    period = f", {record['period']['name']}" if record["period"] and record["period"]["name"] else ""
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
    since = f"kỳ báo cáo {span(record['period'])}; " if record["period"] else ""
    figures = f"{since}số liệu lũy kế tính đến {moment(record)}"
    return [f"{who} tổng hợp và báo cáo tiến độ thực hiện {what(record)} ({figures}) như sau:"]


def general(record: Record) -> list[str]:
    tasks, given = record["tasks"], record["assignments"]
    so_far = "Lũy kế đến nay" if record["period"] else "Đến nay"
    return [
        _given(record),
        f"{so_far}, đã hoàn thành {_done(tasks, 'nhiệm vụ')}; đã hoàn thành {_done(given, 'lượt giao')}.",
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


def within(record: Record) -> list[str]:
    """What was done, newly given and fell due in the period; and what was done in the period before."""
    tasks, given = record["within"]["tasks"], record["within"]["assignments"]
    done = f"hoàn thành {_split(tasks, 'nhiệm vụ')}, {_split(given, 'lượt giao')}"
    said = [
        done if given["done"] else "không có nhiệm vụ hoàn thành",
        _both("mới giao", tasks["given"], given["given"]),
        _both("đến hạn", tasks["due"], given["due"]),
    ]
    return [f"Trong kỳ, {span(record['period'])}: {'; '.join(said)}.", *_beside_the_period_before(record)]


def _beside_the_period_before(record: Record) -> list[str]:
    last = record["change"] and record["change"]["within"]
    if not last:
        return []
    now, named = record["within"], last["period"]["name"] or span(last["period"])
    tasks, given = (_moved(now[what], last[what], "done") for what in ("tasks", "assignments"))
    return [f"So với kỳ trước ({named}): số nhiệm vụ hoàn thành trong kỳ {tasks}; số lượt giao hoàn thành {given}."]


def _split(counted: Record, unit: str) -> str:
    """ "5 nhiệm vụ (4 đúng hạn, 1 quá hạn)"."""
    names = (("done_on_time", "đúng hạn"), ("done_late", "quá hạn"), ("done_no_deadline", "không hạn"))
    parts = ", ".join(f"{number(counted[name])} {words}" for name, words in names if counted[name])
    return f"{number(counted['done'])} {unit}" + (f" ({parts})" if parts else "")


def _both(words: str, tasks: int, given: int) -> str:
    return f"{words} {number(tasks)} nhiệm vụ, {number(given)} lượt giao" if given else f"không có nhiệm vụ {words}"


def change(record: Record) -> list[str]:
    last = record["change"]
    if last is None:
        return [FIRST]
    now, then = record["assignments"], last["assignments"]
    of = f"báo cáo {last['name']}, số liệu" if last["name"] else "báo cáo có số liệu"
    return [
        f"So với {of} đến ngày {on(last['as_of'])}: số lượt giao đã hoàn thành {_moved(now, then, 'done')}; số lượt "
        f"giao chưa hoàn thành, quá hạn {_moved(now, then, 'open_overdue')}.",
        _other_directives(last),
    ]


def _other_directives(last: Record) -> str:
    """Sums change with the directives that they are of: which, is said."""
    told = (("left", "không còn theo dõi"), ("came", "mới theo dõi"))
    parts = [f"{number(len(last[key]))} văn bản {words} ({_listed(last[key])})" for key, words in told if last[key]]
    return f"Số liệu hai thời điểm khác nhau về phạm vi: {'; '.join(parts)}." if parts else ""


def _listed(codes: list[str]) -> str:
    more = len(codes) - MOST_CITED
    return ", ".join(codes[:MOST_CITED]) + (f" và {number(more)} văn bản khác" if more > 0 else "")


def _moved(now: Record, then: Record, name: str) -> str:
    by = now[name] - then[name]
    figures = f"từ {number(then[name])} thành {number(now[name])}" if by else number(now[name])
    return f"{moved(by)} ({figures})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
