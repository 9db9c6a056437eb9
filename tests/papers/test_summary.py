"""The one A4 for the leader's table: one page however much there is to say, and nothing on it that is not so."""

import io
import re
from datetime import date

import pdfplumber
import pytest

from directives.reports.summary import one_page
from directives.reports.summary_page import summary_html, write_summary

DAY = date(2023, 11, 20)
HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd"> \u202eabc &amp; {{ office }} {% now %}'


def figures(**changed):
    counted = {
        "done_on_time": 3, "done_late": 1, "open_in_time": 2, "open_overdue": 1, "done_no_deadline": 0,
        "open_no_deadline": 2, "suspended": 0, "released": 0, "total": 9, "done": 4, "open": 5, "no_deadline": 2,
        "already_due": 5,
    }  # fmt: skip
    return counted | changed


def record(count=1, text="Rà soát, đánh giá tình hình hoạt động của các hợp tác xã nông nghiệp", **changed):
    """With `count` of everything, each text beginning with its number."""

    def numbered(number):
        return f"{number}. {text}"

    everyone = range(1, count + 1)
    day = DAY.isoformat()
    late = [
        {
            "name": f"Sở {numbered(each)}",
            "rows": [{"task": each, "text": numbered(each), "due": day, "days": each}] * (1 + each % 4),
        }
        for each in everyone
    ]
    obstacles = [
        {
            "agency": f"UBND huyện {numbered(each)}", "task": each, "obstacle": f"Vướng {numbered(each)}",
            "waiting_days": each, "proposal": numbered(each), "proposal_to": "UBND tỉnh", "answers": [],
        }
        for each in everyone
    ]  # fmt: skip
    due = [
        {"due": day, "task": each, "text": numbered(each), "asked": False, "agencies": [f"Ban {each}"] * 5}
        for each in everyone
    ]
    silent = [{"name": f"Hội {numbered(each)}", "asked": False, "tasks": [each]} for each in everyone]
    whole = {
        "as_of": day,
        "made_on": day,
        "as_of_time": None,
        "scope": {"kind": "directives", "agency": ""},
        "directives": [{"code": "86/TB-UBND", "doc_type": "Thông báo"}],
        "is_illustrative": True,
        "change": None,
        "office": {"standing": "Liên minh Hợp tác xã tỉnh", "name": "Ban Chỉ đạo"},
        "tasks": figures(),
        "assignments": figures(total=12, open_in_time=5, open=8),
        "late": late,
        "unreported": {"start": "2023-10-26", "end": "2023-11-25", "agencies": silent, "asked": []},
        "obstacles": obstacles,
        "next": {"until": "2023-12-20", "days": 30, "count": count, "rows": due},
    }  # fmt: skip
    return whole | changed


@pytest.fixture
def drawn(tmp_path):
    def draw(**changed):
        target = tmp_path / "summary.pdf"
        write_summary(one_page(record(**changed)), str(target))
        with pdfplumber.open(io.BytesIO(target.read_bytes())) as document:
            pages = document.pages
            sizes = {round(char["size"], 1) for page in pages for char in page.chars}
            text = " ".join(" ".join(page.extract_text() for page in pages).split())
            return len(pages), text, sizes

    return draw


