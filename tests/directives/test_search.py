"""The search page: four kinds of things, only what one may see, bounded whatever is asked."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.grants import grant
from agencies.models import Agency, Role
from agencies.succession_rules import NewBody
from directives.demo.scale import seed_scale
from directives.models import Assignment, Directive, Evidence, ProgressNote, Task, Upload
from directives.search import found
from directives.search.words import Matches, parse

from .conftest import person


@pytest.fixture
def row(make_assignment, liaison, day):
    """Work with a note and evidence."""
    row = make_assignment()
    Task.objects.update(text="Giải thể hợp tác xã ngừng hoạt động theo Quyết định 281/QĐ-UBND, chính sách số hoá")
    note = ProgressNote.objects.create(
        assignment=row, said_on=day, author=liaison, result="Đã họp các xã", obstacle="Thiếu cán bộ <am hiểu>"
    )
    upload = Upload.objects.create(
        name="Danh_sách-HTX.pdf", sha256="a" * 64, size=1, content_type="application/pdf", uploaded_by=liaison
    )
    Evidence.objects.create(note=note, upload=upload)
    Evidence.objects.create(note=note, document_number="115/BC-UBND", summary="Báo cáo phân loại")
    return row


def page(client, who, q, **more):
    client.force_login(who)
    return client.get(reverse("search"), {"q": q, **more})


@pytest.mark.parametrize(
    "q", ["giai the", "GIẢI THỂ", "281/QĐ-UBND", "281/qd-ubnd", '"hợp tác xã"', "số hóa", "ngừng hoạt đ"]
)
def test_a_task_is_found_without_marks_by_number_phrase_and_beginning(client, row, liaison, q):
    answer = page(client, liaison, q)
    assert reverse("task_detail", args=[row.task_id]) in answer.content.decode()
    assert "<mark>" in answer.content.decode()


@pytest.mark.parametrize("q", ["giải thể ngân hàng", '"tác hợp"', "81/QĐ-UBND", "oạt động"])
def test_all_words_must_occur(client, row, liaison, q):
    assert "Không tìm thấy" in page(client, liaison, q).content.decode()


@pytest.mark.parametrize(
    ("q", "kind"),
    [
        ("ket luan ve kinh te tap the", "van-ban"),
        ("86/TB-UBND", "van-ban"),
        ("ra soat chinh sach", "van-ban"),  # its text
        ("thieu can bo", "bao-cao"),
        ("danh sach htx", "minh-chung"),
        ("115/bc", "minh-chung"),
        ("phan loai", "minh-chung"),
    ],
)
def test_each_kind_is_found(client, row, liaison, q, kind):
    answer = page(client, liaison, q, loai=kind)
    assert answer.context["groups"][0]["count"] == "1"
    assert len(answer.context["groups"][0]["hits"]) == 1


def test_what_is_shown_is_escaped(client, row, liaison):
    assert "&lt;<mark>am hiểu</mark>&gt;" in page(client, liaison, '"am hieu"').content.decode()
    assert "<script>" not in page(client, liaison, "<script>").content.decode().split("noi-dung", 2)[-1]


@pytest.mark.parametrize("q", ["giai the", "thieu can bo", "danh sach htx", "86/TB-UBND", "115/bc"])
def test_a_stranger_finds_nothing_not_even_a_number(client, row, stranger, q):
    answer = page(client, stranger, q)
    assert not answer.context["any"]
    assert all(tab["count"] in ("", "0") for tab in answer.context["tabs"])


def test_a_draft_is_found_by_staff_only(client, row, staff, leader, liaison):
    Directive.objects.update(published_on=None)
    assert page(client, staff, "giai the").context["any"]
    assert not page(client, leader, "giai the").context["any"]
    assert not page(client, liaison, "giai the").context["any"]


def test_whoever_took_over_finds_what_was_said_before_and_opens_it(client, row, agency, liaison, staff, day):
    from directives.actions.succession import succeed

    old, day = row.agency, date(2023, 11, 21)
    for name in ("Sở Giữa", "Sở Mới"):
        done = succeed(
            shape="rename", on=day, instrument="QĐ 1", old=[old], new=[NewBody(name=name)], by=staff, day=day
        )
        old, day = done.moved[0][1].agency, date(2023, 11, 22)
    heir = person("moi", Role.LIAISON, old, [old])
    assert not heir.represents(agency.pk)
    address = reverse("assignment_detail", args=[row.task_id, old.code])
    for q, kind in (("thieu can bo", "bao-cao"), ("115/bc", "minh-chung"), ("danh sach htx", "minh-chung")):
        answer = page(client, heir, q, loai=kind)
        assert answer.context["groups"][0]["count"] == "1", q
        hit = answer.context["groups"][0]["hits"][0]
        assert hit.url == address or kind == "minh-chung"
        assert client.get(hit.url).status_code in (200, 404 if hit.url.startswith("/minh-chung") else 200)


def test_the_parts_of_a_report_stand_beside_each_other_as_sentences(client, row, liaison, day):
    ProgressNote.objects.create(
        assignment=row, said_on=day, author=liaison, result="Hỗ trợ 3 tổ.", obstacle="Thiếu vốn."
    )
    hit = page(client, liaison, "thieu von", loai="bao-cao").context["groups"][0]["hits"][0]
    assert hit.text == "Hỗ trợ 3 tổ. <mark>Thiếu vốn</mark>"


@pytest.mark.parametrize(
    "q", ["%", "_", "'", '"', "\0", "a\0b", ":*", "& | !", "(", "\\", "x" * 10_000, "từ " * 4000, "�", " "]
)
@pytest.mark.parametrize("more", [{}, {"loai": "nhiem-vu", "trang": "999999999999"}, {"loai": "\0", "trang": "x"}])
def test_bad_input_is_answered(client, row, liaison, q, more):
    assert page(client, liaison, q, **more).status_code == 200


def test_without_a_question_the_page_says_what_to_do(client, liaison):
    assert "Xin gõ từ cần tìm" in page(client, liaison, "").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow(client, make_assignment, liaison, day, many, django_assert_num_queries):
    for position in range(1, many + 1):
        row = make_assignment(position=position)
        note = ProgressNote.objects.create(assignment=row, said_on=day, author=liaison, result="chính sách")
        Evidence.objects.create(note=note, document_number="1/CS", summary="chính sách")
    client.force_login(liaison)
    with django_assert_num_queries(16):
        client.get(reverse("search"), {"q": "chinh sach"})


@pytest.fixture(scope="module")
def thousands(django_db_setup, django_db_blocker):
    """A few thousand assignments, taken back at the end of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_scale(assignments=2000, agencies=20, day=date(2023, 11, 20))
        tidy_indexes()
        yield
        transaction.set_rollback(True)


