"""Decree 30/2020/NĐ-CP, Annex I, measured on the paper itself: on the PDF, and on the Word file as it is printed."""

import re

import pytest

from directives.reports import layout
from directives.reports.paper import Column, Row, RowKind
from tests.papers import sample
from tests.papers.conftest import ENDINGS, ROWS
from tests.papers.seen import (
    MM,
    bottom_margin,
    find,
    flat,
    lines,
    middle,
    rule_under,
    rules,
    squeezed,
    top_margin,
)

LEFT, RIGHT = 30, 15  # margins, in millimetres
UPPER = "upper"
NUMBERED = re.compile(r"^\d+$")

# (words, least and greatest size, bold, italic, in capitals): the table of Annex I.
ELEMENTS = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, True, False, True),
    ("Độc lập - Tự do - Hạnh phúc", 13, 14, True, False, False),
    ("UBND TỈNH QUẢNG TRỊ", 12, 13, False, False, True),
    ("LIÊN MINH HỢP TÁC XÃ TỈNH", 12, 13, True, False, True),
    ("/BC-LMHTX", 13, 13, False, False, True),
    ("Quảng Trị, ngày 05 tháng 02 năm 2023", 13, 14, False, True, False),
    ("BÁO CÁO", 13, 14, True, False, True),
    ("Tiến độ thực hiện Thông báo số 86/TB-UBND", 13, 14, True, False, False),
    ("Kính gửi:", 13, 14, False, False, False),
    ("Căn cứ Nghị định số 30/2020/NĐ-CP", 13, 14, False, True, False),
    ("Liên minh Hợp tác xã tỉnh tổng hợp và báo cáo", 13, 14, False, False, False),
    ("I. KẾT QUẢ THỰC HIỆN", 13, 14, True, False, True),
    ("1. Kết quả chung", 13, 14, True, False, False),
    ("a) Kết quả theo cơ quan", 13, 14, False, False, False),
)
AT_THE_END = (
    ("Nơi nhận:", 12, 12, True, True, False),
    ("- Như trên;", 11, 11, False, False, False),
    ("- UBND tỉnh;", 11, 11, False, False, False),
    ("- Lưu: VT.", 11, 11, False, False, False),
    ("CHỦ TỊCH", 13, 14, True, False, True),
    ("Nguyễn Văn A", 13, 14, True, False, False),
)
OF_ANNEXES = (
    ("Phụ lục I", 14, 14, True, False, False),
    ("TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ", 13, 14, True, False, True),
    ("(Kèm theo Báo cáo số", 13, 14, False, True, False),
)


def parts(pages):
    """The pages of the text, then those of each annex."""
    starts = [number for number, page in enumerate(pages) if re.search(r"^Phụ lục I", page.extract_text(), re.M)]
    return [pages[start:end] for start, end in zip([0, *starts], [*starts, len(pages)], strict=True)]


def signed(pages):
    return next(page for page in pages if "Nơi nhận:" in page.extract_text())


def check(page, words, least, greatest, bold, italic, capitals):
    seen = find(page, words)
    assert least <= seen.size <= greatest
    assert (seen.bold, seen.italic) == (bold, italic)
    assert words.upper() == words if capitals else words.upper() != words
    assert "LiberationSerif" in seen.font.replace("-", "")


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element[0])
def test_elements_of_the_first_page(first, element):
    check(first, *element)


@pytest.mark.parametrize("element", AT_THE_END, ids=lambda element: element[0])
def test_elements_of_the_end(report, element):
    check(signed(report), *element)


@pytest.mark.parametrize("element", OF_ANNEXES, ids=lambda element: element[0])
def test_elements_of_an_annex(report, element):
    check(parts(report)[1][0], *element)


def test_pages_are_a4_and_an_annex_lies_across_where_it_should(report):
    sizes = [{(round(page.width / MM), round(page.height / MM)) for page in part} for part in parts(report)]
    assert sizes == [{(210, 297)}, {(297, 210)}, {(210, 297)}, {(210, 297)}]


def test_margins_are_the_decrees(report):
    for page in report:
        text = [word for word in page.extract_words() if 19 * MM < word["top"] < page.height - 19 * MM]
        edges = [*text, *(each for each in [*page.rects, *page.lines] if each["x1"] - each["x0"] > 20)]
        left, right = min(each["x0"] for each in edges) / MM, (page.width - max(each["x1"] for each in edges)) / MM
        assert 29.5 <= left <= 35
        assert 14.5 <= right <= 20
        assert min(each["top"] for each in text) / MM >= 19.5
        assert (page.height - max(each["bottom"] for each in text)) / MM >= 19.5


def test_text_is_justified_between_the_margins_and_its_first_line_is_drawn_in(first):
    text = lines(first)
    start = next(place for place, line in enumerate(text) if line["text"].startswith("Liên minh Hợp tác xã tỉnh"))
    opening, *full, _ = text[start : start + 4]
    assert 10 <= opening["x0"] / MM - LEFT <= 12.8
    for line in full:
        assert line["x0"] / MM == pytest.approx(LEFT, abs=0.4)
    for line in (opening, *full):
        assert line["x1"] / MM == pytest.approx(210 - RIGHT, abs=0.7)


