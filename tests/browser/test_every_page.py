"""Every page at 1280 and 360 px: nothing runs over the edge, axe finds nothing, the policy is kept."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.guide.papers import NOTICE, pdf

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
        "/don-doc/",
        "/de-nghi/",
        "/phan-cong/",
        "/tim/?q=hop+tac+xa",
        "/co-quan/skhdt/lich-su/?tu=01/01/2023",
        "/minh-chung/?co-quan=skhdt",
        "/tim/?q=hop+tac+xa&loai=nhiem-vu",
    ],
    "thuongtruc": [
        "/",
        "/van-ban/nap/",
        "/van-ban/so-cu/",
        "/van-ban/so-cu/nap/",
        "/nguoi-dung/",
        "/nguoi-dung/them/",
        "/nhac-viec/",
        "/nhac-viec/sap-toi/",
        "/nhac-viec/nhac-ngay/",
        "/nhac-viec/loi-nhan/skhdt/",
        "/lich-lam-viec/?nam=2026&ngay=2026-01-02",
        "/nhac-viec/tam-ngung/?cho=co-quan",
        "/thong-bao/",
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
        "/co-quan/skhdt/kenh-nhan/",
        "/don-doc/",
        "/don-doc/soan/conco/",
        "/don-doc/ghi/conco/",
    ],
    "quantri": ["/thiet-lap/", "/thiet-lap/nhac-viec/", "/nhat-ky-xem-nhu/"],
    "dongha": ["/nhan-su/"],
    "snnptnt": [
        "/",
        "/van-ban/",
        "/vang-mat/",
        "/lich/",
        "/phoi-hop/",
        "/kenh-nhan-cua-toi/",
        "/thong-bao/",
        "/thong-bao/thu/",
    ],
}


SIZES = (1280, 360)


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_fit_and_are_accessible(sign_in, who):
    page, axe, found = sign_in(who), Axe(), {}
    for address in [*PEOPLE[who], *more(page, who)]:
        assert page.goto(address).status == 200, address
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            found |= over_the_edge(page, address, width)
        found |= violations(page, address, axe)
    page.set_viewport_size({"width": 1280, "height": 900})
    for name in DEEDS.get(who, lambda page, sign_in: ())(page, sign_in):
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            found |= over_the_edge(page, name, width)
        found |= violations(page, name, axe)
        page.set_viewport_size({"width": 1280, "height": 900})
    assert not found


def over_the_edge(page, name, width):
    page.wait_for_load_state()
    page.wait_for_function("document.documentElement")  # between two pages there is none
    over = page.evaluate("document.documentElement.scrollWidth") - width
    return {(name, width): f"{over} px over the edge"} if over > 0 else {}


def violations(page, name, axe):
    results = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    told = [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in results.response["violations"]]
    return {name: told} if told else {}


def deeds_of_staff(page, sign_in):
    """Pages that stand at the end of a deed; after each `yield` the page is looked at where it is."""
    page.goto("/phan-cong/?xem=nhiem-vu")
    tasks = page.locator("[name=nv]").evaluate_all("all => all.slice(0, 2).map(at => at.value)")
    page.goto("/thay-doi-hang-loat/lap/?" + "&".join(f"nv={task}" for task in tasks))
    yield "bulk form"
    page.locator("[name=kind][value=lead]").check()
    page.locator("[name=lead]").select_option(index=1)
    page.get_by_role("button", name="Xem trước").click()
    page.locator("button[name=ghi]").wait_for()
    yield "bulk preview"
    page.locator("button[name=ghi]").click()
    page.wait_for_url(re.compile(r"/thay-doi-hang-loat/\d+/"))
    yield "bulk detail"

    page.goto("/lich-lam-viec/?nam=2026&ngay=2026-01-02")
    page.get_by_label("Văn bản quy định").fill("Thông báo (minh hoạ)")
    page.get_by_role("button", name="Ghi ngày này").click()
    page.get_by_role("link", name="Sửa văn bản").wait_for()
    yield "a day that was laid down"
    page.get_by_role("link", name="Sửa văn bản").click()
    page.get_by_role("button", name="Lưu văn bản").wait_for()
    yield "its document"
    page.goto("/lich-lam-viec/?nam=2026")
    page.get_by_text("Bỏ", exact=True).click()
    page.get_by_role("button", name="Bỏ ngày 02/01/2026").click()
    page.get_by_text("lại theo lịch tính sẵn").wait_for()
    yield "a day that was taken back"

    page.goto("/co-quan/ke-thua/moi/")
    page.get_by_label("Hình thức").select_option(label="Đổi tên")
    page.get_by_label("Văn bản làm căn cứ").fill("Quyết định 25/QĐ-UBND (minh hoạ)")
    page.get_by_role("checkbox", name="Sở GTVT").check()
    page.get_by_label("Cơ quan mới", exact=True).fill("Sở Vận tải (minh hoạ); Sở Vận tải")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="phân công đang làm").wait_for()
    yield "succession preview"
    page.locator("button[name=buoc][value=ghi]").click()
    page.wait_for_url("**/co-quan/ke-thua/")
    yield "succession result"

    page.goto("/van-ban/nap/")
    page.get_by_label("Hoặc dán toàn văn").fill(NOTICE)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_text("Có thể trùng với việc đang làm").first.wait_for()
    yield "draft with twins"
    page.locator("summary", has_text="Công bố văn bản").click()
    page.get_by_role("button", name="Công bố", exact=True).click()
    page.get_by_role("link", name="Kết thúc theo dõi").click()
    page.get_by_label("Văn bản làm căn cứ").fill("Báo cáo 12/BC-UBND (minh hoạ)")
    for verdict in page.locator("select[name^=pc-]").all():
        verdict.select_option(index=2)
    for reason in page.locator("[name^=pc-][name$=-reason]").all():
        reason.fill("Không còn phù hợp (minh hoạ)")
    page.get_by_role("button", name="Xem lại trước khi kết thúc").click()
    page.locator("button[name=buoc][value=ghi]").wait_for()
    yield "closing preview"

    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Nguyễn Thị Bích Ngọc").click()
    page.wait_for_url(re.compile(r"/nguoi-dung/\d+/"))
    page.goto(f"{page.url}vang-mat/")
    page.get_by_label("Người thay").select_option(index=1)
    page.get_by_label("Vắng từ ngày").fill("27/11/2023")
    page.get_by_label("Đến hết ngày").fill("01/12/2023")
    page.get_by_role("button", name="Ghi và bàn giao").click()
    page.goto("/co-quan/dongha/nhan-su/")
    page.get_by_role("link", name="Sửa đợt vắng").first.click()
    page.get_by_label("Đến hết ngày").wait_for()
    yield "absence edit"

    page.goto("/don-doc/soan/conco/")
    page.get_by_role("button", name="Soạn dự thảo").click()
    page.wait_for_url(re.compile(r"/don-doc/\d+/"))
    assert page.request.get(f"{page.url}pdf/").headers["content-type"] == "application/pdf"
    yield "urging letter"


def deeds_of_head(page, sign_in):
    """Whoever heads an agency invites, and the guest opens the link."""
    page.goto("/nhan-su/")
    form = page.get_by_role("region", name="Mời bằng đường dẫn")
    form.get_by_label("Họ và tên").fill("Lê Thu Hương (minh hoạ)")
    form.get_by_role("button", name="Tạo lời mời").click()
    link = page.get_by_label("Đường dẫn", exact=True).input_value()
    yield "invitation made"
    page.context.clear_cookies(name="sessionid")
    page.goto(link)
    yield "invitation"


def deeds_of_admin(page, sign_in):
    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Phạm Thị Diệu Linh").click()
    page.get_by_role("link", name="Xem như người này").click()
    reason = page.get_by_label("Lý do")
    reason.wait_for()
    yield "look form"
    reason.fill("Không thấy nhiệm vụ 22 (minh hoạ)")
    page.get_by_role("button", name="Bắt đầu xem").click()
    page.get_by_text("Đang xem như Phạm Thị Diệu Linh").wait_for()
    yield "looking as somebody"
    page.get_by_role("button", name="Thôi xem").click()


def deeds_of_liaison(page, sign_in):
    page.goto("/minh-chung/")
    page.locator("summary", has_text="Đưa tệp vào kho").click()
    page.locator("input[type=file]").set_input_files(pdf("Biên bản.pdf"))
    page.get_by_role("main").locator("form[enctype] button[type=submit]").click()
    page.get_by_role("link", name="Biên bản.pdf").first.click()
    page.wait_for_url("**/xem/")
    yield "shelf detail"
    staff = sign_in("thuongtruc")
    staff.goto("/nhiem-vu/9/phoi-hop/")
    form = staff.locator("main form:has([name=phan])").first
    form.locator("details").first.evaluate("fold => { fold.open = true; }")
    form.get_by_role("checkbox", name=re.compile("NN&PTNT|Nông nghiệp")).first.check()
    form.get_by_role("button", name="Lưu các cơ quan này").click()
    staff.wait_for_load_state()
    page.goto("/phoi-hop/9/")
    yield "coordination detail"


DEEDS = {
    "thuongtruc": deeds_of_staff,
    "quantri": deeds_of_admin,
    "dongha": deeds_of_head,
    "snnptnt": deeds_of_liaison,
}


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
            group := _first(page, directive, "/nhom/"),
            _first(page, group, "/thanh-vien/"),
            _first(page, "/ky-bao-cao/", "/ky-bao-cao/"),
        ]
    if who == "snnptnt":
        page.goto("/")
        form = page.locator("a[href$='/bao-cao/']").first.get_attribute("href")
        task = form.removesuffix("bao-cao/")
        whole = page.get_by_role("link", name="Báo cáo cả kỳ trên một trang").get_attribute("href")
        return [directive, form, task, f"{task}gia-han/", f"{task}thoi-giao/", whole]
    if who == "lanhdao":
        return [directive, _first(page, "/cho-xac-nhan/", "/xem-lai/")]
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
