"""One row of the old workbook, understood: document, bodies, clock, state. What cannot be is said, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from agencies.models import Agency
from directives.actions.old_lines import Line, Paper
from directives.actions.read_fields import fits
from directives.models import Directive
from directives.workbooks.legacy.bodies import Bodies
from directives.workbooks.legacy.clock import read_clock
from directives.workbooks.legacy.days import read_days
from directives.workbooks.legacy.done import read_state
from directives.workbooks.legacy.fields import LABELS
from directives.workbooks.legacy.known import Known
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.papers import Named, named_in
from directives.workbooks.legacy.problem import Problem, Unusable
from directives.workbooks.legacy.rows import Raw

Found = TypeVar("Found")
LONGEST_TEXT = 5000


class Understanding:
    """What rows mean, given how staff matched columns and words. `day`: today; nothing happened after it."""

    def __init__(self, matching: Matching, bodies: Bodies, known: Known, day: date) -> None:
        self.matching, self.bodies, self.known, self.day = matching, bodies, known, day

    def read(self, raw: Raw) -> tuple[Line | None, list[Problem], list[Problem]]:
        """The line, or why there is none; and what is worth a look."""
        self.raw = raw
        self.problems: list[Problem] = self._unread()
        self.warnings: list[Problem] = []
        text = self._try(self._text)
        directive = self._try(self._directive)
        issued_on = _issued_on(directive, self.known)
        agencies = self._try(lambda: self._agencies(issued_on))
        clock = self._try(lambda: read_clock(raw, issued_on))
        state = clock and self._try(lambda: read_state(raw, self.matching, clock, issued_on, self.day, self.warnings))
        if self.problems or not (text and directive and agencies and clock and state):
            return None, self.problems, []
        line = Line(
            row=raw.number,
            directive=directive,
            agencies=tuple(agencies),
            name=self._name(),
            text=text,
            life=state.life,
            clock=clock.clock,
            first_deadline=clock.first,
            deadline=clock.current,
            completed_on=state.completed_on,
            coordinating=self._coordinating(issued_on),
            said=state.said,
            documents=state.documents,
            remark=state.remark,
        )
        return line, [], self.warnings

    def _try(self, read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except Unusable as refusal:
            # Of a cell that the file itself could not say that is enough.
            if not any(each.cell and each.cell == refusal.problem.cell for each in self.problems):
                self.problems.append(refusal.problem)
            return None

    def _unusable(self, name: str, words: str) -> Unusable:
        square = self.raw.squares.get(name)
        return Unusable(Problem.at(square, self.raw.number, words) if square else Problem(self.raw.number, words))

    def _unread(self) -> list[Problem]:
        """Cells that the file itself could not say: formulas without a value, too much text."""
        dated = ("first", "deadline", "completed")  # said where they are read
        squares = [each for name, each in self.raw.squares.items() if each.problem and name not in dated]
        return [Problem.at(each, self.raw.number, each.problem) for each in squares]

    def _text(self) -> str:
        text = " ".join(self.raw.text("text").split())
        if not text:
            raise self._unusable("text", "chưa có nội dung nhiệm vụ.")
        return text[:LONGEST_TEXT]

    def _directive(self) -> int | Paper:
        written = self.raw.square("number")
        named = named_in(written.text)
        if not named:
            return self._default(written.text)
        paper = named[0]
        issued_on = self._date(paper)
        there = self.known.find(paper.number, paper.symbol, issued_on)
        if there:
            return self._open(there)
        if issued_on is None:
            raise self._unusable("issued_on", f"chưa có ngày ban hành của {paper.code}.")
        if issued_on > self.day:
            raise self._unusable("issued_on", f"ngày ban hành {issued_on:%d/%m/%Y} sau ngày hôm nay.")
        if not (fits(Directive, "number", paper.number) and fits(Directive, "symbol", paper.symbol)):
            raise self._unusable("number", f"số, ký hiệu “{paper.code}” dài bất thường. Xin kiểm tra lại.")
        if others := self.known.named(paper.number, paper.symbol):
            said = ", ".join(f"{row.issued_on:%d/%m/%Y}" for row in others[:3])
            words = f"{paper.code} đã có trong sổ với ngày {said}; dòng này ghi ngày {issued_on:%d/%m/%Y}."
            self.warnings.append(Problem.at(written, self.raw.number, words))
        title = " ".join(self.raw.text("title").split())
        return Paper(paper.number, paper.symbol, issued_on, paper.doc_type, title, self.raw.text("issuer"))

    def _default(self, written: str) -> int | Paper:
        if written.strip():
            words = f"không rõ số, ký hiệu trong “{written.strip()[:60]}”. Xin ghi như 86/TB-UBND."
            raise self._unusable("number", words)
        if self.matching.directive is None:
            raise self._unusable("number", "chưa ghi số, ký hiệu văn bản giao việc.")
        row = self.known.by_key(self.matching.directive)
        if row is None:
            raise self._unusable("number", "văn bản chọn cho các dòng không ghi văn bản không còn trong sổ.")
        return self._open(row)

    def _date(self, paper: Named) -> date | None:
        square = self.raw.square("issued_on")
        read = read_days(square)
        if read.problem:
            raise self._unusable("issued_on", read.problem)
        if read.is_exact:
            return read.days[0] if read.days else paper.issued_on
        if paper.issued_on is None:
            raise self._unusable("issued_on", f"“{square.text[:60]}” chưa phải một ngày. Xin ghi đủ ngày/tháng/năm.")
        return paper.issued_on

    def _open(self, row: Directive) -> int:
        if row.closed_on:
            raise self._unusable("number", f"{row.code} đã kết thúc theo dõi, nên không nhận thêm nhiệm vụ.")
        if not row.is_published:
            raise self._unusable("number", f"{row.code} đang là bản nháp trong sổ; xin công bố trước.")
        return row.pk

    def _name(self) -> str:
        return ", ".join(self._names) if self._names else ""

    def _agencies(self, on: date | None) -> list[Agency]:
        written = self.raw.heading or self.raw.text("agencies")
        self._names = self.bodies.names(written, on)
        if not self._names:
            raise self._unusable("agencies", f"chưa ghi {LABELS['agencies'].lower()}.")
        found = {name: self.bodies.find(name, on) for name in self._names}
        if unknown := [name for name, body in found.items() if body is None]:
            said = ", ".join(f"“{each[:80]}”" for each in unknown)
            raise self._unusable("agencies", f"chưa rõ cơ quan {said}. Xin chọn ở bước ghép tên cơ quan.")
        return list({body.pk: body for body in found.values() if body}.values())

    def _coordinating(self, on: date | None) -> tuple[tuple[str, Agency | None], ...]:
        names = self.bodies.names(self.raw.text("coordinating"), on)
        return tuple((" ".join(name.split()), self.bodies.find(name, on)) for name in names)


def _issued_on(directive: int | Paper | None, known: Known) -> date | None:
    if isinstance(directive, Paper):
        return directive.issued_on
    row = known.by_key(directive)
    return row.issued_on if row else None