def tidy_indexes():
    """What was just written lies in a list that a search reads from end to end; autovacuum files it away in use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin'"
        )


def pages_read(sql):
    """How many pages of the database a query looks at."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


@pytest.fixture
def of_one_agency(liaison):
    """A liaison of one agency in twenty."""
    grant(agency=Agency.objects.get(code="quy-mo-3"), user=liaison, by=None)
    return liaison


KINDS = [found.directives, found.tasks, found.notes, found.evidence]


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_nothing_holds_cost_next_to_nothing(thousands, staff, of_one_agency, kind):
    for who in (staff, of_one_agency):
        with CaptureQueriesContext(connection) as asked:
            assert kind(who, parse("zzzz")) == []
        assert sum(pages_read(each["sql"]) for each in asked if "words @@" in each["sql"]) < 30


@pytest.mark.parametrize("few", [0, found.FEW])
@pytest.mark.parametrize("q", ["hop tac xa", "dot 12", "huong hoa", "115", "kết luận minh họa"])
def test_few_or_many_the_same_is_found(thousands, staff, of_one_agency, monkeypatch, few, q):
    monkeypatch.setattr(found, "FEW", few)
    mine = Assignment.objects.filter(agency__code="quy-mo-3")
    held = set(Task.objects.filter(Matches("text", parse(q))).values_list("pk", flat=True))
    assert found.tasks(of_one_agency, parse(q)) == newest(held & set(mine.values_list("task", flat=True)))
    assert found.tasks(staff, parse(q)) == newest(held)
    said = ProgressNote.objects.filter(Matches("result", parse(q)))
    assert found.notes(of_one_agency, parse(q)) == newest(said.filter(assignment__in=mine).values_list("pk", flat=True))
    proofs = Evidence.objects.filter(Matches("document_number", parse(q))).union(
        Evidence.objects.filter(Matches("upload__name", parse(q)))
    )
    own = set(Evidence.objects.filter(note__assignment__in=mine).values_list("pk", flat=True))
    assert found.evidence(of_one_agency, parse(q)) == newest(own & set(proofs.values_list("pk", flat=True)))
    held = set(Directive.objects.filter(Matches("title", parse(q))).values_list("pk", flat=True))
    assert found.directives(of_one_agency, parse(q)) == newest(
        held & set(mine.values_list("task__directive", flat=True))
    )


def newest(keys):
    return sorted(keys, reverse=True)[: found.MOST + 1]


@pytest.mark.parametrize("q", ["hop tac xa", "dot 12"])
def test_work_that_is_not_published_is_found_neither_way(thousands, of_one_agency, q):
    with transaction.atomic():
        Directive.objects.update(published_on=None)
        for kind in KINDS:
            assert kind(of_one_agency, parse(q)) == []
        transaction.set_rollback(True)


def test_the_work_of_one_agency_is_read_not_all_the_work(thousands, of_one_agency):
    seen = Assignment.objects.visible_to(of_one_agency).order_by().values("pk")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # thousands of rows are read faster without any index
        sql, params = seen.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: (agency_id" in plan
    assert "agencyuserpermission" not in plan


def test_among_thousands_the_index_is_used_and_what_is_too_much_is_not_counted(thousands, db, client, staff):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a thousand rows are read faster without any index
        asked = Task.objects.filter(Matches("text", parse("281/QĐ-UBND"))).values("pk").order_by()
        sql, params = asked.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        assert "directives_task_words" in "\n".join(line for (line,) in cursor.fetchall())
    assert len(found.tasks(staff, parse("hop tac xa"))) == found.MOST + 1
    answer = page(client, staff, "hop tac xa")
    assert answer.context["tabs"][2]["count"] == "hơn 200"
    assert "hơn 200 kết quả" in answer.content.decode()
