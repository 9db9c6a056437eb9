"""Files from papers, each in a child process with limits (`child`)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from directives.models import FileKind
from directives.reports import child
from directives.reports.child import Limits, Tell
from directives.reports.paper import Paper
from directives.reports.record import Record


def warm(**_: Any) -> None:
    """Load the typesetter into this process, so that children forked from it need not."""
    from directives.reports import in_parts, summary_page

    in_parts.prepare()
    summary_page.prepare()


def make_pdf(paper: Paper, *, limits: Limits | None = None) -> bytes:
    """One paper, for somebody who waits for the page. Raises CannotRender."""
    from directives.reports import typeset

    warm()
    with tempfile.TemporaryDirectory(prefix="kttt-paper-") as folder:
        target = Path(folder) / "paper.pdf"
        child.run(lambda tell: typeset.write(paper, str(target), tell), limits=limits)
        return target.read_bytes()


def make(
    shown: Record,
    folder: Path,
    kinds: Sequence[FileKind],
    *,
    tell: Tell = lambda *_: None,
    limits: Limits | None = None,
) -> dict[FileKind, Path]:
    """Files of these kinds in `folder`, by kind, from the content of `report_paper`. Raises CannotRender."""
    warm()
    targets = {kind: folder / kind.value for kind in kinds}
    child.run(lambda tell: _write(shown, targets, tell), tell=tell, limits=limits)
    return targets


def _write(shown: Record, targets: dict[FileKind, Path], tell: Tell) -> None:
    from directives.reports import excel, in_parts, word
    from directives.reports.report_paper import paper_of
    from directives.reports.summary import one_page
    from directives.reports.summary_page import write_summary

    tell(15, "Đang soạn văn bản")
    paper, summary = paper_of(shown), one_page(shown["figures"], is_draft=shown["is_draft"])
    writers: dict[FileKind, tuple[int, str, Callable[[Path], Any]]] = {
        FileKind.WORD: (20, "Đang ghi tệp Word", lambda path: path.write_bytes(word.write(paper))),
        FileKind.EXCEL: (25, "Đang ghi tệp Excel", lambda path: path.write_bytes(excel.write(paper))),
        FileKind.SUMMARY: (30, "Đang lập bản tóm tắt", lambda path: write_summary(summary, str(path))),
        FileKind.PDF: (35, "Đang lập tệp PDF", lambda path: in_parts.write(paper, str(path), tell)),
    }
    for kind in sorted(targets, key=lambda kind: writers[kind][0]):
        percent, step, write = writers[kind]
        tell(percent, step)
        write(targets[kind])
