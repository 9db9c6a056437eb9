"""In a browser: the signed copy comes back and is official; the file of a closed directive is asked for and awaited."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from directives.archive import make
from directives.models import Archive, Directive
from tests.browsers import launch_options
from tests.directives.published import ready_report
from tests.directives.signing import authority, sign
from tests.directives.test_signatures import written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(params=[360, 1280])
def opened(request, transactional_db, live_server, browser, settings, kept_files, tmp_path, day, staff):
    """Staff's browser; what a script or the policy complains about fails the test."""
    settings.TODAY = day
    (tmp_path / "goc.pem").write_bytes(authority().pem)
    settings.SIGNATURE_ROOTS = str(tmp_path)
    client, wrong = Client(), []
    client.force_login(staff)
    size = {"width": request.param, "height": 800}
    context = browser.new_context(viewport=size, locale="vi-VN", base_url=live_server.url)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def look(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def signed():
    now = timezone.now()
    signer = authority().signer(since=now - timedelta(days=1), until=now + timedelta(days=300))
    return sign(written("Số: 05/BC-LMHTX. Hoàn thành 84,46%"), signer)


def test_a_signed_copy_comes_back(opened, directive, staff, day):
    report = ready_report(directive, staff, day, content=written("Số: /BC-LMHTX. Hoàn thành 84,46%"))
    opened.goto(reverse("report_detail", args=[report.pk]))
    opened.get_by_text("Nộp bản ký", exact=True).click()
    file = {"name": "Bản ký số 05.pdf", "mimeType": "application/pdf", "buffer": signed()}
    opened.get_by_label("Bản đã ký, đóng dấu (PDF)").set_input_files(file)
    opened.get_by_label("Số", exact=False).first.fill("05")
    opened.get_by_label("Ngày ban hành").fill("20/11/2023")
    opened.get_by_role("button", name="Lưu bản ký").click()
    expect(opened.get_by_role("link", name="Báo cáo số 05/BC-LMHTX ngày 20/11/2023")).to_be_visible()
    expect(opened.get_by_text("Chữ ký đúng, chứng thư tin cậy")).to_be_visible()
    look(opened)


def test_the_file_of_a_closed_directive_is_awaited(opened, directive, make_assignment, day):
    make_assignment()
    Directive.objects.update(closed_on=day, closed_by_instrument="BC 12")
    opened.goto(reverse("directive_detail", args=[directive.pk]))
    opened.get_by_role("link", name="Xuất toàn bộ hồ sơ").click()
    opened.get_by_role("button", name="Xuất hồ sơ").click()
    expect(opened.get_by_text("Đang chờ đến lượt")).to_be_visible()
    look(opened)
    make.make_archive(Archive.objects.get().pk)
    link = opened.get_by_role("link", name="Tải hồ sơ")
    expect(link).to_be_visible()
    look(opened)
    with opened.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "Hồ sơ 86-TB-UBND, xuất ngày 20-11-2023.zip"
