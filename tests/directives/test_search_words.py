"""What somebody typed becomes words without marks: the same in the database as in Python."""

import unicodedata

import pytest
from django.db import connection

from directives.search.marks import marked, snippet
from directives.search.words import MOST_CHARACTERS, MOST_WORDS, parse, words

LETTERS = "".join(
    unicodedata.normalize("NFC", base + mark + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("",)
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)


@pytest.mark.parametrize(
    "text",
    [
        LETTERS + "đĐ",
        unicodedata.normalize("NFD", LETTERS + "đĐ"),
        "hoá hóa HOÁ thuỷ thủy Ủy uỷ",
        "281/QĐ-UBND ngày 20/11/2023 – “kế hoạch” (số 05/KH-BCĐ); 50%_của",
        " \n\t…, Kelvin K Straße ﬁ Ω 漢字 ",
        "",
    ],
)
def test_the_database_folds_as_python_does(db, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kttt_words(%s)", [text])
        assert cursor.fetchone()[0] == " ".join(words(text))


def test_words_are_plain():
    assert words("Giải thể Hợp tác xã, Đakrông; hoá/hóa") == [
        "giai",
        "the",
        "hop",
        "tac",
        "xa",
        "dakrong",
        "hoa",
        "hoa",
    ]


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("hợp tác", "(hop) & (tac:*)"),
        ('"hợp tác xã" dong', "(hop <-> tac <-> xa) & (dong:*)"),
        ("“hợp tác xã”", "(hop <-> tac <-> xa)"),
        ("281/QĐ-UBND", "(281 <-> qd <-> ubnd:*)"),
        ('"chưa đóng ngoặc', "(chua) & (dong) & (ngoac:*)"),
        ("mục 3", "(muc) & (3)"),
        ("% _ ' \" \\ & | ! :* ( )", ""),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_a_condition(typed, condition):
    assert parse(typed).condition == condition
    assert bool(parse(typed)) is bool(condition)


def test_a_long_question_is_cut():
    assert len(parse("từ " * 5000).terms) == MOST_WORDS
    assert len(parse("a" * 10_000).terms[0].words[0]) == MOST_CHARACTERS
    assert len(parse("a-" * 5000).terms[0].words) == MOST_WORDS


def test_words_are_marked_where_they_stand_whatever_their_marks():
    assert marked("Rà soát <hợp tác xã> ở Đông Hà", parse("hop tac xa dong")) == (
        "Rà soát &lt;<mark>hợp tác xã</mark>&gt; ở <mark>Đông</mark> Hà"
    )


def test_a_phrase_is_marked_only_as_a_phrase_and_a_beginning_to_the_end_of_its_word():
    assert marked("xã hợp tác, hợp tác xã", parse('"hợp tác xã"')) == "xã hợp tác, <mark>hợp tác xã</mark>"
    assert marked("hướng dẫn hướngdương", parse("huo")) == "<mark>hướng</mark> dẫn <mark>hướngdương</mark>"


def test_decomposed_text_is_marked_too():
    assert marked(unicodedata.normalize("NFD", "hoá đơn"), parse("hoa don")) == "<mark>hoá đơn</mark>"


def test_a_snippet_is_short_and_holds_the_words():
    text = "mở đầu " * 100 + "giải thể hợp tác xã ngừng hoạt động " + "kết thúc " * 100
    found = snippet(text, parse("giai the ngung"))
    assert "<mark>giải thể</mark>" in found and "<mark>ngừng</mark>" in found
    assert found.startswith("… ") and found.endswith(" …")
    assert len(found) < 260


def test_a_snippet_without_the_words_is_the_beginning():
    assert snippet("một hai ba " * 50, parse("khac")).startswith("một hai ba")
    assert snippet("", parse("khac")) == ""
