"""The Word file says what the PDF says: the same texts in the same order, the same numbers, page by page."""

import io

import pdfplumber
import pytest

from directives.reports import layout
from directives.reports.paper import Chart, Heading, Table
from tests.papers.compared import (
    DRAWN,
    FIGURES,
    agree_page_by_page,
    all_blocks,
    figures,
    in_order,
    rows,
    text_of,
    told,
)
from tests.papers.seen import MM, find, squeezed


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


@pytest.mark.parametrize("name", ["report", "draft"])
def test_all_texts_stand_in_both_in_the_papers_order(both, papers, name):
    for pages in both(name):
        in_order(pages, filter(None, told(papers[name])))


@pytest.mark.parametrize("name", ["report", "draft"])
def test_tables_have_the_same_cells_in_both(both, papers, name):
    pdf, word = (rows(pages, papers[name]) for pages in both(name))
    assert pdf == word
    wanted = sum(len(block.rows) for block in all_blocks(papers[name]) if isinstance(block, Table))
    assert len(pdf) >= wanted / 2  # two annexes of the sample hold the same rows


def test_every_cell_of_the_paper_is_printed(both, papers):
    for pages in both("report"):
        text = squeezed(text_of(pages))
        for block in all_blocks(papers["report"]):
            cells = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else []
            short = [words for cell in cells for words in layout.words_of(cell) if len(words) < 12]
            assert all(squeezed(words) in text for words in short)


@pytest.mark.parametrize("name", ["report", "draft"])
def test_the_numbers_are_the_same_and_as_many(both, name):
    pdf, word = map(figures, both(name))
    assert pdf == word


@pytest.mark.parametrize("name", ["report", "draft"])
def test_page_for_page_they_hold_the_same(both, name):
    agree_page_by_page(*both(name))


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
