"""An instruction becomes a task: under the same directive, another one, or a paper of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, Kind, User
from directives import notices
from directives.actions import shelf
from directives.actions.drafts import locked_directive, require_identity
from directives.actions.groups import carriers
from directives.actions.locking import require_keeper
from directives.actions.publish import is_ahead
from directives.actions.read_fields import one_line
from directives.actions.tasks import require_believable
from directives.actions.turnstile import one_at_a_time
from directives.deadlines import Clock
from directives.models import Addressee, Assignment, Directive, Instruction, Task


@dataclass(frozen=True)
class Paper:
    """The document by which the instruction was issued, as it stands on the paper: nothing of it is invented."""

    doc_type: str
    number: str
    symbol: str
    issued_on: date
    title: str


def make_task(
    *,
    instruction: Instruction,
    agency: Agency,
    text: str,
    directive: Directive | Paper,
    by: User,
    day: date,
    deadline: date | None = None,
    instrument: str = "",
    version: int | None = None,
) -> Task:
    """Give `text` to an agency, or to the members of a group. The same words to the same agency are one task.

    `deadline` has its instrument, else the instruction itself; without one the task is undated. `version` is not
    asked: nothing that is there is changed.
    """
    require_keeper(by)
    words = text.strip()
    with acting(by, "make_task", day):
        # The places of addressees and tasks are counted, and two papers may get the same number.
        one_at_a_time("import_notice")
        if made := _made_before(instruction, agency, words, directive, deadline):
            return made
        _check(instruction, agency, words, day)
        own_paper = isinstance(directive, Paper)
        target = _issue(directive, words, by=by, day=day) if isinstance(directive, Paper) else _lasting(directive)
        task = Task(
            directive=target,
            addressee=_addressee(target, agency),
            position=_next(target.tasks),
            text=words,
            start=0 if own_paper else None,
            end=len(words) if own_paper else None,
            instruction=instruction,
            lead=agency,
            clock=Clock.DATED if deadline else Clock.UNDATED,
        )
        if deadline:
            require_believable(deadline, task, "Thời hạn", "deadline")
            if deadline < instruction.given_on:
                said_on = f"{instruction.given_on:%d/%m/%Y}"
                raise Refused(f"Thời hạn không thể trước ngày cho ý kiến ({said_on}).", "deadline")
            task.first_deadline = task.deadline = deadline
            paper = one_line(instrument)[:300]
            # Without a paper of its own the day is that of the leader's word, and theirs to move.
            task.deadline_source = paper or source_words(instruction)
            task.deadline_by = by if paper else instruction.given_by
        task.save()
        _hand_out(task, agency, day)
        return task


def _made_before(
    instruction: Instruction, agency: Agency, words: str, directive: Directive | Paper, deadline: date | None
) -> Task | None:
    """What the first click made. Raises Refused where the same words were given under another paper or deadline."""
    given = Task.objects.filter(instruction=instruction, addressee__agency=agency, text=words)
    made = given.select_related("directive").first()
    if made is None:
        return None
    there = made.directive
    same = there.pk == directive.pk if isinstance(directive, Directive) else _is_of(there, directive)
    if same and made.first_deadline == deadline:
        return made
    raise Refused(f"Ý kiến này đã được giao cho {agency.name}: nhiệm vụ {made.position}, {there.code}.", "agency")


def _is_of(directive: Directive, paper: Paper) -> bool:
    named = (one_line(paper.number), one_line(paper.symbol), paper.issued_on)
    return (directive.number, directive.symbol, directive.issued_on) == named


def source_words(instruction: Instruction) -> str:
    """What fixes a deadline where no paper is named."""
    return f"Ý kiến chỉ đạo của {instruction.given_by} ngày {instruction.given_on:%d/%m/%Y}"


def _check(instruction: Instruction, agency: Agency, words: str, day: date) -> None:
    if not words:
        raise Refused("Xin ghi nội dung nhiệm vụ.", "text")
    if agency.has_ended:
        raise Refused(f"{agency.label} không còn hoạt động.", "agency")
    if instruction.given_on > day:
        raise Refused("Ý kiến chỉ đạo chưa đến ngày.")


def _lasting(directive: Directive) -> Directive:
    row = locked_directive(directive.pk)
    if not row.is_published or row.closed_on:
        raise Refused(f"{row.code} chưa công bố hoặc đã kết thúc theo dõi, nên không nhận thêm nhiệm vụ.", "directive")
    return row


def _issue(paper: Paper, words: str, *, by: User, day: date) -> Directive:
    """The paper as a published directive, whose text is the words of its one task."""
    try:
        notices.refuse_secret(f"{paper.title}\n{words}")
    except notices.SecretDocument as error:
        raise Refused(str(error), "text") from error
    row = Directive(
        number=one_line(paper.number),
        symbol=one_line(paper.symbol),
        doc_type=one_line(paper.doc_type),
        issued_on=paper.issued_on,
        title=one_line(paper.title),
        text=words,
        segments=[[0, len(words), "task", None]],
        created_on=day,
        created_by=by,
        published_on=day,
    )
    require_identity(row)
    if not row.title:
        raise Refused("Xin ghi trích yếu.", "title")
    if is_ahead(row, day):
        raise Refused(f"Ngày ban hành sau ngày hôm nay ({day:%d/%m/%Y}). Xin kiểm tra lại.", "issued_on")
    row.source_sha256 = shelf.keep(words.encode())
    row.save()
    return row


def _addressee(directive: Directive, agency: Agency) -> Addressee:
    """That of the agency where the document has one; else one without a place in its text."""
    there = directive.addressees.filter(agency=agency).order_by("position").first()
    return there or Addressee.objects.create(
        directive=directive,
        position=_next(directive.addressees),
        name=agency.name,
        agency=agency,
        # A Party body is asked, not ordered.
        is_asked=agency.kind == Kind.PARTY,
        start=0,
        end=0,
    )


def _next(rows: object) -> int:
    return 1 + (rows.aggregate(last=Max("position"))["last"] or 0)  # type: ignore[attr-defined]


def _hand_out(task: Task, agency: Agency, day: date) -> None:
    """To the members of a group; a group that names nobody carries its task itself (design, section 3.7)."""
    Assignment.objects.bulk_create(
        Assignment(task=task, agency=carrier, deadline=task.deadline, received_on=day)
        for carrier in carriers(agency, day)
    )