def flat(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("count", [0, 1, 7, 200])
def test_however_much_there_is_to_say_it_is_one_page_of_letters_to_be_read_at_arms_length(drawn, count):
    pages, text, sizes = drawn(count=count)
    assert pages == 1
    assert min(sizes) >= 11
    assert "Thông báo số 86/TB-UBND" in text


def test_what_was_done_in_a_period_and_since_the_last_report_leaves_it_one_page(drawn):
    most = {"given": 10**6, "due": 10**6, "done": 10**6, "done_on_time": 10**5, "done_late": 10**5}
    then = {"as_of": "2023-10-25", "tasks": figures(done=0), "assignments": figures(done=0)}
    last = {"start": "2023-09-26", "end": "2023-10-25", "is_over": True, "name": "tháng 10/2023"}
    before = {"period": last, "tasks": {"done": 10**6 - 1}, "assignments": {"done": 10**6 - 1}}
    pages, text, sizes = drawn(
        count=200,
        period={"start": "2023-10-26", "end": "2023-11-25", "is_over": True, "name": "tháng 11/2023"},
        within={name: most | {"done_no_deadline": 10**5} for name in ("tasks", "assignments")},
        change=then | {"name": "", "left": ["1/TB"] * 999, "came": ["2/TB"] * 999, "within": before},
    )
    assert (pages, min(sizes) >= 11) == (1, True)
    assert "Số liệu lũy kế tính đến" in text
    assert "Trong kỳ, từ ngày 26/10/2023 đến hết ngày 25/11/2023: hoàn thành 1.000.000 nhiệm vụ" in text
    assert "So với kỳ trước (tháng 10/2023): số nhiệm vụ hoàn thành trong kỳ tăng 1 (từ 999.999" in text


def test_what_is_left_off_is_counted(drawn):
    _, text, _ = drawn(count=200)
    for kind, marked in (
        ("vướng mắc, kiến nghị khác", "Vướng"),
        ("cơ quan khác có việc quá hạn", "Sở"),
        ("việc khác", "NV"),
    ):
        more = int(re.search(rf"và (\d+) {kind}", text)[1])
        assert 190 < more < 200, marked
    assert "200 vướng mắc, kiến nghị chưa được trả lời" in text


@pytest.mark.parametrize("count", [1, 200])
def test_texts_that_are_code_or_endless_are_text_and_end_at_a_word(drawn, count):
    pages, text, _ = drawn(count=count, text=HOSTILE + " dài" * 10_000)
    assert pages == 1
    assert "<script>alert(1)</script>" in text
    assert "\u202e" not in text
    assert len(text) < 12_000


def test_words_without_a_space_do_not_run_out_of_the_page(drawn):
    pages, _, _ = drawn(count=200, text="x" * 100_000)
    assert pages == 1


def test_the_four_numbers_and_both_shares_name_what_they_are_of():
    text = flat(summary_html(one_page(record())))
    assert "Nhiệm vụ 3 1 2 1 9 44,44% trên 9 80,00% trên 5" in text
    assert "Lượt giao 3 1 5 1 12 33,33% trên 12 80,00% trên 5" in text
    assert "Tổng số gồm cả 2 nhiệm vụ, 2 lượt giao không ấn định thời hạn hoặc tạm dừng." in text


def test_what_has_waited_longest_for_an_answer_stands_first_and_what_was_answered_not_at_all():
    asked = record(3)
    asked["obstacles"][1] |= {"answers": [{"text": "Đồng ý"}]}
    summary = one_page(asked)
    assert [item.when for item in summary.obstacles] == ["3 ngày", "1 ngày"]
    assert "UBND tỉnh" in summary.obstacles[0].what


def test_agencies_with_most_overdue_work_stand_first_and_who_is_asked_is_not_named_as_silent():
    late = [
        {"name": "Sở A", "rows": [{"task": 1, "text": "", "due": None, "days": 5}]},
        {"name": "Sở B", "rows": [{"task": 1, "text": "", "due": None, "days": 9}]},
        {"name": "Sở C", "rows": [{"task": 1, "text": "", "due": None, "days": 4}] * 2},
    ]
    silent = {"start": "2023-10-26", "end": "2023-11-25", "agencies": [], "asked": [{"name": "Hội D", "tasks": [1]}]}
    summary = one_page(record(late=late, unreported=silent))
    assert [item.who for item in summary.late] == ["Sở C", "Sở B", "Sở A"]
    assert "Hội D" not in summary_html(summary)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (None, ""),
        ({"done": 1, "open_overdue": 2}, "hoàn thành tăng 3, chưa hoàn thành quá hạn giảm 1"),
        ({}, "không đổi"),
    ],
)
def test_the_change_since_the_last_report_is_told_in_words(before, said):
    then = before is not None and {"as_of": "2023-10-25", "tasks": figures(**before), "assignments": figures(**before)}
    change = one_page(record(change=then or None)).change
    assert said in change
    assert bool(change) == (before is not None)


def test_where_there_is_nothing_it_says_so():
    text = flat(summary_html(one_page(record(0, unreported=None))))
    for said in (
        "Không có vướng mắc, kiến nghị nào đang chờ trả lời.",
        "Không có cơ quan nào quá hạn.",
        "Chưa áp dụng kỳ báo cáo định kỳ.",
        "Không có việc nào đến hạn.",
    ):
        assert said in text


def test_it_says_what_it_is_about_as_the_report_does():
    one = record()["directives"][0]
    several = record(directives=[one, one | {"code": "12/KH-UBND"}])
    for rows in (several["obstacles"], several["next"]["rows"]):
        rows[0]["directive"] = "12/KH-UBND"
    summary = one_page(several)
    assert summary.title == "Tình hình thực hiện các văn bản số 86/TB-UBND, 12/KH-UBND"
    assert summary.due[0].what.startswith("NV 1 (12/KH-UBND):")
    of_one = one_page(record(scope={"kind": "agency", "agency": "Sở Tài chính"}, as_of_time="17:00"))
    assert of_one.title == "Tình hình thực hiện nhiệm vụ giao Sở Tài chính"
    assert of_one.as_of == "17 giờ ngày 20 tháng 11 năm 2023"


def test_what_is_invented_or_not_issued_yet_says_so_and_nothing_else_does():
    assert "MINH HOẠ" in summary_html(one_page(record()))
    real = record(is_illustrative=False)
    assert "MINH HOẠ" not in summary_html(one_page(real)) and "DỰ THẢO" not in summary_html(one_page(real))
    assert "DỰ THẢO" in summary_html(one_page(real, is_draft=True))
