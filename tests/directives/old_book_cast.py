"""The tracking workbook of an office, and uploading it."""

import hashlib

from directives.actions.old_books import keep_old_book
from directives.workbooks.legacy.grid import dump, pages
from directives.workbooks.legacy.mapping import propose
from directives.workbooks.reading import read_workbook
from tests.workbooks.old_book import PAPER, REAL, workbook  # noqa: F401


def upload(content, staff, day, name="so-theo-doi.xlsx"):
    """As the page does: read, a first matching, kept as a draft."""
    cells = dump(read_workbook(content, name))
    matching, head_key = propose(pages(cells))
    digest = hashlib.sha256(content).hexdigest()
    return keep_old_book(
        name=name, sha256=digest, cells=cells, head_key=head_key, mapping=matching.dump(), by=staff, day=day
    )
