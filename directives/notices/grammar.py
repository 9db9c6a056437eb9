"""The grammar of documents that assign work: which paragraph addresses whom, and what in it is a task."""

from __future__ import annotations

from .agencies import Subject, is_agency_name, subject_at
from .dates import period_in
from .document import Segment
from .draft import DraftAddressee, DraftTask
from .layout import Paragraph
from .outline import Outline, rank_of
from .patterns import phrase, plain
from .plans import PlanFields
from .roles import coordinating_in, intro_end, leads_explicitly
from .subjects import ADVERBIAL, ORDER, Entry, Subjects, skip_space
from .vocabulary import BODY, OPENING_VERB

_NO_WORK = phrase(
    r"(?i:[^.;:]{0,40}\b(?:đánh giá chung|đánh giá tình hình|tình hình|mục đích|mục tiêu|kết quả (?:đạt được|thực hiện)|quan điểm|"
    r"nhận định|đối tượng|phạm vi|căn cứ|sự cần thiết|tồn tại|hạn chế)\b|đánh giá\b|yêu cầu\s*\Z)"
)
_ISSUE = phrase(
    rf"(?:(?:Về|Liên quan) [^:]{{3,420}}:|Đối với [^:]{{3,420}}:(?= (?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu|{BODY.pattern})))"
)
_PRAISE = phrase(r"(?:Ghi nhận|Đánh giá cao|Biểu dương|Hoan nghênh|Cơ bản|Việc|Tuy nhiên|Thay mặt|Cảm ơn|Chúc mừng)\b")
_DECISION = phrase(r"(?:Thống nhất|Nhất trí|Đồng ý)\b")
_ASKS = phrase(r"(?i:đề nghị)\s*:\Z")
_CLOSING = phrase(
    r"(?:Trên đây|Trong quá trình|Nhận được|Yêu cầu |Đề nghị |Căn cứ |(?:Văn phòng|Ủy ban|UBND|Thủ tướng|Chính phủ|Sở|Bộ)[^.;:]{0,80}? "
    r"(?:thông báo|yêu cầu|đề nghị|trân trọng))"
)


