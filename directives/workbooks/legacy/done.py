"""How far the work of a row has come, on which day it was finished, and what shows it. No day is invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from directives.actions.notes import Cited
from directives.deadlines import Life
from directives.workbooks.legacy import states
from directives.workbooks.legacy.clock import Deadlines
from directives.workbooks.legacy.days import read_days
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.papers import named_in, says_nothing
from directives.workbooks.legacy.problem import Problem, Unusable
from directives.workbooks.legacy.rows import Raw

_SAID_LATE = re.compile(r"\b(qua han|tre|cham)\b")


@dataclass(frozen=True)
class State:
    life: Life
    completed_on: date | None
    said: str
    documents: tuple[Cited, ...]
    remark: str


def read_state(
    raw: Raw, matching: Matching, clock: Deadlines, issued_on: date | None, day: date, warnings: list[Problem]
) -> State:
    """Raises Unusable: a word that nobody matched, finished without a day, a day that cannot be."""
    word = raw.text("state")
    means = _means(raw, matching, word)
    result = "" if says_nothing(raw.text("result")) else " ".join(raw.text("result").split())
    documents = tuple(Cited(each.code, each.issued_on, "", each.doc_type) for each in named_in(result))
    completed_on = _completed_on(raw)
    remarks = [" ".join(raw.text("remark").split())]
    if means in (Life.DONE, states.DONE_IN_TIME):
        if completed_on is None:
            completed_on, how = _derived(raw, means, clock, documents)
            remarks.append(how)
        _check_done(raw, word, means, clock, completed_on, issued_on, day, warnings)
        life = Life.DONE
    else:
        if completed_on:
            words = f"tình trạng “{word or '(để trống)'}” nhưng có ngày hoàn thành {completed_on:%d/%m/%Y}."
            raise Unusable(Problem.at(raw.square("completed"), raw.number, words))
        life = Life(means)
    if word:
        remarks.insert(0, f"Sổ cũ ghi: {word}")
    return State(life, completed_on, result, documents, ". ".join(each.rstrip(".") for each in remarks if each))


def _means(raw: Raw, matching: Matching, word: str) -> str:
    """A blank word beside a day of completion means that it is done."""
    if not word and raw.text("completed") and not says_nothing(raw.text("completed")):
        return Life.DONE.value
    means = matching.states.get(states.key(word)) or (states.guess("") if not word else "")
    if not means:
        raise Unusable(
            Problem.at(
                raw.square("state"), raw.number, f"chưa rõ tình trạng “{word[:60]}”. Xin chọn ở bước ghép từ ngữ."
            )
        )
    return means


def _completed_on(raw: Raw) -> date | None:
    square = raw.square("completed")
    read = read_days(square)
    if read.problem:
        raise Unusable(Problem.at(square, raw.number, read.problem))
    if not read.is_exact:
        words = f"ngày hoàn thành “{square.text[:60]}” chưa rõ ngày. Xin ghi đủ ngày/tháng/năm."
        raise Unusable(Problem.at(square, raw.number, words))
    return read.days[-1] if read.days else None


def _derived(raw: Raw, means: str, clock: Deadlines, documents: tuple[Cited, ...]) -> tuple[date, str]:
    """The day of the result document (design, section 3.3); where the book says "in time", the deadline."""
    if named := [each.issued_on for each in documents if each.issued_on]:
        return max(named), "Ngày hoàn thành lấy theo văn bản kết quả"
    if means == states.DONE_IN_TIME and clock.current:
        return clock.current, "Sổ cũ ghi đúng hạn, không ghi ngày hoàn thành; tính là ngày hết hạn"
    words = "hoàn thành nhưng sổ không ghi ngày hoàn thành, cũng không có ngày của văn bản kết quả."
    raise Unusable(Problem.at(raw.square("completed"), raw.number, words))


def _check_done(
    raw: Raw,
    word: str,
    means: str,
    clock: Deadlines,
    completed_on: date,
    issued_on: date | None,
    day: date,
    warnings: list[Problem],
) -> None:
    square = raw.square("completed")
    if completed_on > day:
        raise Unusable(Problem.at(square, raw.number, f"ngày hoàn thành {completed_on:%d/%m/%Y} sau ngày hôm nay."))
    if issued_on and completed_on < issued_on:
        words = f"ngày hoàn thành {completed_on:%d/%m/%Y} trước ngày ban hành văn bản ({issued_on:%d/%m/%Y})."
        raise Unusable(Problem.at(square, raw.number, words))
    if clock.current is None:
        return
    is_late = completed_on > clock.current
    says_late = bool(_SAID_LATE.search(states.key(word)))
    if is_late != says_late and (says_late or means == states.DONE_IN_TIME):
        words = f"sổ ghi “{word}” nhưng ngày hoàn thành {completed_on:%d/%m/%Y}, thời hạn {clock.current:%d/%m/%Y}; "
        warnings.append(Problem.at(square, raw.number, f"{words}số liệu tính theo ngày."))
