"""What stands in the way is addressed to somebody, ages in public until they answer, and the answer reaches home."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Shape, User
from agencies.succession_rules import NewBody
from directives import timeline
from directives.actions.instructions import give_instruction, said_meanwhile
from directives.actions.life import suspend
from directives.actions.moves import move_work
from directives.actions.notes import Said, report_progress
from directives.actions.succession import succeed
from directives.models import Assignment, Instruction, ProgressNote, Why
from tests.directives.conftest import person

OCTOBER = date(2023, 10, 9)


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def row(make_assignment):
    return make_assignment()


@pytest.fixture
def raised(row, liaison):
    """An obstacle that has stood for 42 days."""
    return raise_it(row, liaison, OCTOBER, obstacle="Thiếu vốn điều lệ", raised_to="leaders")


def raise_it(row, by, on, **words):
    return report_progress(assignment=row, said=Said(result="Đang làm", **words), by=by, day=on)


def answer(note, by, day, text="Giao Sở Tài chính bố trí vốn."):
    return give_instruction(assignment=note.assignment, note=note, text=text, by=by, day=day)


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ({"obstacle": "x"}, "standing"),
        ({"proposal": "x"}, "standing"),
        ({"proposal": "x", "raised_to": "leaders"}, "leaders"),
        ({"proposal": "x", "proposal_to": "UBND tỉnh"}, "other"),
        ({"raised_to": "leaders"}, ""),
    ],
)
def test_an_obstacle_is_addressed_to_somebody(row, liaison, day, words, to):
    assert raise_it(row, liaison, day, **words).raised_to == to


def test_another_body_has_to_be_named(row, liaison, day):
    with pytest.raises(Refused, match="cơ quan nào"):
        raise_it(row, liaison, day, obstacle="x", raised_to="other")


def test_an_unanswered_one_ages_in_public_view(client, raised, leader):
    client.force_login(leader)
    for name in ("obstacle_list", "summary"):
        assert "chưa trả lời 42 ngày" in client.get(reverse(name)).content.decode()


def test_saying_it_again_does_not_make_it_younger(raised, row, liaison, day):
    again = raise_it(row, liaison, day, obstacle="Thiếu vốn điều lệ", raised_to="leaders")
    found = ProgressNote.objects.naming_obstacles(day).with_answers(day).get()
    assert (found.pk, found.since, found.is_answered) == (again.pk, OCTOBER, False)


def test_said_again_after_an_answer_it_waits_anew(raised, row, liaison, leader, day):
    answer(raised, leader, day - timedelta(days=10))
    later = day - timedelta(days=3)
    raise_it(row, liaison, later, obstacle="Thiếu vốn điều lệ", raised_to="leaders")
    found = ProgressNote.objects.naming_obstacles(day).with_answers(day).get()
    assert (found.since, found.is_answered) == (later, False)


def standing(day):
    found = ProgressNote.objects.naming_obstacles(day).with_answers(day).order_by("since", "pk")
    return [(each.obstacle, each.since, each.is_answered) for each in found]


def test_naming_another_neither_hides_an_unanswered_one_nor_makes_it_younger(raised, row, liaison, leader, day):
    other = raise_it(row, liaison, day, obstacle="Thiếu đất")
    assert standing(day) == [("Thiếu vốn điều lệ", OCTOBER, False), ("Thiếu đất", day, False)]
    answer(other, leader, day)
    assert standing(day) == [("Thiếu vốn điều lệ", OCTOBER, False), ("Thiếu đất", day, True)]
    answer(raised, leader, day)
    assert standing(day) == [("Thiếu đất", day, True)]


def test_an_answer_to_one_does_not_make_another_younger(raised, row, liaison, leader, day):
    later = OCTOBER + timedelta(days=9)
    answer(raise_it(row, liaison, later, obstacle="Thiếu đất"), leader, later)
    raise_it(row, liaison, day, obstacle="Thiếu vốn điều lệ")
    assert standing(day) == [("Thiếu vốn điều lệ", OCTOBER, False)]


def test_the_agency_says_that_what_stood_in_its_way_is_gone(raised, row, liaison, day):
    raise_it(row, liaison, OCTOBER, obstacle="Thiếu đất")
    gone = OCTOBER + timedelta(days=9)
    raise_it(row, liaison, gone, obstacle="Thiếu đất", clears_obstacles=True)
    assert standing(gone - timedelta(days=1)) == [
        ("Thiếu vốn điều lệ", OCTOBER, False),
        ("Thiếu đất", OCTOBER, False),
    ]
    assert standing(day) == [("Thiếu đất", OCTOBER, False)]
    raise_it(row, liaison, day, obstacle="Thiếu vốn điều lệ")
    assert standing(day) == [("Thiếu đất", OCTOBER, False), ("Thiếu vốn điều lệ", day, False)]


def test_the_form_of_a_note_offers_to_clear_what_stands(client, raised, row, liaison, day):
    client.force_login(liaison)
    address = reverse("note_create", args=[row.task_id, row.agency.code])
    page = client.get(address)
    assert "Vướng mắc trước đã được tháo gỡ" in page.content.decode() and "Thiếu vốn điều lệ" in page.content.decode()
    key = page.context["form"]["submission"].value()
    row.refresh_from_db()
    sent = {"result": "Đã có vốn", "clears_obstacles": "on", "submission": key, "version": row.version}
    assert client.post(address, sent).status_code == 302
    assert not standing(day)
    assert "Vướng mắc trước đã được tháo gỡ." in "".join(each.text for each in timeline.of_assignment(row))
    assert "clears_obstacles" not in client.get(address).context["form"].fields


def test_the_page_of_an_assignment_shows_each_that_stands(client, raised, row, liaison, leader, day):
    other = raise_it(row, liaison, day, obstacle="Thiếu đất")
    client.force_login(leader)
    page = client.get(reverse("assignment_detail", args=[row.task_id, "skhdt"]))
    assert [each["note"].pk for each in page.context["standing"]] == [raised.pk, other.pk]
    assert "chưa trả lời 42 ngày" in page.content.decode()


def test_a_note_of_before_is_addressed_by_the_body_that_it_names(row, liaison, day):
    ProgressNote.objects.create(
        assignment=row, said_on=day, author=liaison, result="x", obstacle="y", proposal_to="UBND tỉnh"
    )
    assert ProgressNote.objects.with_answers(day).get().addressed == "other"


def test_each_person_finds_first_what_is_addressed_to_them(client, make_assignment, liaison, staff, leader):
    for position, to in enumerate(("standing", "leaders", "standing"), 1):
        raise_it(
            make_assignment(position=position), liaison, OCTOBER + timedelta(days=position), obstacle=to, raised_to=to
        )
    for user, first in ((leader, ["leaders", "standing", "standing"]), (staff, ["standing", "standing", "leaders"])):
        client.force_login(user)
        rows = client.get(reverse("obstacle_list")).context["rows"]
        assert [each["note"].raised_to for each in rows] == first


def test_the_list_is_narrowed_to_an_addressee_and_the_answered_stand_apart(client, raised, leader, day):
    client.force_login(leader)
    address = reverse("obstacle_list")
    assert len(client.get(address, {"gui": "lanh-dao"}).context["rows"]) == 1
    assert not client.get(address, {"gui": "thuong-truc"}).context["rows"]
    answer(raised, leader, day)
    assert not client.get(address).context["rows"]
    assert "Giao Sở Tài chính bố trí vốn." in client.get(address, {"xem": "da-tra-loi"}).content.decode()


def test_a_leader_answers_in_place_and_the_liaison_finds_it_first(client, raised, row, leader, liaison):
    client.force_login(leader)
    back = reverse("obstacle_list")
    sent = {"text": "Bố trí trong kế hoạch 2024.", "note": raised.pk, "ve": back}
    address = reverse("instruction_give", args=[row.task_id, row.agency.code])
    assert client.post(address, sent)["Location"] == back
    client.force_login(liaison)
    page = client.get(reverse("home")).content.decode()
    assert "Ý kiến chỉ đạo mới" in page
    assert "Bố trí trong kế hoạch 2024." in page
    assert "Trả lời vướng mắc nêu ngày 09/10/2023" in [each.title for each in timeline.of_assignment(row)]


def test_it_is_news_until_the_agency_has_reported_again(client, raised, row, leader, liaison, day):
    answer(raised, leader, day)
    raise_it(row, liaison, day)
    client.force_login(liaison)
    assert "Ý kiến chỉ đạo mới" not in client.get(reverse("home")).content.decode()


def test_a_liaison_sees_how_long_their_own_waits_and_nobody_elses(client, raised, liaison, stranger):
    client.force_login(liaison)
    assert "chưa trả lời 42 ngày" in client.get(reverse("home")).content.decode()
    client.force_login(stranger)
    assert "chưa trả lời" not in client.get(reverse("home")).content.decode()


def test_a_double_click_is_one_answer(raised, leader, day):
    assert len({answer(raised, leader, day).pk for _ in range(2)}) == 1 == Instruction.objects.count()


def test_two_who_answer_at_once_are_both_kept_and_the_second_is_told(client, raised, row, leader, staff, day):
    answer(raised, leader, day, "Ý kiến thứ nhất.")
    client.force_login(staff)
    sent = {"text": "Ý kiến thứ hai.", "note": raised.pk, "seen": 0}
    address = reverse("instruction_give", args=[row.task_id, row.agency.code])
    page = client.post(address, sent, follow=True).content.decode()
    assert "Người lanhdao cũng đã cho ý kiến: “Ý kiến thứ nhất.”" in page
    assert Instruction.objects.count() == 2
    second = Instruction.objects.get(given_by=staff)
    assert not said_meanwhile(second, seen=Instruction.objects.get(given_by=leader).pk)


def test_a_word_on_the_task_needs_no_obstacle(client, row, staff, day):
    client.force_login(staff)
    address = reverse("instruction_give", args=[row.task_id, row.agency.code])
    assert client.post(address, {"text": "Báo cáo trước ngày 25."}).status_code == 302
    assert Instruction.objects.get().note is None
    assert (
        "Báo cáo trước ngày 25."
        in client.get(reverse("assignment_detail", args=[row.task_id, "skhdt"])).content.decode()
    )


def test_what_is_refused_stays_typed(client, raised, row, leader):
    client.force_login(leader)
    address = reverse("instruction_give", args=[row.task_id, row.agency.code])
    page = client.post(address, {"text": " ", "note": raised.pk})
    assert page.status_code == 422
    assert "Thiếu vốn điều lệ" in page.content.decode()


def test_nobody_answers_their_own_agency_or_for_another_note(raised, row, liaison, leader, staff, agency, day):
    with pytest.raises(Refused, match="chính cơ quan mình"):
        answer(raised, liaison, day)
    staff.agency = agency
    with pytest.raises(Refused, match="chính cơ quan mình"):
        answer(raised, staff, day)
    silent = raise_it(row, liaison, day)
    with pytest.raises(Refused, match="không nêu khó khăn"):
        answer(silent, leader, day)


def test_what_was_said_cannot_be_taken_back(raised, leader, day):
    from django.db import InternalError, transaction

    said = answer(raised, leader, day)
    with pytest.raises(InternalError), transaction.atomic():
        Instruction.objects.filter(pk=said.pk).update(text="khác")


@pytest.mark.parametrize("name", ["obstacle_list", "summary"])
def test_lists_ask_the_same_for_one_and_for_three(
    client, django_assert_num_queries, make_assignment, liaison, leader, day, name
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(leader)
    counts = []
    for position in (1, 2, 3):
        note = raise_it(make_assignment(position=position), liaison, OCTOBER, obstacle="x", raised_to="leaders")
        if name == "obstacle_list":
            answer(note, leader, day)
        client.get(reverse(name), {"xem": "da-tra-loi"})
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(reverse(name), {"xem": "da-tra-loi"})
        counts.append(len(caught))
    assert counts[0] == counts[2], counts


# When the work goes to another agency.


@pytest.fixture
def renamed(raised, agency, staff, liaison, day):
    """Twice since it was raised; the liaison goes along."""
    for name, on in (("Sở Tài chính mới", day - timedelta(days=3)), ("Sở Tài chính nữa", day)):
        succeed(shape=Shape.RENAME, old=[agency], new=[NewBody(name)], on=on, instrument="NQ 1", by=staff, day=day)
        agency = named(name)
    return agency


def named(body):
    return Agency.objects.get(name=body)


def test_an_obstacle_waits_on_when_another_agency_has_the_work(client, renamed, raised, liaison, leader, day):
    assert standing(day) == [("Thiếu vốn điều lệ", OCTOBER, False)]
    client.force_login(leader)
    for name in ("obstacle_list", "summary"):
        page = client.get(reverse(name)).text
        assert "chưa trả lời 42 ngày" in page and f"(nay {renamed.short_name})" in page
    heir = Assignment.objects.get(agency=renamed)
    client.force_login(User.objects.get(pk=liaison.pk))
    page = client.get(reverse("agency_detail", args=[renamed.code])).text
    own = reverse("assignment_detail", args=[heir.task_id, renamed.code])
    assert "Vướng mắc đang chờ trả lời" in page and own in page
    assert "Thiếu vốn điều lệ" in client.get(own).text
    answer(raised, leader, day)
    page = client.get(reverse("agency_detail", args=[renamed.code])).text
    assert "Ý kiến chỉ đạo mới" in page and "Vướng mắc đang chờ trả lời" not in page


def test_whoever_has_the_work_now_says_it_again_or_clears_it(client, renamed, raised, liaison, day):
    heir, liaison = Assignment.objects.get(agency=renamed), User.objects.get(pk=liaison.pk)
    raise_it(heir, liaison, day, obstacle="Thiếu vốn điều lệ", raised_to="leaders")
    assert standing(day) == [("Thiếu vốn điều lệ", OCTOBER, False)]
    heir.refresh_from_db()
    client.force_login(liaison)
    form = client.get(reverse("note_create", args=[heir.task_id, renamed.code])).context["form"]
    assert "clears_obstacles" in form.fields
    raise_it(heir, liaison, day, clears_obstacles=True)
    assert standing(day) == []


@pytest.fixture
def halves(raised, agency, staff, day):
    """Two bodies that both have the work now, each with a liaison."""
    both = [NewBody("Xã Một"), NewBody("Xã Hai")]
    succeed(shape=Shape.SPLIT, old=[agency], new=both, on=day, instrument="NQ 1", by=staff, day=day)
    found = [Assignment.objects.get(agency__name=body.name) for body in both]
    return [(row, person(f"xa{row.pk}", "liaison", row.agency, [row.agency])) for row in found]


def test_an_obstacle_of_two_halves_stands_until_both_have_cleared_it(halves, day):
    for (row, liaison), left in zip(halves, ([("Thiếu vốn điều lệ", OCTOBER, False)], []), strict=True):
        raise_it(row, liaison, day, clears_obstacles=True)
        assert standing(day) == left


def test_an_answer_is_news_for_one_half_also_when_the_other_has_reported(client, halves, raised, leader, day):
    answer(raised, leader, day)
    (first, its_liaison), (second, other) = halves
    raise_it(first, its_liaison, day)
    client.force_login(other)
    assert "Ý kiến chỉ đạo mới" in client.get(reverse("agency_detail", args=[second.agency.code])).text
    client.force_login(its_liaison)
    assert "Ý kiến chỉ đạo mới" not in client.get(reverse("agency_detail", args=[first.agency.code])).text


def test_work_that_is_put_aside_keeps_its_obstacle_before_the_leaders(raised, staff, day):
    suspend(assignment=raised.assignment, reason="Chờ vốn", by=staff, day=day)
    assert standing(day) == [("Thiếu vốn điều lệ", OCTOBER, False)]


def test_nobody_answers_what_their_own_agency_has_taken_over(raised, other_agency, staff, day):
    Agency.objects.filter(pk=other_agency.pk).update(kind="standing")
    move_work(old=raised.assignment, agency=other_agency, why=Why.RELEASE, instrument="x", by=staff, day=day)
    with pytest.raises(Refused, match="chính cơ quan mình"):
        answer(raised, staff, day)


def test_an_answer_on_finished_work_is_no_news_for_ever(client, raised, liaison, leader, staff, day, settings):
    answer(raised, leader, day)
    Assignment.objects.filter(pk=raised.assignment_id).update(life="done", completed_on=day)
    client.force_login(liaison)
    page = reverse("agency_detail", args=[raised.assignment.agency.code])
    assert "Ý kiến chỉ đạo mới" in client.get(page).text
    settings.TODAY = day + timedelta(days=31)
    assert "Ý kiến chỉ đạo mới" not in client.get(page).text