def test_lines_and_paragraphs_stand_apart_as_the_decree_says(first):
    text = lines(first)
    place = {line["text"][:12]: number for number, line in enumerate(text)}
    start, heading, next_ = place["Liên minh Hợ"], place["I. KẾT QUẢ T"], place["Đoạn thứ hai"]
    baselines = [max(char["bottom"] for char in line["chars"]) for line in text]
    pitch = baselines[start + 1] - baselines[start]
    assert 14 * 1.14 <= pitch <= 14 * 1.15 * 1.5  # single to one and a half
    for first_line in (start, heading, next_):
        assert baselines[first_line] - baselines[first_line - 1] - pitch >= 5.9


def test_what_the_decree_centres_is_centred(report, first):
    page = LEFT + (210 - LEFT - RIGHT) / 2
    for words in ("BÁO CÁO", "Tiến độ thực hiện Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023"):
        assert middle(find(first, words)) == pytest.approx(page, abs=1)
    state = middle(find(first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    for words in ("Độc lập - Tự do - Hạnh phúc", "Quảng Trị, ngày 05 tháng 02 năm 2023"):
        assert middle(find(first, words)) == pytest.approx(state, abs=1)
    assert middle(find(first, "UBND TỈNH QUẢNG TRỊ")) == pytest.approx(
        middle(find(first, "LIÊN MINH HỢP TÁC XÃ TỈNH")), abs=1
    )
    end = signed(report)
    assert middle(find(end, "CHỦ TỊCH")) == pytest.approx(middle(find(end, "Nguyễn Văn A")), abs=1)
    assert find(end, "CHỦ TỊCH").left > 105
    across = parts(report)[1][0]
    for words in ("Phụ lục I", "TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ"):
        assert middle(find(across, words)) == pytest.approx(LEFT + (297 - LEFT - RIGHT) / 2, abs=1)


def test_number_and_day_stand_on_one_line_and_the_state_is_level_with_the_superior_body(first):
    assert find(first, "/BC-LMHTX").bottom == pytest.approx(find(first, "Quảng Trị, ngày").bottom, abs=0.6)
    assert find(first, "UBND TỈNH").top == pytest.approx(find(first, "CỘNG HÒA").top, abs=0.6)
    assert find(first, "CỘNG HÒA").left > find(first, "LIÊN MINH HỢP TÁC XÃ TỈNH").right


def test_the_rule_under_the_motto_is_as_long_as_its_words(first):
    motto = find(first, "Độc lập - Tự do - Hạnh phúc")
    left, right, _ = rule_under(first, motto)
    assert (left, right) == pytest.approx((motto.left, motto.right), abs=1.2)


@pytest.mark.parametrize("words", ["LIÊN MINH HỢP TÁC XÃ TỈNH", "của UBND tỉnh Quảng Trị"])
def test_the_rules_under_body_and_subject_are_a_third_to_a_half_of_their_line(first, words):
    seen = find(first, words)
    whole = (
        seen if words.isupper() else find(first, "Tiến độ thực hiện Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023")
    )
    left, right, _ = rule_under(first, seen)
    assert 1 / 3 <= (right - left) / (whole.right - whole.left) <= 1 / 2
    assert (left + right) / 2 == pytest.approx(middle(seen), abs=1)


def test_there_is_no_other_rule_above_the_text(first):
    above = [rule for rule in rules(first) if rule[2] < find(first, "Kính gửi:").top]
    assert len({round(rule[0]) for rule in above}) == 3


def test_several_recipients_stand_in_a_list_under_the_colon(first):
    colon = max(char["x0"] for char in first.search("Kính gửi:", return_chars=True)[0]["chars"])
    names = ["- UBND tỉnh Quảng Trị;", f"- {sample.NAMES[1]};", "- Sở Công Thương."]
    places = [find(first, name) if len(name) < 50 else find(first, name[:30]) for name in names]
    for place in places:
        assert place.left == pytest.approx(colon / MM, abs=0.5)
    assert squeezed("".join(names)) in squeezed(first.extract_text())


def test_one_recipient_stands_on_the_line_of_the_words(opened):
    assert "Kính gửi: UBND tỉnh Quảng Trị\n" in opened("draft")[0].extract_text()


def test_each_ground_ends_with_a_semicolon_and_the_last_with_a_full_stop(first):
    text = flat(first.extract_text())
    assert "năm 2020 của Chính phủ; Căn cứ Thông báo" in text
    assert "của UBND tỉnh. Liên minh" in text


def test_page_numbers_stand_in_the_middle_of_the_top_but_on_no_first_page(report):
    for part in parts(report):
        assert len(part) > 1
        assert [top_margin(page) for page in part] == ["", *(str(number) for number in range(2, len(part) + 1))]
        for number, page in enumerate(part[1:], start=2):
            top = page.crop((0, 0, page.width, 20 * MM))
            seen = find(top, str(number))
            assert 13 <= seen.size <= 14
            assert (seen.bold, seen.italic) == (False, False)
            assert middle(seen) == pytest.approx(LEFT + (page.width / MM - LEFT - RIGHT) / 2, abs=1)


def test_annexes_are_numbered_in_roman(report):
    heads = [flat(part[0].extract_text()).split(" (Kèm")[0] for part in parts(report)[1:]]
    assert [head.removeprefix("Phụ lục ").split()[0] for head in heads] == ["I", "II", "III"]


def test_dates_have_a_zero_before_days_below_ten_and_the_first_two_months_only(report):
    text = " ".join(page.extract_text() for page in report)
    days = set(re.findall(r"\b\d{1,2}/\d{1,2}/\d{4}\b", text))
    assert {"08/8/2023", "02/02/2023", "05/02/2023", "10/10/2023"} <= days
    for each in days:
        day, month, _ = each.split("/")
        assert len(day) == 2
        assert len(month) == 2 if int(month) in (1, 2, 10, 11, 12) else len(month) == 1, each


def test_numbers_have_points_and_shares_a_comma(report):
    text = " ".join(page.extract_text() for page in report)
    assert "21.914" in text
    assert "84,46%" in text


def test_the_text_ends_with_its_mark_just_before_the_end(report):
    text = flat(" ".join(page.extract_text() for page in report))
    assert text.count("./.") == 1
    assert re.search(r"86/TB-UBND\./\. (CHỦ TỊCH )?Nơi nhận:", text)


def test_recipients_are_level_with_the_title_of_who_signs(report):
    page = signed(report)
    assert find(page, "Nơi nhận:").top == pytest.approx(find(page, "CHỦ TỊCH").top, abs=1.2)
    assert find(page, "Nơi nhận:").left == pytest.approx(LEFT, abs=0.5)


def test_room_is_kept_for_the_signature(report):
    page = signed(report)
    assert find(page, "Nguyễn Văn A").top - find(page, "CHỦ TỊCH").bottom >= 20


def test_no_signature_stands_alone_on_a_page(opened):
    moved = []
    for lines_ in ENDINGS:
        pages = opened(f"ending{lines_}")
        last = pages[-1].extract_text()
        assert flat(last).index("Hết./.") < flat(last).index("Nguyễn Văn A")
        assert "Nơi nhận:" in last
        moved.append(len(pages))
    assert moved[0] < moved[-1]  # on the way the signature did come to the end of a page


def test_no_signature_stands_without_the_table_before_it(opened):
    pages = {rows: opened(f"rows{rows}") for rows in ROWS}
    for rows, each in pages.items():
        assert f"Cơ quan {rows}" in each[-1].extract_text()
        assert "Nơi nhận:" in each[-1].extract_text()
    assert len(pages[ROWS[0]]) < len(pages[ROWS[-1]])


def test_long_tables_repeat_their_heads_and_keep_their_rows_whole(report):
    for part, heads in ((parts(report)[0], 2), *((part, 1) for part in parts(report)[1:])):
        tables = [table for page in part for table in page.extract_tables() if len(table[0]) in (5, 7)]
        assert len(tables) >= 2
        assert len({str(table[:heads]) for table in tables}) == 1
        rows = [row for table in tables for row in table[heads:] if row[0] and NUMBERED.match(row[0])]
        assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
        assert all(cell for row in rows for cell in row)
        assert len(rows) in (18, 60)


def test_a_head_or_the_name_of_a_group_is_never_the_last_row_of_a_page(report):
    for page in report:
        for table in page.extract_tables():
            if len(table[0]) in (5, 7):
                assert table[-1][-1] is not None


def test_a_total_does_not_stand_alone(report):
    page = next(page for page in report if "Cộng" in page.extract_text())
    assert "Cơ quan thứ 60" in page.extract_text()


def test_invented_data_are_marked_on_every_page(report, opened):
    assert {bottom_margin(page) for page in report} == {"DỮ LIỆU MINH HOẠ – KHÔNG CÓ GIÁ TRỊ HÀNH CHÍNH"}
    assert {bottom_margin(page) for page in opened("draft")} == {""}


def test_a_draft_says_so_on_every_page_and_nothing_else_does(report, opened):
    assert all(top_margin(page).startswith("DỰ THẢO") for page in opened("draft"))
    assert not any("DỰ THẢO" in page.extract_text() for page in report)
    assert [top_margin(page) for page in opened("draft")[1:]] == [
        f"DỰ THẢO {number}" for number in range(2, len(opened("draft")) + 1)
    ]


@pytest.mark.parametrize(("letters", "width", "is_whole"), [(780, 30, True), (790, 30, False), (790, 60, True)])
def test_a_row_that_is_high_in_its_column_may_break(letters, width, is_whole):
    assert layout.stays_whole(Row((1, "a" * letters)), (Column("TT", 4), Column("Kết quả", width))) == is_whole


def test_the_name_of_a_group_stays_whole_however_narrow_the_first_column_is():
    assert layout.stays_whole(Row(("a" * 200, None), RowKind.GROUP), (Column("TT", 4), Column("Kết quả", 30)))
