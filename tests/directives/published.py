"""A report that was published, with its PDF on disk."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from directives.models import Passage, Publication, Report, ReportFile

SUM = "a" * 64


def ready_report(directive, by, day, as_of=None, content=b"%PDF-bao cao", is_published=True, number="", figures=None):
    """With `content` as its PDF; without a directive about all of them. `number`: what the clerk had given when it was published, that day."""
    report = Report.objects.create(
        as_of=as_of or day,
        made_on=day,
        made_by=by,
        state="ready",
        figures=figures or ({"office": {"symbol": "BC-LMHTX"}} if number else {}),
        scope="directives" if directive else "all",
        figures_sha256=SUM,
        content_sha256=SUM,
        directives_key=str(directive.pk) if directive else "",
    )
    report.directives.set([directive] if directive else [])
    path = default_storage.save(f"reports/{report.pk}-pdf.pdf", ContentFile(content))
    ReportFile.objects.create(
        report=report, kind="pdf", path=path, size=len(content), sha256=sha256(content).hexdigest(), content_sha256=SUM
    )
    Passage.objects.create(report=report, place="opening", position=1, words="Mở đầu.", edited_by=by)
    if is_published:
        Publication.objects.create(
            report=report,
            record={"x": 1},
            sha256=SUM,
            number=number,
            issued_on=day if number else None,
            published_by=by,
            published_on=day,
        )
    return Report.objects.get(pk=report.pk)
