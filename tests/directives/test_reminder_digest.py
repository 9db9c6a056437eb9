"""What a mail says: each task in both forms, grouped by urgency, courteous to who is asked."""

import re
from datetime import timedelta

import pytest
from django.utils.html import escape

from agencies.grants import grant
from agencies.models.agency import Kind
from directives.models import Addressee, Assignment, Directive, Office, Outcome, ProgressNote, Review, Task
from directives.reminders.channels import Mail
from directives.reminders.deliver import claim_next
from directives.reminders.digest import message, message_id
from directives.reminders.plan import plan_reminders

from .conftest import DAY

pytestmark = pytest.mark.django_db
LONG = "Chủ trì, phối hợp với các sở, ban, ngành rà soát & đánh giá " * 6


def mail_of(day=DAY):
    """The first mail that would leave on the day, after planning it."""
    plan_reminders(day)
    claim = claim_next(Mail(), day)
    return message(claim.parcels[0].to, claim.parcels[0].digest, day)


def html_of(mail):
    return mail.alternatives[0].content


@pytest.fixture
def several(make_assignment, liaison, day):
    """Late, due today, due soon."""
    texts = ("Việc đã muộn", "Việc hôm nay", "Việc sắp tới")
    for number, text in enumerate(texts, 1):
        row = make_assignment(clock="dated", deadline=day + timedelta(days=2 * (number - 2)), position=number)
        Task.objects.filter(pk=row.task_id).update(text=text)
    return texts


@pytest.fixture
def standing_agency(standing):
    standing.kind, standing.name = Kind.STANDING, "Liên minh Hợp tác xã tỉnh"
    standing.save()
    return standing


@pytest.fixture
def send_back(liaison, staff, day):
    """A claim of this assignment that staff have sent back for a reason."""

    def send_back(row, reason="Thiếu biên bản."):
        Assignment.objects.filter(pk=row.pk).update(life="in_progress", supplement_due_on=day + timedelta(days=1))
        note = ProgressNote.objects.create(assignment=row, said_on=day - timedelta(days=4), author=liaison, result="x")
        Review.objects.create(
            note=note,
            outcome=Outcome.ASKED_MORE,
            reason=reason,
            decided_on=day - timedelta(days=3),
            decided_by=staff,
            supplement_due_on=day + timedelta(days=1),
        )

    return send_back


def test_text_and_html_both_name_each_task_its_place_its_day_and_its_form(several):
    mail = mail_of()
    for number, text in enumerate(several, 1):
        task = Task.objects.get(position=number)
        for form in (mail.body, html_of(mail)):
            assert text in form
            assert f"Thông báo 86/TB-UBND, mục {number}, nhiệm vụ {number}" in form
            assert f"http://127.0.0.1:8000/nhiem-vu/{task.pk}/skhdt/bao-cao/" in form


def test_days_are_said_in_words(several):
    body = mail_of().body
    assert "Thời hạn: 18/11/2023 (quá hạn 2 ngày)" in body
    assert "Thời hạn: 20/11/2023 (hôm nay)" in body
    assert "Thời hạn: 22/11/2023 (còn 2 ngày)" in body


def test_the_most_urgent_stands_first(several):
    body = mail_of().body
    places = [body.index(heading) for heading in ("QUÁ HẠN (1", "ĐẾN HẠN HÔM NAY (1", "SẮP ĐẾN HẠN (1")]
    assert places == sorted(places)


def test_the_subject_counts_by_urgency(several):
    assert mail_of().subject == ("[KTTT] 1 nhiệm vụ quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn – ngày 20/11/2023")


def test_a_long_task_is_cut_between_words(make_assignment, liaison, day):
    row = make_assignment(clock="dated", deadline=day)
    Task.objects.filter(pk=row.task_id).update(text=LONG)
    mail = mail_of()
    said = re.search(r"1\. (.*)", mail.body).group(1)
    assert len(said) <= 160
    assert said.endswith(" …")
    assert LONG.startswith(said.removesuffix(" …"))
    assert "rà soát &amp; đánh giá" in html_of(mail)


def test_markup_in_a_task_stays_text(make_assignment, liaison, day):
    row = make_assignment(clock="dated", deadline=day)
    Task.objects.filter(pk=row.task_id).update(text="<script>alert(1)</script>")
    mail = mail_of()
    assert "<script>" not in html_of(mail)
    assert escape("<script>alert(1)</script>") in html_of(mail)
    assert "<script>alert(1)</script>" in mail.body


