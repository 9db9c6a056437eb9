"""Every page at 1280 and 360 px: nothing runs over the edge, axe finds nothing, the policy is kept."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import expect

from tests.browser.addresses import NO_PAGE, PEOPLE, REACHED, more, names_of_pages
from tests.browser.deeds import DEEDS

SIZES = (1280, 360)


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_fit_and_are_accessible(opened, sign_in, who):
    page, axe, found, seen = sign_in(who) if who else opened(), Axe(), {}, set()

    def look(name):
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            found.update(over_the_edge(page, name, width))
        found.update(violations(page, name, axe))
        seen.add(name_of(page.url))
        page.set_viewport_size({"width": 1280, "height": 900})

    for address in [*PEOPLE[who], *more(page, who)]:
        assert page.goto(address).status == 200, address
        look(address)
    for name in DEEDS[who](page, sign_in) if who in DEEDS else ():
        look(name)
    assert not found
    assert set(REACHED.get(who, "").split()) <= seen


def test_no_page_is_forgotten():
    """A new page is looked at, or stands among what is no page, with the reason."""
    looked_at = {name_of(address) for each in PEOPLE.values() for address in each}
    looked_at |= set(" ".join(REACHED.values()).split())
    no_page = set(" ".join(NO_PAGE.values()).split())
    assert names_of_pages() - looked_at == no_page


def name_of(address):
    return resolve(urlsplit(address).path).url_name


def over_the_edge(page, name, width):
    page.wait_for_load_state()
    page.wait_for_function("document.documentElement")  # between two pages there is none
    over = page.evaluate("document.documentElement.scrollWidth") - width
    return {(name, width): f"{over} px over the edge"} if over > 0 else {}


def violations(page, name, axe):
    results = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    told = [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in results.response["violations"]]
    return {name: told} if told else {}


def test_large_type_fits_a_phone(sign_in):
    """Twice the size of type still fits a phone."""
    page = sign_in("dongha", viewport={"width": 360, "height": 800})
    page.get_by_role("button", name="lớn").click()
    expect(page.get_by_role("button", name="lớn")).to_have_attribute("aria-pressed", "true")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_a_note_is_still_sent(sign_in):
    page = sign_in("btg", java_script_enabled=False)
    page.locator("a[href$='/bao-cao/']").first.click()
    page.locator("[name=result]").fill("Đã có thêm một chuyên mục.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    assert "Đã gửi báo cáo" in page.content()
