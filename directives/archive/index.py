"""What stands on top of a ZIP: the list of documents in the order of time, and the manifest with its checksums."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone

from directives.archive import names
from directives.archive.found import Papers
from directives.archive.package import Package
from directives.archive.papers import title_of
from directives.archive.rows import dumped
from directives.models import Archive, Directive

FORMAT = "kttt-archive-1"
HEAD = """\
# {title}
# Xuất ngày {day} bởi {who}. Mỗi dòng: mã kiểm tra SHA-256 và tên tệp.
# Kiểm tra: python manage.py check_archive TEP.zip; hoặc giải nén rồi chạy: sha256sum -c MANIFEST.txt
"""


def write_index(package: Package, directive: Directive, found: Papers, archive: Archive) -> None:
    """MUC-LUC.html: opens in any browser, without a network."""
    packed = {each.path for each in package.files}
    rows = [
        (paper, [(path, quote(path) if path in packed else "") for path in paper.paths]) for paper in found.in_order()
    ]
    context = {
        "title": title_of(directive),
        "directive": directive,
        "archive": archive,
        "rows": rows,
        "workbook": f"{names.DATA}/{names.WORKBOOK}",
        "data": [each for each in package.files if each.path.startswith(names.DATA) and each.path.endswith(".json")],
        "missing": package.missing,
    }
    page = render_to_string("reports/archive_index.html", context)
    package.add_bytes(names.INDEX, "Mục lục theo trình tự thời gian", page.encode())


def write_manifest(package: Package, directive: Directive, archive: Archive) -> None:
    """manifest.json says all of each file; MANIFEST.txt is what `sha256sum -c` reads, the manifest included."""
    package.add_bytes(names.MANIFEST, "Bảng kê tệp", dumped(_manifest(package, directive, archive)).encode())
    head = HEAD.format(title=title_of(directive), day=f"{archive.made_on:%d/%m/%Y}", who=archive.made_by)
    lines = [f"{each.sha256}  {each.path}" for each in package.files]
    package.add_bytes(names.CHECKSUMS, "Mã kiểm tra", f"{head}{chr(10).join(lines)}\n".encode())


def _manifest(package: Package, directive: Directive, archive: Archive) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "directive": {"code": directive.code, "issued_on": directive.issued_on, "title": directive.title},
        "closed_on": directive.closed_on,
        "made_on": archive.made_on,
        "made_at": timezone.now(),
        "made_by": str(archive.made_by),
        "files": [asdict(each) for each in package.files],
        "missing": [asdict(each) for each in package.missing],
    }
