"""Pages of a PDF as pictures, so that a phone that opens no PDF shows it too."""

from __future__ import annotations

from io import BytesIO
from threading import Lock

import pypdfium2

from directives.actions import shelf

WIDTH = 1000  # pixels of the picture
MOST_PIXELS = 4_000_000
MOST_PAGES = 60
# PDFium holds state of its own and must not be entered twice.
_one_at_a_time = Lock()


def page_count(sha256: str) -> int:
    """How many pages it has, of which MOST_PAGES can be shown; 0 for what is no readable PDF."""
    try:
        with _one_at_a_time, shelf.open_kept(sha256) as file:
            return len(pypdfium2.PdfDocument(file.read()))
    except (pypdfium2.PdfiumError, FileNotFoundError):
        return 0


def page_picture(sha256: str, number: int) -> bytes:
    """Page `number` (from 1) as JPEG. Raises LookupError where there is no such page, or it cannot be drawn."""
    try:
        with _one_at_a_time, shelf.open_kept(sha256) as file:
            document = pypdfium2.PdfDocument(file.read())
            if not 1 <= number <= min(len(document), MOST_PAGES):
                raise LookupError(number)
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / max(width, 1), (MOST_PIXELS / max(width * height, 1)) ** 0.5)
            kept = BytesIO()
            page.render(scale=scale).to_pil().convert("RGB").save(kept, "JPEG", quality=80)
            return kept.getvalue()
    except (pypdfium2.PdfiumError, FileNotFoundError, ValueError) as error:
        raise LookupError(number) from error
