"""Which data of a directive go into its file, a table each: to the JSON whole, to the workbook as people read them.

No password, address or telephone number of a person is among them: people stand by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from directives.archive import names
from directives.archive.package import Package
from directives.archive.papers import reports_about
from directives.archive.rows import Column, as_json, columns_of, document, head_of, several
from directives.archive.sheets import Sheets
from directives.models import (
    Addressee,
    Assignment,
    CitedDocument,
    Closing,
    Coordinator,
    CoordinatorMember,
    Decision,
    Directive,
    Download,
    Evidence,
    Extension,
    ExtensionDecision,
    Instruction,
    LetterTask,
    Move,
    Part,
    Passage,
    ProgressNote,
    Publication,
    Release,
    ReleaseDecision,
    Reminder,
    Report,
    ReportFile,
    Review,
    SignedCopy,
    Task,
    Upload,
    Urging,
    UrgingLetter,
    UrgingTask,
)

CHUNK = 500


@dataclass(frozen=True)
class Table:
    """`of`: the path from a row to what `within` gives: the directive, or reports about it.

    `named`: what its words need. `leave_out`: columns of no use.
    """

    name: str
    title: str
    model: type[Model]
    of: str
    named: tuple[str, ...] = ()
    leave_out: frozenset[str] = frozenset()
    more: tuple[Column, ...] = ()
    prefetched: tuple[str, ...] = ()
    within: Callable[[Directive], Any] = lambda directive: [directive.pk]
    narrowed: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows

    def rows(self, directive: Directive) -> QuerySet[Any]:
        """In the order of their keys, which is the order in which they came."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        mine = rows.filter(**{f"{self.of}__in": self.within(directive)})
        found = self.narrowed(rows.filter(pk__in=mine.order_by().values("pk")))
        return found.select_related(*self.named).prefetch_related(*self.prefetched).order_by("pk")

    @property
    def columns(self) -> list[Column]:
        return [*columns_of(self.model, self.leave_out), *self.more]


def _carried(path: str = "") -> tuple[str, ...]:
    """What the words of an assignment are made of."""
    return tuple(f"{path}{name}" for name in ("assignment__task", "assignment__agency"))


def _of_report(*named: str) -> tuple[str, tuple[str, ...]]:
    """Of what belongs to a report: the way to it, and what its words need."""
    return "report", ("report__agency", *named)


_parts = several("parts", "đầu việc đã xong", lambda note: [each.text for each in note.parts.all()])
_binds = several("binds", "chỉ áp dụng cho", lambda part: [each.name for each in part.binds.all()])
_cites = several("cites", "viện dẫn", lambda task: [str(each) for each in task.cites.all()])
_SENDING = frozenset({"endpoint", "digest", "leased_until", "attempts", "next_attempt_at", "error", "source"})
_DIRECTIVES = ("report__directives",)

