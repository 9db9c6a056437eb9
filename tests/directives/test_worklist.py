"""The list of work: filters in the address, sorting, and the numbers of the summary."""

from datetime import timedelta

import pytest
from django.urls import reverse

from directives.models import Assignment, CitedDocument, ProgressNote, SavedView
from directives.views import worklist_rows as the_list

from .conftest import DAY


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def rows(make_assignment, make_task, agency, other_agency, staff):
    """Late, ahead, finished, without deadline, of another agency; and one task that both carry, one of them late."""
    late = make_assignment("dated", 1, deadline=DAY - timedelta(3), task_fields={"follower": staff})
    ahead = make_assignment("dated", 2, deadline=DAY + timedelta(30), extended_until=DAY + timedelta(30))
    done = make_assignment("dated", 3, deadline=DAY, life="done", completed_on=DAY)
    undated = make_assignment("standing", 4)
    other = make_assignment("undated", 5, agency=other_agency)
    both = make_assignment("dated", 6, deadline=DAY - timedelta(1))
    Assignment.objects.create(
        task=both.task,
        agency=other_agency,
        deadline=both.deadline,
        received_on=DAY,
        life="done",
        completed_on=DAY - timedelta(2),
    )
    return {"late": late, "ahead": ahead, "done": done, "undated": undated, "other": other, "both": both}


def listed(client, who, **asked):
    client.force_login(who)
    answer = client.get(reverse("worklist"), asked)
    assert answer.status_code == 200
    return [(row.task.position, row.agency.code) for row in answer.context["page"]]


def test_the_worst_stands_first(client, rows, leader):
    assert listed(client, leader)[:3] == [(1, "skhdt"), (6, "skhdt"), (2, "skhdt")]
    assert len(listed(client, leader)) == 7


@pytest.mark.parametrize(
    ("asked", "positions"),
    [
        ({"so": "qua-han"}, {1, 6}),
        ({"so": "khong-han"}, {4, 5}),
        ({"tinh-trang": "done"}, {3, 6}),
        ({"thoi-gian": "in_time"}, {2}),
        ({"loai": "standing"}, {4}),
        ({"co-quan": "stc"}, {5, 6}),
        ({"gia-han": "on"}, {2}),
        ({"q": "RA SOAT"}, {1, 2, 3, 4, 5, 6}),
        ({"q": "ngan hang"}, set()),
        ({"q": "%"}, set()),
        ({"so": "qua-han", "co-quan": "stc"}, set()),
    ],
)
def test_filters_narrow(client, rows, leader, asked, positions):
    assert {position for position, _ in listed(client, leader, **asked)} == positions


def test_by_directive_follower_and_cited_document(client, rows, leader, staff, directive):
    assert len(listed(client, leader, **{"van-ban": directive.pk})) == 7
    assert listed(client, leader, **{"theo-doi": staff.pk}) == [(1, "skhdt")]
    document = CitedDocument.objects.create(directive=directive, number="281/QĐ-UBND", start=0, end=1)
    rows["late"].task.cites.add(document)
    assert listed(client, leader, **{"vien-dan": "281/ qd-ubnd"}) == [(1, "skhdt")]


@pytest.mark.parametrize(
    ("asked", "positions"),
    [
        ({}, [1, 6, 2, 4, 5, 3]),
        ({"q": "ra soat", "co-quan": "stc"}, [6, 5]),
        ({"tinh-trang": "done", "so": "qua-han"}, [6]),
        ({"vien-dan": "281/QĐ-UBND"}, []),
        ({"gia-han": "on", "xep": "-cap-nhat"}, [2]),
    ],
)
def test_by_task_each_stands_once_where_its_last_member_stands(client, rows, leader, asked, positions):
    client.force_login(leader)
    answer = client.get(reverse("worklist"), {"xem": "nhiem-vu", **asked})
    assert [task.position for task in answer.context["page"]] == positions


def test_sorting_by_each_column_and_back(client, rows, leader, liaison, day):
    ProgressNote.objects.create(assignment=rows["undated"], said_on=day, author=liaison, result="x")
    assert listed(client, leader, xep="han")[0] == (1, "skhdt")
    assert listed(client, leader, xep="-han")[0] == (2, "skhdt")
    assert listed(client, leader, xep="co-quan")[0][1] == "skhdt"
    assert listed(client, leader, xep="-co-quan")[0][1] == "stc"
    assert listed(client, leader, xep="-cap-nhat")[0] == (4, "skhdt")
    assert listed(client, leader, xep="cap-nhat", xem="x")[0] == (4, "skhdt")