def test_the_head_of_the_mail(make_assignment, liaison, day, settings):
    settings.DEFAULT_FROM_EMAIL = "Sổ theo dõi <so@kttt.quangtri.example>"
    make_assignment(clock="dated", deadline=day)
    plan_reminders(day)
    claim = claim_next(Mail(), day)
    sent = message(claim.parcels[0].to, claim.parcels[0].digest, day).message()
    assert sent["Message-ID"] == message_id(claim.parcels[0].digest)
    assert sent["Message-ID"].endswith("@kttt.quangtri.example>")
    assert sent["Auto-Submitted"] == "auto-generated"
    assert claim.parcels[0].to.email in sent["To"]


def test_a_returned_claim_is_asked_to_be_completed(make_assignment, liaison, day):
    make_assignment(life="in_progress", supplement_due_on=day + timedelta(days=1))
    mail = mail_of()
    assert "được đề nghị bổ sung" in mail.subject
    assert "Hạn bổ sung: 21/11/2023 (còn 1 ngày)" in mail.body
    assert "Bổ sung báo cáo" in html_of(mail)


def test_a_returned_claim_says_why(make_assignment, send_back, liaison, other_agency, day):
    grant(agency=other_agency, user=liaison, by=None)
    send_back(make_assignment(), "Thiếu biên bản & số liệu.\nXin gửi lại.")
    send_back(make_assignment(position=2, agency=other_agency), "Chưa nêu kết quả.")
    mail = mail_of()
    first, second = mail.body.split("Sở KH&ĐT: đang thực hiện")[1].split("Sở Tài chính: đang thực hiện")
    assert "Lý do: Thiếu biên bản & số liệu. Xin gửi lại." in first
    assert "Lý do: Chưa nêu kết quả." in second
    assert "Lý do: Thiếu biên bản &amp; số liệu. Xin gửi lại." in html_of(mail)


def test_a_long_reason_is_cut_between_words(make_assignment, send_back, liaison):
    send_back(make_assignment(), LONG)
    said = re.search(r"Lý do: (.*)", mail_of().body).group(1)
    assert 250 < len(said) <= 300
    assert said.endswith(" …")


def test_a_mail_about_nothing_returned_gives_no_reason(several):
    mail = mail_of()
    assert "Lý do" not in mail.body + html_of(mail)


def test_the_standing_agency_takes_its_leave(several, standing_agency):
    mail = mail_of()
    assert "Trân trọng.\nLiên minh Hợp tác xã tỉnh – cơ quan thường trực Ban Chỉ đạo\n" in mail.body
    assert "Liên minh Hợp tác xã tỉnh – cơ quan thường trực Ban Chỉ đạo" in html_of(mail)
    assert "mỗi ngày làm việc một thư" in mail.body


def test_without_a_standing_agency_the_office_does(several):
    Office.objects.create(pk=1, name="LIÊN MINH HỢP TÁC XÃ TỈNH")
    mail = mail_of()
    for form in (mail.body, html_of(mail)):
        assert "Trân trọng." in form
        assert "LIÊN MINH HỢP TÁC XÃ TỈNH" in form


def test_a_missed_supplement_of_undated_work_is_not_called_late(make_assignment, liaison, day):
    make_assignment(life="in_progress", supplement_due_on=day - timedelta(days=7))
    mail = mail_of()
    assert "đã qua 7 ngày" in mail.body
    assert "quá hạn" not in mail.body.lower()


def test_a_body_that_is_asked_is_addressed_courteously(make_assignment, liaison, day):
    make_assignment(clock="dated", deadline=day - timedelta(days=7))
    Addressee.objects.update(is_asked=True)
    mail = mail_of()
    assert mail.subject == "[KTTT] Kính đề nghị quan tâm 1 nhiệm vụ – ngày 20/11/2023"
    for form in (mail.body, html_of(mail)):
        assert "Kính đề nghị quý cơ quan quan tâm" in form
        assert "đã qua 7 ngày" in form
        assert "quá hạn" not in form.lower()
        assert "khẩn trương" not in form


