"""The evidence shelf: one piece for many tasks, seen by nobody else, and every look kept."""

from datetime import date, timedelta
from functools import cache
from io import BytesIO
from unicodedata import normalize

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from PIL import Image

from agencies.errors import Refused
from agencies.grants import revoke
from agencies.models import Agency, Role
from agencies.succession_rules import NewBody
from directives.actions.evidence import put_on_shelf
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.succession import succeed
from directives.actions.uploads import store
from directives.models import Evidence, EvidenceView, ProgressNote, Upload
from tests.directives.conftest import person

NAME = "Báo cáo kết quả rà soát chính sách HTX (lần 2).pdf"


@cache
def pdf(pages=2, mark=b""):
    from pypdfium2 import PdfDocument

    document = PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue() + b"\n%" + mark


def png():
    kept = BytesIO()
    Image.new("RGB", (20, 10), "navy").save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture(autouse=True)
def files(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def shelved(agency, liaison, day):
    upload, _ = put_on_shelf(agency=agency, file=SimpleUploadedFile(NAME, pdf()), by=liaison, day=day)
    return upload


def test_the_same_bytes_are_one_piece_whatever_their_name(shelved, agency, liaison, day):
    again, is_new = put_on_shelf(agency=agency, file=SimpleUploadedFile("khac.pdf", pdf()), by=liaison, day=day)
    assert (again, is_new) == (shelved, False)
    assert Upload.objects.count() == 1


def test_nobody_fills_the_shelf_of_another_agency(agency, stranger, day):
    with pytest.raises(Refused, match="không được giao"):
        put_on_shelf(agency=agency, file=SimpleUploadedFile(NAME, pdf()), by=stranger, day=day)


def test_one_piece_serves_many_tasks(signed_in, shelved, make_assignment, liaison):
    client = signed_in("liaison")
    for position in (1, 2):
        row = make_assignment(position=position)
        page = client.get(reverse("note_create", args=[row.task_id, "skhdt"]))
        assert NAME in page.content.decode()
        form = page.context["form"]
        sent = {"result": f"Xong {position}", "submission": form["submission"].value(), "version": row.version}
        answer = client.post(
            reverse("note_create", args=[row.task_id, "skhdt"]),
            {**sent, "shelf_files": [str(shelved.uuid)], "claims_completion": "on"},
        )
        assert answer.status_code == 302
    assert Evidence.objects.filter(upload=shelved).count() == 2
    page = client.get(reverse("shelf_list"))
    assert [each["position"] for each in page.context["rows"][0]["tasks"]] == [1, 2]


def test_a_document_cited_before_may_be_cited_again(signed_in, make_assignment, liaison, day):
    first, second = make_assignment(position=1), make_assignment(position=2)
    said = Said(result="Xong", documents=[Cited("212/BC-SKHĐT", day, "Giám đốc", "Kết quả năm")])
    report_progress(assignment=first, said=said, by=liaison, day=day)
    client = signed_in("liaison")
    form = client.get(reverse("note_create", args=[second.task_id, "skhdt"])).context["form"]
    cited = form.fields["shelf_documents"].queryset.get()
    sent = {"result": "Xong", "submission": form["submission"].value(), "shelf_documents": [cited.pk]}
    client.post(reverse("note_create", args=[second.task_id, "skhdt"]), sent)
    again = ProgressNote.objects.get(assignment=second).evidence.get()
    assert (again.document_number, again.document_on, again.summary) == ("212/BC-SKHĐT", day, "Kết quả năm")
    assert len(client.get(reverse("shelf_list")).context["documents"]) == 1


def test_a_piece_of_another_agency_cannot_be_chosen(signed_in, other_agency, stranger, make_assignment, day):
    foreign, _ = put_on_shelf(agency=other_agency, file=SimpleUploadedFile("x.pdf", pdf()), by=stranger, day=day)
    row = make_assignment()
    client = signed_in("liaison")
    form = client.get(reverse("note_create", args=[row.task_id, "skhdt"])).context["form"]
    sent = {"result": "x", "submission": form["submission"].value(), "shelf_files": [str(foreign.uuid)]}
    client.post(reverse("note_create", args=[row.task_id, "skhdt"]), sent)
    assert not Evidence.objects.exists()


def test_the_shelf_is_sought_without_tone_marks(signed_in, shelved):
    client = signed_in("liaison")
    assert len(client.get(reverse("shelf_list"), {"tim": "ra soat CHINH sach"}).context["rows"]) == 1
    assert len(client.get(reverse("shelf_list"), {"tim": "không có"}).context["rows"]) == 0


def test_pages_of_a_pdf_are_shown_as_pictures(signed_in, shelved):
    client = signed_in("liaison")
    assert list(client.get(reverse("shelf_detail", args=[shelved.uuid])).context["pages"]) == [1, 2]
    picture = client.get(reverse("shelf_page", args=[shelved.uuid, 2]))
    assert picture["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(picture.content)).size == (1000, 1416)
    assert client.get(reverse("shelf_page", args=[shelved.uuid, 3])).status_code == 404


def test_what_is_no_readable_pdf_is_offered_for_download(signed_in, agency, liaison, day):
    broken, _ = put_on_shelf(agency=agency, file=SimpleUploadedFile("x.pdf", b"%PDF-1.4 hong"), by=liaison, day=day)
    page = signed_in("liaison").get(reverse("shelf_detail", args=[broken.uuid]))
    assert "Xin tải về" in page.content.decode()


def test_a_picture_is_shown_as_it_is(signed_in, agency, liaison, day):
    upload, _ = put_on_shelf(agency=agency, file=SimpleUploadedFile("anh.png", png()), by=liaison, day=day)
    page = signed_in("liaison").get(reverse("shelf_detail", args=[upload.uuid]))
    assert f'<img src="{reverse("evidence", args=[upload.uuid])}"' in page.content.decode()


def test_names_in_vietnamese_survive_the_download(signed_in, shelved):
    answer = signed_in("liaison").get(reverse("evidence", args=[shelved.uuid]), {"tai": ""})
    assert "filename*=utf-8''B%C3%A1o%20c%C3%A1o" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_every_look_is_kept_with_who_and_how(signed_in, shelved, liaison, day):
    client = signed_in("liaison")
    client.get(reverse("shelf_detail", args=[shelved.uuid]))
    client.get(reverse("evidence", args=[shelved.uuid]), {"tai": ""})
    client.head(reverse("evidence", args=[shelved.uuid]))
    looks = list(EvidenceView.objects.order_by("pk").values_list("viewer", "is_download", "seen_on"))
    assert looks == [(liaison.pk, False, day), (liaison.pk, True, day)]
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceView.objects.all().delete()


def test_pages_are_one_look_a_day_of_whoever_really_looks(signed_in, shelved, liaison, staff, day, settings):
    """Fetched by their own address too, they are in the list of looks; a book of ninety pages is not ninety looks."""
    client = signed_in("liaison")
    for number in (1, 2, 1):
        client.get(reverse("shelf_page", args=[shelved.uuid, number]))
    client.head(reverse("shelf_page", args=[shelved.uuid, 1]))
    assert list(EvidenceView.objects.values_list("viewer", "is_download", "seen_on")) == [(liaison.pk, False, day)]
    settings.TODAY = day + timedelta(days=1)
    client.get(reverse("shelf_page", args=[shelved.uuid, 1]))
    signed_in("staff").get(reverse("shelf_page", args=[shelved.uuid, 1]))
    looks = EvidenceView.objects.order_by("pk").values_list("viewer", "seen_on")
    assert list(looks)[1:] == [(liaison.pk, settings.TODAY), (staff.pk, settings.TODAY)]


def test_only_reading_the_head_of_a_page_is_no_look(signed_in, shelved):
    signed_in("liaison").head(reverse("shelf_page", args=[shelved.uuid, 1]))
    assert not EvidenceView.objects.exists()


def test_the_page_of_a_piece_and_its_pictures_are_one_look(signed_in, shelved):
    client = signed_in("liaison")
    client.get(reverse("shelf_detail", args=[shelved.uuid]))
    client.get(reverse("shelf_page", args=[shelved.uuid, 1]))
    assert EvidenceView.objects.count() == 1


def test_a_stranger_sees_no_page_and_leaves_no_trace(signed_in, shelved):
    assert signed_in("stranger").get(reverse("shelf_page", args=[shelved.uuid, 1])).status_code == 404
    assert not EvidenceView.objects.exists()


@pytest.mark.parametrize("name", ["evidence", "shelf_detail"])
def test_a_stranger_finds_nothing_and_leaves_no_trace(signed_in, shelved, name):
    assert signed_in("stranger").get(reverse(name, args=[shelved.uuid])).status_code == 404
    assert not EvidenceView.objects.exists()


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_shelf_asks_the_same_few_questions(
    signed_in, agency, liaison, make_assignment, day, pieces, django_assert_num_queries
):
    for number in range(pieces):
        upload, _ = put_on_shelf(
            agency=agency, file=SimpleUploadedFile(f"{number}.pdf", pdf(mark=b"%d" % number)), by=liaison, day=day
        )
        said = Said(result="x", uploads=[upload], documents=[Cited(f"{number}/BC", day)])
        report_progress(assignment=make_assignment(position=number + 1), said=said, by=liaison, day=day)
    client = signed_in("liaison")
    with django_assert_num_queries(9):
        client.get(reverse("shelf_list"))


def test_a_name_that_a_mac_sends_apart_is_kept_composed(agency, liaison, day):
    apart = SimpleUploadedFile(normalize("NFD", NAME), pdf())
    assert put_on_shelf(agency=agency, file=apart, by=liaison, day=day)[0].name == NAME


def test_the_day_is_that_of_the_products_clock(signed_in, shelved, make_assignment, liaison):
    client = signed_in("liaison")
    assert ", 20/11/2023<" in client.get(reverse("shelf_list")).text
    assert "đưa lên ngày 20/11/2023" in client.get(reverse("shelf_detail", args=[shelved.uuid])).text
    kept = store(SimpleUploadedFile("khac.pdf", pdf(1)), by=liaison)  # by a form, before anything is done with it
    said = Said(result="Xong", uploads=[kept])
    report_progress(assignment=make_assignment(), said=said, by=liaison, day=date(2023, 11, 20))
    assert "đưa lên ngày 20/11/2023" in client.get(reverse("shelf_detail", args=[kept.uuid])).text


def test_nothing_goes_to_another_shelf_when_a_right_has_ended(client, agency, other_agency, staff, day):
    """The page of the second agency is still open; the first one is not its stand-in."""
    both = person("hai", Role.LIAISON, agency, [agency, other_agency])
    revoke(agency=other_agency, user=both, by=staff, day=day)
    client.force_login(both)
    put = {"attachments": SimpleUploadedFile("noi-bo.pdf", pdf())}
    assert client.post(f"{reverse('shelf_list')}?co-quan={other_agency.code}", put).status_code == 404
    assert not Upload.objects.exists()


def test_a_renamed_body_has_the_shelf_of_before(client, shelved, make_assignment, agency, liaison, staff, day):
    used, _ = put_on_shelf(agency=agency, file=SimpleUploadedFile("kq.pdf", pdf(1)), by=liaison, day=day)
    said = Said(result="Xong", uploads=[used], documents=[Cited("77/BC-SKHĐT", day)])
    report_progress(assignment=make_assignment(), said=said, by=liaison, day=day)
    succeed(shape="rename", old=[agency], new=[NewBody("Sở Mới")], on=day, instrument="NQ 1", by=staff, day=day)
    new = Agency.objects.get(name="Sở Mới")
    client.force_login(person("moi", Role.LIAISON, new, [new]))
    page = client.get(f"{reverse('shelf_list')}?co-quan={new.code}").text
    assert NAME in page and "kq.pdf" in page and "77/BC-SKHĐT" in page
    assert page.count("chưa dùng") == 1  # of what was put there by hand
    assert client.get(reverse("shelf_detail", args=[shelved.uuid])).status_code == 200


def test_a_long_pdf_says_how_much_is_shown_and_a_broken_one_what_is_wrong(signed_in, agency, liaison, day):
    client = signed_in("liaison")
    for pages, words in ((62, "Chỉ xem trước 60 trang đầu trong 62 trang"), (0, "Không đọc được tệp PDF này")):
        content = pdf(pages) if pages else b"%PDF-1.4 x"
        upload, _ = put_on_shelf(agency=agency, file=SimpleUploadedFile("x.pdf", content), by=liaison, day=day)
        page = client.get(reverse("shelf_detail", args=[upload.uuid])).text
        assert words in page and "Word hoặc Excel" not in page


def test_a_document_typed_and_ticked_is_cited_once(signed_in, make_assignment, liaison, day):
    first, second = make_assignment(position=1), make_assignment(position=2)
    cited = Cited("77/BC", day, "Giám đốc")
    report_progress(assignment=first, said=Said(result="Một", documents=[cited]), by=liaison, day=day)
    address = reverse("note_create", args=[second.task_id, "skhdt"])
    form = signed_in("liaison").get(address).context["form"]
    ticked = form.fields["shelf_documents"].queryset.get()
    sent = {"result": "Hai", "submission": form["submission"].value(), "shelf_documents": [ticked.pk]}
    signed_in("liaison").post(address, sent | {"document_number": "77/BC", "document_on": "20/11/2023"})
    assert ProgressNote.objects.get(assignment=second).evidence.count() == 1


def test_documents_that_are_not_listed_are_counted(signed_in, make_assignment, liaison, day, monkeypatch):
    from directives.views import shelf

    monkeypatch.setattr(shelf, "PER_PAGE", 2)
    cited = [Cited(f"{number}/BC", day) for number in range(5)]
    report_progress(assignment=make_assignment(), said=Said(result="x", documents=cited), by=liaison, day=day)
    client = signed_in("liaison")
    assert "Còn 3 văn bản viện dẫn trước đó" in client.get(reverse("shelf_list")).text
    assert "0/BC" in client.get(reverse("shelf_list"), {"tim": "0/BC"}).text
