"""The notice that the product exists for: every annotated field, exactly."""

from datetime import date
from pathlib import Path

import pytest

from directives.notices import read

HEAD = ("number", "symbol", "doc_type", "issued_on", "issuer", "place", "title", "chair", "meeting_date", "signer")
TASK = ("deadline_text", "deadline", "recurring", "lead", "lead_explicit", "coordinating")


def parts(notice, item, index=0):
    addressee = next(a for a in notice.addressees if a.item == item)
    return addressee.tasks[index].parts


@pytest.mark.parametrize("field", [*HEAD, "signed_as", "recipients", "cited_documents"])
def test_head_and_foot_agree_with_the_answer(notice86, answer86, field):
    assert notice86.as_dict()[field] == answer86[field]


def test_twelve_addressees_with_26_tasks(notice86):
    assert [a.item for a in notice86.addressees] == [f"II.{n}" for n in range(1, 13)]
    assert [len(a.tasks) for a in notice86.addressees] == [6, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 6]
    assert {a.section for a in notice86.addressees} == {"II"}
    assert [a.number for a in notice86.addressees] == [str(n) for n in range(1, 13)]


def test_every_task_agrees_with_the_answer(notice86, answer86):
    for got, want in zip(notice86.as_dict()["assignments"], answer86["assignments"], strict=True):
        assert (got["item"], got["agency"]) == (want["item"], want["agency"])
        for task, answer in zip(got["tasks"], want["tasks"], strict=True):
            assert task["text"].replace("\n", " ").startswith(answer["text_starts_with"])
            assert {f: task[f] for f in TASK} == {f: answer[f] for f in TASK}


def test_spans_are_exact(notice86, text86):
    for addressee in notice86.addressees:
        assert text86[addressee.start : addressee.end] == addressee.name
        for task in addressee.tasks:
            assert text86[task.start : task.end] == task.text
            assert task.text == task.text.strip()
            end = task.start
            for part in task.parts:
                assert text86[part.start : part.end] == part.text
                assert end <= part.start < part.end <= task.end
                end = part.end


def test_page_breaks_do_not_cut_a_task(notice86):
    second, seventh = notice86.addressees[1], notice86.addressees[6]
    assert second.tasks[2].text.endswith("các cơ chế, chính sách đặc thù hỗ trợ phát triển KTTT.")
    assert seventh.tasks[0].text.endswith("hợp tác xã lĩnh vực giao thông vận tải.")


def test_only_the_party_body_is_asked(notice86):
    assert [a.item for a in notice86.addressees if a.asked] == ["II.11"]
    assert notice86.addressees[10].name == "Ban Tuyên giáo Tỉnh ủy"