def test_who_acts_for_two_agencies_sees_which_one_is_meant(make_assignment, liaison, other_agency, day):
    grant(agency=other_agency, user=liaison, by=None)
    make_assignment(clock="dated", deadline=day)
    make_assignment(clock="dated", deadline=day, agency=other_agency, position=2)
    mail = mail_of()
    for form in (mail.body, html_of(mail)):
        assert "/skhdt/bao-cao/" in form
        assert "/stc/bao-cao/" in form
        assert "Sở Tài chính" in form


def test_staff_read_one_line_for_a_task_that_many_are_late_with(make_assignment, agency, other_agency, staff, day):
    row = make_assignment(clock="dated", deadline=day - timedelta(days=14))
    Assignment.objects.create(task=row.task, agency=other_agency, deadline=row.deadline, received_on=row.received_on)
    mail = mail_of()
    assert "<thuongtruc@kttt.example>" in mail.to[0]
    assert mail.subject == "[KTTT] 1 nhiệm vụ quá hạn kéo dài – ngày 20/11/2023"
    for form in (mail.body, html_of(mail)):
        assert "kính báo để ông/bà theo dõi những việc dưới đây" in form
        assert "1 nhiệm vụ ở 2 đơn vị" in form
        assert form.count("rà soát chính sách") == 1
        assert f"/nhiem-vu/{row.task_id}/skhdt/" in form
        assert f"/nhiem-vu/{row.task_id}/stc/" in form


def test_staff_do_not_read_that_a_body_that_is_asked_is_late(make_assignment, staff, day):
    make_assignment(clock="dated", deadline=day - timedelta(days=14))
    Addressee.objects.update(is_asked=True)
    mail = mail_of()
    for form in (mail.body, html_of(mail)):
        assert "đã qua thời hạn đề nghị mà chưa có kết quả" in form
        assert "quá hạn" not in form.lower()


def test_the_demonstration_says_what_it_is(make_assignment, liaison, day, settings):
    make_assignment(clock="dated", deadline=day)
    settings.DEMO = True
    mail = mail_of()
    assert "DỮ LIỆU MINH HOẠ" in mail.body
    assert "Dữ liệu minh hoạ" in html_of(mail)


@pytest.mark.parametrize("illustrative", [True, False])
def test_real_use_says_so_only_of_illustrative_directives(make_assignment, liaison, day, settings, illustrative):
    settings.DEMO = False
    make_assignment(clock="dated", deadline=day)
    Directive.objects.update(is_illustrative=illustrative)
    assert ("MINH HOẠ" in mail_of().body) is illustrative


def test_no_picture_and_no_style_sheet_is_fetched(several):
    assert not re.search(r"<(img|link|script|iframe)|url\(", html_of(mail_of()))


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("kind", "queries"), [("due", 2), ("returned", 3)])
def test_a_constant_number_of_queries_for_a_mail(
    django_assert_num_queries, make_assignment, send_back, liaison, standing_agency, day, count, kind, queries
):
    for number in range(1, count + 1):
        if kind == "due":
            make_assignment(clock="dated", deadline=day, position=number)
        else:
            send_back(make_assignment(position=number))
    plan_reminders(day)
    claim = claim_next(Mail(), day)
    with django_assert_num_queries(queries):
        message(claim.parcels[0].to, claim.parcels[0].digest, day)


def test_a_claim_that_waits_is_not_called_without_result_though_its_body_was_only_asked(make_assignment, staff, day):
    make_assignment(life="awaiting", submitted_on=day - timedelta(days=3))
    Addressee.objects.update(is_asked=True)
    mail = mail_of()
    assert "chưa có kết quả" not in mail.body and "CHỜ XÁC NHẬN ĐÃ LÂU" in mail.body


def test_who_hears_of_work_in_time_does_not_read_that_it_is_late(make_assignment, staff, day):
    from directives.models import RungRule

    RungRule.objects.create(reason="before", steps=[1], standing_after=0)
    make_assignment(clock="dated", deadline=day + timedelta(days=1))
    assert "quá hạn" not in mail_of().body.lower()


def test_a_body_that_is_asked_reads_no_order_of_what_is_new(make_assignment, liaison, day):
    make_assignment(received_on=day - timedelta(days=3))
    Addressee.objects.update(is_asked=True)
    body = mail_of().body
    assert "Kính đề nghị quý cơ quan quan tâm" in body and "phân công thực hiện" not in body
