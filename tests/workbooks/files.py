"""Workbooks as people send them, good ones and bad ones."""

import io
import zipfile

import openpyxl
import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def book(*rows, title="Nhiệm vụ", before_saving=None):
    """An .xlsx of these rows, written by openpyxl."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if before_saving:
        before_saving(made, sheet)
    return saved(made)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content, name, data):
    """The same package with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()


def sheet_xml(inside):
    """A package whose only sheet holds this XML."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{inside}</worksheet>"
    )
    return with_part(book(["a"]), SHEET, xml)


def cached_formula(formula, value):
    """A cell A1 with a formula and what Excel worked out last."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet("Nhiệm vụ").write_formula(0, 0, formula, None, value)
    made.close()
    return out.getvalue()
