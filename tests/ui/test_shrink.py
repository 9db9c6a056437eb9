"""Photographs before they are sent: smaller and upright, or left as they are."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browsers import launch_options
from tests.ui.conftest import serve

HTML = "<!DOCTYPE html><title>x</title><input type=file><script src=/static/js/shrink.js></script>"
SHRUNK = """async () => {
  const file = document.querySelector("input").files[0], made = await kttt.shrink(file);
  const image = await createImageBitmap(made.blob).catch(() => ({}));
  return {name: made.name, same: made.blob === file, size: [image.width, image.height]};
}"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


def photo(size, orientation=1, kind="JPEG"):
    packed, exif = BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    Image.effect_noise(size, 60).convert("RGB").save(packed, kind, quality=95, exif=exif)
    return packed.getvalue()


def shrunk(page, name, content, kind="image/jpeg"):
    serve(page, HTML)
    page.locator("input").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    return page.evaluate(SHRUNK)


def test_a_photograph_is_made_smaller_and_stays_upright(page):
    made = shrunk(page, "Ảnh.họp.jpeg", photo((2000, 1000), orientation=6))
    assert made == {"name": "Ảnh.họp.jpg", "same": False, "size": [800, 1600]}


def test_a_large_picture_of_another_kind_becomes_a_photograph(page):
    made = shrunk(page, "man-hinh.png", photo((1700, 850), kind="PNG"), "image/png")
    assert made == {"name": "man-hinh.jpg", "same": False, "size": [1600, 800]}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("nho.jpg", photo((300, 200)), "image/jpeg"),
        ("bc.pdf", b"%PDF-1.4" * 100_000, "application/pdf"),
        ("hong.jpg", b"\xff\xd8\xff" + b"x" * 500_000, "image/jpeg"),
        ("la.heic", b"ftypheic" * 10, "image/heic"),
    ],
)
def test_what_is_small_or_no_picture_stays_as_it_is(page, name, content, kind):
    made = shrunk(page, name, content, kind)
    assert made["same"] and made["name"] == name


@pytest.mark.parametrize(("orientation", "same"), [(6, True), (1, False)])
def test_a_browser_that_cannot_turn_photographs_leaves_those_that_lie_on_their_side(page, orientation, same):
    page.add_init_script("CSS.supports = function () { return false; };")
    assert shrunk(page, "a.jpg", photo((2000, 1000), orientation))["same"] is same


FORM = (
    "<!DOCTYPE html><title>x</title><form method=post enctype=multipart/form-data><div><input type=file name=tep multiple></div>"
    "<button>Gửi</button></form><script src=/static/js/shrink.js></script><script src=/static/js/forms.js></script>"
    "<script src=/static/js/files.js></script>"
)
HELD = "() => Array.from(document.querySelector('input').files, file => [file.name, file.size])"


def test_the_field_of_an_ordinary_form_holds_the_smaller_photographs(page):
    serve(page, FORM)
    large, pdf = photo((2000, 1000)), b"%PDF-1.4" * 100_000
    files = [("Ảnh.jpeg", "image/jpeg", large), ("bc.pdf", "application/pdf", pdf)]
    page.locator("input").set_input_files([{"name": n, "mimeType": k, "buffer": b} for n, k, b in files])
    page.get_by_text("Ảnh.jpg").wait_for()
    (name, size), document = page.evaluate(HELD)
    assert (name, document) == ("Ảnh.jpg", ["bc.pdf", len(pdf)]) and 0 < size < len(large)


def test_a_form_sent_at_once_waits_for_its_photographs(page):
    serve(page, FORM)
    large = photo((2000, 1000))
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.locator("input").set_input_files({"name": "a.jpeg", "mimeType": "image/jpeg", "buffer": large})
        page.get_by_role("button", name="Gửi").click()
    assert "a.jpg" in sent.value.post_data_buffer.decode("latin-1")
    assert len(sent.value.post_data_buffer) < len(large)


def test_without_the_means_a_form_sends_what_was_chosen(page):
    page.add_init_script("delete window.DataTransfer;")
    serve(page, FORM)
    large = photo((2000, 1000))
    page.locator("input").set_input_files({"name": "a.jpeg", "mimeType": "image/jpeg", "buffer": large})
    assert page.evaluate(HELD) == [["a.jpeg", len(large)]]