class Grammar:
    """Walks the body's paragraphs once and gathers drafts of addressees and tasks."""

    def __init__(self, text: str, mask: str, issuer: str | None) -> None:
        self.text, self.mask = text, mask
        self.claims: list[Segment] = []
        self._outline = Outline(text)
        self._subjects = Subjects(mask, issuer)
        self._fields = PlanFields(text, mask)

    @property
    def addressees(self) -> list[DraftAddressee]:
        """Those who have tasks, in the order of the text."""
        return [a for a in self._outline.addressees if a.tasks]

    def read(self, paragraphs: list[Paragraph]) -> None:
        """Read the body; `addressees` and `claims` hold the outcome."""
        last_point = max((i for i, p in enumerate(paragraphs) if p.kind), default=len(paragraphs))
        for index, paragraph in enumerate(paragraphs):
            follower = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            kind = self._step(paragraph, follower, after_all=index > last_point)
            # What a task's paragraph holds beside the task (label, premise) is marked as no task.
            self.claims.append(Segment(paragraph.start, paragraph.end, "lead_in" if kind == "task" else kind))
            self.claims.append(Segment(paragraph.start, paragraph.body, "bullet"))
        for a in self.addressees:
            self.claims.append(Segment(a.start, a.end, "addressee", a.item))
        for a in self.addressees:
            self.claims += [Segment(t.start, t.end, "task", a.item) for t in a.tasks]

    def _step(self, p: Paragraph, follower: Paragraph | None, *, after_all: bool) -> str:
        """Read one paragraph and say what it is."""
        if p.kind:
            self._outline.open(p)
        elif after_all:
            if self._is_closing(p):
                return "closing"
            if self._outline.top.addressee and self._outline.top.addressee.tasks:
                self._outline.path.clear()
        if self._is_section(p):
            return "section_heading"
        if self._outline.skipped:
            return "assessment"
        if self._fields.take(p.body, p.end, self._outline.field_parent):
            return "plan_field"
        start = self._fields.after_task_label(p.body, p.end)
        if start is not None:
            # "a) Nhiệm vụ:" is a field of the point above it, no point of its own.
            self._outline.top.hidden = self._outline.top.kind == "letter"
            if start < p.end:
                self._add(self._outline.address(start, start, asked=False), start, p.end)
            return "lead_in"
        return self._content(p, follower)

    def _is_section(self, p: Paragraph) -> bool:
        """A heading over points: of a section, or of one that holds no work."""
        top, barren = self._outline.top, bool(_NO_WORK.match(self.mask, p.body, p.end))
        if p.kind in ("annex", "roman") and not is_agency_name(self.mask, p.body, p.end):
            top.skip, top.period = barren, period_in(self.mask[p.body : p.end])
            return True
        if p.kind in ("number", "letter") and barren and p.end - p.body < 60:
            top.skip = True
            return True
        return False

    def _content(self, p: Paragraph, follower: Paragraph | None) -> str:
        start, end = p.body, p.end
        if p.kind:
            rest = self._label(start, end)
            if rest is not None:
                return "addressee" if rest >= end else self._body(rest, p, follower)
        issue = _ISSUE.match(self.mask, start, end)
        if issue and not self._outline.under_heading:
            start = skip_space(self.mask, issue.end(), end)
            if start >= end:
                return "lead_in"
        if self._is_title(p, follower):
            return "section_heading"
        return self._body(start, p, follower)

    def _label(self, start: int, end: int) -> int | None:
        """Open "AGENCY", "AGENCY: …", "Đề nghị AGENCY: …" as a heading; gives where its text begins."""
        order = ORDER.match(self.mask, start, end)
        name = order.end() if order else start
        stop = end
        if not is_agency_name(self.mask, name, end):
            stop = self.mask.find(":", name, min(end, name + 262))
            if stop < 0 or not is_agency_name(self.mask, name, stop) or subject_at(self.mask, name, end):
                return None
        stop = name + len(self.mask[name:stop].rstrip(" :\n"))
        top = self._outline.top
        top.addressee, top.heading = self._outline.address(name, stop, asked=_asks(order and order["order"])), True
        colon = self.mask.find(":", stop, end)
        return end if colon < 0 else skip_space(self.mask, colon + 1, end)

    def _body(self, start: int, p: Paragraph, follower: Paragraph | None) -> str:
        """The text of a point: an introduction, or tasks."""
        intro = intro_end(self.mask, start, p.end)
        bare = intro == p.end or len(self._subjects.sentences(start, p.end)) < 2
        if bare and follower and self.mask[start : p.end].endswith(":"):
            return self._lead_in(start, p.end)
        if intro and follower and follower.kind and rank_of(follower) > self._outline.top.rank and p.kind != "dash":
            self._hand_down(start, intro)
        return self._tasks(start, p)

    def _tasks(self, start: int, p: Paragraph) -> str:
        above = self._outline.addressee
        if above and self._outline.under_heading:
            self._narrowed(above, start, p.end)
            return "task"
        entries = self._subjects.entries(start, p.end, searching=above is None)
        if entries:
            if above and entries[0].start > start:
                self._add(above, start, entries[0].start)
            self._add_entries(entries, p.end, above)
            return "task"
        if above and (p.kind or self._outline.top.addressee is not above):
            self._add(above, start, p.end)
            return "task"
        return self._unaddressed(start, p)

    def _unaddressed(self, start: int, p: Paragraph) -> str:
        """A point that names nobody: it goes on with its sibling's doer, or is work for nobody, or no work."""
        opening = self.mask[start : p.end]
        if opening.endswith(":"):
            return "lead_in"
        if _PRAISE.match(opening) or not p.kind:
            return "assessment"
        sibling, decision = self._outline.sibling, _DECISION.match(opening)
        works = bool(OPENING_VERB.match(opening)) and opening[0].isupper()
        if sibling and not decision and (works or ADVERBIAL.match(opening)):
            inferred = self._outline.address(sibling.start, sibling.end, asked=sibling.asked)
            holder = self._outline.parent if p.kind == "dash" else self._outline.top
            holder.addressee = inferred
            self._add(inferred, start, p.end)
            return "task"
        if works or decision:
            self._add(self._outline.address(start, start, asked=False), start, p.end)
            return "task"
        return "assessment"

    def _add_entries(self, entries: list[Entry], end: int, above: DraftAddressee | None) -> None:
        """Tasks from sentences with subjects; the same body twice running is one task."""
        current = above
        stops = [*(e.start for e in entries[1:]), end]
        for index, (entry, stop) in enumerate(zip(entries, stops, strict=True)):
            name = self._name(entry.subject)
            if current and current.name and current.name.lower() == name.lower():
                if index and current.tasks:
                    current.tasks[-1].end = self._tight(current.tasks[-1].start, stop)
                else:
                    self._add(current, entry.start, stop)
                continue
            asked = self._outline.asked if entry.asked is None else entry.asked
            current = self._outline.address(entry.subject.start, entry.subject.end, asked=asked)
            self._add(current, entry.start, stop)
            self._outline.top.addressee = self._outline.top.addressee or current
            self._outline.parent.sibling = current

    def _narrowed(self, above: DraftAddressee, start: int, end: int) -> None:
        """Under a heading, sentences that all have bodies of their own are tasks with a narrower lead."""
        sentences = self._subjects.sentences(start, end)
        subjects = [subject_at(self.mask, a, b) for a, b in sentences]
        if not all(subjects):
            self._add(above, start, end)
            return
        for (a, b), subject in zip(sentences, subjects, strict=True):
            self._add(above, a, b, self._name(subject) if subject else None)

    def _lead_in(self, start: int, end: int) -> str:
        """An introduction that gives no work: who it names, leads and brings along goes to its points."""
        order = ORDER.match(self.mask, start, end)
        subject = subject_at(self.mask, order.end() if order else start, end)
        if not subject and not self._outline.addressee:
            entry = self._subjects.entry_after_adverbial(start, end)
            subject = entry.subject if entry and self._is_one(entry.subject) else None
        if subject and not self._outline.under_heading:
            asked = _asks(order and order["order"])
            self._outline.top.addressee = self._outline.address(subject.start, subject.end, asked=asked)
        self._outline.top.asked = bool(_ASKS.search(self.mask, start, end))
        self._hand_down(start, end)
        return "lead_in"

    def _is_one(self, subject: Subject) -> bool:
        """Whether one body is meant, and not all who read."""
        return not self.mask[subject.start : subject.end].lower().startswith(("các", "thủ trưởng"))

    def _hand_down(self, start: int, end: int) -> None:
        self._outline.top.led = leads_explicitly(self.mask, start, end)
        self._outline.top.coordinating = coordinating_in(self.mask, start, end)

    def _add(self, addressee: DraftAddressee, start: int, end: int, lead: str | None = None) -> None:
        task = DraftTask(start, self._tight(start, end), lead or addressee.name)
        task.led_above = any(n.led for n in self._outline.path)
        task.coordinating = [name for n in self._outline.path for name in n.coordinating]
        addressee.tasks.append(task)
        self._fields.remember(addressee, task, self._outline.field_parent)

    def _is_title(self, p: Paragraph, follower: Paragraph | None) -> bool:
        """A short line without a full stop, and points of a lower order after it."""
        if p.kind in (None, "dash") or not follower or not follower.kind or p.end - p.body > 160:
            return False
        return not self.mask[p.body : p.end].endswith((".", ";", ":")) and rank_of(follower) > rank_of(p)

    def _is_closing(self, p: Paragraph) -> bool:
        """After the last point: words to all, unless a heading waits for its text or a body is given work."""
        top = self._outline.top
        if top.heading and top.addressee and not top.addressee.tasks:
            return False
        return bool(_CLOSING.match(self.mask, p.start, p.end)) or not self._subjects.entry_at(p.start, p.end)

    def _name(self, subject: Subject) -> str:
        return plain(self.text[subject.start : subject.end])

    def _tight(self, start: int, end: int) -> int:
        return start + len(self.mask[start:end].rstrip())


def _asks(order: str | None) -> bool:
    return (order or "").lower() == "đề nghị"
