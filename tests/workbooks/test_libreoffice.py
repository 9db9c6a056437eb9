"""The workbook filled in by those who have LibreOffice instead of Excel."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl

from directives.actions.notes import Said, report_progress
from directives.models import ProgressNote
from tests.office import resaved

from .cast import HEAD, column_of, download, fill, looked_through, saved, write


def test_saved_by_libreoffice_it_says_the_same(signed_in, agency, tasks, liaison, day):
    long = "Đã làm:\n– việc một;\n– việc hai, 12,5 tỷ đồng. " + "dài " * 300
    report_progress(assignment=tasks[1], said=Said(result=long), by=liaison, day=day - timedelta(days=3))
    book = fill(
        download(signed_in, agency),
        1,
        result="=1+1",
        obstacle="-5%",
        proposal="+84 912 345 678",
        document_number="5/BC",
        document_on=date(2023, 4, 5),
    )
    fill(book, 3, result="Dòng một\nDòng hai", percent=85)
    content = resaved(saved(book), ".xlsx")
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert sheet.protection.sheet and sheet[f"{column_of(sheet, 'result')}{HEAD + 1}"].data_type == "s"
    page, address = looked_through(signed_in, agency, content)
    assert "2 dòng ghi được" in page and "bị sửa trong tệp" not in page
    write(signed_in, address)
    first, third = ProgressNote.objects.order_by("assignment_id").exclude(assignment=tasks[1])
    assert (first.result, first.obstacle, first.proposal) == ("=1+1", "-5%", "+84 912 345 678")
    assert first.evidence.get().document_on == date(2023, 4, 5)
    assert (third.result, third.percent) == ("Dòng một\nDòng hai", 85)
