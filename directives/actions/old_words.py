"""What the history keeps of a row of an old tracking workbook: where it came from, how its deadline had moved, what
had been reported. In bulk; every line names the book and the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from agencies.models import User
from directives.actions.old_lines import Line
from directives.actions.read_fields import fitted
from directives.models import Assignment, Decision, Evidence, OldBook, ProgressNote

OUTSIDE = "Sổ theo dõi cũ"
BATCH = 500


def write_history(rows: Iterable[Assignment], lines: Mapping[int, Line], book: OldBook, *, by: User, day: date) -> None:
    """For each assignment (saved) what its line says; `lines` by the row of its task in the book."""
    decisions: list[Decision] = []
    notes: list[tuple[ProgressNote, Line]] = []
    for row in rows:
        assert row.task.book_row
        line = lines[row.task.book_row]
        decisions += _decisions(row, line, book, by, day)
        if said_on := _said_on(row, line, day):
            notes.append((_note(row, line, book, by, said_on), line))
    Decision.objects.bulk_create(decisions, batch_size=BATCH)
    ProgressNote.objects.bulk_create([note for note, _ in notes], batch_size=BATCH)
    Evidence.objects.bulk_create([each for note, line in notes for each in _evidence(note, line)], batch_size=BATCH)


def _said_on(row: Assignment, line: Line, day: date) -> date | None:
    """The day on which the agency reported: that of its document, or of the work. Unknown, it is no report of a day.

    A cell may cite documents older than the directive, and days that are still to come: nobody reported on those.
    """
    issued_on = row.task.directive.issued_on
    named = (each.issued_on for each in line.documents if each.issued_on)
    return max((each for each in named if issued_on <= each <= day), default=None) or line.completed_on


def _decisions(row: Assignment, line: Line, book: OldBook, by: User, day: date) -> Iterator[Decision]:
    words = {"assignment": row, "instrument": book.source(line.row), "decided_on": day, "decided_by": by}
    done = f" ngày {line.completed_on:%d/%m/%Y}" if line.completed_on else ""
    state = f"{line.life.label.lower()}{done}"
    remark = (
        line.remark if _said_on(row, line, day) or not line.said else "\n".join(filter(None, (line.remark, line.said)))
    )
    yield Decision(verb="bring_in", new=f"dòng {line.row}, tình trạng {state}", reason=remark, **words)
    # After publication a deadline changes only by a named instrument (design, section 3.1): the old book is that.
    if line.first_deadline and line.deadline and line.first_deadline != line.deadline:
        days = {"old": f"{line.first_deadline:%d/%m/%Y}", "new": f"{line.deadline:%d/%m/%Y}"}
        yield Decision(verb="set_deadline", **days, **words)


def _note(row: Assignment, line: Line, book: OldBook, by: User, said_on: date) -> ProgressNote:
    """Entered for the agency, on the day when it was said: no letter and no round takes the import for a report."""
    return ProgressNote(
        assignment=row,
        said_on=said_on,
        author=by,
        result=f"Theo {book.source(line.row)}: {line.said or line.life.label.lower()}".rstrip(". ") + ".",
        no_evidence_reason="" if line.documents else "Sổ cũ không ghi văn bản kết quả.",
    )


def _evidence(note: ProgressNote, line: Line) -> Iterator[Evidence]:
    for each in line.documents:
        words = fitted(Evidence, document_number=each.number, summary=each.summary)
        yield Evidence(note=note, document_on=each.issued_on, **words)
