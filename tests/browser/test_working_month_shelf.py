"""Evidence on the shelf: put there once, looked at in place, fetched under its Vietnamese name."""

from pathlib import Path

from playwright.sync_api import expect

from directives.actions.notes import Said, report_progress
from directives.models import EvidenceView, Upload
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
