"""Files of every kind the office uses become text; the others are refused with a reason."""

import io
import zipfile

import pytest
from docx import Document

from directives.notices import UnreadableFile, read, text_of
from directives.notices.files import every_line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_each_encoding(text86, encoding):
    assert text_of(text86.encode(encoding), "86.txt") == text86


def test_line_ends_and_accents_are_made_one(text86):
    import unicodedata

    other = unicodedata.normalize("NFD", text86).replace("\n", "\r\n").encode()
    assert text_of(other, "86.txt") == unicodedata.normalize("NFC", text86)


def test_a_path_is_read(samples, text86):
    assert text_of(samples / "86-TB-UBND.txt", "86-TB-UBND.txt") == text86


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)), "Số: 86".encode("utf-16-le"), b"\xff\xfe\x00"]
)
def test_binary_is_refused(data):
    with pytest.raises(UnreadableFile, match="không phải tệp văn bản"):
        text_of(data, "ảnh.png")


def test_a_file_over_the_limit_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="5 MB"):
        text_of(b"a" * (5 * 1024 * 1024 + 1), "to.txt")
    path = tmp_path / "to.txt"
    path.write_bytes(b"a" * 2048)
    with pytest.raises(UnreadableFile, match="giới hạn"):
        text_of(path, "to.txt", max_bytes=1024)


def word_file(text):
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "trái", "phải"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_is_read(text86, answer86):
    text = text_of(word_file(text86), "86.docx")
    assert "trái | phải" in text
    assert [len(a.tasks) for a in read(text).addressees] == [len(a["tasks"]) for a in answer86["assignments"]]


def test_a_zip_bomb_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (51 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="50 MB"):
        text_of(out.getvalue(), "bom.docx")


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", None], ids=["broken", "another zip"])
def test_a_damaged_word_file_is_refused(data):
    if data is None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "a")
        data = out.getvalue()
    with pytest.raises(UnreadableFile, match="Word"):
        text_of(data, "hỏng.docx")


def pdf(content):
    """A one-page PDF, written by hand so that the test needs no renderer."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_a_pdf_with_a_text_layer_is_read():
    assert "THONG BAO 86" in text_of(pdf(b"BT /F 12 Tf 20 200 Td (THONG BAO 86) Tj ET"), "86.pdf")


def test_a_scan_is_refused():
    with pytest.raises(UnreadableFile, match="bản quét, không chép được chữ"):
        text_of(pdf(b""), "quet.pdf")


def test_a_damaged_pdf_is_refused():
    with pytest.raises(UnreadableFile, match="PDF"):
        text_of(b"%PDF-1.4 nothing", "hong.pdf")


def test_an_office_file_damaged_on_its_way_has_no_words_to_judge():
    """What cannot be unpacked is said to be damaged elsewhere; looking for a stamp must not break over it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:t>Kế hoạch</w:t>" * 200)
    content = bytearray(packed.getvalue())
    start = content.index(b"document.xml") + len(b"document.xml")
    content[start : start + 4] = b"\xff" * 4
    assert every_line(bytes(content)) == ""
