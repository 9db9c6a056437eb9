"""Whatever somebody typed is a text: in the PDF, in the Word file, and in the Word file as it is opened."""

import io
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from zipfile import ZipFile

import docx
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from directives.reports import typeset, word
from directives.reports.paper import (
    Annex,
    Bar,
    Chart,
    Column,
    End,
    Heading,
    Letterhead,
    Paragraph,
    Row,
    Series,
    Table,
    Tone,
)
from tests.office import to_pdf
from tests.papers import sample
from tests.papers.printing import printed
from tests.papers.seen import MM, squeezed

ATTACKS = (
    "<b>đậm</b> &amp; <script>alert(1)</script>",
    '<img src="file:///etc/passwd"> <img src="{address}/pixel.png">',
    "<link rel=attachment href=file:///etc/passwd> <style>@import url({address}/a.css); * {{ display: none }}</style>",
    '<table><td colspan="65534">x</table> <svg><image href="{address}/b.svg"/></svg>',
    "{{{{ paper.title }}}} {{% include 'x' %}} ]]> --> &#x41; <w:t>y</w:t>",
    '=HYPERLINK("{address}") file:///etc/passwd {address}/c',
)
MARKS_OF_DIRECTION = "\u202e\u2066\u200f\u061c"


class Heard(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *said):
        pass


@pytest.fixture(scope="module")
def listener():
    server = HTTPServer(("127.0.0.1", 0), Heard)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def attacks(listener):
    return [attack.format(address=f"http://127.0.0.1:{listener.server_port}") for attack in ATTACKS]


def everywhere(text):
    """A paper that says it wherever a paper says anything."""
    columns = [Column(text, 50), Column("B", 50, over=text)]
    table = Table(columns, [Row([text, (text, text)])], caption=text, unit=text)
    chart = Chart(text, [Series(text, Tone.DONE)], [Bar(text, [3])], text)
    blocks = [Heading(text), Paragraph(text), table, chart, Paragraph(text)]
    return sample.report(
        letterhead=Letterhead([text], text, text, parent=text, about=text),
        kind=text,
        subject=text,
        addressed=[text],
        blocks=blocks,
        end=End([text], [text, text], text),
        annexes=[Annex(text, text, [table], "I")],
        title=text,
        author=text,
        description=text,
    )


@pytest.fixture(scope="module")
def files(attacks, tmp_path_factory):
    paper = everywhere(" ".join(attacks))
    return printed(paper, tmp_path_factory.mktemp("hostile"), "hostile"), word.write(paper)


def test_markup_is_printed_as_it_was_typed(files, attacks):
    pdf, made = files
    wanted = [squeezed(attack) for attack in attacks]
    for content in (pdf, to_pdf(made, ".docx")):
        with pdfplumber.open(io.BytesIO(content)) as document:
            text = squeezed("".join(page.extract_text() for page in document.pages))
        assert all(text.count(attack) >= 2 for attack in wanted), text[:2000]


def test_word_holds_it_as_text(files, attacks):
    document = docx.Document(io.BytesIO(files[1]))
    heading = next(each for each in document.paragraphs if each.style.name == "Heading 1")
    assert heading.text == " ".join(attacks)


def test_nothing_is_fetched_attached_or_linked(files, listener):
    pdf, made = files
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
        assert not [page for page in document.pages if "/Annots" in page]
    with ZipFile(io.BytesIO(made)) as unpacked:
        assert not any(b'TargetMode="External"' in unpacked.read(name) for name in unpacked.namelist())
        assert not [name for name in unpacked.namelist() if "media" in name or "embed" in name]
    assert listener.asked == []


def test_marks_of_direction_and_control_characters_turn_nothing_round(tmp_path):
    paper = everywhere(f"Một{MARKS_OF_DIRECTION}hai\x07\x0b ba")
    assert not set(MARKS_OF_DIRECTION) & set(typeset.html_of(paper))
    made = docx.Document(io.BytesIO(word.write(paper)))
    assert "Một    hai   ba" in [each.text for each in made.paragraphs]
    with pdfplumber.open(io.BytesIO(printed(paper, tmp_path, "turned"))) as document:
        assert "Một hai ba" in document.pages[0].extract_text()


def test_what_is_no_character_leaves_files_that_open(tmp_path):
    paper = everywhere("Một\ufffehai\uffffba\ud800bốn")
    made = docx.Document(io.BytesIO(word.write(paper)))
    assert "Một hai ba bốn" in [each.text for each in made.paragraphs]
    with pdfplumber.open(io.BytesIO(printed(paper, tmp_path, "strange"))) as document:
        assert "Một hai ba bốn" in document.pages[0].extract_text()


@pytest.mark.parametrize("letters", ["x", "chữ dài "], ids=["one word", "many words"])
def test_a_text_of_a_hundred_thousand_letters_is_printed_whole_and_within_the_margins(tmp_path, letters):
    long = (letters * 100_000)[:100_000].strip()
    cells = Table(sample.LONG, [Row([1, long, "Sở Công Thương", None, "Kết quả"])])
    paper = sample.report(blocks=[Paragraph(long), cells], annexes=())
    began = time.process_time()
    pdf = printed(paper, tmp_path, "long")
    made = word.write(paper)
    assert time.process_time() - began < 60
    document = pypdfium2.PdfDocument(pdf)
    text = squeezed("".join(page.get_textpage().get_text_range() for page in document)).replace("\u200b", "")
    assert text.count(letters[0]) >= 2 * long.count(letters[0])
    with pdfplumber.open(io.BytesIO(pdf), pages=[1, 2, len(document) - 1]) as shown:
        for page in shown.pages:
            assert max(word["x1"] for word in page.extract_words()) <= page.width - 14 * MM
            assert letters.split()[0] * (30 if " " not in letters else 1) in squeezed(page.extract_text())
    texts = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert long in texts


def test_a_table_without_rows_has_its_head(tmp_path):
    paper = sample.report(blocks=[Table(sample.LONG, [])], annexes=())
    with pdfplumber.open(io.BytesIO(printed(paper, tmp_path, "empty"))) as document:
        assert "Nội dung nhiệm vụ" in document.pages[0].extract_text()
    tables = docx.Document(io.BytesIO(word.write(paper))).tables
    assert [cell.text for cell in tables[1].rows[0].cells] == [column.title for column in sample.LONG]
