"""Every page of the product: which of them are looked at, as whom, and what is no page at all."""

import inspect
import re

from django.urls import URLPattern, get_resolver

# Who looks at what, by address; None: somebody who has not signed in.
PEOPLE = {
    None: [
        "/dang-nhap/",
        "/tai-khoan-bi-khoa/",
        "/quen-mat-khau/",
        "/quen-mat-khau/da-gui/",
        "/dat-lai-mat-khau/xong/",
    ],
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
        "/nhiem-vu/9/skhdt/y-kien/",
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
        "/xac-nhan-mat-khau/",
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

# Names of the pages whose addresses hold keys, or that stand at the end of a deed.
REACHED = {
    "lanhdao": "directive_detail review_preview",
    "thuongtruc": """
        absence_create absence_edit agency_members archive_list assignment_detail bulk_create bulk_detail
        directive_close directive_detail directive_edit directive_group directive_tasks directive_text
        instruction_task mail_detail note_enter old_book_columns old_book_detail old_book_preview old_book_words
        report_detail report_publish report_text round_detail signed_copy_create task_coordinators task_detail
        task_edit task_history task_scope urging_letter workday_edit
    """,
    "quantri": "account_reset_password_from_key reminder_stop user_edit user_look user_password_link",
    "dongha": "invitation_answer people_invite",
    "snnptnt": """
        agency_workbook_check agency_workbook_send assignment_detail coordination_detail directive_detail extension_ask
        note_create release_ask round_page shelf_detail
    """,
}
# What answers when it is asked for, and is no page of its own.
NO_PAGE = {
    "a file": """
        agency_workbook archive_file calendar_feed directive_source evidence report_file request_file round_word
        shelf_page signed_copy urging_letter_pdf urging_letter_word
    """,
    "a part of a page, seen on that page": "archive_progress mail_html report_progress",
    "leads to a page": "account_logout invitation round_report",
    "there is nothing, for anybody": """
        account_confirm_email account_email account_email_verification_sent account_set_password account_signup
    """,
    "read by machines": "healthz",
}


def names_of_pages():
    """Every named address but those that are buttons: they answer to POST alone."""
    return {each.name for each in _patterns(get_resolver().url_patterns) if not _is_button(each.callback)}


def _patterns(found):
    for each in found:
        yield from [each] if isinstance(each, URLPattern) else _patterns(each.url_patterns)


def _is_button(view):
    kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
    return kept.get("request_method_list") == ["POST"]  # what require_POST keeps


def more(page, who):
    """Pages whose addresses hold keys: the directive, a group's task, an assignment, its forms."""
    if who is None:
        return []
    page.goto("/van-ban/")
    directive = page.locator("main a[href^='/van-ban/']", has_text="86").first.get_attribute("href")
    if who == "thuongtruc":
        page.goto(directive)
        task = page.locator("a[href*='/nhiem-vu/']").last.get_attribute("href")
        one = page.locator("a[href*='/nhiem-vu/']").first.get_attribute("href")
        return [
            directive,
            f"{directive}doc-hieu/",
            f"{directive}nhiem-vu-doc-duoc/",
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
            _first(page, "/ky-bao-cao/", r"^/ky-bao-cao/\d"),
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


def _first(page, address, pattern):
    """The first address on that page, in its main part, that this pattern finds and that goes farther than the page."""
    page.goto(address)
    links = page.locator("main a[href]").evaluate_all("all => all.map(at => at.getAttribute('href'))")
    return next(each for each in links if each != address and re.search(pattern, each))
