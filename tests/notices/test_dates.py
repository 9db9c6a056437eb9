"""Dates and times as officials write them."""

from datetime import date

import pytest

from directives.notices.dates import deadlines_in, official_date, period_in, recurring_words

ISSUED = date(2025, 11, 17)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"), (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
     (date(2023, 4, 4), "ngày 04 tháng 4 năm 2023"), (date(2021, 2, 3), "ngày 03 tháng 02 năm 2021"),
     (date(2023, 11, 20), "ngày 20 tháng 11 năm 2023")],
)  # fmt: skip
def test_an_official_date_takes_zeros_by_decree_30(day, words):
    assert official_date(day) == words


@pytest.mark.parametrize(
    ("words", "text", "day"),
    [
        ("trình trước ngày 20 tháng 10 năm 2024.", "trước ngày 20 tháng 10 năm 2024", date(2024, 10, 20)),
        ("hoàn thành trước ngày 31/12/2026.", "trước ngày 31/12/2026", date(2026, 12, 31)),
        ("chậm nhất là ngày 08/9/2022", "chậm nhất là ngày 08/9/2022", date(2022, 9, 8)),
        ("xong trong tháng 11 năm 2025.", "trong tháng 11 năm 2025", date(2025, 11, 30)),
        ("trình trong quý III năm 2012.", "trong quý III năm 2012", date(2012, 9, 30)),
        ("hoàn thành trong năm 2027, bảo đảm", "trong năm 2027", date(2027, 12, 31)),
        ("thực hiện đến hết năm 2024", "đến hết năm 2024", date(2024, 12, 31)),
        ("báo cáo trước ngày 25/12 hàng năm.", "trước ngày 25/12 hàng năm", date(2025, 12, 25)),
        ("báo cáo trước ngày 20 hằng tháng", "trước ngày 20 hằng tháng", date(2025, 11, 20)),
        ("báo cáo trước ngày 15 hằng tháng", "trước ngày 15 hằng tháng", date(2025, 12, 15)),
        ("báo cáo tại Kỳ họp thứ 10 của Quốc hội khóa XV.", "tại Kỳ họp thứ 10 của Quốc hội khóa XV", None),
        (
            "trong tuần ngày 15 đến ngày 31 tháng 12 năm 2025",
            "trong tuần ngày 15 đến ngày 31 tháng 12 năm 2025",
            date(2025, 12, 31),
        ),
    ],
)
def test_a_time_set_for_the_work(words, text, day):
    first = deadlines_in(words, ISSUED)[0]
    assert (first.text, first.date) == (text, day)


def test_twice_a_year_is_two_deadlines():
    found = deadlines_in("trước ngày 01/6 và 15/11 hằng năm", date(2025, 12, 1))
    assert [(d.text, d.date) for d in found][1] == ("15/11 hằng năm", date(2026, 11, 15))
    assert found[0].date == date(2026, 6, 1)


@pytest.mark.parametrize(
    "words",
    ["kế hoạch vốn năm 2025", "giai đoạn 2026-2030", "Quyết định số 281/QĐ-UBND ngày 17/2/2023", "định hướng đến năm 2030",
     "chương trình làm việc năm 2023", "trong thời gian tới", "ngày 31/02/2023", "cuộc họp ngày 22 tháng 8 năm 2024"],
)  # fmt: skip
def test_no_date_is_invented(words):
    assert [d for d in deadlines_in(words, ISSUED) if d.date] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [("thường xuyên báo cáo", "thường xuyên"), ("Định kỳ hằng quý tổng hợp", "Định kỳ hằng quý"), ("chi thường xuyên", None),
     ("Giáo dục thường xuyên", None), ("ngân sách hằng năm", None), ("báo cáo hằng tuần", "hằng tuần")],
)  # fmt: skip
def test_recurring_work(words, said):
    assert recurring_words(words) == said


def test_periods_of_headings():
    assert period_in("Một số nhiệm vụ trọng tâm năm 2023").end == date(2023, 12, 31)
    assert period_in("Nhiệm vụ quý IV năm 2023").start == date(2023, 10, 1)
    assert period_in("Nhiệm vụ 6 tháng cuối năm 2023").start == date(2023, 7, 1)
    assert period_in("Nhiệm vụ giai đoạn 2021-2025").end == date(2025, 12, 31)
    assert period_in("Nhiệm vụ trong thời gian tới") is None
