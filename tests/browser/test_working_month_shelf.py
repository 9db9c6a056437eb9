"""Evidence on the shelf: put there once, looked at in place, fetched under its Vietnamese name."""

from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from directives.actions.evidence import put_on_shelf
from directives.actions.notes import Cited, Said, report_progress
from directives.models import EvidenceView, ProgressNote, Upload
from tests.browser.working_month import unfold
from tests.directives.test_shelf import NAME, pdf, png

PHOTO = "Ảnh lễ ra mắt hợp tác xã.png"
LOADED = """count => {
  const images = [...document.querySelectorAll('.preview img')];
  return images.length === count && images.every((image) => image.complete && image.naturalWidth > 0);
}"""


def test_evidence_is_put_there_seen_and_fetched_and_no_stranger_gets_it(
    sit_down, make_assignment, liaison, leader, stranger, day
):
    row = make_assignment()
    own = sit_down(liaison, "/minh-chung/")
    put = unfold(own, "Đưa tệp vào kho")
    papers = (NAME, "application/pdf", pdf()), (PHOTO, "image/png", png())
    put.get_by_label("Tệp đưa vào kho").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in papers]
    )
    put.get_by_role("button", name="Đưa vào kho", exact=True).click()
    expect(own.get_by_role("link", name=PHOTO, exact=True)).to_be_visible()
    kept = {upload.name: upload for upload in Upload.objects.all()}
    assert set(kept) == {NAME, PHOTO}
    report_progress(assignment=row, said=Said(result="Đã rà soát.", uploads=[kept[NAME]]), by=liaison, day=day)

    own.get_by_role("link", name=PHOTO, exact=True).click()
    own.wait_for_function(LOADED, arg=1)
    room = sit_down(leader, f"/minh-chung/{kept[NAME].uuid}/xem/")
    for picture in room.locator(".preview img").all():
        picture.scroll_into_view_if_needed()
    room.wait_for_function(LOADED, arg=2)
    expect(room.get_by_text(kept[NAME].sha256)).to_be_visible()
    expect(room.get_by_role("link", name="Sở KH&ĐT, nhiệm vụ 1")).to_be_visible()
    with room.expect_download() as coming:
        room.get_by_role("link", name="Tải về").click()
    assert coming.value.suggested_filename == NAME
    assert Path(coming.value.path()).read_bytes() == pdf()
    assert EvidenceView.objects.filter(viewer=leader, is_download=True).count() == 1

    other = sit_down(stranger, f"/minh-chung/{kept[NAME].uuid}/xem/")
    expect(other.get_by_role("heading", name="Không tìm thấy trang")).to_be_visible()
    assert other.request.get(f"/minh-chung/{kept[NAME].uuid}/").status == 404
    assert not EvidenceView.objects.filter(viewer=stranger).exists()


def test_a_line_of_the_round_takes_a_file_and_a_document_that_are_there_already(
    sit_down, november, make_assignment, agency, liaison, day
):
    """The file stays chosen through a draft that saved itself; a known document brings its date and signer along."""
    piece, _ = put_on_shelf(agency=agency, file=SimpleUploadedFile(NAME, pdf()), by=liaison, day=day)
    said = Said(result="Đã ban hành.", documents=[Cited("212/BC-SKHĐT", date(2023, 9, 5), "Giám đốc", "Kết quả năm")])
    report_progress(assignment=make_assignment(position=2), said=said, by=liaison, day=date(2023, 9, 6))
    own = sit_down(liaison, f"/ky-bao-cao/{november.pk}/skhdt/")
    line = own.get_by_role("group", name="Nhiệm vụ 2", exact=True)
    fold = unfold(line, "Minh chứng, đề nghị hoàn thành")
    fold.get_by_label("Tệp đã có trong kho minh chứng").select_option(str(piece.uuid))
    expect(fold.get_by_label(NAME)).to_be_checked()
    fold.get_by_label("Hoặc văn bản kết quả: số, ký hiệu").fill("212/BC-SKHĐT")
    fold.get_by_label("Hoặc văn bản kết quả: số, ký hiệu").press("Tab")
    expect(fold.get_by_label("Ngày văn bản")).to_have_value("05/09/2023")
    expect(fold.get_by_label("Người ký văn bản")).to_have_value("Giám đốc")
    line.get_by_label("Kết quả thực hiện").fill("Đã xong.")
    expect(own.get_by_text("1/1 nhiệm vụ đã điền · đã lưu lúc")).to_be_visible()
    own.reload()
    expect(line.get_by_label(NAME)).to_be_checked()
    own.get_by_role("button", name="Gửi tất cả").click()
    expect(own.get_by_role("link", name="Tải báo cáo của đơn vị (Word)")).to_be_visible()
    note = ProgressNote.objects.latest("pk")
    told = {(each.upload and each.upload.name, each.document_number, each.document_on) for each in note.evidence.all()}
    assert told == {(NAME, "", None), (None, "212/BC-SKHĐT", date(2023, 9, 5))}
