"""PDF files that were typeset apart, as one: pages, running numbers, bookmarks and the tree of tags.

The tags of a file hang on three threads: its tree (StructTreeRoot), from each page back to it (ParentTree, by the
page's StructParents), and the names by which a cell of a table finds its heads. All three are kept whole.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from string import ascii_uppercase
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Name, OutlineItem, Pdf
from weasyprint import CSS, HTML

from directives.reports import typeset

UNNUMBERED = CSS(string="@page { @top-center { content: none } }", url_fetcher=typeset.NoFetching())
# The files with numbers only count as parts far behind all others.
NUMBERS = 26 * 26 - 2
# As empty as a page can be that still has its number.
BLANK = '<p class="blank">&#160;</p>'
BLANKS = CSS(string=".annex > .blank { break-before: page }", url_fetcher=typeset.NoFetching())


class Numbering(Enum):
    """How the pages of a file are numbered: they are already; a count begins with them; the count runs on."""

    OWN = "own"
    BEGINS = "begins"
    RUNS_ON = "runs on"


class Piece(NamedTuple):
    file: Path
    numbering: Numbering


def own_names(number: int) -> Callable[[Any, Any], None]:
    """For WeasyPrint's `finisher`: names that no other part has, of heads of tables and of subsets of fonts.

    Cells refer to their heads by the same string objects. A reader may take two fonts of one name for one font.
    """

    def rename(_: Any, pdf: Any) -> None:
        for each in pdf.objects:
            if not isinstance(each, dict):
                continue
            if "ID" in each and each.get("S") == "/TH":
                each["ID"].string = f"p{number}-{each['ID'].string}"
            for key in {"BaseFont", "FontName"} & each.keys():
                each[key] = _own_tag(each[key], number)

    return rename


def _own_tag(font: bytes, number: int) -> bytes:
    """ "/ABCDEF+Liberation-Serif" with the last two of its six letters changed to the number of the part."""
    tag, plus, name = font.partition(b"+")
    letters = ascii_uppercase[number // 26 % 26] + ascii_uppercase[number % 26]
    return tag[:-2] + letters.encode() + plus + name if plus else font


def join(pieces: Sequence[Piece], target: str) -> None:
    """Write one file; what it says about itself (title, author, language, conformance) is what the first says."""
    with Pdf.open(pieces[0].file) as whole:
        numbers: dict[int, int] = {}
        bookmarks = list(whole.open_outline().root)
        before = 0
        for piece in pieces[1:]:
            runs_on, first = piece.numbering is Numbering.RUNS_ON, len(whole.pages)
            before = before if runs_on else 0
            with Pdf.open(piece.file) as part:
                whole.pages.extend(part.pages)
                _append_tags(whole, part, first)
                (bookmarks[-1].children if runs_on and bookmarks else bookmarks).extend(_bookmarks(whole, part, first))
            count = len(whole.pages) - first
            numbers |= {first + place: before + place + 1 for place in range(count)} if runs_on else {}
            before += count
        with whole.open_outline() as outline:
            outline.root[:] = bookmarks
        _number(whole, numbers)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)


def _append_tags(whole: Pdf, part: Pdf, first: int) -> None:
    """The pages are copied already, so what the tags say about pages points at the copies."""
    ours, theirs = whole.Root.StructTreeRoot, whole.copy_foreign(part.Root.StructTreeRoot)
    document = ours.K[0]
    for element in theirs.K[0].K:
        element.P = document
        document.K.append(element)
    keys, more = ours.ParentTree.Nums, theirs.ParentTree.Nums
    shift = int(keys[len(keys) - 2]) + 1
    for place in range(0, len(more), 2):
        keys.append(int(more[place]) + shift)
        keys.append(more[place + 1])
    for page in list(whole.pages)[first:]:
        page.obj.StructParents = int(page.obj.StructParents) + shift


def _bookmarks(whole: Pdf, part: Pdf, first: int) -> list[OutlineItem]:
    pages = {page.obj.objgen: whole.pages[first + place].obj for place, page in enumerate(part.pages)}

    def copied(item: OutlineItem) -> OutlineItem:
        destination: Any = item.destination
        page, *where = destination
        copy = OutlineItem(item.title, Array([pages[page.objgen], *where]))
        copy.children.extend(map(copied, item.children))
        return copy

    return [copied(item) for item in part.open_outline().root]


def _number(whole: Pdf, numbers: dict[int, int]) -> None:
    """Put a number on each of these pages, as the typesetter would: no part knew how many pages came before it."""
    for is_upright in (False, True):
        wanted = {place: number for place, number in numbers.items() if _is_upright(whole, place) == is_upright}
        if not wanted:
            continue
        with Pdf.open(io.BytesIO(_numbered(max(wanted.values()), is_upright))) as sheet:
            for place, number in wanted.items():
                _put_under(whole, whole.pages[place], sheet.pages[number - 1])


def _is_upright(whole: Pdf, place: int) -> bool:
    _, _, width, height = map(float, whole.pages[place].mediabox)
    return width < height


def _numbered(most: int, is_upright: bool) -> bytes:
    """Empty pages of an annex, numbered from 1 on."""
    section = f'<section class="annex{" annex--upright" if is_upright else ""}">{BLANK * most}</section>'
    html = HTML(string=f'<html lang="vi"><body>{section}</body></html>', url_fetcher=typeset.NoFetching())
    made: bytes = html.write_pdf(stylesheets=[typeset.sheet(), BLANKS], finisher=own_names(NUMBERS + is_upright))
    return made


def _put_under(whole: Pdf, page: Any, number: Any) -> None:
    """As an artifact: who listens to the page is not told its number."""
    name = page.add_resource(whole.copy_foreign(number.as_form_xobject()), Name.XObject)
    page.contents_add(f"/Artifact BMC q {name} Do Q EMC".encode(), prepend=True)
