"""How official documents write dates, and how long or tricky texts are quoted."""

from datetime import date

import pytest

from directives.reports import wording


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 11, 20), "ngày 20 tháng 11 năm 2023"),
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2020, 2, 10), "ngày 10 tháng 02 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2023, 4, 4), "ngày 04 tháng 4 năm 2023"),
        (date(2023, 10, 1), "ngày 01 tháng 10 năm 2023"),
    ],
)
def test_zeros_stand_before_days_below_ten_and_the_first_two_months(day, written):
    assert wording.long_date(day) == written


def test_the_day_of_signing_is_left_blank():
    assert wording.undated(date(2024, 2, 3)).replace("\xa0", " ") == "ngày      tháng 02 năm 2024"


def test_short_dates_follow_the_same_rule():
    assert [wording.short_date(date(2023, month, 8)) for month in (2, 4, 12)] == [
        "08/02/2023",
        "08/4/2023",
        "08/12/2023",
    ]


def test_a_long_text_is_cut_and_says_so():
    cut = wording.shown("Đã làm " * 20_000)
    assert len(cut) <= 601
    assert cut.endswith("…")


def test_a_text_of_just_the_allowed_length_is_whole():
    assert wording.shown("à" * 600) == "à" * 600


def test_marks_that_turn_the_direction_are_taken_out():
    assert wording.printable("an\u202egnurt\u2066\u200f toàn\x07") == "an gnurt toàn"


def test_decomposed_letters_are_composed():
    assert wording.printable("ho\u0300a") == "hòa"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Kết luận của Chủ tịch", "về kết luận của Chủ tịch"),
        ("Về việc kiện toàn Ban Chỉ đạo.", "về việc kiện toàn Ban Chỉ đạo"),
    ],
)
def test_a_document_is_cited_with_all_that_names_it(title, named):
    cited = wording.citation(
        doc_type="Thông báo", code="86/TB-UBND", issued_on=date(2023, 4, 24), issuer="UBND tỉnh", title=title
    )
    assert cited == f"Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023 của UBND tỉnh {named}"
