"""The whole of reading: regions of the text, the grammar over the body, then the facts of each task."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .citations import Citations
from .coverage import segments_of
from .dates import deadlines_in, recurring_words
from .document import Addressee, Notice, Part, Segment, Task
from .draft import DraftAddressee, DraftTask
from .duties import parts_of, target_of
from .grammar import Grammar
from .layout import Line, Paragraph, lines_of, paragraphs_of
from .letterhead import Letterhead, chair_of, letterhead_of, meeting_date_of
from .patterns import masked, phrase, plain
from .plans import field_recurs, read_tables
from .roles import coordinating_in, leads_explicitly
from .signature import Foot, foot_of, foot_start

_START = phrase(r"(?:như sau|sau đây|sau|yêu cầu|kết luận|chỉ đạo)\s*:\s*\Z")
_ISSUED_BY = phrase(r"(?:^|\n|\. )((?:Văn phòng|Ủy ban|UBND)[^.;:\n]{0,60}?) (?:xin )?thông báo")


@dataclass(frozen=True)
class Regions:
    """Paragraphs of the preamble and of the body, lines of the foot, paragraphs of the annexes."""

    preamble: list[Paragraph]
    body: list[Paragraph]
    foot: Foot
    annex: list[Paragraph]
    annex_start: int


def understand(text: str) -> Notice:
    """Read a text that has been found worth reading; never raises for what is missing in it."""
    mask = masked(text)
    lines = lines_of(text, mask)
    head = letterhead_of(text, mask, lines)
    regions = _regions(text, mask, lines, head)
    preamble = "\n\x00".join(mask[p.start : p.end] for p in regions.preamble)
    issuer = head.issuer or _issuer_said(mask)
    grammar = Grammar(text, mask, issuer)
    grammar.read(regions.body)
    rows, row_claims = read_tables(text, mask, regions.annex)
    drafts = [*grammar.addressees, *rows]
    citations = Citations(mask, head.own_number, _cited_regions(mask, head, regions))
    facts = _Facts(text, mask, head, citations)
    concludes = head.doc_type in ("Thông báo", "Kết luận", None)
    return Notice(
        text=text,
        number=head.number,
        symbol=head.symbol,
        doc_type=head.doc_type,
        issued_on=head.issued_on,
        meeting_date=meeting_date_of(preamble) if concludes else None,
        issuer=issuer,
        place=head.place,
        title=head.title,
        chair=chair_of(head.title, re.sub(r"\s+", " ", preamble)) if concludes else None,
        signer=regions.foot.signer,
        signed_as=regions.foot.signed_as,
        recipients=regions.foot.recipients,
        addressees=tuple(facts.addressee(d) for d in drafts),
        cited_documents=citations.documents,
        segments=segments_of(
            text, [*_outer_claims(text, head, regions), *grammar.claims, *row_claims, *_row_tasks(rows)]
        ),
    )


def _regions(text: str, mask: str, lines: list[Line], head: Letterhead) -> Regions:
    first_foot = foot_start(mask, lines, head.title_end)
    foot = foot_of(mask, lines, first_foot)
    middle = [line for line in lines[:first_foot] if line.start >= head.title_end]
    paragraphs = paragraphs_of(text, mask, middle)
    opening = _opening(mask, paragraphs)
    after = [p for p in paragraphs_of(text, mask, lines) if p.start >= foot.end]
    annex_at = next((i for i, p in enumerate(after) if p.kind == "annex"), len(after))
    annex = after[annex_at:]
    return Regions(paragraphs[:opening], paragraphs[opening:], foot, annex, annex[0].start if annex else len(text))


def _opening(mask: str, paragraphs: list[Paragraph]) -> int:
    """Where the body begins: the first numbered point; without any, after "… như sau:"."""
    for kinds in (("roman", "number", "article"), ("letter", "paren", "ordinal")):
        at = next((i for i, p in enumerate(paragraphs) if p.kind in kinds), None)
        if at is not None:
            return at
    for index, paragraph in enumerate(paragraphs):
        if _START.search(mask[paragraph.start : paragraph.end]):
            return index + 1
    return next((i for i, p in enumerate(paragraphs) if p.kind), len(paragraphs))


def _cited_regions(mask: str, head: Letterhead, regions: Regions) -> list[tuple[int, int]]:
    """Title, text, annexes and footnotes; not the boxes and links that sites put around a document."""
    spans = [(head.title_start, regions.foot.start), (regions.annex_start, len(mask))]
    between = re.compile(
        r"(?m)^\[\d{1,3}\]\s[^|]{0,1500}?(?=\n\[\d|\n\n|\nThông báo \d|\n[^\n]{0,40}\d+/\w+-\w+ năm|\Z)"
    )
    spans += [m.span() for m in between.finditer(mask, regions.foot.end, regions.annex_start)]
    return spans


def _issuer_said(mask: str) -> str | None:
    said = list(_ISSUED_BY.finditer(mask))
    return plain(said[-1][1]) if said else None


def _outer_claims(text: str, head: Letterhead, regions: Regions) -> list[Segment]:
    foot = regions.foot
    claims = [
        Segment(0, head.type_start, "letterhead"),
        Segment(head.type_start, head.title_end, "title"),
        *(Segment(p.start, p.end, "preamble") for p in regions.preamble),
        Segment(foot.start, min(foot.signature_start, foot.end), "recipients"),
        Segment(foot.signature_start, foot.end, "signature"),
        *(Segment(p.start, p.end, "annex") for p in regions.annex),
    ]
    return [c for c in claims if c.start < c.end and text[c.start : c.end].strip()]


def _row_tasks(rows: list[DraftAddressee]) -> list[Segment]:
    claims = [Segment(r.start, r.end, "addressee", r.item) for r in rows]
    return claims + [Segment(t.start, t.end, "task", r.item) for r in rows for t in r.tasks]


class _Facts:
    """Works out a draft: dates, roles, parts, citations."""

    def __init__(self, text: str, mask: str, head: Letterhead, citations: Citations) -> None:
        self.text, self.mask, self.head, self.citations = text, mask, head, citations

    def addressee(self, draft: DraftAddressee) -> Addressee:
        tasks = tuple(self.task(t, draft) for t in draft.tasks)
        return Addressee(
            draft.item,
            draft.number,
            draft.section,
            draft.name,
            draft.asked,
            draft.start,
            draft.end,
            draft.period,
            tasks,
        )

    def task(self, draft: DraftTask, addressee: DraftAddressee) -> Task:
        start, end = draft.start, draft.end
        words = self.mask[start:end]
        dated = deadlines_in(words, self.head.issued_on, self.text[start:end])
        if draft.deadline:
            dated = [draft.deadline]
        again = recurring_words(words, self.text[start:end]) if not draft.deadline else None
        recurring = bool(again) or field_recurs(draft) or any(recurring_words(d.text) for d in dated)
        first = dated[0] if dated else None
        named = [*draft.coordinating, *coordinating_in(self.mask, start, end)]
        parts: tuple[Part, ...] = parts_of(self.text, self.mask, start, end)
        return Task(
            text=self.text[start:end],
            start=start,
            end=end,
            lead=draft.lead,
            lead_explicit=draft.led_above or draft.field_lead or leads_explicitly(self.mask, start, end),
            coordinating=tuple(dict.fromkeys(named)),
            deadline_text=first.text if first else again,
            deadline=first.date if first else None,
            other_deadlines=tuple(dated[1:]),
            recurring=recurring,
            period=addressee.period,
            cites=self.citations.within(start, end),
            target=next((p.target for p in parts if p.target), None) or target_of(words),
            parts=parts,
        )
