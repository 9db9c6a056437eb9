"""What is typed into a round before it is sent: kept line by line, the same for every liaison of the agency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import APPROVE, LEAD, Agency, User
from directives.actions.uploads import is_uuid
from directives.models import Assignment, Entry, Submission, Upload

# The fields of a line, as they stand in `Entry.typed`: texts, ticks, and lists of keys.
TEXTS = (
    "result",
    "unchanged_why",
    "unchanged_more",
    "percent",
    "obstacle",
    "proposal",
    "raised_to",
    "proposal_to",
    "document_number",
    "document_on",
    "document_signer",
    "document_summary",
    "no_evidence_reason",
    # Names the page on which it was typed: whoever saved last from there may go on, whatever answer got lost.
    "tab",
)
TICKS = ("unchanged", "clears_obstacles", "claims_completion")
LISTS = ("parts", "kept")
MOST_NAMED = 500  # duties and files of one line
LONGEST = 20_000  # letters of one field of a draft; what may be sent is less

Typed = Mapping[str, Any]


class Overtaken(Refused):
    """A colleague has saved this line since the page was loaded; `entry` is theirs. Nothing of either is lost."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.edited_by} vừa sửa dòng này; nội dung của ông/bà chưa được lưu.")
        self.entry = entry


def save_entry(
    *, submission: Submission, assignment: Assignment, typed: Typed, by: User, day: date, version: int | None = None
) -> Entry:
    """Keep a line as typed, right or wrong. `version` is that of the entry that the page was loaded with, 0 for none.

    The same words again change nothing. Raises Overtaken, or Refused where the report is out of the agency's hands.
    """
    saved, overtaken = save_entries(submission=submission, lines=[(assignment, typed, version)], by=by, day=day)
    if overtaken:
        raise Overtaken(overtaken[assignment.pk])
    return saved[assignment.pk]


def save_entries(
    *, submission: Submission, lines: Iterable[tuple[Assignment, Typed, int | None]], by: User, day: date
) -> tuple[dict[int, Entry], dict[int, Entry]]:
    """Keep many lines; gives by assignment those that are kept now, and those of a colleague who was faster."""
    with acting(by, "save_entry", day):
        # The lock: colleagues save one after the other, and nobody while the report is being sent.
        rows = Submission.objects.select_for_update(of=("self",)).select_related("agency", "round")
        held = rows.get(pk=submission.pk)
        require_editor(held, by)
        require_taken(held, day)
        lines = list(lines)
        if held.is_sent and held.counted_notes().filter(assignment__in=[each.pk for each, _, _ in lines]).exists():
            raise Refused("Báo cáo kỳ này đã gửi, không sửa được nữa. Có gì mới, xin gửi ở trang của từng nhiệm vụ.")
        present = {each.assignment_id: each for each in held.entries.select_related("edited_by")}
        saved: dict[int, Entry] = {}
        overtaken: dict[int, Entry] = {}
        for assignment, typed, version in lines:
            there = present.get(assignment.pk)
            mine = _clean(typed, there, by, held.agency)
            if there and not same_words(there.typed, mine) and not _may_go_on(there, mine, version):
                overtaken[assignment.pk] = there
            else:
                saved[assignment.pk] = _put(held, assignment, there, mine, by)
        return saved, overtaken


def require_editor(submission: Submission, by: User) -> None:
    """Who may write into a report now: the agency's people until it is handed in, then its head. Raises Refused.

    Once it is sent they write what is missing in it: what was sent stays.
    """
    if not by.represents(submission.agency_id):
        raise Refused("Ông/bà không được giao thay mặt cơ quan này.")
    # Asked anew: a succession may have ended it while this request waited for the lock.
    if ended := Agency.objects.filter(pk=submission.agency_id, ended_on__isnull=False).first():
        raise Refused(
            f"{ended.name} đã kết thúc từ ngày {ended.ended_on:%d/%m/%Y}. Những dòng đã lưu nằm trong báo cáo kỳ của "
            "cơ quan kế thừa; nội dung vừa gõ còn trên trang này, xin chép sang đó."
        )
    if submission.waits_for_head and not approves(by, submission.agency):
        raise Refused("Báo cáo đang chờ thủ trưởng duyệt. Muốn sửa, xin đề nghị thủ trưởng trả lại.")


