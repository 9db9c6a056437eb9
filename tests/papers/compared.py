"""What two drawings of a paper have in common."""

import re
from collections import Counter

from directives.reports.paper import Chart, Heading, Paragraph, Table
from tests.papers.seen import MM, body, find, squeezed

WORDS = re.compile(r"\w+")
FIGURES = re.compile(r"\d[\d.,/]*%?")
# What a bar is drawn with in Word stands for a drawing in the PDF.
DRAWN = re.compile("[█▓▒▄░]+")


def text_of(pages):
    return DRAWN.sub("", "\n".join(body(page).extract_text() for page in pages))


def told(paper):
    """Every text outside of tables and charts, in the order in which it is read."""
    yield from (paper.kind, paper.subject, "Kính gửi:", *paper.addressed)
    for block in paper.blocks:
        yield from texts(block)
    yield "Nơi nhận:"
    for annex in paper.annexes:
        yield f"Phụ lục {annex.number}"
        yield from (annex.title, annex.goes_with)
        for block in annex.blocks:
            yield from texts(block)


def texts(block):
    if isinstance(block, Heading | Paragraph):
        return [block.text.rstrip(".;")]
    return [block.caption, block.unit] if isinstance(block, Table) else []


def in_order(pages, words):
    """Where each of them stands in the text; the first that is missing fails."""
    text, place, found = squeezed(text_of(pages)), 0, []
    for each in map(squeezed, words):
        place = text.find(each, place)
        assert place >= 0, each
        found.append(place)
        place += len(each)
    return found


def all_blocks(paper):
    return [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]


def above_charts(page, captions):
    """The lines of a chart are no table; what stands under the first one is left out."""
    tops = [find(page, caption).top for caption in captions if squeezed(caption) in squeezed(page.extract_text())]
    return page.crop((0, 0, page.width, min(tops) * MM)) if tops else page


def rows(pages, paper):
    """Of all tables with lines, each cell without spaces, heads once, a row that goes on on the next page as one."""
    captions = [block.caption for block in all_blocks(paper) if isinstance(block, Chart)]
    widths = {len(block.columns) for block in all_blocks(paper) if isinstance(block, Table)}
    found = []
    for page in pages:
        for table in above_charts(page, captions).extract_tables():
            if len(table[0]) in widths:
                append(found, [tuple(squeezed(cell or "") for cell in row) for row in table])
    return found


def append(found, table):
    """Under a head that was there before, a first row without its number is the rest of the last one."""
    new = [row for row in dict.fromkeys(table) if row not in found]
    if new and table[0] in found and not new[0][0]:
        found[-1] = tuple(map("".join, zip(found[-1], new.pop(0), strict=True)))
    found += new


def figures(pages):
    """How often each number stands there: "20-" and what follows on the next line are one word."""
    return Counter(FIGURES.findall(re.sub(r"(?<=[-/])\n", "", text_of(pages))))


def words(pages):
    return Counter(WORDS.findall(text_of(pages)))


def agree_page_by_page(ones, others):
    """A text may come to stand on the next page, no farther."""
    assert abs(len(ones) - len(others)) <= 1
    for one, other in ((ones, others), (others, ones)):
        for number, page in enumerate(one):
            said, near = words([page]), words(other[max(0, number - 1) : number + 2])
            assert (said - near).total() <= 0.02 * said.total(), (number, said - near)


def agree(paper, pdf, word):
    """The same texts in the paper's order, the same cells and numbers, page by page."""
    for pages in (pdf, word):
        in_order(pages, filter(None, told(paper)))
    assert rows(pdf, paper) == rows(word, paper)
    assert figures(pdf) == figures(word)
    agree_page_by_page(pdf, word)
