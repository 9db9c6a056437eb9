"""The documents of a directive in the order of time, and the files that belong to them (Decree 30/2020, Annex VI)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q

from directives.actions import shelf
from directives.archive import names
from directives.archive.found import File, Papers
from directives.archive.rows import dumped
from directives.models import (
    Closing,
    Directive,
    Evidence,
    Extension,
    Instruction,
    ProgressNote,
    Publication,
    Release,
    Report,
    SignedCopy,
    Urging,
    UrgingLetter,
)
from directives.reports import files, urging_paper, word
from directives.reports.wording import line

CHUNK = 500


def gather(directive: Directive) -> Papers:
    """Reads rows only; the bytes come later."""
    papers = Papers()
    for tell in (_notice, _notes, _requests, _instructions, _letters, _calls, _closings, _reports):
        tell(papers, directive)
    return papers


def _notice(papers: Papers, directive: Directive) -> None:
    words = partial(directive.text.encode)
    text = papers.pack(File(f"{names.NOTICE}/toan-van.txt", "Toàn văn như đã nạp", content=words))
    paths = [text]
    if sha256 := directive.source_sha256:
        name = names.safe_name(f"goc {directive.source_name or f'{directive.code}.txt'}")
        source = File(f"{names.NOTICE}/{name}", "Tệp gốc của văn bản", stored=shelf.path_of(sha256), sha256=sha256)
        paths.insert(0, papers.pack(source))
    papers.tell(directive.issued_on, f"{directive.doc_type} {directive.code}", directive.title, paths)


def _notes(papers: Papers, directive: Directive) -> None:
    notes = _about(ProgressNote, directive).select_related("author").prefetch_related("evidence__upload")
    for note in notes.iterator(chunk_size=CHUNK):
        place = _place(note.assignment)
        evidence: list[Evidence] = list(note.evidence.all())
        source = f"Minh chứng của {place}, báo cáo ngày {note.said_on:%d/%m/%Y}"
        paths = [papers.pack_upload(each.upload, source) for each in evidence if each.upload]
        cited = "; ".join(each.document_number for each in evidence if each.document_number)
        words = f"{note.result} (Viện dẫn: {cited})" if cited else note.result
        papers.tell(note.said_on, f"Báo cáo tiến độ: {place}", words, paths)


def _requests(papers: Papers, directive: Directive) -> None:
    for model, what in ((Extension, "Xin gia hạn"), (Release, "Đề nghị thôi giao")):
        asked: Any
        for asked in _about(model, directive).select_related("upload").iterator(chunk_size=CHUNK):
            place = _place(asked.assignment)
            source = f"{what} của {place}, ngày {asked.asked_on:%d/%m/%Y}"
            paths = [papers.pack_upload(asked.upload, source)] if asked.upload else []
            papers.tell(asked.asked_on, f"{what}: {place}", asked.reason, paths)


def _instructions(papers: Papers, directive: Directive) -> None:
    for given in _about(Instruction, directive).select_related("given_by").iterator(chunk_size=CHUNK):
        papers.tell(given.given_on, f"Ý kiến chỉ đạo của {given.given_by}: {_place(given.assignment)}", given.text)


def _letters(papers: Papers, directive: Directive) -> None:
    """To be made again in Word from what each letter froze when it was issued."""
    mine = UrgingLetter.objects.issued().filter(tasks__assignment__task__directive=directive).distinct()
    for letter in mine.select_related("agency").order_by("pk").iterator(chunk_size=CHUNK):
        name = names.safe_name(urging_paper.file_name(letter, "docx"), letter.pk)
        made = partial(_letter, letter.pk)
        path = papers.pack(File(f"{names.LETTERS}/{name}", f"{letter} gửi {letter.agency.name}", content=made))
        assert letter.issued_on  # an issued letter has its day (a constraint)
        papers.tell(letter.issued_on, f"{letter} gửi {letter.agency.name}", letter.content.get("about", ""), [path])


def _letter(pk: int) -> bytes:
    """An issued letter never changes, so it may be read later."""
    return word.write(urging_paper.paper_of(UrgingLetter.objects.select_related("agency").get(pk=pk)))


def _calls(papers: Papers, directive: Directive) -> None:
    mine = Urging.objects.filter(tasks__assignment__task__directive=directive).distinct()
    for call in mine.select_related("agency").order_by("pk"):
        papers.tell(call.on, f"Đôn đốc {call.agency.name} ({call.get_means_display().lower()})", call.said)


def _closings(papers: Papers, directive: Directive) -> None:
    for closing in _about(Closing, directive).iterator(chunk_size=CHUNK):
        what = f"Chốt khi kết thúc: {_place(closing.assignment)}"
        papers.tell(closing.decided_on, what, f"{closing.get_verdict_display()}. {closing.reason}")
    if directive.closed_on:
        papers.tell(directive.closed_on, "Kết thúc theo dõi văn bản", f"Căn cứ: {directive.closed_by_instrument}")


def _reports(papers: Papers, directive: Directive) -> None:
    reports = reports_about(directive).filter(figures__isnull=False).order_by("pk")
    reports = reports.select_related("publication", "agency").defer("figures", "publication__record")
    for report in reports.prefetch_related("directives"):
        what = "Báo cáo" if report.is_published else "Dự thảo báo cáo"
        words = f"{report.name}, số liệu đến {report.as_of:%d/%m/%Y}"
        papers.tell(report.made_on, what, words, _files_of(papers, report))
    copies = SignedCopy.objects.filter(report__in=reports_about(directive)).select_related("upload").order_by("pk")
    for copy in copies:
        name = names.safe_name(f"{copy} (bản ký {copy.pk}).pdf")
        sha256 = copy.upload.sha256
        file = File(f"{names.REPORTS}/{name}", f"Bản ký: {copy}", stored=shelf.path_of(sha256), sha256=sha256)
        papers.tell(copy.signed_on, f"Bản ký: {copy}", "", [papers.pack(file)])


def _files_of(papers: Papers, report: Report) -> Iterator[str]:
    """All that was made of it, what was frozen, and what was published."""
    source = f"Báo cáo {report.pk}"
    for row in files.current(report).values():
        path = f"{names.REPORTS}/{names.safe_name(files.file_name(report, row.kind), report.pk)}"
        words = f"{source} ({row.get_kind_display()})"
        yield papers.pack(File(path, words, stored=row.path, sha256=row.sha256))
    frozen: dict[str, tuple[Any, str]] = {"so-lieu": (Report.objects.filter(pk=report.pk), "figures")}
    if report.is_published:
        frozen["noi-dung-phat-hanh"] = (Publication.objects.filter(report=report.pk), "record")
    for name, (rows, column) in frozen.items():
        path = f"{names.REPORTS}/{report.pk:04} {name}.json"
        yield papers.pack(File(path, f"{source}: {name}", content=partial(_frozen, rows, column)))


def _frozen(rows: Any, column: str) -> bytes:
    """What was frozen never changes, so it may be read later."""
    return dumped(rows.values_list(column, flat=True).get()).encode()


def reports_about(directive: Directive) -> Any:
    """Reports of this directive; and those that went out about all, an agency or a group, where they name it."""
    named = [{"code": directive.code, "issued_on": directive.issued_on.isoformat()}]
    own = Report.directives.through.objects.filter(directive=directive.pk).values("report")
    return Report.objects.filter(Q(pk__in=own) | Q(publication__isnull=False, figures__directives__contains=named))


def _about(model: Any, directive: Directive) -> Any:
    found = model.objects.filter(assignment__task__directive=directive)
    return found.select_related("assignment__task", "assignment__agency").order_by("pk")


def _place(assignment: Any) -> str:
    return f"{assignment.agency.short_name}, nhiệm vụ {assignment.task.position}"


def title_of(directive: Directive) -> str:
    """ "Thông báo 86/TB-UBND ngày 24/04/2023: Kết luận về …"."""
    return f"{directive.doc_type} {directive.code} ngày {directive.issued_on:%d/%m/%Y}: {line(directive.title)}"
