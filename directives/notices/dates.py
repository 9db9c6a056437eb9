"""Vietnamese dates and times: reading them, and writing one as Decree 30/2020/NĐ-CP asks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from .document import Deadline, Period
from .patterns import phrase, plain

DAY = (
    r"(?P<d>\d{1,2})(?: tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})|\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4}))(?!\d)"
)
FULL_DATE = phrase(rf"(?<!\d){DAY}")

_BEFORE = r"(?:trước|chậm nhất(?: là| vào| trong)?|muộn nhất(?: là)?|đến hết|hết|đến|trong|xong trước|vào|tới)"
_MONTH = r"tháng (?P<mm>\d{1,2})(?:\s?/\s?| năm )(?P<my>\d{4})"
_MONTH_ALONE = r"tháng (?P<am>\d{1,2})(?! năm|\s?/|\d)"
_QUARTER = r"quý (?P<q>IV|I{1,3}|[1-4])(?:\s?[-/]\s?| năm )(?P<qy>\d{4})"
_YEAR = r"năm (?P<yy>\d{4})(?!\s?-|\d)"
_SHORT_DAY = r"(?P<sd>\d{1,2})\s?/\s?(?P<sm>\d{1,2})(?!\s?/|\d)"
_YEARLY = r"(?: (?P<every>(?:hằng|hàng) (?:tuần|tháng|quý|năm)))"

_TIME = phrase(
    rf"(?i:(?<!\w)(?:"
    rf"{_BEFORE}(?: tuần)?(?: thời gian)?(?: từ)? ngày \d{{1,2}}(?:[/-]\d{{1,2}})?(?: tháng \d{{1,2}})?(?: -| đến)(?: ngày)? {DAY}|"
    rf"từ ngày [^.;:]{{1,30}} đến (?:hết )?(?:ngày )?{DAY.replace('<', '<r')}|"
    rf"(?P<pre>{_BEFORE})(?: \d{{1,2}} ?giờ(?: \d{{1,2}})?)?(?: ngày)? {DAY.replace('<', '<b')}|"
    rf"(?P<pre2>{_BEFORE}) ngày {_SHORT_DAY}(?: và (?P<sd2>\d{{1,2}})\s?/\s?(?P<sm2>\d{{1,2}}))?{_YEARLY}?|"
    rf"{_BEFORE} ngày (?P<md>\d{{1,2}})(?: của)?{_YEARLY.replace('every', 'monthly')}|"
    rf"(?P<pre3>trước|{_BEFORE}(?: cuối| giữa| đầu)?|cuối|giữa|đầu) {_MONTH}|"
    rf"(?P<pre4>trước|{_BEFORE}(?: cuối)?|cuối) {_MONTH_ALONE}|"
    rf"(?P<pre5>{_BEFORE}(?: cuối| đầu)?|cuối|đầu) {_QUARTER}|"
    rf"(?P<pre6>trước|trong|đến hết|hết|(?:đến |trong )?cuối) {_YEAR}"
    rf")(?!\w))|(?:^|(?<=[.;] )|(?<=[.;]\n))Đến {_YEAR.replace('<yy>', '<sy>')}"
)
_FIELD_TIME = phrase(
    rf"(?i:{_QUARTER.replace('<q>', '<fq>').replace('<qy>', '<fqy>')}|{_MONTH.replace('<mm>', '<fm>').replace('<my>', '<fmy>')}|{_YEAR.replace('<yy>', '<fyy>')})"
)
_EVENT = phrase(
    r"(?:(?:trước|tại|trong) [Kk]ỳ họp thứ (?:\d{1,2}|[a-zà-ỹ]{2,5})(?:,? (?:của )?(?:Quốc hội|HĐND|Hội đồng nhân dân)"
    r"(?: khóa [IVX]{1,6}| tỉnh khóa [IVX]{1,6})?)?|trước khi (?:trình|báo cáo|ban hành) [^.;,]{3,60}(?:, quyết định)?|"
    r"trong (?:vòng|thời hạn|thời gian) \d{1,3} (?:ngày|tháng|tuần)(?: làm việc)?)"
)
_RECURRING = phrase(
    r"(?i)(?<![\w])(?:(?:định kỳ|thường xuyên)(?:,? (?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)| \d{1,2} tháng)?|"
    r"(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm))(?![\w])"
)
_NOT_RECURRING = phrase(
    r"(?i:chi|giáo dục|đào tạo|ngân sách|vốn|kế hoạch|dự toán|kinh phí|không|nhiệm vụ|tăng trưởng|bình quân|thu nhập|"
    r"nguồn chi|trợ cấp|báo cáo tài chính|trung tâm|doanh thu|sản lượng|phẩm|lễ|dịp|nguồn) *\Z"
)
_PERIOD = phrase(
    r"(?i:giai đoạn (?P<from>\d{4})\s?[-–]\s?(?P<to>\d{4})|(?P<half>6 tháng (?:đầu|cuối)) năm (?P<hy>\d{4})|"
    rf"{_QUARTER}|{_MONTH}|(?:trong )?năm (?P<one>\d{{4}})(?!\d))"
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def official_date(day: date) -> str:
    """ "ngày 05 tháng 01 năm 2020": days under 10, and months 1 and 2 only, take a zero (Decree 30)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def make_date(year: str | int, month: str | int, day: str | int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_of(match: re.Match[str], prefix: str = "") -> date | None:
    """The date of a match of `DAY` (with its group names prefixed)."""
    groups = match.groupdict()
    year = groups[f"{prefix}y"] or groups[f"{prefix}y2"]
    month = groups[f"{prefix}m"] or groups[f"{prefix}m2"]
    return make_date(year, month, groups[f"{prefix}d"]) if year and month else None


def month_end(year: str | int, month: str | int) -> date | None:
    """The last day of the month."""
    first = make_date(year, month, 1)
    return first and first.replace(day=calendar.monthrange(first.year, first.month)[1])


def deadlines_in(mask: str, issued_on: date | None, said: str | None = None) -> list[Deadline]:
    """Every time set for the work, dated ones first; events and open periods have no date.

    `mask` is searched; the words are taken from `said`, the same stretch as written.
    """
    said = said or mask
    found: list[tuple[int, Deadline]] = []
    for hit in _TIME.finditer(mask):
        found.extend((hit.start(), d) for d in _dated(hit, plain(said[hit.start() : hit.end()]), issued_on))
    for hit in _EVENT.finditer(mask):
        found.append((hit.start(), Deadline(plain(said[hit.start() : hit.end()]), None)))
    found.sort(key=lambda pair: (pair[1].date is None, pair[0]))
    return [d for _, d in found]


def field_deadline(words: str, issued_on: date | None, said: str | None = None) -> Deadline:
    """The "Thời gian" field of a plan: its whole words, and the date they name."""
    dated = [d.date for d in deadlines_in(words, issued_on) if d.date]
    if not dated:
        dated = [d for hit in _FIELD_TIME.finditer(words) if (d := _field_date(hit))]
        dated += [d for hit in FULL_DATE.finditer(words) if (d := date_of(hit))]
    return Deadline(plain(said or words).rstrip(" .;"), dated[0] if dated else None)


def recurring_words(mask: str, said: str | None = None) -> str | None:
    """ "thường xuyên", "định kỳ", "hằng tháng" … where they are said of the work itself."""
    for hit in _RECURRING.finditer(mask):
        if not _NOT_RECURRING.search(mask[max(0, hit.start() - 24) : hit.start()]):
            return plain((said or mask)[hit.start() : hit.end()])
    return None


def period_in(heading: str) -> Period | None:
    """The period that a heading names: "năm 2023", "quý IV năm 2023", "giai đoạn 2021-2025"."""
    hit = _PERIOD.search(heading)
    if not hit:
        return None
    start, end = _period_bounds(hit.groupdict())
    return Period(plain(hit.group()), start, end) if start and end and start <= end else None


def _period_bounds(g: dict[str, str | None]) -> tuple[date | None, date | None]:
    if g["from"] and g["to"]:
        return make_date(g["from"], 1, 1), make_date(g["to"], 12, 31)
    if g["half"] and g["hy"]:
        first = "đầu" in g["half"]
        return make_date(g["hy"], 1 if first else 7, 1), month_end(g["hy"], 6 if first else 12)
    if g["q"] and g["qy"]:
        last = _QUARTERS[g["q"].upper()] * 3
        return make_date(g["qy"], last - 2, 1), month_end(g["qy"], last)
    if g["mm"] and g["my"]:
        return make_date(g["my"], g["mm"], 1), month_end(g["my"], g["mm"])
    return make_date(g["one"] or 0, 1, 1), make_date(g["one"] or 0, 12, 31)


def _field_date(hit: re.Match[str]) -> date | None:
    g = hit.groupdict()
    if g["fq"]:
        return month_end(g["fqy"] or 0, _QUARTERS[g["fq"].upper()] * 3)
    if g["fm"]:
        return month_end(g["fmy"] or 0, g["fm"])
    return make_date(g["fyy"] or 0, 12, 31)


def _dated(hit: re.Match[str], words: str, issued_on: date | None) -> Iterator[Deadline]:
    g = hit.groupdict()
    if g["sd"]:
        first = _next_yearly(g["sm"], g["sd"], issued_on)
        yield Deadline(words, first)
        if g["sd2"]:
            every = f" {plain(g['every'])}" if g["every"] else ""
            yield Deadline(f"{g['sd2']}/{g['sm2']}{every}", _next_yearly(g["sm2"], g["sd2"], issued_on))
        return
    yield Deadline(words, _single(hit, g, issued_on))


def _single(hit: re.Match[str], g: dict[str, str | None], issued_on: date | None) -> date | None:
    for prefix in ("", "r", "b"):
        if g[f"{prefix}d"]:
            return date_of(hit, prefix)
    if g["md"]:
        return _next_monthly(int(g["md"]), plain(g["monthly"] or ""), issued_on)
    if g["mm"]:
        return _outer(g["pre3"], make_date(g["my"] or 0, g["mm"], 1), month_end(g["my"] or 0, g["mm"]))
    if g["am"]:
        end = month_end(issued_on.year, g["am"]) if issued_on else None
        return _outer(g["pre4"], end and end.replace(day=1), end)
    if g["q"]:
        last = _QUARTERS[g["q"].upper()] * 3
        return _outer(g["pre5"], make_date(g["qy"] or 0, last - 2, 1), month_end(g["qy"] or 0, last))
    year = g["sy"] or g["yy"] or 0
    return _outer(g["pre6"], make_date(year, 1, 1), make_date(year, 12, 31))


def _outer(before: str | None, first: date | None, last: date | None) -> date | None:
    """ "trước tháng 6" ends the day before it begins; every other word takes in the whole of it."""
    if before and before.lower().startswith("trước") and "cuối" not in before and first and first.toordinal() > 1:
        return first - timedelta(days=1)
    return last


def _next_yearly(month: str | None, day: str | None, issued_on: date | None) -> date | None:
    if not issued_on:
        return None
    this = make_date(issued_on.year, month or 0, day or 0)
    return make_date(issued_on.year + 1, month or 0, day or 0) if this and this < issued_on else this


def _next_monthly(day: int, every: str, issued_on: date | None) -> date | None:
    if not issued_on or not every.endswith("tháng"):
        return None
    this = make_date(issued_on.year, issued_on.month, day)
    if this and this >= issued_on:
        return this
    year, month = divmod(issued_on.year * 12 + issued_on.month, 12)
    return make_date(year, month + 1, day)
