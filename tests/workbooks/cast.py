"""Downloading, filling in and handing in, as an agency does it."""

import io
import uuid

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives.models import WorkbookUpload
from directives.workbooks.columns import OPEN, plain

HEAD = 4


def download(client, agency):
    """The workbook as openpyxl has it."""
    answer = client.get(reverse("agency_workbook", args=[agency.code]))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def column_of(sheet, name):
    """The letter of a column, by the name of its field."""
    head = next((each.head for each in OPEN if each.name == name), name)
    return next(cell.column_letter for cell in sheet[HEAD] if plain(cell.value or "") == plain(head))


def fill(book, row=1, **typed):
    """Type into the `row`-th task; text stays text, as in cells of the kind "text"."""
    sheet = book.worksheets[0]
    for name, value in typed.items():
        cell = sheet[f"{column_of(sheet, name)}{HEAD + row}"]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    return book


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in(client, agency, book, key=None):
    """The answer to handing it in."""
    content = book if isinstance(book, bytes) else saved(book)
    file = SimpleUploadedFile("nhiệm vụ.xlsx", content)
    address = reverse("agency_workbook_send", args=[agency.code])
    return client.post(address, {"workbook": file, "submission": str(key or uuid.uuid4())})


def looked_through(client, agency, book):
    """The page of the dry run, as text, and its address."""
    answer = hand_in(client, agency, book)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"]).content.decode(), answer["Location"]


def write(client, address, **more):
    return client.post(address, {"viec": "ghi", **more}, follow=True)


def only_upload():
    return WorkbookUpload.objects.get()
