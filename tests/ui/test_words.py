"""Numbers and dates as official documents write them."""

from datetime import UTC, date, datetime

import pytest

from directives.templatetags import kttt


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (16051, 16274, "98,63%"),
        (13, 80, "16,25%"),
        (1, 32, "3,13%"),
        (1, 2000, "0,05%"),
        (1, 20000, "0,01%"),
        (5, 5, "100,00%"),
        (0, 5, "0,00%"),
        (1, 0, "–"),
        (None, 4, "–"),
    ],
)
def test_shares_are_rounded_half_up(part, whole, words):
    assert kttt.percent(part, whole) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (21914, "21.914"), (1234567, "1.234.567"), (None, "")])
def test_thousands_have_points(number, words):
    assert kttt.number(number) == words


def test_days_and_moments_are_those_of_hanoi():
    late = datetime(2023, 11, 19, 17, 30, tzinfo=UTC)
    assert (kttt.day(late), kttt.moment(late), kttt.day(date(2023, 2, 3))) == (
        "20/11/2023",
        "00:30 20/11/2023",
        "03/02/2023",
    )


@pytest.mark.parametrize(("days", "words"), [(3, "còn 3 ngày"), (0, "hôm nay"), (-5, "quá hạn 5 ngày"), (None, "")])
def test_days_left_in_words(days, words):
    assert kttt.days_text(days) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("số 86/TB-UBND", 'số <span class="whole">86/TB-UBND</span>'),
        ("ngày 08/9/2022, 1", 'ngày <span class="whole">08/9/2022</span>, 1'),
        ("<b>và/hoặc</b>", "&lt;b&gt;và/hoặc&lt;/b&gt;"),
    ],
)
def test_numbers_of_documents_stay_on_one_line_and_the_rest_is_escaped(text, shown):
    assert kttt.unbroken(text) == shown
