"""A paper whose annex is long is typeset in parts, on all cores, and joined: the time of a table grows faster than it.

Each part is made in a child process, so `write` stands where `typeset.write` would. Each child inherits the limits of
this process and has them for itself: MOST_AT_ONCE children may use so many times its memory and processor time.
"""

from __future__ import annotations

import ctypes
import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import billiard
from django.template.loader import get_template
from weasyprint import HTML

from directives.reports import joining, layout, typeset
from directives.reports.child import MEMORY_GONE, Ended, Tell
from directives.reports.markup import context_of
from directives.reports.paper import Annex, Block, Paper, Row, Table

TEMPLATE = "reports/paper_part.html"
# An annex with more rows is long; so many rows make a part, where a group of rows ends about there.
LONG, PART = 200, 120
MOST_AT_ONCE = 4


@dataclass(frozen=True)
class Part:
    """A paper without its long annexes, or a piece of one of its annexes. `is_continued`: not its first piece."""

    paper: Paper
    annex: Annex | None = None
    is_continued: bool = False


def prepare() -> None:
    """Parse templates and styles once for all papers that this process and its children make."""
    typeset.prepare()
    get_template(TEMPLATE)


def write(paper: Paper, target: str, tell: Tell = lambda *_: None) -> None:
    """Lay out and write the PDF, telling each step. Raises Ended where a part fails, else what `typeset.write` does."""
    parts = parts_of(paper)
    if len(parts) == 1:
        typeset.write(paper, target, tell)
        return
    tell(40, "Đang dàn trang")
    # Beside the target, whose folder goes even when this process is killed.
    with tempfile.TemporaryDirectory(prefix="parts-", dir=Path(target).parent) as folder:
        made = [Path(folder) / f"{number}.pdf" for number in range(len(parts))]
        _make(parts, made, tell)
        tell(85, "Đang ghép các phần")
        joining.join([joining.Piece(file, _number(part)) for file, part in zip(made, parts, strict=True)], target)


def parts_of(paper: Paper) -> list[Part]:
    """The paper as far as its first long annex, then every annex from there on in pieces."""
    place = next((place for place, annex in enumerate(paper.annexes) if _rows(annex) > LONG), None)
    if place is None:
        return [Part(paper)]
    found = [Part(replace(paper, annexes=paper.annexes[:place]))]
    for annex in paper.annexes[place:]:
        found += [Part(paper, piece, is_continued=bool(number)) for number, piece in enumerate(_pieces(annex))]
    return found


def _number(part: Part) -> joining.Numbering:
    if part.annex is None:
        return joining.Numbering.OWN
    return joining.Numbering.RUNS_ON if part.is_continued else joining.Numbering.BEGINS


def _rows(annex: Annex) -> int:
    return sum(len(block.rows) for block in annex.blocks if isinstance(block, Table))


def _pieces(annex: Annex) -> Iterator[Annex]:
    """The annex cut within its tables; what stands between them goes with the piece before."""
    gathered: list[Block] = []
    for block in annex.blocks:
        first, *others = _cut(block) if isinstance(block, Table) else [block]
        gathered.append(first)
        for other in others:
            yield replace(annex, blocks=gathered)
            gathered = [other]
    yield replace(annex, blocks=gathered)


def _cut(table: Table) -> list[Block]:
    """Tables of about PART rows, each beginning with a group where there are any; the caption on the first."""
    pieces: list[list[Row]] = [[]]
    for body in layout.bodies(table.rows):
        for begin in range(0, len(body), PART):
            rows = body[begin : begin + PART]
            if len(pieces[-1]) + len(rows) / 2 > PART:
                pieces.append([])
            pieces[-1] += rows
    bare = replace(table, caption="", unit="")
    return [replace(bare if number else table, rows=rows) for number, rows in enumerate(pieces)]


def _make(parts: Sequence[Part], made: Sequence[Path], tell: Tell) -> None:
    """As many at once as this process may use cores, at most MOST_AT_ONCE. Raises Ended, and leaves no child behind."""
    context: Any = billiard.get_context("fork")
    waiting, done = list(enumerate(zip(parts, made, strict=True))), 0
    at_once = min(MOST_AT_ONCE, len(os.sched_getaffinity(0)))
    running: list[Any] = []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number, (part, file) = waiting.pop(0)
                running.append(context.Process(target=_write_part, args=(part, str(file), number)))
                running[-1].start()
            for child in _ended(running):
                running.remove(child)
                done += 1
                tell(40 + 45 * done // len(parts), f"Đang dàn trang ({done}/{len(parts)} phần)")
    finally:
        for child in running:
            if child.is_alive():
                os.kill(child.pid, signal.SIGKILL)
            child.join()


def _ended(running: Sequence[Any]) -> list[Any]:
    """Wait until one ends; gives those that have."""
    wait([child.sentinel for child in running])
    ended = [child for child in running if not child.is_alive()]
    for child in ended:
        child.join()
        if child.exitcode:
            raise Ended(child.exitcode)
    return ended


def _write_part(part: Part, target: str, number: int) -> None:
    """In a child, which ends with its parent."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    try:
        if part.annex is None:
            typeset.write(part.paper, target, lambda *_: None)
        else:
            _write_annex(part, target, number)
    except MemoryError:
        raise SystemExit(MEMORY_GONE) from None


def _write_annex(part: Part, target: str, number: int) -> None:
    html = HTML(string=html_of(part), base_url=None, url_fetcher=typeset.NoFetching())
    styles = [*typeset.styles_of(part.paper), *([joining.UNNUMBERED] if part.is_continued else [])]
    document = html.render(stylesheets=styles, pdf_variant="pdf/ua-1")
    document.write_pdf(target, pdf_variant="pdf/ua-1", finisher=joining.own_names(number))


def html_of(part: Part) -> str:
    """A piece of an annex as HTML."""
    assert part.annex
    context = context_of(replace(part.paper, blocks=(), annexes=(part.annex,)))
    said = {"paper": part.paper, "annex": context["annexes"][0], "is_continued": part.is_continued}
    return get_template(TEMPLATE).render(context | said)
