"""Every page at 1280 and 360 px: nothing runs over the edge, axe finds nothing, the policy is kept."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PEOPLE = {
    "lanhdao": [
        "/",
        "/tong-hop/",
        "/cho-xac-nhan/",
        "/co-quan/",
        "/co-quan/lmhtx/",
        "/van-ban/",
        "/bao-cao/",
        "/bao-cao/lap/",
        "/vuong-mac/",
        "/de-nghi/",
        "/phan-cong/",
        "/tim/?q=hop+tac+xa",
        "/co-quan/skhdt/lich-su/?tu=01/01/2023",
        "/minh-chung/?co-quan=skhdt",
    ],
    "thuongtruc": [
        "/",
        "/van-ban/nap/",
        "/nguoi-dung/",
        "/nguoi-dung/them/",
        "/nhac-viec/",
        "/hop-thu/",
        "/doi-mat-khau/",
        "/ky-bao-cao/",
        "/thiet-lap/ky-bao-cao/",
        "/phan-cong/?xem=nhiem-vu",
        "/thay-doi-hang-loat/",
        "/vien-dan/?so=281/QĐ-UBND",
        "/co-quan/ke-thua/",
        "/co-quan/ke-thua/moi/",
        "/co-quan/skhdt/ma-dinh-danh/",
        "/co-quan/skhdt/nhan-su/",
    ],
    "quantri": ["/thiet-lap/", "/nhat-ky-xem-nhu/"],
    "snnptnt": ["/", "/van-ban/", "/vang-mat/", "/lich/", "/phoi-hop/"],
}


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_fit_and_are_accessible(sign_in, who):
    page, axe = sign_in(who), Axe()
    found = {}
    for address in [*PEOPLE[who], *more(page, who)]:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.goto(address).status == 200, address
            over = page.evaluate("document.documentElement.scrollWidth") - width
            if over > 0:
                found[address, width] = f"{over} px over the edge"
        results = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        if results.violations_count:
            found[address] = [
                (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
                for each in results.response["violations"]
            ]
    assert not found


def more(page, who):
    """Pages whose addresses hold keys: the directive, a group's task, an assignment, its forms."""
    page.goto("/van-ban/")
    directive = page.locator("main a[href^='/van-ban/']", has_text="86").first.get_attribute("href")
    if who == "thuongtruc":
        page.goto(directive)
        task = page.locator("a[href*='/nhiem-vu/']").last.get_attribute("href")
        one = page.locator("a[href*='/nhiem-vu/']").first.get_attribute("href")
        return [
            directive,
            f"{directive}doc-hieu/",
            task,
            f"{task}sua/",
            one,
            f"{task}dongha/",
            f"{task}dongha/nhap-ho/",
            f"{task}lich-su/",
            f"{task}pham-vi/",
            f"{task}phoi-hop/",
            f"{directive}ket-thuc/",
            _first(page, directive, "/nhom/"),
            _first(page, "/ky-bao-cao/", "/ky-bao-cao/"),
        ]
    if who == "snnptnt":
        page.goto("/")
        form = page.locator("a[href$='/bao-cao/']").first.get_attribute("href")
        task = form.removesuffix("bao-cao/")
        whole = page.get_by_role("link", name="Báo cáo cả kỳ trên một trang").get_attribute("href")
        return [directive, form, task, f"{task}gia-han/", f"{task}thoi-giao/", whole]
    return [directive]


def _first(page, address, within):
    """The first address on that page, in its main part, that goes farther than the page itself and holds this."""
    page.goto(address)
    links = page.locator(f"main a[href*='{within}']").evaluate_all("all => all.map(at => at.getAttribute('href'))")
    return next(each for each in links if each != address)


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
