"""What staff make of a draft: its words; and that it goes out and stays."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from agencies.errors import Refused
from directives.actions.locking import Stale
from directives.actions.report_text import Edit, publish_report, save_text
from directives.actions.reports import Wanted, request_report, retry_report
from directives.models import Directive, Passage, Place, Publication, Report, ReportFile, ReportState, Scope
from directives.reports import content, files, lease, render
from directives.reports.drafts import drafted

DAY = date(2023, 11, 20)
SEEN = "s" * 64


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


@pytest.fixture
def draft(directive, staff, make_assignment):
    """Gathered and drafted, its files made (but for the files)."""
    make_assignment("dated", deadline=date(2023, 10, 31))
    report = request_report(wanted=Wanted(Scope.DIRECTIVES, DAY, [directive]), by=staff, day=DAY)
    claimed = lease.claim(report.pk)
    record = content.compose(report)
    lease.keep_figures(claimed, record, content.checksum(record))
    for position, (place, text) in enumerate(drafted(record).items(), start=1):
        Passage.objects.create(report=report, place=place, position=position, drafted=text, words=text)
    name = default_storage.save("reports/test.pdf", ContentFile(b"%PDF-1.7 test"))
    ReportFile.objects.create(report=report, kind="pdf", path=name, size=13, sha256=SEEN, content_sha256=SEEN)
    lease.finish(claimed, SEEN)
    return Report.objects.get(pk=report.pk)


def edit(report, by, words="Nội dung mới.", place=Place.OPENING, version=0):
    return save_text(report=report, edits={place: Edit(words, version)}, by=by, day=DAY)


def publish(report, by, number="", issued_on=None, seen=SEEN):
    def write(row, number, issued_on, day):
        return {"number": number}, "c" * 64

    return publish_report(report=report, number=number, issued_on=issued_on, seen=seen, by=by, day=DAY, write=write)


def passage(report, place=Place.OPENING):
    return report.passages.get(place=place)


class TestEditing:
    def test_new_words_stand_beside_what_was_drafted_and_the_files_are_made_anew(self, draft, staff):
        before = passage(draft).words
        edit(draft, staff)
        now = passage(draft)
        assert (now.words, now.drafted, now.edited_by, now.edited_on) == ("Nội dung mới.", before, staff, DAY)
        draft.refresh_from_db()
        assert draft.state == ReportState.WAITING

    def test_nothing_new_makes_no_work(self, draft, staff):
        assert edit(draft, staff, words=passage(draft).words + "\r\n") == []
        draft.refresh_from_db()
        assert draft.is_ready

    def test_the_second_of_two_is_told_and_nothing_of_either_is_lost(self, draft, staff, leader):
        edit(draft, staff)
        with pytest.raises(Stale, match="Thay đổi của ông/bà chưa được ghi"):
            edit(draft, staff, words="Của người sau.")
        assert passage(draft).words == "Nội dung mới."
        edit(draft, staff, words="Của người sau.", version=1)
        assert [each.words for each in Passage.pgh_event_model.objects.filter(place="opening").order_by("pgh_id")][
            1:
        ] == ["Nội dung mới.", "Của người sau."]

    def test_two_at_different_passages_both_keep_their_words(self, draft, staff):
        """Each sends the whole page; a box that was left as it was seen takes nobody's words back."""
        seen = {each.place: Edit(each.words, 0) for each in draft.passages.all()}
        save_text(report=draft, edits=seen | {Place.OPENING: Edit("Của người đầu.", 0)}, by=staff, day=DAY)
        save_text(report=draft, edits=seen | {Place.CLOSING: Edit("Của người sau.", 0)}, by=staff, day=DAY)
        assert (passage(draft).words, passage(draft, Place.CLOSING).words) == ("Của người đầu.", "Của người sau.")

    def test_a_long_draft_can_be_edited(self, draft, staff):
        long = "Khó khăn. " * 3000
        Passage.objects.filter(report=draft, place=Place.OBSTACLES).update(drafted=long, words=long)
        edit(draft, staff, words=f"{long}Thêm.", place=Place.OBSTACLES)
        assert passage(draft, Place.OBSTACLES).words.endswith("Thêm.")

    def test_a_worker_that_was_making_the_old_files_stops(self, draft, staff):
        edit(draft, staff)
        slow = lease.claim(draft.pk)
        edit(draft, staff, words="Sửa tiếp.", version=1)
        with pytest.raises(lease.Lost):
            lease.finish(slow, SEEN)
        assert render.waiting_reports() == [draft.pk]

    def test_a_leader_reads_and_does_not_write(self, draft, leader):
        with pytest.raises(Refused, match="cán bộ thường trực"):
            edit(draft, leader)

    def test_one_refused_passage_keeps_all_as_they_were(self, draft, staff):
        edits = {Place.OPENING: Edit("Mới", 0), Place.CLOSING: Edit("d" * 20_001, 0)}
        with pytest.raises(Refused, match=r"tối đa 20\.000"):
            save_text(report=draft, edits=edits, by=staff, day=DAY)
        assert not passage(draft).is_edited


