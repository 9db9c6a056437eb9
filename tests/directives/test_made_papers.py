"""The urging letter and the round report: by the decree on paper, and the same in Word."""

import io
from datetime import date

import pdfplumber
import pytest

from directives.actions.notes import Said
from directives.actions.rounds import Line, send_round, submission_for
from directives.actions.urging import issue_letter
from directives.models import Office, Round
from directives.reports import round_paper, urging_paper, word
from tests.directives.test_round_calendar import choose  # noqa: F401
from tests.directives.urging_cast import DAY, draft
from tests.office import to_pdfs
from tests.papers.compared import agree
from tests.papers.printing import printed
from tests.papers.seen import MM, find, flat, rule_under, squeezed, top_margin

HOSTILE = '<b>Đoạn</b> <img src="file:///etc/passwd"> {{ x }} & co.'


@pytest.fixture
def office(settings, db):
    settings.TODAY = DAY
    row = Office.locked()
    row.signs_as, row.signer, row.letter_symbol = ["CHỦ TỊCH"], "Nguyễn Văn A", "LMHTX-VP"
    row.save()
    return row


@pytest.fixture
def tasks(make_assignment):
    def make(count):
        made = [make_assignment("dated", deadline=date(2023, 10, 31), position=each) for each in range(1, count + 1)]
        for row in made:
            row.task.text = f"rà soát chính sách thứ {row.task.position} " * 6
            row.task.save()
        return made

    return make


@pytest.fixture
def letter(office, month, tasks, agency, staff):
    tasks(3)
    return draft(agency, staff, words=HOSTILE)


@pytest.fixture
def long_letter(office, month, tasks, agency, staff):
    tasks(24)
    made = draft(agency, staff)
    return issue_letter(letter=made, number="5", symbol="LMHTX-KT", issued_on=date(2023, 11, 20), by=staff, day=DAY)


@pytest.fixture
def round_report(office, choose, tasks, agency, liaison):  # noqa: F811
    choose()
    november = Round.objects.get(end=date(2023, 11, 14))
    submission = submission_for(round=november, agency=agency, by=liaison, day=DAY)
    send_round(submission=submission, lines=[Line(row, told_of()) for row in tasks(9)], by=liaison, day=DAY)
    submission.refresh_from_db()
    return submission


def told_of():
    return Said(f"{HOSTILE}\nĐã rà soát. " * 6, obstacle="Thiếu kinh phí.\nThiếu người.", proposal="Bố trí")


@pytest.fixture
def both(tmp_path):
    """A paper's pages as PDF, and as LibreOffice prints its Word file."""
    documents = []

    def both(paper):
        contents = (printed(paper, tmp_path, "made"), to_pdfs({"made": word.write(paper)}, ".docx")["made"])
        documents.extend(pdfplumber.open(io.BytesIO(content)) for content in contents)
        return [document.pages for document in documents[-2:]]

    yield both
    for document in documents:
        document.close()


def test_a_letter_is_the_same_in_both_and_what_was_typed_is_text(letter, both):
    paper = urging_paper.paper_of(letter)
    pages = both(paper)
    agree(paper, *pages)
    for each in pages:
        assert squeezed(HOSTILE) in squeezed("".join(page.extract_text() for page in each))


def test_a_letter_has_what_it_is_about_under_its_number_and_no_title(letter, both):
    for pages in both(urging_paper.paper_of(letter)):
        first = pages[0]
        about, number = find(first, "V/v đề nghị báo cáo"), find(first, "/LMHTX-VP")
        assert 12 <= about.size <= 13
        assert not about.bold and not about.italic
        assert about.top - number.bottom >= 6 / MM - 1
        assert about.right < 105
        assert "CÔNG VĂN" not in first.extract_text()
        with pytest.raises(AssertionError):
            rule_under(first, about)


def test_a_letter_with_an_annex_is_the_same_in_both(long_letter, both):
    paper = urging_paper.paper_of(long_letter)
    pages = both(paper)
    agree(paper, *pages)
    for each in pages:
        text = flat(" ".join(page.extract_text() for page in each))
        assert "Số: 05/LMHTX-KT" in text
        assert "(Kèm theo Công văn số 05/LMHTX-KT ngày 20 tháng 11 năm 2023" in text
        start = next(number for number, page in enumerate(each) if "Phụ lục\n" in page.extract_text())
        annex = each[start:]
        assert {page.width < page.height for page in annex} == {True}
        assert [top_margin(page) for page in annex] == ["", *map(str, range(2, len(annex) + 1))]


def test_a_round_report_is_the_same_in_both(round_report, office, both):
    paper = round_paper.paper_of(round_report, office)
    pages = both(paper)
    agree(paper, *pages)
    for each in pages:
        text = squeezed("".join(page.extract_text() for page in each))
        assert squeezed("- Nhiệm vụ 1, 86/TB-UBND: Thiếu kinh phí.") in text
        assert text.count("<b>Đoạn</b>") == 9 * 6
        assert find(each[0], "BÁO CÁO").bold
        assert [top_margin(page) for page in each] == ["", *map(str, range(2, len(each) + 1))]


def test_a_stored_letter_of_the_first_version_still_prints(letter):
    """The frozen record is what it was when letters had drawings of their own."""
    assert letter.content["version"] == 1
    assert set(letter.content) == {
        "paper",
        "version",
        "made_on",
        "is_illustrative",
        "office",
        "about",
        "to",
        "before",
        "groups",
        "after",
        "annex",
    }
    assert urging_paper.paper_of(letter).letterhead.about.startswith("V/v đề nghị")