TABLES = (
    # (Its text lies beside it, as a file of its own.)
    Table("van-ban", "Văn bản", Directive, "pk", ("created_by", "book"), frozenset({"text", "segments"})),
    Table("don-vi-duoc-giao", "Đơn vị được giao", Addressee, "directive", ("agency", "directive")),
    Table("vien-dan", "Văn bản được viện dẫn", CitedDocument, "directive", ("directive",)),
    Table(
        "nhiem-vu",
        "Nhiệm vụ",
        Task,
        "directive",
        ("directive", "addressee", "instruction__given_by", "deadline_by", "lead", "follower", "book"),
        more=(_cites,),
        prefetched=("cites",),
    ),
    Table("dau-viec", "Đầu việc", Part, "task__directive", ("task",), more=(_binds,), prefetched=("binds",)),
    Table("phoi-hop", "Cơ quan phối hợp", Coordinator, "task__directive", ("task", "agency")),
    Table(
        "phoi-hop-thanh-vien",
        "Thành viên phối hợp",
        CoordinatorMember,
        "coordinator__task__directive",
        ("coordinator", "agency"),
    ),
    Table("phan-cong", "Phân công", Assignment, "task__directive", ("task", "agency")),
    Table(
        "bao-cao-tien-do",
        "Báo cáo tiến độ",
        ProgressNote,
        "assignment__task__directive",
        (*_carried(), "author", "round"),
        more=(_parts,),
        prefetched=("parts",),
    ),
    Table(
        "minh-chung",
        "Minh chứng",
        Evidence,
        "note__assignment__task__directive",
        (*_carried("note__"), "upload"),
    ),
    Table(
        "tep",
        "Tệp minh chứng",
        Upload,
        "evidence__note__assignment__task__directive",
        ("uploaded_by", "agency"),
    ),
    Table(
        "quyet-dinh-hoan-thanh",
        "Xét hoàn thành",
        Review,
        "note__assignment__task__directive",
        (*_carried("note__"), "decided_by"),
    ),
    Table("quyet-dinh", "Quyết định", Decision, "assignment__task__directive", (*_carried(), "decided_by")),
    Table(
        "chuyen",
        "Chuyển nhiệm vụ",
        Move,
        "old__task__directive",
        ("old__task", "old__agency", "new__task", "new__agency", "moved_by"),
    ),
    Table("chot", "Chốt khi kết thúc", Closing, "assignment__task__directive", (*_carried(), "decided_by")),
    Table("xin-gia-han", "Xin gia hạn", Extension, "assignment__task__directive", (*_carried(), "upload", "asked_by")),
    Table(
        "quyet-dinh-gia-han",
        "Quyết định gia hạn",
        ExtensionDecision,
        "extension__assignment__task__directive",
        (*_carried("extension__"), "decided_by"),
    ),
    Table(
        "de-nghi-thoi-giao",
        "Đề nghị thôi giao",
        Release,
        "assignment__task__directive",
        (*_carried(), "to_agency", "upload", "asked_by"),
    ),
    Table(
        "quyet-dinh-thoi-giao",
        "Quyết định thôi giao",
        ReleaseDecision,
        "release__assignment__task__directive",
        (*_carried("release__"), "moved_to__task", "moved_to__agency", "decided_by"),
    ),
    Table(
        "y-kien-chi-dao",
        "Ý kiến chỉ đạo",
        Instruction,
        "assignment__task__directive",
        (*_carried(), *_carried("note__"), "given_by"),
    ),
    Table(
        "nhac-viec",
        "Nhắc việc đã gửi",
        Reminder,
        "assignment__task__directive",
        (*_carried(), "recipient", "agency", "round"),
        _SENDING,
        narrowed=lambda rows: rows.left(),  # type: ignore[attr-defined]
    ),
    Table(
        "cong-van-don-doc",
        "Công văn đôn đốc",
        UrgingLetter,
        "assignments__task__directive",
        ("agency", "made_by", "ended_by"),
        narrowed=lambda rows: rows.issued(),  # type: ignore[attr-defined]
    ),
    Table(
        "cong-van-nhiem-vu",
        "Nhiệm vụ trong công văn",
        LetterTask,
        "assignment__task__directive",
        (*_carried(), "letter__agency"),
    ),
    Table("lan-don-doc", "Lần đôn đốc", Urging, "assignments__task__directive", ("agency", "made_by")),
    Table(
        "lan-don-doc-nhiem-vu",
        "Nhiệm vụ được đôn đốc",
        UrgingTask,
        "assignment__task__directive",
        (*_carried(), "urging"),
    ),
    Table(
        "bao-cao",
        "Báo cáo",
        Report,
        "pk",
        ("agency", "round", "made_by"),
        frozenset({"figures", "directives_key", "progress", "step", "leased_until", "lease", "attempts", "error"}),
        prefetched=("directives",),
        within=reports_about,
    ),
    Table(
        "bao-cao-noi-dung",
        "Nội dung báo cáo",
        Passage,
        *_of_report("edited_by"),
        prefetched=_DIRECTIVES,
        within=reports_about,
    ),
    Table(
        "bao-cao-phat-hanh",
        "Phát hành báo cáo",
        Publication,
        *_of_report("published_by"),
        frozenset({"record"}),
        prefetched=_DIRECTIVES,
        within=reports_about,
    ),
    Table("bao-cao-tep", "Tệp báo cáo", ReportFile, *_of_report(), prefetched=_DIRECTIVES, within=reports_about),
    Table("bao-cao-luot-tai", "Lượt tải báo cáo", Download, "file__report", ("file", "by"), within=reports_about),
    Table(
        "ban-ky", "Bản ký", SignedCopy, *_of_report("upload", "kept_by"), prefetched=_DIRECTIVES, within=reports_about
    ),
)


def write_tables(package: Package, directive: Directive, sheets: Sheets) -> None:
    """Every table as a JSON file and as a sheet. Reads each row once."""
    for table in TABLES:
        with package.writing(f"{names.DATA}/{table.name}.json", f"Dữ liệu: {table.title}") as out:
            for piece in document(head_of(table.title, table.columns), _rows(table, directive, sheets)):
                out.text(piece)


def _rows(table: Table, directive: Directive, sheets: Sheets) -> Iterator[str]:
    """Rows on their way to JSON, each written into its sheet too."""
    columns = table.columns
    sheet = sheets.add(table.title, [column.label for column in columns])
    for row in table.rows(directive).iterator(chunk_size=CHUNK):
        sheet.write(column.shown(row) for column in columns)
        yield as_json(columns, row)
