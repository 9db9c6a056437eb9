"""Papers as both files that are made of them: the typesetter's PDF, and the Word file as LibreOffice prints it."""

import io

import pdfplumber
import pytest

from directives.reports import word
from tests.office import to_pdfs
from tests.papers import sample
from tests.papers.printing import printed

# The signature comes near the end of a page somewhere between these.
ENDINGS = tuple(range(7, 21, 2))
ROWS = tuple(range(9, 23, 2))


@pytest.fixture(scope="session")
def papers():
    return {
        "report": sample.report(),
        "draft": sample.draft(),
        **{f"ending{lines}": sample.ending(lines) for lines in ENDINGS},
        **{f"rows{rows}": sample.ending_with_table(rows) for rows in ROWS},
    }


@pytest.fixture(scope="session")
def word_files(papers):
    return {name: word.write(paper) for name, paper in papers.items()}


@pytest.fixture(scope="session")
def pdfs(papers, word_files, tmp_path_factory):
    """By drawing and name."""
    folder = tmp_path_factory.mktemp("papers")
    typeset_ones = {name: printed(paper, folder, name) for name, paper in papers.items()}
    return {"pdf": typeset_ones, "word": to_pdfs(word_files, ".docx")}


@pytest.fixture(scope="session", params=["pdf", "word"])
def drawing(request):
    return request.param


@pytest.fixture(scope="session")
def opened(pdfs, drawing):
    """Pages by the name of the paper."""
    kept = {}

    def pages(name):
        if name not in kept:
            kept[name] = pdfplumber.open(io.BytesIO(pdfs[drawing][name]))
        return kept[name].pages

    yield pages
    for document in kept.values():
        document.close()


@pytest.fixture(scope="session")
def report(opened):
    return opened("report")


@pytest.fixture(scope="session")
def first(report):
    return report[0]
