"""Papers as both files that are made of them: the typesetter's PDF, and the Word file as LibreOffice prints it."""

import io

import pdfplumber
import pytest

from directives.reports import typeset, word
from tests.office import to_pdfs
from tests.papers import sample

# The signature comes near the end of a page somewhere between these.
ENDINGS = tuple(range(7, 21, 2))


def printed(paper, folder, name):
    target = folder / f"{name}.pdf"
    typeset.write(paper, str(target), lambda *_: None)
    return target.read_bytes()


@pytest.fixture(scope="session")
def papers():
    return {
        "report": sample.report(),
        "draft": sample.draft(),
        **{f"ending{lines}": sample.ending(lines) for lines in ENDINGS},
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