class TestPublishing:
    def test_what_went_out_is_refused_any_change_by_the_database_itself(self, draft, staff):
        publish(draft, staff)
        changes = (
            lambda: Passage.objects.filter(report=draft).update(words="khác"),
            lambda: Passage.objects.filter(report=draft).delete(),
            lambda: Report.objects.filter(pk=draft.pk).update(figures={"tasks": 1}),
            lambda: Report.objects.filter(pk=draft.pk).update(as_of=date(2023, 11, 1)),
            lambda: Report.objects.filter(pk=draft.pk).delete(),
            lambda: Publication.objects.update(number="9"),
            lambda: Publication.objects.all().delete(),
        )
        for change in changes:
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    @pytest.mark.parametrize("change", [{"scope": "all"}, {"period_name": "x"}, {"made_on": DAY}, {"made_by": None}])
    def test_nor_does_its_row_tell_another_story(self, draft, staff, change):
        publish(draft, staff)
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(pk=draft.pk).update(**change)

    @pytest.mark.parametrize(
        "change",
        [
            "DELETE FROM directives_report_directives WHERE report_id = {report}",
            "UPDATE directives_report_directives SET directive_id = {other} WHERE report_id = {report}",
            "UPDATE directives_report_directives SET report_id = {another} WHERE report_id = {report}",
            "UPDATE directives_report_directives SET report_id = {report} WHERE report_id = {another}",
            "INSERT INTO directives_report_directives (report_id, directive_id) VALUES ({report}, {other})",
            "TRUNCATE directives_report_directives",
        ],
    )
    def test_nor_is_it_about_other_directives(self, draft, directive, staff, change):
        old = {"created_on": DAY, "published_on": DAY, "issued_on": DAY, "title": "x", "text": "x", "doc_type": "x"}
        other = Directive.objects.create(number="99", symbol="TB", **old)
        another = request_report(wanted=Wanted(Scope.DIRECTIVES, DAY, [other]), by=staff, day=DAY)
        keys = {"report": draft.pk, "other": other.pk, "another": another.pk}
        publish(draft, staff)
        with pytest.raises(DatabaseError, match="does not change|not be truncated"), transaction.atomic():
            connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; {change.format(**keys)}")
        another.directives.set([directive])
        assert [list(each.directives.all()) for each in (draft, another)] == [[directive], [directive]]

    def test_its_files_can_be_made_again_all_the_same(self, draft, staff):
        publish(draft, staff)
        Report.objects.filter(pk=draft.pk).update(state=ReportState.FAILED)
        assert retry_report(report=draft, by=staff, day=DAY).state == ReportState.WAITING

    def test_the_files_of_the_draft_are_none_of_its_own(self, draft, staff):
        publish(draft, staff)
        draft.refresh_from_db()
        assert draft.content_sha256 == "c" * 64
        assert files.pdf_of(draft) == b""

    def test_words_are_not_changed_any_more(self, draft, staff):
        publish(draft, staff)
        with pytest.raises(Refused, match="đã phát hành"):
            edit(draft, staff)

    def test_twice_is_harmless(self, draft, staff):
        assert publish(draft, staff) == publish(draft, staff, number="12", issued_on=DAY)
        assert Publication.objects.count() == 1

    def test_what_nobody_has_looked_at_does_not_go_out(self, draft, staff):
        with pytest.raises(Refused, match="vừa được sửa"):
            publish(draft, staff, seen="o" * 64)

    def test_a_draft_whose_files_are_being_made_does_not_go_out(self, draft, staff):
        edit(draft, staff)
        with pytest.raises(Refused, match="đang được lập"):
            publish(draft, staff)

    @pytest.mark.parametrize(
        "number, issued_on, words",
        [
            ("12", None, "cả số và ngày"),
            ("", DAY, "cả số và ngày"),
            ("12/BC", DAY, "văn thư đã cấp"),
            ("12", date(2023, 11, 21), "Ngày ban hành"),
            ("12", date(2023, 11, 19), "Ngày ban hành"),
        ],
    )
    def test_number_and_day_are_the_clerks_or_empty(self, draft, staff, number, issued_on, words):
        with pytest.raises(Refused, match=words):
            publish(draft, staff, number=number, issued_on=issued_on)

    def test_a_number_below_ten_has_its_zero_and_belongs_to_one_report(self, draft, staff, directive):
        assert publish(draft, staff, number="5", issued_on=DAY).number == "05"
        again = request_report(wanted=Wanted(Scope.DIRECTIVES, DAY, [directive]), by=staff, day=DAY)
        Report.objects.filter(pk=again.pk).update(
            state=ReportState.READY, figures=draft.figures, figures_sha256=SEEN, content_sha256=SEEN
        )
        Passage.objects.create(report=again, place=Place.OPENING, position=1)
        with pytest.raises(Refused, match="báo cáo khác"):
            publish(again, staff, number="05", issued_on=DAY)

    def test_a_leader_does_not_publish(self, draft, leader):
        with pytest.raises(Refused, match="cán bộ thường trực"):
            publish(draft, leader)


