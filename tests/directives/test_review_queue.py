"""The queue of claims: filters in the address, many confirmed at once, the time of the reviewer, nhập hộ."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Kind, Role, User
from directives import figures
from directives.actions.bulk_reviews import confirm_many
from directives.actions.notes import Cited, Letter, Said, enter_for_agency, report_progress
from directives.actions.reviews import ask_more, confirm
from directives.actions.tasks import set_deadline
from directives.models import Assignment, Review
from directives.timeline import of_assignment
from directives.workdays import working_days_between
from tests.directives.conftest import person

DUE = date(2023, 10, 31)
FRIDAY, MONDAY = date(2023, 11, 10), date(2023, 11, 13)


@pytest.fixture
def on(settings, client, day):
    settings.TODAY = day

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def claim(row, by, day, **more):
    said = Said(result="Đã ban hành.", claims_completion=True, documents=[Cited("12/BC-SKHĐT")], **more)
    return report_progress(assignment=row, said=said, by=by, day=day)


def enter(row, by, day, letter_on=DUE, document_on=None, **more):
    letter = Letter("15/SKHĐT-HTX", letter_on, day)
    documents = [Cited("9/QĐ-SKHĐT", document_on)]
    more.setdefault("no_evidence_reason", "Chỉ có bản giấy")
    said = Said(result="Đã xong", claims_completion=True, documents=documents, **more)
    return enter_for_agency(assignment=row, said=said, letter=letter, by=by, day=day)


@pytest.fixture
def three(make_assignment, liaison, stranger, other_agency, staff, day):
    """Of the agency long ago, of another one later, and entered by staff from a letter today."""
    first = make_assignment("dated", 1, deadline=DUE)
    second = make_assignment("dated", 2, agency=other_agency, deadline=date(2023, 10, 15))
    third = make_assignment(position=3)
    claim(first, liaison, date(2023, 11, 1))
    claim(second, stranger, FRIDAY)
    enter(third, staff, day)
    return [Assignment.objects.get(pk=row.pk) for row in (first, second, third)]


def listed(client, **asked):
    return [each["row"].task.position for each in client.get(reverse("review_queue"), asked).context["rows"]]


@pytest.mark.parametrize(
    ("asked", "positions"),
    [
        ({}, [1, 2, 3]),
        ({"xep": "moi"}, [3, 2, 1]),
        ({"xep": "thoi-han"}, [2, 1, 3]),
        ({"xep": "linh-tinh"}, [1, 2, 3]),
        ({"loai": "nhap-ho"}, [3]),
        ({"loai": "don-vi"}, [1, 2]),
        ({"cho": "14"}, [1]),
        ({"cho": "7"}, [1, 2]),
        ({"ai": "toi"}, [1, 2]),
        ({"co-quan": "999999", "van-ban": "x"}, [1, 2, 3]),
    ],
)
def test_filters_and_order_stand_in_the_address(on, staff, three, asked, positions):
    assert listed(on(staff), **asked) == positions


def test_narrowed_to_an_agency_and_a_directive(on, leader, three, directive, other_agency):
    client = on(leader)
    assert listed(client, **{"co-quan": other_agency.pk}) == [2]
    assert listed(client, **{"van-ban": directive.pk}) == [1, 2, 3]
    page = client.get(reverse("review_queue"), {"co-quan": other_agency.pk})
    assert [(tab["label"], tab["count"]) for tab in page.context["tabs"]] == [("Tất cả", 1), ("Tôi được xét", 1)]


def test_the_list_stays_narrowed_once_the_last_claim_of_the_agency_is_decided(on, leader, three, other_agency):
    client, second = on(leader), three[1]
    address = reverse("review_queue") + f"?co-quan={other_agency.pk}"
    verb = reverse("assignment_verb", args=[second.task_id, other_agency.code, "xac-nhan"])
    page = client.post(verb, {"version": second.version, "ve": address}, follow=True)
    assert page.redirect_chain[-1][0] == address
    assert page.context["rows"] == [] and "Hãy chọn một lựa chọn hợp lệ" not in page.text


def test_a_leader_sees_first_what_only_leaders_may_decide(on, leader, three, standing, make_assignment, day):
    standing.kind = Kind.STANDING
    standing.save()
    own = make_assignment(position=4, agency=standing)
    claim(own, person("lmhtx", Role.LIAISON, standing, [standing]), day)
    client = on(leader)
    assert listed(client) == [4, 1, 2, 3]
    assert client.get(reverse("home")).context["waiting"][0] == own


def test_the_preview_names_the_day_that_counts_and_changes_nothing(on, staff, three):
    first, second, third = three
    page = on(staff).get(reverse("review_preview"), {"chon": [first.pk, second.pk, third.pk, 999, "x"]})
    assert [(each["row"].pk, each["counts_on"]) for each in page.context["ready"]] == [
        (first.pk, date(2023, 11, 1)),
        (second.pk, FRIDAY),
    ]
    assert page.context["others"] == [third]  # entered by this very person
    assert page.context["missing"] == 1
    assert not Review.objects.exists()


def test_many_are_confirmed_by_one_press_and_the_others_are_named(on, staff, leader, three, day):
    first, second, third = three
    confirm(assignment=second, by=leader, day=day)
    wanted = [f"{row.pk}:{row.version}" for row in three] + ["999:1", "x:1", f"{2**70}:1"]
    answer = on(staff).post(reverse("review_confirm"), {"chon": wanted})
    assert answer["Location"] == reverse("review_queue")
    assert set(Review.objects.values_list("note__assignment", flat=True)) == {first.pk, second.pk}
    said = [str(each) for each in get_messages(answer.wsgi_request)]
    assert said[0] == "Đã xác nhận hoàn thành 1 nhiệm vụ: Sở KH&ĐT, nhiệm vụ 1 (86/TB-UBND)."
    assert any("Chưa xác nhận Sở KH&ĐT, nhiệm vụ 3" in each and "nhập hộ" in each for each in said)
    assert any("Chưa xác nhận Sở Tài chính, nhiệm vụ 2" in each for each in said)
    assert any("1 mục không có trong danh sách" in each for each in said)


def test_a_second_press_confirms_nothing_again_and_says_that_it_is_done(on, staff, three):
    first, client = three[0], on(staff)
    wanted = {"chon": [f"{first.pk}:{first.version}"]}
    client.post(reverse("review_confirm"), wanted)
    page = client.post(reverse("review_confirm"), wanted, follow=True).text
    assert "Ông/bà đã xác nhận hoàn thành trước đó, không cần làm lại: Sở KH&amp;ĐT, nhiệm vụ 1" in page
    assert "Chưa xác nhận Sở" not in page
    assert Review.objects.count() == 1


def test_what_a_colleague_confirmed_first_is_told_with_their_name(staff, leader, three, day):
    first = three[0]
    confirm(assignment=first, by=leader, day=day)
    outcome = confirm_many(wanted={first.pk: first.version}, by=staff, day=day)
    assert not outcome.again and leader.full_name in outcome.refused[0][1]


def test_what_changed_since_the_preview_is_not_confirmed(staff, liaison, three, day):
    first = three[0]
    report_progress(assignment=first, said=Said(result="Bổ sung số liệu"), by=liaison, day=day)
    outcome = confirm_many(wanted={first.pk: first.version}, by=staff, day=day)
    assert "Người skhdt" in outcome.refused[0][1] and not Review.objects.exists()


def test_choosing_nothing_says_so(on, staff, three):
    client = on(staff)
    assert "Chưa chọn đề nghị nào" in client.get(reverse("review_preview")).content.decode()
    answer = client.post(reverse("review_confirm"), follow=True)
    assert "Chưa chọn đề nghị nào để xác nhận." in answer.content.decode()


def test_drafts_of_others_are_foreign_to_a_leader(leader, three, day):
    three[0].task.directive.published_on = None
    three[0].task.directive.save()
    outcome = confirm_many(wanted={three[0].pk: None}, by=leader, day=day)
    assert (outcome.foreign, outcome.done) == (1, [])


@pytest.mark.parametrize(
    ("days", "until"), [(None, date(2023, 11, 27)), (1, date(2023, 11, 21)), (3, date(2023, 11, 23))]
)
def test_a_supplement_has_a_deadline_of_its_own(three, staff, day, days, until):
    assert ask_more(assignment=three[0], reason="Thiếu", days=days, by=staff, day=day).supplement_due_on == until


@pytest.mark.parametrize("days", [0, 31, -1])
def test_a_supplement_of_no_or_too_many_days_is_refused(three, staff, day, days):
    with pytest.raises(Refused, match="từ 1 đến 30"):
        ask_more(assignment=three[0], reason="Thiếu", days=days, by=staff, day=day)


def test_the_form_offers_the_days_of_the_office(on, staff, three):
    client = on(staff)
    assert 'name="days" value="5"' in client.get(reverse("review_queue")).content.decode()
    address = reverse("assignment_verb", args=[three[0].task_id, "skhdt", "de-nghi-bo-sung"])
    assert client.post(address, {"reason": "Thiếu", "days": "31"}).status_code == 422
    client.post(address, {"reason": "Thiếu", "days": "2"})
    assert Review.objects.get().supplement_due_on == date(2023, 11, 22)


def test_the_time_of_the_reviewer_is_told_and_charged_to_nobody(on, staff, make_assignment, liaison):
    row = make_assignment("dated", deadline=FRIDAY)
    claim(row, liaison, FRIDAY)
    confirm(assignment=row, by=staff, day=date(2023, 11, 20))
    state = Assignment.objects.with_status(date(2023, 11, 20)).get()
    assert (state.time_state, state.completed_on) == ("done_on_time", FRIDAY)
    entry = next(entry for entry in of_assignment(row) if entry.title.startswith("Xác nhận"))
    assert "Thời gian xét: 10 ngày (6 ngày làm việc)" in entry.text
    page = on(staff).get(reverse("review_queue")).content.decode()
    assert "trung bình 6,0 ngày làm việc, lâu nhất 6 ngày làm việc (1 quyết định)" in page


def test_mean_and_longest_over_all_decisions(make_assignment, liaison, staff):
    for position, decided in ((1, MONDAY), (2, date(2023, 11, 15))):
        row = make_assignment(position=position)
        claim(row, liaison, FRIDAY)
        confirm(assignment=row, by=staff, day=decided)
    assert figures.review_time(Review.objects.all()) == figures.ReviewTime(count=2, mean=2, longest=3)
    assert figures.review_time(Review.objects.none()) == figures.ReviewTime()


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [(FRIDAY, FRIDAY, 0), (FRIDAY, MONDAY, 1), (MONDAY, FRIDAY, 0), (FRIDAY, date(2023, 11, 20), 6)],
)
def test_working_days_between(db, start, end, count):
    assert working_days_between(start, end) == count


def test_a_letter_is_entered_with_its_file_or_says_why_not(make_assignment, staff, day):
    row = make_assignment()
    with pytest.raises(Refused, match="bản chụp công văn"):
        enter(row, staff, day, no_evidence_reason=" ")
    assert enter(row, staff, day).is_on_behalf


@pytest.mark.parametrize(
    ("document_on", "counts_on"),
    [
        (date(2023, 10, 20), date(2023, 10, 20)),
        (None, DUE),
        (date(2023, 11, 5), DUE),  # after the letter
        (date(2023, 4, 1), DUE),  # before the directive
    ],
)
def test_what_is_entered_counts_from_its_result_document(
    on, make_assignment, staff, leader, day, document_on, counts_on
):
    row = make_assignment("dated", deadline=DUE)
    enter(row, staff, day, document_on=document_on)
    row.refresh_from_db()
    page = on(leader).get(reverse("review_preview"), {"chon": row.pk})
    assert page.context["ready"][0]["counts_on"] == counts_on
    assert f'value="{counts_on:%d/%m/%Y}"' in on(leader).get(reverse("review_queue")).content.decode()
    confirm_many(wanted={row.pk: row.version}, by=leader, day=day)
    assert Assignment.objects.get().completed_on == counts_on


def test_a_claim_of_the_agency_counts_from_its_sending_whatever_it_cites(make_assignment, liaison, leader, day):
    row = make_assignment()
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC", date(2023, 5, 1))])
    report_progress(assignment=row, said=said, by=liaison, day=day)
    row.refresh_from_db()
    confirm_many(wanted={row.pk: row.version}, by=leader, day=day)
    assert Assignment.objects.get().completed_on == day


def test_a_deadline_moved_while_a_claim_waits_is_held_against_the_day_of_the_claim(three, staff, day):
    first = three[0]  # a day late
    state = lambda: Assignment.objects.with_status(day).get(pk=first.pk).time_state  # noqa: E731
    assert state() == "overdue"
    set_deadline(task=first.task, deadline=FRIDAY, instrument="CV 9/UBND", by=staff, day=day)
    assert state() == "in_time"
    outcome = confirm_many(wanted={first.pk: first.version}, by=staff, day=day)
    assert outcome.refused  # the page was older than the new deadline
    confirm(assignment=first, by=staff, day=day)
    assert state() == "done_on_time"


def test_whoever_holds_a_grant_or_stands_in_decides_nothing_of_that_agency(three, settings, stranger, liaison, day):
    from agencies.models import Absence

    settings.TODAY = day
    Absence.objects.create(user=liaison, deputy=stranger, since=day, until=day, recorded_by=liaison)
    User.objects.filter(pk=liaison.pk).update(role="leader")  # the grant is still there
    for who in (liaison, stranger):
        with pytest.raises(Refused):
            confirm(assignment=three[0], by=User.objects.get(pk=who.pk), day=day)
