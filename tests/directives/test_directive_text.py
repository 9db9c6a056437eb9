"""Every character of a directive is accounted for, and what was not understood stands out."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, Role
from directives import notices
from directives.actions.import_notice import import_notice
from directives.models import Directive
from directives.views.reading_page import count, pieces, stretches, working_part

from .conftest import person

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[1] / "notices/samples"
DAY = date(2023, 11, 20)


def load(name):
    return import_notice(text=(SAMPLES / name).read_text(), name=name, by=None, day=DAY).directive


@pytest.fixture
def notice():
    return load("86-TB-UBND.txt")


@pytest.fixture
def show(client, notice):
    client.force_login(person("thuongtruc", Role.STAFF))

    def get(directive=notice):
        return client.get(reverse("directive_text", args=[directive.pk]))

    return get


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def read(directive):
    found = stretches(directive)
    return found, working_part(directive.text, found)


def test_the_second_part_is_accounted_for_to_the_last_character(show, notice):
    words = words_of(show())
    assert "Phần II: 100% ký tự đã được xếp loại, 0 ký tự bỏ sót." in words
    assert "85,93% thuộc 26 nhiệm vụ (trong đó có 34 đầu việc)" in words
    _, part = read(notice)
    assert sum(each.within for each in part.counts) == part.characters
    assert notice.text[part.start :].startswith("II. Một số nhiệm vụ trọng tâm năm 2023")
    assert notice.text[: part.end].rstrip().endswith("triển khai thực hiện./.")


def test_what_is_counted_as_tasks_are_the_tasks(notice):
    _, part = read(notice)
    tasks = next(each for each in part.counts if each.kind.name == "task")
    assert tasks.within == sum(task.end - task.start for task in notice.tasks.all())


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_kinds_add_up_to_the_whole_of_any_document(name):
    read_notice = notices.read((SAMPLES / name).read_text())
    segments = [[s.start, s.end, s.kind, s.ref] for s in read_notice.segments]
    directive = Directive(text=read_notice.text, segments=segments)
    found, part = read(directive)
    counts = count(found, part.start, part.end)
    assert sum(each.characters for each in counts) == len(directive.text)
    assert sum(each.within for each in counts) == part.characters > 0
    assert not [each for each in counts if each.kind.name == "missing"]
    assert "".join(piece.text for piece in pieces(directive.text, found, [])) == directive.text


def test_the_page_prints_the_text_unchanged(notice):
    tasks = list(notice.tasks.prefetch_related("parts"))
    assert "".join(piece.text for piece in pieces(notice.text, stretches(notice), tasks)) == notice.text


def test_tasks_and_their_parts_carry_their_numbers(notice):
    tasks = list(notice.tasks.prefetch_related("parts"))
    codes = [piece.code for piece in pieces(notice.text, stretches(notice), tasks) if piece.kind.name == "task"]
    assert [code for code in codes if code][:6] == ["NV 1 · 1.1", "1.2", "1.3", "1.4", "NV 2", "NV 3 · 3.1"]
    assert sum("NV" in code for code in codes) == 26
    assert sum("." in code for code in codes) == 34


def test_a_gap_between_segments_is_told(show, notice):
    notice.segments = [segment for segment in notice.segments if segment[0] != 6851]
    notice.save(update_fields=["segments"])
    words = words_of(show())
    assert "Phần II: 462 trong 10.447 ký tự chưa được nhận ra." in words
    assert "100% ký tự" not in words


def test_what_is_not_understood_stands_out_and_can_be_led_to(show, notice):
    notice.segments = [
        [start, end, "noise" if start == 6851 else kind, ref] for start, end, kind, ref in notice.segments
    ]
    notice.save(update_fields=["segments"])
    page = show().content.decode()
    assert '<a href="#can-xem-1">462 ký tự</a> chưa nhận ra: “Chủ trì, phối hợp' in page
    assert '<span class="seg seg--noise" id="can-xem-1"><span class="seg__code">?</span>Chủ trì' in page


def test_rules_and_asterisks_ask_for_nobody(notice):
    directive = Directive(text="abc\n---\n** chữ", segments=[[0, 3, "closing"], [3, 8, "noise"], [8, 14, "noise"]])
    kinds = [each.kind.name for each in stretches(directive)]
    assert kinds == ["closing", "marks", "noise"]


def test_a_plan_of_two_parts_names_both(show, notice):
    assert "Các phần II, III: 100% ký tự" in words_of(show(load("030-kh-308-ubnd-ha-noi.txt")))


def test_a_document_without_roman_headings_has_its_part_too(show, notice):
    assert "Phần giao nhiệm vụ: 100% ký tự" in words_of(show(load("021-ct-06-ubnd-quang-tri.txt")))


def test_every_kind_is_named_in_the_legend_with_its_share(show, notice):
    answer = show()
    words = words_of(answer)
    for each in answer.context["counts"]:
        assert each.kind.word in words
    assert "Cộng 137 14.364 100,00% 100,00%" in words


def test_the_page_says_what_it_is_for_and_leads_back(show, notice):
    page = show().content.decode()
    assert "<h1>Đối chiếu kết quả đọc văn bản 86/TB-UBND</h1>" in page
    assert f'<li><a href="{reverse("directive_detail", args=[notice.pk])}">Thông báo 86/TB-UBND</a></li>' in page
    assert f'<li><a href="{reverse("directive_list")}">Văn bản</a></li>' in page


@pytest.mark.parametrize(("role", "status"), [(Role.STAFF, 200), (Role.LEADER, 200), (Role.LIAISON, 404)])
def test_the_page_is_for_overseers(client, notice, role, status):
    Directive.objects.update(published_on=DAY)
    home = Agency.objects.get(code="stc")
    client.force_login(person("ai-do", role, home, [home] if role == Role.LIAISON else []))
    assert client.get(reverse("directive_text", args=[notice.pk])).status_code == status


def test_a_long_document_costs_as_many_queries_as_a_short_one(show, notice):
    def cost(directive):
        with CaptureQueriesContext(connection) as queries:
            show(directive)
        return len(queries)

    long = load("033-kh-617-ubnd-dong-thap.txt")
    cost(notice)
    assert cost(long) == cost(notice) < 15