class TestPages:
    @pytest.fixture
    def as_staff(self, client, staff):
        client.force_login(staff)
        return client

    def test_every_passage_is_on_one_page(self, as_staff, draft):
        page = as_staff.get(reverse("report_text", args=[draft.pk])).text
        assert page.count("<textarea") == len(Place)

    def test_what_a_colleague_wrote_stands_beside_what_was_typed(self, as_staff, draft, staff):
        edit(draft, staff, words="Của đồng nghiệp.")
        typed = {each.place: each.words for each in draft.passages.all()} | {"opening": "Của tôi."}
        versions = {f"v-{each.place}": 0 for each in draft.passages.all()}
        answer = as_staff.post(reverse("report_text", args=[draft.pk]), {**typed, **versions})
        assert answer.status_code == 422
        assert "Của tôi." in answer.text
        assert "Của đồng nghiệp." in answer.text
        again = versions | {"v-opening": 1}
        assert as_staff.post(reverse("report_text", args=[draft.pk]), {**typed, **again}).status_code == 302
        assert passage(draft).words == "Của tôi."

    def test_a_refused_publication_says_why_and_opens_the_form(self, as_staff, draft):
        answer = as_staff.post(reverse("report_publish", args=[draft.pk]), {"number": "12", "seen": SEEN})
        assert answer.status_code == 422
        assert "cả số và ngày ban hành" in answer.text

    def test_once_published_it_offers_no_change(self, as_staff, draft, staff):
        publish(draft, staff)
        page = as_staff.get(reverse("report_detail", args=[draft.pk])).text
        assert reverse("report_text", args=[draft.pk]) not in page
        assert as_staff.get(reverse("report_text", args=[draft.pk])).status_code == 404

    def test_a_leader_is_offered_neither(self, client, leader, draft):
        client.force_login(leader)
        page = client.get(reverse("report_detail", args=[draft.pk])).text
        assert reverse("report_publish", args=[draft.pk]) not in page
        assert client.post(reverse("report_publish", args=[draft.pk])).status_code == 404
