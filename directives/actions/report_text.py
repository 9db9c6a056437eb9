"""What staff make of a drafted report: its words, and that it goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.locking import require_fresh, require_keeper
from directives.actions.numbers import clerks_number, other_with
from directives.actions.reports import locked_report, wait_again
from directives.actions.turnstile import one_at_a_time
from directives.models import Passage, Publication, Report

LONGEST = 20_000  # characters of one passage
OLD = (
    "Báo cáo này được lập bằng phiên bản trước của phần mềm nên không sửa, không phát hành được. "
    "Xin lập một báo cáo mới."
)

# From the report, its number, its day of issue (or None) and today to the record that its files show, and its checksum.
Write = Callable[[Report, str, date | None, date], tuple[dict[str, Any], str]]


@dataclass(frozen=True)
class Edit:
    """New words of a passage; `version`: what the person saw when they began."""

    words: str
    version: int


def save_text(*, report: Report, edits: Mapping[str, Edit], by: User, day: date) -> list[Passage]:
    """Change passages (by their place), all or none; returns those that are other than before. Raises Refused, Stale.

    The files are then made anew. What was drafted from the figures stays beside what was made of it.
    """
    require_keeper(by)
    with acting(by, "edit_report", day):
        row = _draft(report)
        passages = row.passages.select_for_update(no_key=True).filter(place__in=edits)
        changed = [each for each in passages if _is_new(each, edits[each.place])]
        for passage in changed:
            edit = edits[passage.place]
            require_fresh(passage, edit.version)
            passage.words, passage.version = _clean(edit.words, passage), passage.version + 1
            passage.edited_by, passage.edited_on = by, day
            passage.save()
        if changed:
            row.content_sha256 = ""  # no file shows these words yet
            wait_again(row)
        return changed


def publish_report(
    *, report: Report, number: str, issued_on: date | None, seen: str, by: User, day: date, write: Write
) -> Publication:
    """It goes out as it stands, and never changes again. A second time is harmless. Raises Refused.

    `seen`: the checksum of the content that the person had before them.

    Number and day are as the clerk gave them, or both empty: room is left for them (design, section 3.14).
    """
    require_keeper(by)
    with acting(by, "publish_report", day):
        one_at_a_time("report numbers")  # so that two reports with one number find each other
        row = locked_report(report)
        if row.is_published:
            return row.publication
        if row.is_failed:
            raise Refused("Các tệp của báo cáo chưa lập được. Xin thử lại, xem lại rồi phát hành.")
        if not row.is_ready:
            raise Refused("Báo cáo đang được lập. Xin đợi lập xong, xem lại rồi phát hành.")
        if not row.passages.exists():
            raise Refused(OLD)
        if row.content_sha256 != seen:
            raise Refused("Nội dung vừa được sửa sau khi ông/bà mở trang này. Xin xem lại bản mới rồi phát hành.")
        number = _numbered(number.strip(), issued_on, row, day)
        record, sha256 = write(row, number, issued_on, day)
        made = Publication.objects.create(
            report=row,
            record=record,
            sha256=sha256,
            number=number,
            issued_on=issued_on,
            published_by=by,
            published_on=day,
        )
        row.content_sha256 = sha256  # the files of the draft are none of its own
        wait_again(row)
        return made


def _draft(report: Report) -> Report:
    row = locked_report(report)
    if row.is_published:
        raise Refused("Báo cáo đã phát hành nên không sửa được nữa. Muốn có nội dung mới, xin lập báo cáo khác.")
    if row.figures is None:
        raise Refused("Số liệu của báo cáo chưa gom xong nên chưa có nội dung để sửa.")
    if not row.passages.exists():
        raise Refused(OLD)
    return row


def longest(passage: Passage) -> int:
    """How many characters it may have: a draft of many obstacles is long itself."""
    return max(LONGEST, 2 * len(passage.drafted))


def _is_new(passage: Passage, edit: Edit) -> bool:
    """Whether the person wrote something: a box that they left as they saw it takes nobody's words back."""
    words = _clean(edit.words, passage)
    if words == passage.words or edit.version == passage.version:
        return words != passage.words
    events: Any = Passage.pgh_event_model.objects  # type: ignore[attr-defined]
    seen = events.filter(pgh_obj_id=passage.pk, version=edit.version).order_by("-pgh_id").first()
    return seen is None or words != seen.words


def _clean(words: str, passage: Passage) -> str:
    """With line ends of one kind and nothing at the ends."""
    text, most = words.replace("\0", "").replace("\r\n", "\n").strip(), longest(passage)
    if len(text) > most:
        raise Refused(f"Một đoạn dài tối đa {most:,} ký tự; đoạn này dài {len(text):,} ký tự.".replace(",", "."))
    return text


def _numbered(number: str, issued_on: date | None, report: Report, day: date) -> str:
    """The clerk's number as it is written, of no other report; empty where room is left for it."""
    if bool(number) != bool(issued_on):
        raise Refused("Xin ghi cả số và ngày ban hành, hoặc để trống cả hai cho văn thư.", "number")
    if not (number and issued_on):
        return ""
    if not report.as_of <= issued_on <= day:
        raise Refused("Ngày ban hành phải từ ngày chốt số liệu đến hôm nay.", "issued_on")
    given = clerks_number(number)
    if other := other_with(given, (report.figures or {})["office"]["symbol"], issued_on.year, report):
        raise Refused(f"Số này đã ghi cho báo cáo khác ({other}).", "number")
    return given