def test_the_headings_year_is_a_period_and_no_deadline(notice86):
    for addressee in notice86.addressees:
        assert addressee.period.text == "năm 2023"
        assert (addressee.period.start, addressee.period.end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert all(t.period.text == "năm 2023" and t.deadline is None for t in notice86.tasks)
    assert [t.deadline_text for t in notice86.tasks if t.deadline_text] == [
        "Thường xuyên",
        "thường xuyên",
        "Thường xuyên",
    ]


def test_parts_of_the_first_task_are_its_four_sentences(notice86):
    assert [p.text.split()[0] for p in parts(notice86, "II.1")] == ["Thực", "Phối", "Xây", "Tham"]


@pytest.mark.parametrize(
    ("item", "index", "count"),
    [("II.1", 2, 4), ("II.1", 3, 0), ("II.1", 4, 3), ("II.1", 5, 0), ("II.2", 0, 2), ("II.2", 2, 0), ("II.3", 0, 2),
     ("II.4", 0, 4), ("II.5", 0, 0), ("II.6", 0, 2), ("II.7", 0, 0), ("II.8", 0, 2), ("II.9", 0, 2), ("II.10", 0, 2),
     ("II.11", 0, 0), ("II.12", 0, 0), ("II.12", 2, 2), ("II.12", 3, 3), ("II.12", 5, 2)],
)  # fmt: skip
def test_a_task_of_one_duty_has_no_parts(notice86, item, index, count):
    assert len(parts(notice86, item, index)) == count


def test_an_introduction_is_no_part(notice86):
    assert parts(notice86, "II.4")[0].text == "Tham mưu chính sách khoa học - công nghệ."


def test_a_part_names_the_agencies_it_binds(notice86):
    assert [p.binds for p in parts(notice86, "II.12", 2)] == [(), ("huyện Hướng Hóa", "huyện Đakrông")]


def test_the_target_is_read(notice86):
    task = notice86.addressees[11].tasks[5]
    want = {"text": "100% hợp tác xã trên địa bàn", "value": 100, "unit": "%", "of": "hợp tác xã"}
    assert task.target.as_dict() == want
    assert task.parts[1].target.as_dict() == want
    assert [t for t in notice86.tasks if t.target] == [task]


@pytest.mark.parametrize(
    ("item", "index", "cites"),
    [("II.1", 0, ["2303/QĐ-UBND"]), ("II.1", 1, []), ("II.1", 3, ["3011/QĐ-UBND", "281/QĐ-UBND", "47-CTr/TU"]),
     ("II.2", 0, ["281/QĐ-UBND"]), ("II.3", 0, ["167/QĐ-TTg", "3159/QĐ-UBND"]),
     ("II.3", 1, ["281/QĐ-UBND", "47-CTr/TU", "3011/QĐ-UBND"]),
     ("II.9", 0, ["47-CTr/TU", "20-NQ/TW", "281/QĐ-UBND", "3011/QĐ-UBND"]), ("II.11", 0, ["47-CTr/TU", "20-NQ/TW"])],
)  # fmt: skip
def test_each_task_knows_what_it_cites(notice86, item, index, cites):
    addressee = next(a for a in notice86.addressees if a.item == item)
    assert list(addressee.tasks[index].cites) == cites


def test_cited_documents_carry_what_the_text_says(notice86):
    by_number = {c.number: c for c in notice86.cited_documents}
    resolution, decision = by_number["20-NQ/TW"], by_number["281/QĐ-UBND"]
    assert (resolution.doc_type, resolution.issued_on) == ("Nghị quyết", None)
    assert resolution.issuer.startswith("Ban chấp hành Trung ương Đảng")
    assert resolution.abstract.startswith("về tiếp tục đổi mới")
    assert (decision.doc_type, decision.issued_on, decision.issuer) == ("Quyết định", date(2023, 2, 17), "UBND tỉnh")
    assert by_number["2303/QĐ-UBND"].issued_on == date(2022, 9, 8)
    for cited in notice86.cited_documents:
        assert notice86.text[cited.start : cited.end] == cited.number


def test_every_character_of_the_second_part_is_accounted_for(notice86, text86):
    start, end = text86.index("II. Một số"), text86.index("Noi nhận")
    kinds = {s.kind for s in notice86.segments if start <= s.start < end}
    assert kinds <= {"bullet", "section_heading", "lead_in", "addressee", "task", "closing", "blank"}
    covered = [(s.start, s.end) for s in notice86.segments if s.kind == "task"]
    assert covered == [(t.start, t.end) for t in notice86.tasks]


def wrapped(text, width=78):
    import textwrap

    return "\n".join("\n".join(textwrap.wrap(line, width)) if line else "" for line in text.split("\n"))


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n", "\r\n"),
        lambda t: "\ufeff" + t,
        lambda t: __import__("unicodedata").normalize("NFD", t),
        wrapped,
        lambda t: t.replace("\n\n", "\n"),
        lambda t: t.replace("- ", "– "),
    ],
    ids=["crlf", "bom", "nfd", "hard-wrapped", "no blank lines", "long dashes"],
)
def test_the_same_notice_in_other_clothes(text86, answer86, change):
    again = read(change(text86)).as_dict()
    assert [a["agency"] for a in again["assignments"]] == [a["agency"] for a in answer86["assignments"]]
    assert [len(a["tasks"]) for a in again["assignments"]] == [len(a["tasks"]) for a in answer86["assignments"]]
    assert again["cited_documents"] == answer86["cited_documents"]
    assert again["issuer"] == answer86["issuer"]


def test_the_demonstration_is_the_same_notice(text86):
    demo = Path(__file__).parents[2] / "directives" / "demo" / "86-TB-UBND.txt"
    assert demo.read_text(encoding="utf-8") == text86