def require_taken(submission: Submission, day: date) -> None:
    """A round of long ago takes nothing any more. Raises Refused."""
    if submission.round.is_over(day):
        raise Refused(
            f"Kỳ {submission.round.name} không còn nhận báo cáo: kỳ sau đã tổng hợp xong. "
            "Có gì mới, xin gửi trong kỳ hiện tại hoặc ở trang của từng nhiệm vụ."
        )


def approves(by: User, agency: Agency) -> bool:
    """Whether they are the agency's head, or a deputy who may approve its reports."""
    return Agency.objects.led_by(by, LEAD, APPROVE).filter(pk=agency.pk).exists()


def is_filled(typed: Typed) -> bool:
    """Whether a line says anything yet: a result, or why nothing has changed."""
    if typed.get("unchanged"):
        return bool(typed.get("unchanged_why") or str(typed.get("unchanged_more", "")).strip())
    return bool(str(typed.get("result", "")).strip())


def says_anything(typed: Typed) -> bool:
    """Whether anything at all is typed, ticked or attached, be it enough or not; whom it goes to is no word yet."""
    names = (name for name in (*TEXTS, *TICKS, *LISTS) if name not in ("tab", "raised_to"))
    return any(value.strip() if isinstance(value, str) else value for value in map(typed.get, names))


def same_words(one: Typed, other: Typed) -> bool:
    """Whether two lines say the same, wherever they were typed."""
    names = (*TEXTS, *TICKS, *LISTS)
    return all((one.get(name) or None) == (other.get(name) or None) for name in names if name != "tab")


def _may_go_on(there: Entry, mine: Typed, version: int | None) -> bool:
    if version is None or there.version == version:
        return True
    # Whoever saw no line overlooks none where nothing was typed.
    is_empty = version == 0 and not says_anything(there.typed)
    return is_empty or bool(mine["tab"] and there.typed.get("tab") == mine["tab"])


def _put(submission: Submission, assignment: Assignment, there: Entry | None, mine: dict[str, Any], by: User) -> Entry:
    if there is None:
        return Entry.objects.create(submission=submission, assignment=assignment, typed=mine, edited_by=by)
    if not same_words(there.typed, mine):
        there.typed, there.edited_by = mine, by
        there.version += 1
        there.save()
    return there


def _clean(typed: Typed, there: Entry | None, by: User, agency: Agency) -> dict[str, Any]:
    """Only the fields of a line, in their kinds; of the files only such as `own_files` lets through."""
    texts = {name: str(typed.get(name, "")).replace("\0", "").replace("\r\n", "\n") for name in TEXTS}
    if max(len(text) for text in texts.values()) > LONGEST:
        raise Refused("Nội dung quá dài nên chưa được lưu. Xin rút gọn, hoặc gửi kèm thành tệp.")
    ticks = {name: bool(typed.get(name)) for name in TICKS}
    lists = {name: [str(each) for each in typed.get(name, ())][:MOST_NAMED] for name in LISTS}
    lists["parts"] = [each for each in lists["parts"] if each.isdecimal() and len(each) < 19]
    lists["kept"] = own_files(lists["kept"], there.typed.get("kept", []) if there else [], by, agency)
    return {**texts, **ticks, **lists}


def own_files(wanted: list[str], there: list[str], by: User, agency: Agency) -> list[str]:
    """Those that one has sent oneself, that a colleague put on the line, or that lie on the agency's shelf."""
    new = [each for each in wanted if each not in there and is_uuid(each)]
    mine: set[str] = set()
    if new:
        sent, shelved = Upload.objects.filter(uploaded_by=by), Upload.objects.of_agency(agency)
        for found in (sent, shelved):
            mine |= {str(each) for each in found.filter(uuid__in=new).values_list("uuid", flat=True)}
    return [each for each in dict.fromkeys(wanted) if each in there or each in mine]
