"""The Word file says what the PDF says: the same texts in the same order, the same numbers, page by page."""

import io
import re
from collections import Counter

import pdfplumber
import pytest

from directives.reports import layout
from directives.reports.paper import Chart, Heading, Paragraph, Table
from tests.papers.seen import MM, body, find, squeezed

WORDS = re.compile(r"\w+")
FIGURES = re.compile(r"\d[\d.,/]*%?")
# What a bar is drawn with in Word stands for a drawing in the PDF.
DRAWN = re.compile("[█▓▒▄░]+")


@pytest.fixture(scope="module")
def both(pdfs):
    """Pages of the PDF and of the Word file, by the name of the paper."""
    documents = []

    def pages(name):
        for drawing in ("pdf", "word"):
            documents.append(pdfplumber.open(io.BytesIO(pdfs[drawing][name])))
        return [document.pages for document in documents[-2:]]

    yield pages
    for document in documents:
        document.close()


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


def above_charts(page):
    """The lines of a chart are no table."""
    if "Biểu đồ 1." not in page.extract_text():
        return page
    return page.crop((0, 0, page.width, find(page, "Biểu đồ 1.").top * MM))


def rows(pages):
    """Of all tables with lines, each cell without spaces, heads once."""
    found = []
    for page in pages:
        for table in above_charts(page).extract_tables():
            if len(table[0]) in (4, 5, 7):
                found += [tuple(squeezed(cell or "") for cell in row) for row in table]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("name", ["report", "draft"])
def test_all_texts_stand_in_both_in_the_papers_order(both, papers, name):
    for pages in both(name):
        in_order(pages, filter(None, told(papers[name])))


@pytest.mark.parametrize("name", ["report", "draft"])
def test_tables_have_the_same_cells_in_both(both, papers, name):
    pdf, word = map(rows, both(name))
    assert pdf == word
    wanted = sum(len(block.rows) for block in all_blocks(papers[name]) if isinstance(block, Table))
    assert len(pdf) >= wanted / 2  # two annexes of the sample hold the same rows


def all_blocks(paper):
    return [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]


def test_every_cell_of_the_paper_is_printed(both, papers):
    for pages in both("report"):
        text = squeezed(text_of(pages))
        for block in all_blocks(papers["report"]):
            cells = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else []
            short = [words for cell in cells for words in layout.words_of(cell) if len(words) < 12]
            assert all(squeezed(words) in text for words in short)


def test_the_numbers_are_the_same_and_as_many(both):
    pdf, word = (Counter(FIGURES.findall(squeezed_figures(pages))) for pages in both("report"))
    assert pdf == word


def squeezed_figures(pages):
    """A number is one word: only "20-" and what follows on the next line are joined."""
    return re.sub(r"(?<=[-/])\n", "", text_of(pages))


@pytest.mark.parametrize("name", ["report", "draft"])
def test_page_for_page_they_hold_the_same(both, name):
    """A text may come to stand on the next page, no farther."""
    pages = both(name)
    assert abs(len(pages[0]) - len(pages[1])) <= 1
    for ones, others in (pages, reversed(pages)):
        for number, page in enumerate(ones):
            near = Counter(WORDS.findall(text_of(others[max(0, number - 1) : number + 2])))
            words = Counter(WORDS.findall(text_of([page])))
            assert (words - near).total() <= 0.02 * words.total(), (number, words - near)


@pytest.mark.parametrize("name", ["report", "draft"])
def test_headings_stand_on_the_same_pages(both, papers, name):
    heads = [block.text for block in papers[name].blocks if isinstance(block, Heading)]
    heads += [f"Phụ lục {annex.number}" for annex in papers[name].annexes]
    pdf, word = ([page_of(pages, head) for head in heads] for pages in both(name))
    assert pdf == sorted(pdf)
    assert all(abs(one - other) <= 1 for one, other in zip(pdf, word, strict=True))


def page_of(pages, words):
    return next(page.page_number for page in pages if squeezed(words) in squeezed(page.extract_text()))


def test_a_chart_has_its_numbers_in_both(both, papers):
    """Each bar with its label, its numbers on the same line; in Word its drawing too."""
    (chart,) = [block for block in papers["report"].blocks if isinstance(block, Chart)]
    for drawing, pages in zip(("pdf", "word"), both("report"), strict=True):
        page = pages[page_of(pages, chart.caption) - 1]
        below = page.crop((0, find(page, chart.caption).bottom * MM, page.width, page.height))
        lines = below.extract_text().split("\n")
        for bar in chart.bars:
            assert any(line.startswith(bar.label) for line in lines), (drawing, lines)
            line = next(line for line in lines if line.startswith(bar.label))
            assert FIGURES.findall(line.removeprefix(bar.label)) == [str(value) for value in bar.values]
            assert bool(DRAWN.search(line)) == (drawing == "word")
