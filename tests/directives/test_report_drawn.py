"""The report of the demonstration as PDF and as Word: the same texts, cells and numbers, page by page."""

import io
from datetime import date

import pdfplumber
import pytest
from django.core.management import call_command
from django.db import transaction

from directives.models import Directive, Office, Report
from directives.reports import content, word
from directives.reports.drafts import drafted
from directives.reports.report_paper import content as content_of
from directives.reports.report_paper import paper_of
from tests.office import to_pdf
from tests.papers.compared import agree
from tests.papers.printing import printed

pytestmark = pytest.mark.django_db  # so that the database of the module's fixture is made

DAY = date(2023, 11, 20)


@pytest.fixture(scope="module")
def paper(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", stdout=io.StringIO())
        office = Office.current()
        office.signs_as, office.signer, office.recipients = ["Chủ tịch"], "Nguyễn Văn A", ["UBND tỉnh"]
        office.save()
        report = Report.objects.create(as_of=DAY, made_on=DAY)
        report.directives.set([Directive.objects.get()])
        record = content.compose(report)
        words = {place.value: text for place, text in drafted(record).items()}
        transaction.set_rollback(True)
    return paper_of(content_of(record, words, is_draft=True))


def test_word_says_what_the_pdf_says(paper, tmp_path):
    pdf, made = printed(paper, tmp_path, "report"), to_pdf(word.write(paper), ".docx")
    with pdfplumber.open(io.BytesIO(pdf)) as one, pdfplumber.open(io.BytesIO(made)) as other:
        agree(paper, one.pages, other.pages)