def test_a_liaison_has_their_own_only(client, rows, stranger):
    assert set(listed(client, stranger)) == {(5, "stc"), (6, "stc")}
    client.force_login(stranger)
    answer = client.get(reverse("worklist"), {"co-quan": "skhdt", "xem": "nhiem-vu"})
    assert "không có trong" in answer.content.decode() or answer.context["form"].errors
    assert not answer.context["by_task"]
    assert "nv" not in answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_numbers_of_the_summary_lead_to_lists_of_the_same_length(client, rows, leader, directive, narrow):
    client.force_login(leader)
    summary = client.get(reverse("summary"), {"van-ban": directive.pk} if narrow else {})
    figures, links = summary.context["figures"], summary.context["links"]
    assert set(links) == {"done_on_time", "done_late", "open_in_time", "open_overdue", "no_deadline", "suspended"}
    total = 0
    for key, address in links.items():
        answer = client.get(address)
        assert answer.context["page"].paginator.count == getattr(figures, key), key
        assert answer.context["unit"] == "nhiệm vụ"
        total += getattr(figures, key)
        assert address.replace("&", "&amp;") in summary.content.decode()
    assert total == figures.total == 6


@pytest.mark.parametrize("xem", ["", "nhiem-vu"])
@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow(client, make_assignment, staff, many, xem, django_assert_num_queries):
    for position in range(1, many + 1):
        make_assignment("dated", position, deadline=DAY)
    client.force_login(staff)
    with django_assert_num_queries(12 if xem else 11):
        client.get(reverse("worklist"), {"xem": xem, "xep": "-cap-nhat"})


def test_counting_stops_somewhere(client, rows, leader, monkeypatch):
    monkeypatch.setattr(the_list, "MOST", 3)
    client.force_login(leader)
    answer = client.get(reverse("worklist"))
    assert answer.context["page"].paginator.count == 3
    assert "Hơn 3 phân công" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {name: value}
        for name in (
            "q",
            "van-ban",
            "co-quan",
            "so",
            "tinh-trang",
            "thoi-gian",
            "loai",
            "theo-doi",
            "vien-dan",
            "xep",
            "trang",
            "xem",
        )
        for value in ("\0", "%_'\"", "9" * 40, "x" * 10_000)
    ],
    ids=lambda asked: "-".join(f"{name}:{value[:4]!r}" for name, value in asked.items()),
)
def test_bad_filters_are_left_out(client, rows, leader, asked):
    client.force_login(leader)
    assert client.get(reverse("worklist"), asked).status_code == 200


def test_chips_name_the_filters_and_take_them_away(client, rows, leader):
    client.force_login(leader)
    answer = client.get(reverse("worklist"), {"so": "qua-han", "co-quan": "skhdt", "xep": "han"})
    chips = {chip["label"]: chip for chip in answer.context["chips"]}
    assert chips["Cơ quan"]["value"] == "Sở KH&ĐT"
    assert chips["Cơ quan"]["url"] == "?so=qua-han&xep=han"


# Saved views


def save(client, who, name, query="so=qua-han&xep=han"):
    client.force_login(who)
    return client.post(reverse("saved_view_create"), {"name": name, "query": query})


def test_a_view_is_kept_opened_renamed_and_dropped(client, rows, leader):
    assert save(client, leader, "  Việc quá hạn ")["Location"] == "/phan-cong/?so=qua-han&xep=han"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.user) == ("Việc quá hạn", "so=qua-han&xep=han", leader)
    assert "/phan-cong/?so=qua-han&amp;xep=han" in client.get(reverse("worklist")).content.decode()
    client.post(reverse("saved_view_rename", args=[view.pk]), {"name": "Muộn"})
    view.refresh_from_db()
    assert view.name == "Muộn"
    client.post(reverse("saved_view_delete", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_needs_a_name(client, leader, name):
    save(client, leader, name)
    assert not SavedView.objects.exists()


def test_one_name_once_for_each_person(client, leader, staff):
    save(client, leader, "Muộn")
    other = save(client, leader, "Muộn", "so=trong-han")["Location"]
    assert "Đã có bộ lọc tên" in client.get(other).content.decode()
    save(client, staff, "Muộn")
    assert SavedView.objects.count() == 2


def test_only_filters_are_kept(client, leader):
    save(client, leader, "Lạ", "next=https://xau.example&so=qua-han&trang=4#x")
    assert SavedView.objects.get().query == "so=qua-han"


def test_filters_that_are_too_long_are_refused_and_not_cut(client, rows, leader):
    """What stands behind the cut would be lost, and the list would show more than was meant."""
    page = client.get(save(client, leader, "Dài", f"q={'x' * 1000}&so=qua-han")["Location"]).content.decode()
    assert "dài quá nên không lưu được" in page
    assert not SavedView.objects.exists()
    save(client, leader, "Vừa", f"q={'x' * 900}&so=qua-han")
    assert SavedView.objects.get().query.endswith("&so=qua-han")


def test_nobody_touches_the_views_of_others(client, leader, staff):
    save(client, leader, "Muộn")
    view = SavedView.objects.get()
    client.force_login(staff)
    for name in ("saved_view_rename", "saved_view_delete"):
        assert client.post(reverse(name, args=[view.pk]), {"name": "x"}).status_code == 404
    assert "Muộn" not in client.get(reverse("worklist")).content.decode()
